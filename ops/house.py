"""The whole house: the database and every process, up together and down together."""

from __future__ import annotations

import fcntl
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from ops import programs
from ops.child import Child
from ops.database import (
    create_if_missing,
    embedded_server,
    libpq_url,
    sandbox_database_url,
)
from ops.migrate import migrate
from ops.model import trained_model
from ops.settings import Settings

_GLANCE_SECONDS = 0.1
_READY_SECONDS = 180.0
_TRAINED_AND_READY_SECONDS = 600.0


class HouseNotUp(Exception):
    """The house could not start; the message says why and what to do."""


def _be_silent(_sentence: str) -> None:
    """Tell nobody."""


class House:
    """PostgreSQL, the sandbox, the action server, Rasa and the gateway.

    A thread of its own starts the processes and looks after them: one that dies is
    started again, and all of them end with this process, however it ends.
    """

    def __init__(
        self, settings: Settings, say: Callable[[str], None] = _be_silent
    ) -> None:
        """Take the settings, and whom to tell how it goes."""
        self.settings = settings
        self.logs_folder: Path = settings.state_folder / "logs"
        self._say = say
        self._children: dict[str, Child] = {}
        self._thread = threading.Thread(target=self._live, name="house", daemon=True)
        self._looking = threading.Lock()
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._problem: Exception | None = None

    @property
    def url(self) -> str:
        """The gateway, as citizens reach it."""
        return self.settings.page_url

    @property
    def sandbox_url(self) -> str:
        """The stand-in for the agencies and ThaID."""
        return self.settings.sandbox_url

    @property
    def database_url(self) -> str:
        """The libpq address of the house's database."""
        return libpq_url(self.settings)

    @property
    def sandbox_database_url(self) -> str:
        """The libpq address of the sandbox's database."""
        return sandbox_database_url(self.settings)

    def start(self) -> None:
        """Begin; `wait_ready` returns when everything serves."""
        self._thread.start()

    def is_ready(self) -> bool:
        """Tell whether every process serves."""
        return self._ready.is_set()

    def check(self) -> None:
        """Say whether something went wrong that the house cannot mend itself.

        Raises:
            HouseNotUp: the house could not start.
        """
        if self._problem is not None:
            raise HouseNotUp(str(self._problem)) from self._problem

    def wait_ready(self, seconds: float = _TRAINED_AND_READY_SECONDS) -> None:
        """Return when every process serves (again).

        Raises:
            HouseNotUp: the house could not start, or is not ready in time.
        """
        deadline = time.monotonic() + seconds
        while not self._ready.wait(_GLANCE_SECONDS):
            self.check()
            if time.monotonic() > deadline:
                raise self._not_ready()

    def kill(self, name: str) -> None:
        """Kill a process as a crash would; the house starts it again."""
        with self._looking:
            self._children[name].kill()
            self._ready.clear()

    def stop(self) -> None:
        """Stop everything that was started, the database last."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        """Start, look after and stop the processes: the thread's whole life."""
        lock: IO[str] | None = None
        try:
            lock = self._claim()
            self._bring_up()
            self._await_all()
            while not self._stopping.wait(_GLANCE_SECONDS):
                self._look_around()
        except Exception as problem:  # noqa: BLE001 - `wait_ready` raises it again
            self._problem = problem
        finally:
            self._take_down()
            if lock is not None:
                lock.close()

    def _claim(self) -> IO[str]:
        """Make sure that the state folder and the ports are ours."""
        self.logs_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (self.settings.state_folder / "house.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            folder = self.settings.state_folder
            raise HouseNotUp(f"the house is already up (it holds {folder})") from error
        for name, port in self.settings.ports().items():
            _check_free(name, port)
        return lock

    def _bring_up(self) -> None:
        """Start everything, in the order in which one needs another."""
        server = embedded_server(self.settings)
        if server is not None:
            server.prepare()
            self._add(Child(programs.postgres(server), self.logs_folder, self._say))
            self._await_all()
        migrate(libpq_url(self.settings))
        create_if_missing(sandbox_database_url(self.settings))
        self._say("database tables are up to date")
        model = trained_model(self._say)
        settings = self.settings
        for program in (
            programs.rasa(settings, model),
            programs.ours("sandbox", settings, f"{settings.sandbox_url}/healthz"),
            programs.ours("actions", settings, f"{settings.actions_url}/health"),
            programs.ours("gateway", settings, f"{settings.gateway_url}/healthz"),
        ):
            self._add(Child(program, self.logs_folder, self._say))
        self._say("starting sandbox, actions, rasa and gateway (about 30 s)")

    def _add(self, child: Child) -> None:
        """Start a process and keep it."""
        self._children[child.program.name] = child
        child.start()

    def _await_all(self) -> None:
        """Return when all that was started so far is ready."""
        deadline = time.monotonic() + _READY_SECONDS
        while self._waiting_for() and not self._stopping.wait(_GLANCE_SECONDS):
            self._look_after_all()
            if time.monotonic() > deadline:
                raise self._not_ready()

    def _look_around(self) -> None:
        """Look after every process; tell those who wait when all are ready."""
        with self._looking:
            self._look_after_all()
            if self._waiting_for():
                self._ready.clear()
            else:
                self._ready.set()

    def _not_ready(self) -> HouseNotUp:
        """Return what to say of processes that run and do not serve."""
        names = ", ".join(child.program.name for child in self._waiting_for())
        return HouseNotUp(f"not ready in time: {names}; see {self.logs_folder}")

    def _look_after_all(self) -> None:
        """Look after every process."""
        for child in self._children.values():
            child.look_after()

    def _waiting_for(self) -> list[Child]:
        """Return the processes that do not serve yet."""
        return [child for child in self._children.values() if not child.is_ready]

    def _take_down(self) -> None:
        """Stop every process; the database goes when nobody needs it any more."""
        self._ready.clear()
        database = self._children.pop("postgres", None)
        for child in self._children.values():
            child.ask_to_stop()
        for child in self._children.values():
            child.stop()
        if database is not None:
            database.stop()
        if (server := embedded_server(self.settings)) is not None:
            server.tidy()


def _check_free(name: str, port: int) -> None:
    """Refuse a port that somebody else listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise HouseNotUp(
                f"port {port} ({name}) cannot be used ({reason}): stop the program "
                f"that holds it, or set THAMRAT_{name.upper()}_PORT"
            ) from error

"""One process of the house: started, watched, started again when it dies."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ops.leash import leashed
from ops.settings import ROOT

_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 20.0  # a process that lived this long did not die of its start
_GRACE_SECONDS = 10.0
_LAST_LINES = 20


class ChildEnded(Exception):
    """A process ended before it was ever ready; its last words are in the message."""


@dataclass(frozen=True)
class Program:
    """What to run: `is_ready` tells whether it serves yet, without waiting long."""

    name: str
    command: list[str]
    is_ready: Callable[[], bool]
    environment: dict[str, str] = field(default_factory=dict, repr=False)
    stop_signal: signal.Signals = signal.SIGTERM
    leashes_itself: bool = False


class Child:
    """A program and the process that runs it now."""

    def __init__(
        self, program: Program, logs_folder: Path, say: Callable[[str], None]
    ) -> None:
        """Take the program, where its log goes, and whom to tell about it."""
        self.program = program
        self.log_file = logs_folder / f"{program.name}.log"
        self.is_ready = False
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._deaths_in_a_row = 0
        self._was_ever_ready = False

    @property
    def pid(self) -> int | None:
        """The process's id, None while there is none."""
        alive = self._process is not None and self._process.poll() is None
        return self._process.pid if alive and self._process is not None else None

    def start(self) -> None:
        """Start the process; it serves when `is_ready` says so."""
        program = self.program
        command = program.command if program.leashes_itself else None
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                command or leashed(program.command, death_signal=program.stop_signal),
                cwd=ROOT,
                env=program.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.is_ready = False
        self._started_at = time.monotonic()

    def look_after(self) -> None:
        """See how it does: notice that it is ready, or dead, or due to start again.

        Raises:
            ChildEnded: it ended before it was ready for the first time.
        """
        now = time.monotonic()
        if self._process is None:
            if now >= self._start_again_at:
                self.start()
        elif (code := self._process.poll()) is not None:
            self._ended(code, now)
        elif not self.is_ready and self.program.is_ready():
            self.is_ready = self._was_ever_ready = True
            self._say(f"{self.program.name} ready in {now - self._started_at:.1f} s")

    def kill(self) -> None:
        """Kill it as a crash would, together with what it started."""
        process = self._process
        self._signal(signal.SIGKILL)
        if process is not None:
            process.wait()
        self.is_ready = False

    def ask_to_stop(self) -> None:
        """Ask it to finish; `stop` waits for that."""
        self._signal(self.program.stop_signal)

    def stop(self) -> None:
        """Make sure that it is gone."""
        self.is_ready = False
        if self._process is None:
            return
        self.ask_to_stop()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._say(f"{self.program.name} did not stop when asked; killing it")
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._process = None

    def _ended(self, code: int, now: float) -> None:
        """Plan the next start after a death, later each time it dies young."""
        self._signal(signal.SIGKILL)  # whatever it left behind in its group
        self._process = None
        self.is_ready = False
        name = self.program.name
        if not self._was_ever_ready:
            raise ChildEnded(f"{name} ended while starting:\n{self._last_words()}")
        lived_long = now - self._started_at > _STEADY_SECONDS
        self._deaths_in_a_row = 0 if lived_long else self._deaths_in_a_row + 1
        pause = _FIRST_PAUSE_SECONDS * 2**self._deaths_in_a_row
        self._start_again_at = now + min(pause, _LONGEST_PAUSE_SECONDS)
        self._say(f"{name} ended (exit status {code}); starting it again")

    def _signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and to all that it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _last_words(self) -> str:
        """Return the end of its log."""
        lines = self.log_file.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-_LAST_LINES:])

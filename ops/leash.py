"""Runs a program that ends when the one who started it ends, however that ends.

Used as `python leash.py <parent> <signal> <user> <program> ...`, with the standard
library only: it becomes the program within a few milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # prctl(2); Linux only


def leashed(
    program: list[str],
    *,
    death_signal: signal.Signals = signal.SIGTERM,
    user: str | None = None,
) -> list[str]:
    """Return the command line that runs a program on a leash held by this process.

    With `user`, the program runs as that user; only root may ask for it.
    """
    python = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
    return [*python, str(os.getpid()), str(int(death_signal)), user or "", *program]


def _become(user: str) -> None:
    """Give up root for this user."""
    entry = pwd.getpwnam(user)
    os.initgroups(user, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.chdir("/")


def main(arguments: list[str]) -> None:
    """Ask the kernel for a signal at the parent's death, then become the program."""
    parent, death_signal, user, *program = arguments
    if user:
        _become(user)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != int(parent):
            sys.exit("the parent ended before its child began")
    os.execv(program[0], program)  # noqa: S606 - no shell is wanted here


if __name__ == "__main__":
    main(sys.argv[1:])

"""Runs programs of Rasa's environment and measures what they take."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ops.model import BOT_PYTHON
from ops.settings import ROOT

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTHONWARNINGS": "ignore::DeprecationWarning",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}
KILOBYTE = 1024
LAST_CHARACTERS = 1500


class MeasuringFailed(Exception):
    """A program ended badly; the end of what it said is in the message."""


@dataclass(frozen=True)
class Ran:
    """What a program wrote and the most memory it held."""

    output: str
    peak_bytes: int

    def seconds(self) -> float:
        """Return the time the program itself reported."""
        (line,) = (x for x in self.output.splitlines() if x.startswith("seconds "))
        return float(line.split()[1])

    def rows(self) -> list[dict[str, Any]]:
        """Return the JSON objects the program wrote, one a line."""
        lines = self.output.splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


def trained(config: Path, data: Path, out: Path) -> Ran:
    """Train one configuration on its own and return what that took."""
    where = ["--config", str(config), "--data", str(data), "--out", str(out)]
    return run("bot.measure.train", where)


def parsed(model: Path, texts: Iterable[str]) -> Ran:
    """Parse texts with one model and return a row for each."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    return run("bot.measure.parse", ["--model", str(model)], lines)


def drawn(picture: str, data: Mapping[str, Any], out: Path) -> None:
    """Draw a picture; matplotlib is in Rasa's environment."""
    run("bot.measure.draw", [picture, "--out", str(out)], json.dumps(data))


def run(module: str, arguments: list[str], text: str = "") -> Ran:
    """Run a module of Rasa's environment to its end.

    Raises:
        MeasuringFailed: it ended with an error.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as grumbled:
        child = subprocess.Popen(
            [str(BOT_PYTHON), "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **QUIET},
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=grumbled,
        )
        assert child.stdin is not None  # noqa: S101 - for the type checker
        with child.stdin as stream:
            stream.write(text.encode())
        # Only wait4 tells the memory of this one child.
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output = _all_of(said)
        if child.returncode:
            end = (output + _all_of(grumbled))[-LAST_CHARACTERS:]
            raise MeasuringFailed(f"{module} failed:\n...{end}")
    return Ran(output, used.ru_maxrss * KILOBYTE)


def _all_of(file: BinaryIO) -> str:
    """Return everything written into a file."""
    file.seek(0)
    return file.read().decode("utf-8", "replace")

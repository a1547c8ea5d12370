"""The trained model: which one the files here call for, and how to come by it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.leash import leashed
from ops.settings import ROOT

BOT_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
BOT_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTHONWARNINGS": "ignore::DeprecationWarning",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}
_FOLDER = ROOT / "models"
_LEARNT_FROM = (
    "config.yml",
    "domain.yml",
    "bot/requirements.lock",
    "bot/importer.py",
    "bot/train.py",
    "bot/domain/*.yml",
    "bot/responses/*.yml",
    "nlu/**/*",
    "stories/**/*.yml",
)
_KEPT = 2
_LAST_CHARACTERS = 1000
_NOT_SOURCE = {"__pycache__"}


class TrainingFailed(Exception):
    """Rasa could not train; what it said is in the message."""


def fingerprint() -> str:
    """Return a name that changes with anything a model is made from."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def trained_model(say: Callable[[str], None]) -> Path:
    """Return the model for the files as they are, trained now if there is none.

    Raises:
        TrainingFailed: Rasa refused the files.
    """
    path = _FOLDER / f"{fingerprint()}.tar.gz"
    with _alone():
        if path.exists():
            os.utime(path)
        else:
            say("training the model (about 1 minute)")
            _train(path)
        _forget_old()
    return path


def _train(path: Path) -> None:
    """Train into a file of another name first, so that half a model is never used."""
    unfinished = path.with_name(f"unfinished-{path.name}")
    done = subprocess.run(
        leashed([str(BOT_PYTHON), "-m", "bot.train", "--out", str(unfinished)]),
        cwd=ROOT,
        env={**os.environ, **BOT_ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0 or not unfinished.exists():
        said = done.stdout.decode("utf-8", "replace")
        log = _FOLDER / "training.log"
        log.write_text(said, "utf-8")
        end = said[-_LAST_CHARACTERS:]
        raise TrainingFailed(f"the model could not be trained ({log}):\n...{end}")
    unfinished.rename(path)


def _sources() -> list[Path]:
    """Return every file a model is made from, in one order."""
    found = {path for pattern in _LEARNT_FROM for path in ROOT.glob(pattern)}
    return sorted(
        path for path in found if path.is_file() and not _NOT_SOURCE & {*path.parts}
    )


def _forget_old() -> None:
    """Keep the models used last; a `git switch` back and forth trains nothing."""
    models = [*_FOLDER.glob("[!u]*.tar.gz")]
    models.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in models[_KEPT:]:
        path.unlink()


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time look for the model or train it."""
    _FOLDER.mkdir(exist_ok=True)
    with (_FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

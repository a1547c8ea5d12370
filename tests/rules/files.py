"""Finds the files that the rules are about, and what is imported by them."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "actions",
    "bot",
    "catalogue",
    "citizen",
    "connectors",
    "gateway",
    "nlu",
    "ops",
    "sandbox",
)
THAI = re.compile(r"[\u0e00-\u0e7f]")


def kept_files() -> list[Path]:
    """Return the files in version control, and those that could be added to it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.check_output(command, cwd=ROOT, text=True).split("\0")
    return [path for name in sorted({*names}) if (path := ROOT / name).is_file()]


def code(*folders: str) -> list[Path]:
    """Return the Python files below these folders."""
    below = tuple(f"{folder}/" for folder in folders)
    return [
        path for path in KEPT if path.suffix == ".py" and short(path).startswith(below)
    ]


def short(path: Path) -> str:
    """Return a path as it is written in this project."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of everything a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


KEPT = kept_files()

"""What every file of the house keeps to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules.files import KEPT, ROOT, THAI, code, short

LONGEST_MODULE = 300
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "base", "misc"}
LOCKS = ["requirements.lock", "bot/requirements.lock", "ops/uv.requirements"]
WHERE_FROM = re.compile(r"https?://|--(extra-)?index-url|--find-links")
HOME = re.compile(r"/(home|root|Users)/[a-z]\w*|(?<![\w.])/(?:work)/")
PINNED = re.compile(r"^[a-z0-9][\w.\[\],-]*==\S+", re.MULTILINE | re.IGNORECASE)
TEXT = {".py", ".md", ".yml", ".toml", ".json", ".js", ".css", ".html", ".sh", ".lock"}

SPEAKERS = [
    path
    for path in code("actions", "bot", "connectors", "gateway")
    if "tests" not in path.parts
]


@pytest.mark.parametrize("path", SPEAKERS, ids=short)
def test_code_holds_no_thai(path):
    """Thai in code is a sentence its owner cannot find."""
    assert not THAI.search(path.read_text("utf-8"))


def test_modules_are_short_enough_to_read():
    """A module of more than 300 lines is two."""
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in CODE}

    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_modules_are_named_for_what_they_hold():
    """A room called `utils` has no door."""
    assert [short(path) for path in CODE if path.stem in EMPTY_NAMES] == []


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_and_hash_every_package(name):
    """What is installed is what was looked at, wherever it is fetched from."""
    text = (ROOT / name).read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if PINNED.match(entry)]

    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert not WHERE_FROM.search(text)


def test_no_file_names_a_machine():
    """A path of somebody's machine works on nobody else's."""
    texts = [path for path in KEPT if path.suffix in TEXT or path.name == "Makefile"]
    named = {
        short(path): found.group()
        for path in texts
        if path != Path(__file__).resolve()
        and (found := HOME.search(path.read_text("utf-8")))
    }

    assert named == {}


def test_nothing_is_left_to_do():
    """What is not done is in the tracker, not in a comment."""
    left = re.compile(r"\b(TODO|FIXME|XXX)\b")
    found = [short(p) for p in CODE if left.search(p.read_text("utf-8"))]

    assert [name for name in found if name != short(Path(__file__))] == []


CODE = [path for path in KEPT if path.suffix == ".py"]

"""A small catalogue of made-up facts, so that one rule shows at a time."""

import datetime
import shutil

import yaml

from catalogue.loader import FOLDER, read_catalogue

TODAY = datetime.date(2026, 11, 22)
FACT = {
    "id": "SSO-X1",
    "value": 100,
    "unit": "THB",
    "source": "handbook",
    "confidence": "S",
    "review_by": datetime.date(2027, 1, 1),
}
HANDBOOK = {"title": {"th": "คู่มือ", "en": "Handbook"}, "retrieved_at": TODAY}
GAZETTE = {
    "title": {"th": "ราชกิจจานุเบกษา", "en": "Gazette"},
    "retrieved_at": datetime.date(2026, 1, 2),
}
PRESS = {
    "title": {"th": "ข่าว", "en": "Press"},
    "retrieved_at": datetime.date(2026, 2, 3),
}
SOURCES = {"handbook": HANDBOOK, "gazette": GAZETTE, "press": PRESS}
ANSWER = {
    "title": {"th": "ค่าตัวอย่าง", "en": "Sample fee"},
    "th": "ค่าตัวอย่าง {SSO-X1}ค่ะ",
    "en": "The sample fee is {SSO-X1}.",
}


def fact(**changes):
    """Return one row of facts."""
    return {**FACT, **changes}


def answer(**changes):
    """Return one answer."""
    return {**ANSWER, **changes}


def write_catalogue(folder, *, facts, answers=None, sources=SOURCES):
    """Write a catalogue of the house's agencies with these facts and answers."""
    kept = shutil.ignore_patterns("facts", "answers", "forms", "*.py", "__pycache__")
    copy = shutil.copytree(FOLDER, folder / "catalogue", ignore=kept)
    for agency in (copy / "agencies").glob("*.yml"):
        rewrite(agency, facts=[])
    for part in ("facts", "answers", "forms"):
        (copy / part).mkdir()
    write(copy / "sources.yml", {"sources": sources})
    write(copy / "facts" / "sso.yml", {"facts": facts})
    entries = {"sso_sample": ANSWER} if answers is None else answers
    write(copy / "answers" / "sso.yml", {"answers": entries})
    return copy


def read(folder, **parts):
    """Return such a catalogue, read."""
    return read_catalogue(write_catalogue(folder, **parts))


def write(path, content):
    """Write a file of YAML."""
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def rewrite(path, **fields):
    """Change fields of a file of YAML."""
    write(path, yaml.safe_load(path.read_text("utf-8")) | fields)

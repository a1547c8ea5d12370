"""Reads what citizens say: `nlu/<service>.yml` and `nlu/faq/<agency>.yml`.

Rasa's own reader validates every file against a schema, slowly, and takes `faq/<id>`
for a question that it answers itself. Ours knows the one form these files have.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.entities_parser import parse_training_example
from rasa.shared.nlu.training_data.message import Message

FAQ = "faq"
PARTS = {"intent", "examples"}
BULLET = "- "


class ExamplesNotUnderstood(RasaException):
    """A file of examples is not in the form we agreed on."""


def read_examples(path: Path) -> Iterator[Message]:
    """Yield the examples in a file; a general question has its entry as `faq`.

    Raises:
        ExamplesNotUnderstood: something in it is neither an intent nor an example.
    """
    written = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}
    for block in written.get("nlu") or ():
        if set(block) != PARTS or not isinstance(block["examples"], str):
            raise ExamplesNotUnderstood(f"{path}: not just an intent and its examples")
        intent, _, entry = block["intent"].partition("/")
        for text in _texts(block["examples"], path):
            message = parse_training_example(text, intent)
            if entry:
                message.set(FAQ, entry)
            yield message


def _texts(examples: str, path: Path) -> Iterator[str]:
    """Yield the text of every bullet."""
    for line in filter(None, map(str.strip, examples.splitlines())):
        text = line.removeprefix(BULLET).strip()
        if not line.startswith(BULLET) or not text:
            raise ExamplesNotUnderstood(f"{path}: no example in the line {line!r}")
        yield text

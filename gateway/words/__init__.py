"""The gateway's own words, in Thai and English, read from the YAML beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from connectors.reply import Choice, Text

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """Everything the gateway says in one language."""

    greeting: Text
    notices: dict[str, str]
    errors: dict[str, str]

    def notice(self, name: str) -> Text:
        """Return a notice as a reply."""
        return Text(text=self.notices[name])

    def error(self, code: str, values: dict[str, Any]) -> str:
        """Return the sentence for an error."""
        return self.errors[code].format(**values)


def read_words(path: Path) -> Words:
    """Return the words in one YAML file."""
    content = yaml.safe_load(path.read_text("utf-8"))
    greeting = content["greeting"]
    choices = tuple(Choice(title=title) for title in greeting["choices"])
    return Words(
        Text(text=greeting["text"], choices=choices),
        content["notices"],
        content["errors"],
    )


def all_words() -> dict[str, Words]:
    """Return the words of every language, by its code."""
    return {code: read_words(FOLDER / f"{code}.yml") for code in ("th", "en")}

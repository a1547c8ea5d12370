"""Reads TrueVoice: transcribed Thai customer calls and where each was routed.

The data (Apache-2.0) are read where they are, never copied into the project.
Source: https://github.com/PyThaiNLP/truevoice-intent
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ops.settings import ROOT

DATA = "THAMRAT_DATA"
FOLDER = "truevoice-intent"


@dataclass(frozen=True)
class Call:
    """What a caller said and where the call belongs."""

    text: str
    destination: str


@dataclass(frozen=True)
class TrueVoice:
    """The calls to learn from and those to judge by."""

    train: tuple[Call, ...]
    test: tuple[Call, ...]

    def is_unseen(self) -> list[bool]:
        """Tell of each test call whether it repeats none before it and none learnt.

        A third of the test calls are repetitions and say little about learning.
        """
        met = {_spaced_once(call.text) for call in self.train}
        unseen = []
        for call in self.test:
            text = _spaced_once(call.text)
            unseen.append(text not in met)
            met.add(text)
        return unseen


def truevoice() -> TrueVoice | None:
    """Return the calls, None where the data are not on this machine."""
    folder = Path(os.environ.get(DATA) or ROOT.parent / "shared" / "data") / FOLDER
    if not folder.is_dir():
        return None
    return TrueVoice(
        _calls(folder / "mari_train.csv"), _calls(folder / "mari_test.csv")
    )


def written_for_rasa(calls: Sequence[Call], path: Path) -> None:
    """Write calls as training data Rasa can read, without annotations to escape."""
    examples = [
        {"text": call.text, "intent": call.destination, "entities": []}
        for call in calls
    ]
    data = {"rasa_nlu_data": {"common_examples": examples}}
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def _calls(path: Path) -> tuple[Call, ...]:
    """Return the calls in one file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Call(row["texts"], row["destination"]) for row in csv.DictReader(file)
        )


def _spaced_once(text: str) -> str:
    """Return a text without spaces that nobody spoke."""
    return " ".join(text.split())

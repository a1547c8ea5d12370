"""Trains and judges one pipeline on one set of data, each step a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from ops.bench.figures import percentile
from ops.bench.measured import parsed, trained
from ops.bench.pipelines import Pipeline
from ops.bench.sentences import own_sentences
from ops.bench.truevoice import TrueVoice, written_for_rasa
from ops.bench.understood import OUT_OF_SCOPE, REFUSED
from ops.settings import ROOT

OWN = "own"
TRUEVOICE = "truevoice"
QUICK_ROWS = 600
QUICK_EXAMPLES = 5


@dataclass(frozen=True)
class Exam:
    """What pipelines learn from and are asked; `parts` are asked about apart."""

    name: str
    data: Path
    texts: tuple[str, ...]
    meant: tuple[str, ...]
    parts: dict[str, tuple[bool, ...]]


@dataclass(frozen=True)
class Result:
    """What one pipeline did in one exam.

    `accuracy` is of the likeliest intent, `accuracy_as_served` of what the pipeline's
    own threshold leaves of it.
    """

    accuracy: dict[str, float]
    accuracy_as_served: dict[str, float]
    training_seconds: float
    training_peak_mb: float
    parse_p50_ms: float
    parse_p99_ms: float
    parse_peak_mb: float
    model_mb: float

    def as_json(self) -> dict[str, Any]:
        """Return the result rounded to what was measured."""
        return {
            name: {part: round(one, 4) for part, one in value.items()}
            if isinstance(value, dict)
            else round(value, 2)
            for name, value in asdict(self).items()
        }


def truevoice_exam(calls: TrueVoice, folder: Path, rows: int | None = None) -> Exam:
    """Return the exam on TrueVoice: all test rows, and those truly unseen."""
    path = folder / "truevoice.json"
    written_for_rasa(_spread(calls.train, rows), path)
    everything = list(zip(calls.test, calls.is_unseen(), strict=True))
    asked = _spread(everything, rows)
    return Exam(
        name=TRUEVOICE,
        data=path,
        texts=tuple(call.text for call, _ in asked),
        meant=tuple(call.destination for call, _ in asked),
        parts={
            "all": tuple(True for _ in asked),
            "unseen": tuple(unseen for _, unseen in asked),
        },
    )


def own_exam(folder: Path, rows: int | None = None) -> Exam:
    """Return the exam on the project's own training data and sentences."""
    sentences = _spread(own_sentences(), rows)
    return Exam(
        name=OWN,
        data=cut_data(ROOT / "nlu", folder / "nlu") if rows else ROOT / "nlu",
        texts=tuple(sentence.text for sentence in sentences),
        meant=tuple(sentence.intent for sentence in sentences),
        parts={
            "all": tuple(True for _ in sentences),
            "blind": tuple(sentence.is_blind for sentence in sentences),
        },
    )


def cut_data(whole: Path, part: Path) -> Path:
    """Write training data with only the first few examples of each intent."""
    part.mkdir()
    for path in whole.rglob("*.yml"):
        data = yaml.safe_load(path.read_text("utf-8"))
        for block in data.get("nlu", ()):
            lines = block["examples"].splitlines(keepends=True)
            block["examples"] = "".join(lines[:QUICK_EXAMPLES])
        name = "-".join(path.relative_to(whole).parts)
        (part / name).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return part


def examined(
    pipeline: Pipeline, exam: Exam, folder: Path, *, quick: bool = False
) -> Result:
    """Train and ask one pipeline."""
    config = folder / f"{pipeline.name}-{exam.name}.yml"
    own_data = exam.name == OWN
    config.write_text(pipeline.config(own_data=own_data, quick=quick), "utf-8")
    model = folder / f"{pipeline.name}-{exam.name}.tar.gz"
    training = trained(config, exam.data, model)
    asking = parsed(model, exam.texts)
    answers = asking.rows()
    taken = [row["ms"] for row in answers]
    return Result(
        accuracy=_accuracy(exam, [row["guess"] for row in answers]),
        accuracy_as_served=_accuracy(exam, [row["intent"] for row in answers]),
        training_seconds=training.seconds(),
        training_peak_mb=training.peak_bytes / 1e6,
        parse_p50_ms=percentile(taken, 0.5),
        parse_p99_ms=percentile(taken, 0.99),
        parse_peak_mb=asking.peak_bytes / 1e6,
        model_mb=model.stat().st_size / 1e6,
    )


def _accuracy(exam: Exam, given: Sequence[str]) -> dict[str, float]:
    """Return the accuracy on each part of an exam.

    Refusing what is out of scope is right, by class or by threshold.
    """
    right = [
        intent == meant or (meant == OUT_OF_SCOPE and intent in REFUSED)
        for intent, meant in zip(given, exam.meant, strict=True)
    ]
    return {
        part: sum(one for one, counts in zip(right, mask, strict=True) if counts)
        / max(1, sum(mask))
        for part, mask in exam.parts.items()
    }


def _spread[Row](listed: Sequence[Row], rows: int | None) -> Sequence[Row]:
    """Return evenly spread rows, the kinds in them as frequent as in all."""
    return listed[:: max(1, len(listed) // rows)] if rows else listed

"""`make nlu-report`: measures understanding on the project's own sentences.

Writes docs/nlu-report.md and a picture of the confusions, and says which bars hold.
`--strict` ends with an error when one does not; `--quick` trains nothing.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ops.bench.bars import Bar, speed_bars, understanding_bars
from ops.bench.contest import Result, examined, truevoice_exam
from ops.bench.measured import Ran, drawn, parsed, trained
from ops.bench.pipelines import ours
from ops.bench.report import Measured, written
from ops.bench.sentences import own_sentences
from ops.bench.truevoice import truevoice
from ops.bench.understood import Answer, expected_label
from ops.model import trained_model
from ops.settings import ROOT

REPORT = ROOT / "docs" / "nlu-report.md"
PICTURE = ROOT / "docs" / "pictures" / "nlu-confusion.png"
FAQ = "faq/"
TRUEVOICE_BAR = 0.88


def main() -> int:
    """Measure, write, and say which bars hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    measured = _measured(quick=given.quick)
    REPORT.write_text(written(measured), "utf-8")
    drawn("confusion", confusion(measured.answers), PICTURE)
    _say(f"wrote {REPORT.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)}")
    for bar in measured.bars:
        name, value, required, _ = bar.cells()
        verdict = "holds " if bar.holds else "MISSED"
        _say(f"{verdict}  {name}: {value} ({required})")
    return int(given.strict and not all(bar.holds for bar in measured.bars))


def _measured(*, quick: bool) -> Measured:
    """Parse all sentences with the trained model; train anew to see what that takes."""
    model = trained_model(_say)
    sentences = own_sentences()
    _say(f"parsing {len(sentences)} sentences")
    parsing = parsed(model, [sentence.text for sentence in sentences])
    rows = parsing.rows()
    answers = [
        Answer.from_row(sentence, row)
        for sentence, row in zip(sentences, rows, strict=True)
    ]
    training = None if quick else _training()
    on_truevoice = None if quick else _on_truevoice()
    seconds = training.seconds() if training else None
    return Measured(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        model=model.name.split(".")[0],
        cores=os.cpu_count() or 1,
        load=os.getloadavg()[1],
        answers=answers,
        bars=[
            *understanding_bars(answers),
            *speed_bars(answers, seconds),
            _truevoice_bar(on_truevoice),
        ],
        parse_peak_mb=parsing.peak_bytes / 1e6,
        training_seconds=seconds,
        training_peak_mb=training.peak_bytes / 1e6 if training else None,
        truevoice=on_truevoice,
    )


def _training() -> Ran:
    """Train our pipeline on our data once more, only to measure it."""
    _say("training, to measure it")
    with tempfile.TemporaryDirectory(prefix="thamrat-report-") as folder:
        config = Path(folder) / "config.yml"
        config.write_text(ours(with_faq=True).config(own_data=True), "utf-8")
        return trained(config, ROOT / "nlu", Path(folder) / "model.tar.gz")


def _on_truevoice() -> Result | None:
    """Train our pipeline on TrueVoice and judge it there."""
    calls = truevoice()
    if calls is None:
        return None
    _say("TrueVoice: training and parsing")
    with tempfile.TemporaryDirectory(prefix="thamrat-report-") as name:
        folder = Path(name)
        exam = truevoice_exam(calls, folder)
        return examined(ours(with_faq=False), exam, folder)


def _truevoice_bar(result: Result | None) -> Bar:
    """Return the bar on other people's data."""
    value = result.accuracy["unseen"] if result else None
    return Bar("TrueVoice accuracy, unseen rows", value, TRUEVOICE_BAR)


def confusion(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the picture's data: counts of meant and understood, by group."""
    services = sorted(
        (path.stem for path in (ROOT / "nlu").glob("*.yml")), key=len, reverse=True
    )
    pairs = [
        (
            group(expected_label(answer.sentence), services),
            group(answer.label, services),
        )
        for answer in answers
    ]
    names = sorted({name for pair in pairs for name in pair})
    counts = [[0] * len(names) for _ in names]
    for meant, given in pairs:
        counts[names.index(meant)][names.index(given)] += 1
    title = "What was meant and what was understood, in sentences"
    return {"title": title, "labels": names, "counts": counts}


def group(label: str, services: Sequence[str]) -> str:
    """Return the service of an intent, or the subject of a general question.

    `services` are file stems, longest first: intents begin with their service's.
    """
    if label.startswith(FAQ):
        return f"faq: {label.removeprefix(FAQ).split('_')[0]}"
    return next((stem for stem in services if label.startswith(stem)), label)


def _say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

"""Writes docs/nlu-report.md: how well the assistant understands, in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ops.bench.bars import Bar
from ops.bench.contest import Result
from ops.bench.figures import calibration_error, percentile, reliability
from ops.bench.sentences import STYLES
from ops.bench.tables import (
    calibration,
    confusions,
    counted,
    number,
    overview,
    precision_and_recall,
    table,
)
from ops.bench.understood import (
    Answer,
    answerable_refused,
    entities_by_kind,
    entities_found,
    entries_found,
    expected_label,
    grouped,
    intents_right,
    labels,
    questions_refused,
    unanswerable_refused,
)

MOST_CONFUSED = 30
MANY_WRONG = 2


@dataclass(frozen=True)
class Measured:
    """Everything the report is written from."""

    date: str
    model: str
    cores: int
    load: float
    answers: Sequence[Answer]
    bars: Sequence[Bar]
    parse_peak_mb: float
    training_seconds: float | None
    training_peak_mb: float | None
    truevoice: Result | None


def written(measured: Measured) -> str:
    """Return the report as Markdown."""
    return "\n\n".join(_parts(measured)) + "\n"


def _parts(measured: Measured) -> Iterator[str]:
    """Yield the report's paragraphs and tables in order."""
    answers = measured.answers
    yield "# How well ThamRat understands"
    yield (
        "Written by `make nlu-report`: do not edit. "
        f"{len(answers)} sentences of the project's own (`tests/nlu/sentences/`), none "
        "of which the model was trained on, parsed once by the trained model "
        f"`{measured.model}` on {measured.date}."
    )
    yield "## The bars"
    head = ("figure", "measured", "required", "holds")
    yield table(head, [bar.cells() for bar in measured.bars])
    yield "## In short"
    yield from _in_short(answers)
    yield "## By style of writing"
    styles = grouped(answers, lambda answer: answer.sentence.style)
    yield overview([(name, styles[name]) for name in STYLES if name in styles], "style")
    yield "## Written without looking at the training data"
    yield (
        "The files named `blind` or `held_back` were written without looking at "
        "`nlu/`, the others by those who wrote it. What a "
        "stranger's sentences score is nearer to the first row."
    )
    blind = grouped(answers, lambda answer: answer.sentence.is_blind)
    named = ((True, "blind"), (False, "others"))
    yield overview([(name, blind.get(key, [])) for key, name in named], "sentences of")
    yield from _blind_styles(blind.get(True, []))
    yield from _intents(answers)
    yield from _questions(answers)
    yield "## Entities"
    yield (
        "Right means the exact span and the exact value, in the sentences whose "
        "entities are marked."
    )
    yield precision_and_recall(entities_by_kind(answers), "entity")
    yield from _sureness(answers)
    yield from _costs(measured)
    yield from _truevoice(measured.truevoice)


def _in_short(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield the main figures, with what they were counted from."""
    entities = entities_found(answers)
    yield table(
        ("figure", "value"),
        [
            ("intent accuracy", counted(intents_right(answers))),
            ("FAQ recall@1", counted(entries_found(answers))),
            ("FAQ questions refused", counted(questions_refused(answers))),
            (
                "unanswerable or out of scope, refused",
                counted(unanswerable_refused(answers)),
            ),
            ("answerable, refused", counted(answerable_refused(answers))),
            ("entity precision", number(entities.precision)),
            ("entity recall", number(entities.recall)),
            ("entity F1", number(entities.f1)),
        ],
    )
    yield (
        "A refusal by class (`out_of_scope`) and one by threshold (`nlu_fallback`) are "
        "the same to a citizen and count as the same intent. FAQ recall@1 counts a "
        "question as found when its very entry is the answer."
    )


def _blind_styles(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield the blind sentences by style."""
    styles = grouped(answers, lambda answer: answer.sentence.style)
    rows = [(name, styles[name]) for name in STYLES if name in styles]
    if rows:
        yield overview(rows, "blind, by style")


def _intents(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield precision and recall of intents, and what was taken for what."""
    yield "## Intents"
    yield precision_and_recall(labels(answers), "intent")
    yield (
        "![What was taken for what, by service and by agency of the question]"
        "(pictures/nlu-confusion.png)"
    )
    wrong = Counter(
        (expected_label(answer.sentence), answer.label)
        for answer in answers
        if expected_label(answer.sentence) != answer.label
    )
    often = [(*pair, times) for pair, times in wrong.most_common(MOST_CONFUSED)]
    listed = [row for row in often if row[2] >= MANY_WRONG]
    if listed:
        yield f"Taken for one another at least {MANY_WRONG} times:"
        yield confusions(listed)


def _questions(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield how each FAQ entry was found."""
    yield "## FAQ entries"
    by_entry = grouped(
        [answer for answer in answers if answer.sentence.faq],
        lambda answer: answer.sentence.faq or "",
    )
    rows = [
        (
            f"`{entry}`",
            len(rows),
            number(entries_found(rows).value),
            number(questions_refused(rows).value),
        )
        for entry, rows in sorted(by_entry.items())
    ]
    yield table(("entry", "questions", "recall@1", "refused"), rows)


def _sureness(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield how honest the confidences are."""
    yield "## Calibration"
    sure = [(a.confidence, a.is_right) for a in answers if not a.fell_back]
    bins = reliability(sure)
    yield (
        "Confidence of the intents the assistant acts on, and how often they are "
        f"right. Expected calibration error: {calibration_error(bins):.3f}."
    )
    yield calibration(bins)


def _costs(measured: Measured) -> Iterator[str]:
    """Yield time and memory."""
    yield "## Time and memory"
    taken = [answer.ms for answer in measured.answers]
    yield (
        f"{measured.cores} cores, load average {measured.load:.1f} while measuring: "
        "other work on the machine makes these figures larger, never smaller."
    )
    yield table(
        ("figure", "value"),
        [
            ("parse p50, ms", number(percentile(taken, 0.5), 1)),
            ("parse p99, ms", number(percentile(taken, 0.99), 1)),
            ("memory while parsing, MB (peak)", number(measured.parse_peak_mb, 0)),
            ("training, s", number(measured.training_seconds, 1)),
            ("memory while training, MB (peak)", number(measured.training_peak_mb, 0)),
        ],
    )


def _truevoice(result: Result | None) -> Iterator[str]:
    """Yield what the same pipeline does on other people's data."""
    yield "## Other data: TrueVoice"
    if result is None:
        yield "Not measured here: the data are not on the machine (`THAMRAT_DATA`)."
        return
    yield (
        "The same components trained on TrueVoice, transcribed customer calls routed "
        "to 7 destinations: accuracy of the likeliest destination on all test rows, "
        "and on those that repeat neither each other nor a training row. "
        "`thamrat bench nlu` compares with other pipelines."
    )
    yield table(
        ("figure", "value"),
        [
            ("accuracy, all rows", number(result.accuracy["all"])),
            ("accuracy, unseen rows", number(result.accuracy["unseen"])),
            ("training, s", number(result.training_seconds, 1)),
            ("parse p50, ms", number(result.parse_p50_ms, 1)),
        ],
    )

"""Holds what was understood of each sentence against what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ops.bench.figures import Found, Share, by_label, compared
from ops.bench.sentences import FAQ, Sentence

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
REFUSED = frozenset({OUT_OF_SCOPE, FALLBACK})


@dataclass(frozen=True)
class Answer:
    """One sentence and what was understood of it.

    Refusing by either way, by class or by threshold, is the same to a citizen:
    both count as `out_of_scope`.
    """

    sentence: Sentence
    intent: str
    confidence: float
    faq: str | None
    entities: tuple[tuple[int, int, str, str | None], ...]
    ms: float
    fell_back: bool

    @classmethod
    def from_row(cls, sentence: Sentence, row: dict[str, Any]) -> Answer:
        """Read one row of the parsing program."""
        return cls(
            sentence=sentence,
            intent=OUT_OF_SCOPE if row["intent"] in REFUSED else row["intent"],
            confidence=row["confidence"],
            faq=row["faq"],
            entities=tuple(_span(entity) for entity in row["entities"]),
            ms=row["ms"],
            fell_back=row["intent"] == FALLBACK,
        )

    @property
    def is_right(self) -> bool:
        """Tell whether the intent is the meant one."""
        return self.intent == self.sentence.intent

    @property
    def is_refused(self) -> bool:
        """Tell whether the assistant said that it cannot help."""
        return self.intent == OUT_OF_SCOPE

    @property
    def label(self) -> str:
        """Return the intent, or the entry of a general question."""
        return f"{FAQ}/{self.faq}" if self.faq else self.intent


def expected_label(sentence: Sentence) -> str:
    """Return the intent of a sentence, or the entry it asks for."""
    return f"{FAQ}/{sentence.faq}" if sentence.faq else sentence.intent


def intents_right(answers: Iterable[Answer]) -> Share:
    """Return how many sentences got the intent they mean."""
    return Share.of(answer.is_right for answer in answers)


def entries_found(answers: Iterable[Answer]) -> Share:
    """Return FAQ recall@1: general questions that got their very entry."""
    asked = [answer for answer in answers if answer.sentence.faq]
    return Share.of(answer.faq == answer.sentence.faq for answer in asked)


def unanswerable_refused(answers: Iterable[Answer]) -> Share:
    """Return how many of the sentences nobody answers were refused."""
    return Share.of(a.is_refused for a in answers if a.sentence.intent == OUT_OF_SCOPE)


def answerable_refused(answers: Iterable[Answer]) -> Share:
    """Return how many of the sentences that have an answer were refused."""
    return Share.of(a.is_refused for a in answers if a.sentence.intent != OUT_OF_SCOPE)


def questions_refused(answers: Iterable[Answer]) -> Share:
    """Return how many of the general questions that have an entry were refused."""
    return Share.of(answer.is_refused for answer in answers if answer.sentence.faq)


def entities_by_kind(answers: Iterable[Answer]) -> dict[str, Found]:
    """Return what was found of each kind of entity: exact span and exact value."""
    counted: dict[str, Found] = {}
    for answer in answers:
        if answer.sentence.entities is None:
            continue
        meant = expected_spans(answer.sentence)
        for kind in {one[2] for one in (*meant, *answer.entities)}:
            found = compared(
                [one for one in meant if one[2] == kind],
                [one for one in answer.entities if one[2] == kind],
            )
            counted[kind] = counted.get(kind, Found()) + found
    return dict(sorted(counted.items()))


def entities_found(answers: Iterable[Answer]) -> Found:
    """Return what was found of all entities together."""
    return sum(entities_by_kind(answers).values(), Found())


def labels(answers: Iterable[Answer]) -> dict[str, Found]:
    """Return precision and recall of each intent."""
    return by_label((answer.sentence.intent, answer.intent) for answer in answers)


def expected_spans(sentence: Sentence) -> list[tuple[int, int, str, str | None]]:
    """Return marked entities with their places, each after the one before it."""
    spans: list[tuple[int, int, str, str | None]] = []
    reached: dict[str, int] = {}
    for one in sentence.entities or ():
        start = sentence.text.find(one.text, reached.get(one.text, 0))
        if start < 0:
            raise ValueError(f"{one.text!r} is not in {sentence.text!r}")
        reached[one.text] = start + len(one.text)
        spans.append((start, start + len(one.text), one.entity, one.value))
    return spans


def grouped[Key](
    answers: Sequence[Answer], key: Callable[[Answer], Key]
) -> dict[Key, list[Answer]]:
    """Return answers by something about them."""
    groups: dict[Key, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    return groups


def _span(entity: dict[str, Any]) -> tuple[int, int, str, str | None]:
    """Return an entity as compared: place, kind and value as text."""
    value = entity["value"]
    text = None if value is None else str(value)
    return entity["start"], entity["end"], entity["entity"], text

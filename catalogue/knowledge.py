"""What holds for everybody: sources, facts, answers and forms, checked together."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from catalogue.answers import FaqAnswer, Form, SpeakingWords
from catalogue.facts import Fact, History, Source
from catalogue.reading import (
    CatalogueBroken,
    check_known,
    named,
    part,
    read_folder,
    read_yaml,
    shaped,
)

UNCONFIRMED = "U"


@dataclasses.dataclass(frozen=True)
class Knowledge:
    """Everything an answer is made of, by id."""

    sources: Mapping[str, Source]
    facts: Mapping[str, History]
    answers: Mapping[str, FaqAnswer]
    forms: Mapping[str, Form]
    words: Mapping[str, SpeakingWords]

    def words_in(self, language: str) -> SpeakingWords:
        """Return a language's words, the Thai ones where we have no other."""
        return self.words.get(language, self.words["th"])

    def rows(self) -> list[Fact]:
        """Return every row of every fact."""
        return [row for history in self.facts.values() for row in history.rows]


def read_knowledge(
    folder: Path, agencies: Mapping[str, object], services: Mapping[str, object]
) -> Knowledge:
    """Return what the files say about everybody's questions.

    Raises:
        CatalogueBroken: a file is not what it should be, or names what is not there.
    """
    sources = _read_sources(folder / "sources.yml")
    facts = _read_facts(folder / "facts", sources)
    answers = _read_answers(folder / "answers", agencies)
    for faq_id, answer in answers.items():
        _check_answer(faq_id, answer, facts, answers, services)
    return Knowledge(
        sources=sources,
        facts=facts,
        answers=answers,
        forms=_read_forms(folder / "forms", agencies, sources, answers),
        words=_read_words(folder / "speaking.yml"),
    )


def _read_sources(path: Path) -> dict[str, Source]:
    entries = part(read_yaml(path), "sources", path)
    return {name: shaped(Source, value, path, name) for name, value in entries.items()}


def _read_facts(folder: Path, sources: Mapping[str, Source]) -> dict[str, History]:
    rows: dict[str, list[Fact]] = {}
    files: dict[str, Path] = {}
    for path, content in read_folder(folder):
        for number, value in enumerate(part(content, "facts", path), 1):
            key = value.get("id") if isinstance(value, dict) else None
            fact = shaped(Fact, value, path, key or f"row {number}")
            where = f"{named(path)}: {fact.id}"
            check_known([fact.source], sources, "source", where)
            if files.setdefault(fact.id, path) != path:
                raise CatalogueBroken(f"{where}: it is in {named(files[fact.id])} too")
            rows.setdefault(fact.id, []).append(fact)
    return {
        fact_id: _history(fact_id, rows[fact_id], files[fact_id]) for fact_id in rows
    }


def _history(fact_id: str, rows: list[Fact], path: Path) -> History:
    try:
        return History.from_rows(rows)
    except ValueError as error:
        raise CatalogueBroken(f"{named(path)}: {fact_id}: {error}") from error


def _read_answers(folder: Path, agencies: Mapping[str, object]) -> dict[str, FaqAnswer]:
    answers: dict[str, FaqAnswer] = {}
    for path, content in read_folder(folder):
        check_known([path.stem], agencies, "agency", named(path))
        for faq_id, value in part(content, "answers", path).items():
            if faq_id in answers:
                raise CatalogueBroken(f"{named(path)}: {faq_id}: answered twice")
            owned = {**value, "agency": path.stem} if isinstance(value, dict) else value
            answers[faq_id] = shaped(FaqAnswer, owned, path, faq_id)
    return answers


def _check_answer(
    faq_id: str,
    answer: FaqAnswer,
    facts: Mapping[str, History],
    answers: Mapping[str, FaqAnswer],
    services: Mapping[str, object],
) -> None:
    """Refuse an answer that names what is not there, or says what nobody confirmed."""
    where = f"answers/{answer.agency}.yml: {faq_id}"
    used = answer.facts("th")
    check_known(used, facts, "fact", where)
    check_known([answer.link], services, "service", where)
    check_known(answer.follow, answers, "answer", where)
    doubtful = [
        fact_id
        for fact_id in used
        if any(row.confidence == UNCONFIRMED for row in facts[fact_id].rows)
    ]
    if doubtful:
        raise CatalogueBroken(f"{where}: nobody confirmed {', '.join(doubtful)}")


def _read_forms(
    folder: Path,
    agencies: Mapping[str, object],
    sources: Mapping[str, Source],
    answers: Mapping[str, FaqAnswer],
) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for path, content in read_folder(folder):
        check_known([path.stem], agencies, "agency", named(path))
        for value in part(content, "forms", path):
            key = value.get("code") if isinstance(value, dict) else None
            form = shaped(Form, value, path, str(key))
            where = f"{named(path)}: {form.code}"
            check_known([form.source], sources, "source", where)
            check_known(form.answers, answers, "answer", where)
            if forms.setdefault(form.code, form) is not form:
                raise CatalogueBroken(f"{where}: it is there twice")
    return forms


def _read_words(path: Path) -> dict[str, SpeakingWords]:
    entries = read_yaml(path)
    return {
        language: shaped(SpeakingWords, value, path, language)
        for language, value in entries.items()
    }

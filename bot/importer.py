"""Joins the shared domain with one domain file and one response file per service."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.examples import read_examples

HOUSE = Path(__file__).resolve().parent.parent
SERVICE_FOLDERS = ("bot/domain", "bot/responses")
Written = tuple[tuple[str, int], ...]
NAMED_THINGS = ("intents", "entities", "slots", "actions", "responses", "forms")


class NamedTwice(RasaException):
    """Two domain files claim one name; Rasa would silently keep the last."""


class ServiceImporter(RasaFileImporter):
    """Read `domain.yml` and every service's own files as one domain.

    A new service is then only new files: nobody edits `domain.yml` to add one.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """Add the services' files to the domain path Rasa was given."""
        super().__init__(config_file, domain_path, training_data_paths)
        self._domain_files = (
            [Path(domain_path), *service_files(HOUSE)] if domain_path else []
        )

    def get_domain(self) -> Domain:
        """Return the joined domain.

        Raises:
            NamedTwice: two files define one intent, slot, action or response.
        """
        if not self._domain_files:
            return Domain.empty()
        return _read_domain(_as_written(self._domain_files))

    def get_nlu_data(self, language: str | None = "th") -> TrainingData:
        """Return what citizens say, with the entry of a general question as `faq`.

        The catalogue answers `faq/<id>`; left as it is, Rasa would look for a
        response of its own to each.
        """
        return _read_nlu_data(_as_written(self._nlu_files))


def _as_written(paths: Iterable[str | Path]) -> Written:
    """Return files and when each was written last, to know them again."""
    return tuple((str(path), Path(path).stat().st_mtime_ns) for path in paths)


@functools.lru_cache(maxsize=1)
def _read_domain(written: Written) -> Domain:
    """Return the domain in some files; Rasa asks four times for one training."""
    names = [name for name, _ in written]
    refuse_names_given_twice([Path(name) for name in names])
    return Domain.load(names)


@functools.lru_cache(maxsize=1)
def _read_nlu_data(written: Written) -> TrainingData:
    """Return the examples in some files; Rasa asks five times for one training."""
    return TrainingData(
        [example for name, _ in written for example in read_examples(Path(name))]
    )


def service_files(house: Path) -> list[Path]:
    """Return every service's domain and response files, in a fixed order."""
    return [
        path
        for folder in SERVICE_FOLDERS
        for path in sorted((house / folder).glob("*.yml"))
    ]


def refuse_names_given_twice(paths: list[Path]) -> None:
    """Check that no name is defined by two files, or twice in one."""
    seen = Counter(
        (kind, name)
        for path in paths
        for kind, name in _names(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
    )
    twice = sorted(
        f"{kind}: {name}" for (kind, name), times in seen.items() if times > 1
    )
    if twice:
        raise NamedTwice(f"defined more than once: {', '.join(twice)}")


def _names(domain: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (kind, name) of everything one domain file defines.

    A list entry is a name, or `{name: settings}`.
    """
    return [
        (kind, next(iter(entry)) if isinstance(entry, dict) else entry)
        for kind in NAMED_THINGS
        for entry in domain.get(kind) or ()
    ]

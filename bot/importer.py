"""Joins the shared domain with one domain file and one response file per service."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.constants import INTENT_RESPONSE_KEY
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_yaml_file

HOUSE = Path(__file__).resolve().parent.parent
SERVICE_FOLDERS = ("bot/domain", "bot/responses")
FAQ = "faq"
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
        refuse_names_given_twice(self._domain_files)
        return Domain.load([str(path) for path in self._domain_files])

    def get_nlu_data(self, language: str | None = "th") -> TrainingData:
        """Return what citizens say, with the entry of a general question as `faq`.

        The catalogue answers `faq/<id>`; left as it is, Rasa would look for a
        response of its own to each.
        """
        files = [Path(name) for name in self._nlu_files]
        written = tuple((str(path), path.stat().st_mtime_ns) for path in files)
        return _read_nlu_data(written, language)


@functools.lru_cache(maxsize=1)
def _read_nlu_data(
    written: tuple[tuple[str, int], ...], language: str | None
) -> TrainingData:
    """Return the examples in some files; Rasa asks five times for one training."""
    data = training_data_from_paths([path for path, _ in written], language)
    for example in data.training_examples:
        full_name = example.data.pop(INTENT_RESPONSE_KEY, None)
        if full_name:
            example.set(FAQ, full_name.split("/", 1)[1])
    return data


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
        (kind, name) for path in paths for kind, name in _names(read_yaml_file(path))
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

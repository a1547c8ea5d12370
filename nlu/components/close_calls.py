"""Marks a message whose meaning is a close call, and what it may mean.

Nothing is decided here: the intent stays as it was understood. The conversation may
ask "did you mean ...?" instead of acting on a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from nlu.components.faq_retriever import CANDIDATES, FALLBACK, FAQ

CLOSE_CALL = "close_call"
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Meaning:
    """What a message may mean: an intent, or one entry of the catalogue."""

    intent: str
    confidence: float
    faq_id: str | None = None


@dataclass(frozen=True)
class Band:
    """Where certainty ends and where guessing begins (docs/adr/0008)."""

    sure: float
    apart: float
    plausible: float
    possible: float
    refusing: float
    most: int
    never: Collection[str]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False
)
class CloseCallMarker(GraphComponent):
    """Add `close_call` to each message: what to ask about, or an empty list."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        """Take the settings."""
        names = Band.__dataclass_fields__
        self._band = Band(**{name: config[name] for name in names})

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings `config.yml` may override."""
        return {
            "sure": 0.55,  # from here on the likeliest is acted on,
            "apart": 0.2,  # if the next one is this far behind
            "plausible": 0.15,  # below, even the likeliest is a guess
            "possible": 0.08,  # below, a meaning is not offered
            "refusing": 0.4,  # from here on, out of scope is refused unasked
            "most": 3,
            "never": [],  # answered wrongly they do no harm; a question would
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CloseCallMarker:
        """Build the component; there is nothing to train."""
        return cls(config)

    def process_training_data(self, training_data: Any) -> Any:
        """Leave the examples as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark each message."""
        for message in messages:
            likely = meanings(
                message.get(INTENT_RANKING_KEY) or [], message.get(CANDIDATES) or []
            )
            refused = (message.get(INTENT) or {}).get("name") == FALLBACK
            asked = close_call(likely, self._band, refused=refused)
            told = [asdict(meaning) for meaning in asked]
            message.set(CLOSE_CALL, told, add_to_output=True)
        return messages


def meanings(
    ranking: list[dict[str, Any]], entries: list[dict[str, Any]]
) -> list[Meaning]:
    """Return what a message may mean, likeliest first.

    A general question is as likely as `faq` is, shared among its entries.
    """
    general = next((i["confidence"] for i in ranking if i["name"] == FAQ), 0.0)
    found = [
        Meaning(intent["name"], intent["confidence"])
        for intent in ranking
        if intent["name"] not in (FAQ, FALLBACK)
    ]
    found += [
        Meaning(FAQ, general * entry["confidence"], entry["id"]) for entry in entries
    ]
    return sorted(found, key=lambda meaning: -meaning.confidence)


def close_call(likely: list[Meaning], band: Band, *, refused: bool) -> list[Meaning]:
    """Return the meanings to ask about, none if the message is clear or hopeless.

    `refused`: the thresholds have already taken it for not understood.
    """
    if not likely or not (refused or _is_close(likely, band)):
        return []
    offered = [
        meaning
        for meaning in likely
        if meaning.intent not in (*band.never, OUT_OF_SCOPE)
    ][: band.most]
    if not offered or offered[0].confidence < band.plausible:
        return []
    return [one for one in offered if one.confidence >= band.possible]


def _is_close(likely: list[Meaning], band: Band) -> bool:
    """Tell whether the likeliest meaning is not likely enough to act on."""
    best = likely[0]
    if best.intent in band.never:
        return False
    if best.intent == OUT_OF_SCOPE:
        return best.confidence < band.refusing
    second = likely[1].confidence if len(likely) > 1 else 0.0
    return best.confidence < band.sure or best.confidence - second < band.apart

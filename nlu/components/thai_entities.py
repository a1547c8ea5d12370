"""Gives Rasa the entities that rules find in a Thai message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.thai.entities import Found, find_entities

EXTRACTOR = "ThaiEntityExtractor"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False
)
class ThaiEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Find periods, places, ids and the like; learns nothing."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ThaiEntityExtractor:
        """Build the component; it keeps nothing in the model."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message."""
        for message in messages:
            found = find_entities(message.get(TEXT) or "")
            entities = message.get(ENTITIES, []) + [_as_rasa(one) for one in found]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _as_rasa(found: Found) -> dict[str, Any]:
    """Return an entity in Rasa's form; an id comes masked already."""
    return {
        "entity": found.entity,
        "start": found.start,
        "end": found.end,
        "value": found.value,
        "text": found.text,
        "extractor": EXTRACTOR,
    }

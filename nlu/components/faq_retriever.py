"""Gives Rasa the FAQ entry that a general question asks for, or refuses."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.faq_index import FaqIndex
from nlu.components.linear_text import Scored

FAQ = "faq"
CANDIDATES = "faq_candidates"
FALLBACK = "nlu_fallback"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class FaqRetriever(GraphComponent):
    """Say which entry answers a message whose intent is `faq`.

    The message gets `faq`: `{"id", "confidence"}`, or None. A question that fits
    no entry becomes a fallback: it is refused, not answered at random. One that may
    be general also gets `faq_candidates`: the likeliest entries, whoever is right.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        index: FaqIndex | None = None,
    ) -> None:
        """Take the settings, and the index unless it is yet to be trained."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self.index = index

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings `config.yml` may override."""
        return {
            "threshold": 0.18,
            "possible": 0.1,  # from this confidence of `faq` on, entries are looked for
            "candidates": 3,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FaqRetriever:
        """Build the component before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FaqRetriever:
        """Build the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, FaqIndex.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the questions that the importer marked with their entry; keep them."""
        asked = [
            (example.get(TEXT), example.get(FAQ))
            for example in training_data.intent_examples
            if example.get(FAQ)
        ]
        self.index = _index(asked) if asked else None
        with self._model_storage.write_to(self._resource) as folder:
            if self.index:
                self.index.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: nothing learns from an answer."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entry of each general question."""
        for message in messages:
            message.set(FAQ, None, add_to_output=True)
            is_faq = message.get(INTENT, {}).get("name") == FAQ
            likeliest: list[Scored] = []
            if self.index and (is_faq or _chance(message) >= self._config["possible"]):
                likeliest = self.index.likeliest(message.get(TEXT))
            self._name(message, likeliest)
            if is_faq:
                self._answer(message, likeliest)
        return messages

    def _name(self, message: Message, likeliest: list[Scored]) -> None:
        """Add the few entries that may be meant."""
        few = likeliest[: self._config["candidates"]]
        named = [{"id": one.label, "confidence": one.confidence} for one in few]
        message.set(CANDIDATES, named, add_to_output=True)

    def _answer(self, message: Message, likeliest: list[Scored]) -> None:
        """Add the entry that answers the question, or refuse it."""
        best = None
        if self.index and likeliest:
            best = self.index.fit(message.get(TEXT), likeliest[0])
        if best and best.confidence >= self._config["threshold"]:
            found = {"id": best.entry, "confidence": best.confidence}
            message.set(FAQ, found, add_to_output=True)
            return
        refused = {"name": FALLBACK, "confidence": best.confidence if best else 0.0}
        message.set(INTENT, refused, add_to_output=True)
        ranking = [refused, *message.get(INTENT_RANKING_KEY, [])]
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _chance(message: Message) -> float:
    """Return how likely it is that a message is a general question."""
    return next(
        (
            float(one["confidence"])
            for one in message.get(INTENT_RANKING_KEY, [])
            if one["name"] == FAQ
        ),
        0.0,
    )


def _index(asked: list[tuple[str, str]]) -> FaqIndex:
    """Return what (question, entry) pairs teach."""
    return FaqIndex.train(
        [question for question, _ in asked], [entry for _, entry in asked]
    )

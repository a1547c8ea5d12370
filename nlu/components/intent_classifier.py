"""Gives Rasa the intent of a message, by a linear model over Thai features."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.linear_text import LinearText


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Say which intent a message has and how sure that is."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LinearText | None = None,
    ) -> None:
        """Take the settings, and the model unless it is yet to be trained."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self.model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings `config.yml` may override."""
        return {
            "strength": 2.0,  # inverse of the regularisation; null to have it chosen
            "rarest": 2,  # letter groups in fewer examples are left out
            "ranking": 5,  # how many intents a parse names
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
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
    ) -> LinearIntentClassifier:
        """Build the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearText.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of all intents and keep the result."""
        examples = [
            example
            for example in training_data.intent_examples
            if (example.get(TEXT) or "").strip()
        ]
        self.model = LinearText.train(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            strength=self._config["strength"],
            rarest=self._config["rarest"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self.model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the learnt intents to the examples, for components that follow."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the intent of each message, and the few likeliest."""
        for message in messages:
            scores = self.model.scores(message.get(TEXT) or "") if self.model else []
            ranking = [
                {"name": score.label, "confidence": score.confidence}
                for score in scores[: self._config["ranking"]]
            ]
            intent = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

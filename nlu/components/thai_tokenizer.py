"""Gives Rasa the words of a Thai message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from nlu.thai.words import split_words


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False
)
class ThaiTokenizer(Tokenizer):
    """Split Thai text, keeping every character at its original place.

    Entity spans are offsets into the citizen's own words, so this component must
    never clean, merge or reorder text.
    """

    @staticmethod
    def supported_languages() -> list[str]:
        """Return the one language this component knows."""
        return ["th"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings every tokenizer of Rasa has."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ThaiTokenizer:
        """Build the component; it keeps nothing in the model."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the words of one attribute of a message."""
        words = split_words(message.get(attribute))
        return self._apply_token_pattern(
            [Token(word.text, word.start, word.end) for word in words]
        )

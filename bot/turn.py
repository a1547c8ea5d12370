"""Runs one turn of a conversation, and says so when any part of it failed.

Rasa's own `handle_message` swallows what goes wrong: an action server that is down
gives an empty answer, and a tracker that could not be stored lives on in memory.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.second_look import WAY, second_look, way_on
from bot.tracker_store import Answer, PostgresTrackerStore
from bot.turn_request import TurnRequest, harmless
from bot.understanding import chosen, understand

PARTS_OF_A_REPLY = ("text", "buttons", "custom")


class TurnFailed(Exception):
    """The turn raised somewhere, so nothing of it may be kept."""


class UnknownIntent(Exception):
    """A choice or an event names an intent that this model does not have."""


class Replies(CollectingOutputChannel):
    """Collects what is said, each response as one whole message."""

    async def send_text_message(
        self, recipient_id: str, text: str, **kwargs: Any
    ) -> None:
        """Keep a text whole: Rasa would cut it at every blank line."""
        await self._persist_message(self._message(recipient_id, text=text))

    def said(self) -> list[dict[str, Any]]:
        """Return the messages in the shapes the gateway knows."""
        return [
            {part: message[part] for part in PARTS_OF_A_REPLY if part in message}
            for message in self.messages
        ]


class LoudAction:
    """An action that remembers how it failed; Rasa only logs it and goes on."""

    def __init__(self, action: Action) -> None:
        """Take the place of `action`."""
        self._action = action
        self.failure: Exception | None = None

    def __getattr__(self, name: str) -> Any:
        """Be the action in everything else."""
        return getattr(self._action, name)

    async def run(self, *args: Any, **kwargs: Any) -> list[Event]:
        """Run the action."""
        try:
            return await self._action.run(*args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            self.failure = error
            raise


def loud_store(agent: Agent) -> PostgresTrackerStore:
    """Return the agent's own store, taken out of Rasa's fail-safe wrapper for good."""
    store: TrackerStore = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store  # noqa: SLF001 - Rasa always wraps, offers no way out
        agent.tracker_store = store
    if not isinstance(store, PostgresTrackerStore):
        raise TypeError(f"bot/endpoints.yml must name our store, not {type(store)}")
    agent.processor.tracker_store = store
    return store


async def run_turn(
    agent: Agent, request: TurnRequest
) -> tuple[DialogueStateTracker, Answer]:
    """Return the conversation after a turn, and the answer. Saves nothing.

    Raises:
        TurnFailed: an action failed, or the bot did not come to an end.
        UnknownIntent: the choice or event is none of this model's.
        StoreUnavailable: the conversation could not be read.
    """
    processor: MessageProcessor = agent.processor
    replies = Replies()
    parse = await _parse(processor, request)
    tracker = await processor.fetch_tracker_and_update_session(
        str(request.conversation_id), replies, request.metadata()
    )
    message = UserMessage(
        harmless(request.text),
        replies,
        tracker.sender_id,
        parse_data=second_look(parse, tracker),
        input_channel=request.channel,
        message_id=str(request.turn_id),
        metadata=request.metadata(),
    )
    await processor._handle_message_with_tracker(message, tracker)  # noqa: SLF001 - its public caller reads the tracker unseen
    _speak(request.language, tracker)
    _find_way_on(tracker)
    tracker = await processor.run_action_extract_slots(replies, tracker)
    await _act(processor, tracker, replies)
    intent = message.parse_data["intent"]
    return tracker, Answer(replies.said(), intent["name"], intent["confidence"])


async def _parse(processor: MessageProcessor, request: TurnRequest) -> dict[str, Any]:
    """Return what the citizen meant: understood from words, or chosen outright."""
    if request.kind == "text":
        return await understand(processor, request.text)
    if request.intent not in processor.domain.intents:
        raise UnknownIntent
    return chosen(request.intent, request.entities)


def _speak(language: str, tracker: DialogueStateTracker) -> None:
    """Follow the channel's language when it changes; words may choose another."""
    said = [event for event in tracker.events if isinstance(event, UserUttered)]
    before = said[-2].metadata.get("language") if len(said) > 1 else None
    if language != before:
        tracker.update(SlotSet("language", language))


def _find_way_on(tracker: DialogueStateTracker) -> None:
    """Keep how to go on with a message that was not understood."""
    way = way_on(tracker)
    if way != tracker.get_slot(WAY):
        tracker.update(SlotSet(WAY, way))


async def _act(
    processor: MessageProcessor, tracker: DialogueStateTracker, replies: Replies
) -> None:
    """Take actions until the bot listens again."""
    goes_on = True
    while goes_on:
        try:
            predicted, prediction = processor.predict_next_with_tracker_if_should(
                tracker
            )
        except ActionLimitReached as error:
            raise TurnFailed("the bot kept acting without listening") from error
        action = LoudAction(predicted)
        goes_on = await processor._run_action(  # noqa: SLF001 - its public caller hides failures
            action, tracker, replies, processor.nlg, prediction
        )
        if action.failure is not None:
            raise TurnFailed(f"{predicted.name()} failed") from action.failure

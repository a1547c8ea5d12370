"""Keeps a conversation's stored events few, so that its hundredth turn is as fast.

Rasa reads every event of a conversation at every turn (15 ms at first, 374 ms after
560 messages). What rules need is the slots and the last few turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

MOST_EVENTS = 60
KEPT_EVENTS = 36
# A parse also carries the ranking of every intent and all tokens: 5 kB a message.
KEPT_OF_A_PARSE = ("intent", "entities", "text", "faq", "close_call")


def snapshot(
    tracker: DialogueStateTracker, slots: Sequence[Slot]
) -> list[dict[str, Any]]:
    """Return the events to store, oldest turns replaced by the slots they left."""
    events = list(tracker.events)
    if len(events) > MOST_EVENTS:
        events = _shortened(tracker.sender_id, events, slots)
    return [_slim(event.as_dict()) for event in events]


def _shortened(
    sender_id: str, events: list[Event], slots: Sequence[Slot]
) -> list[Event]:
    """Return the last turns, behind a summary of everything before them."""
    cut = _cut(events)
    if cut == 0:
        return events
    before = DialogueStateTracker.from_events(sender_id, events[:cut], slots)
    return [*_summary(before, events[cut].timestamp), *events[cut:]]


def _cut(events: list[Event]) -> int:
    """Return the last safe place that keeps enough: where the bot began to listen."""
    listening = [
        place
        for place, event in enumerate(events[: len(events) - KEPT_EVENTS + 1])
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
    ]
    return listening[-1] if listening else 0


def _summary(before: DialogueStateTracker, at: float) -> list[Event]:
    """Return the shortest events that leave a tracker as `before` was."""
    initial = {slot.name: slot.initial_value for slot in before.slots.values()}
    summary: list[Event] = [SessionStarted(timestamp=at)]
    summary += [
        SlotSet(name, value, timestamp=at)
        for name, value in before.current_slot_values().items()
        if value != initial[name]
    ]
    if before.active_loop_name:
        summary.append(ActiveLoop(before.active_loop_name, timestamp=at))
    return summary


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event without the parts of its parse that nothing reads again."""
    parse = event.get("parse_data")
    if parse:
        event["parse_data"] = {
            key: parse[key] for key in KEPT_OF_A_PARSE if key in parse
        }
    return event

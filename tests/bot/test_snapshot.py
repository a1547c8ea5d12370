"""A stored conversation stays short and forgets no slot."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.snapshot import MOST_EVENTS, snapshot

SLOTS = Domain.from_dict(
    {
        "slots": {
            name: {"type": "text", "mappings": [{"type": "custom"}]}
            for name in ("period", "section")
        }
    }
).slots


def turn(number):
    """Return the events of one turn."""
    parse = {
        "intent": {"name": "greet", "confidence": 1.0},
        "entities": [],
        "intent_ranking": [{"name": "greet"}] * 50,
        "text_tokens": [[0, 1]] * 50,
    }
    return [
        UserUttered(f"{number}", parse["intent"], [], parse),
        ActionExecuted("utter_greet"),
        ActionExecuted("action_listen"),
    ]


def after(turns, *more):
    """Return a tracker after some turns."""
    events = [SessionStarted(), ActionExecuted("action_listen"), *more]
    events += [event for number in range(turns) for event in turn(number)]
    return DialogueStateTracker.from_events("c", events, SLOTS)


def read(events):
    """Return the tracker that stored events make."""
    return DialogueStateTracker.from_dict("c", events, SLOTS)


def test_short_conversations_are_kept_whole():
    """Nothing is cut while it is short."""
    tracker = after(5)

    assert len(snapshot(tracker, SLOTS)) == len(tracker.events)


@pytest.mark.parametrize("turns", [20, 100, 560])
def test_long_conversations_stay_short(turns):
    """The hundredth turn must be as fast as the first."""
    assert len(snapshot(after(turns), SLOTS)) <= MOST_EVENTS


def test_slots_survive_the_cut():
    """A slot set long ago is still set, and one that was cleared stays cleared."""
    tracker = after(100, SlotSet("period", "2026-03"), SlotSet("section", "33"))
    tracker.update(SlotSet("section", None))
    kept = read(snapshot(tracker, SLOTS))

    assert kept.get_slot("period") == "2026-03"
    assert kept.get_slot("section") is None


def test_a_running_form_survives_the_cut():
    """A form that was asking goes on asking."""
    kept = read(snapshot(after(100, ActiveLoop("visa_form")), SLOTS))

    assert kept.active_loop_name == "visa_form"


def test_the_cut_is_where_the_bot_listened():
    """A rule sees whole turns only."""
    events = snapshot(after(100), SLOTS)
    first = next(event for event in events if event["event"] == "action")

    assert events[0]["event"] == "session_started"
    assert first["name"] == "action_listen"


def test_the_last_words_stay():
    """What was said last is what the next turn is about."""
    kept = read(snapshot(after(100), SLOTS))

    assert kept.latest_message.text == "99"
    assert kept.latest_action_name == "action_listen"


def test_rankings_and_tokens_are_not_stored():
    """They are 5 kB a message and nobody reads them again."""
    user = next(e for e in snapshot(after(1), SLOTS) if e["event"] == "user")

    assert "intent_ranking" not in user["parse_data"]
    assert "text_tokens" not in user["parse_data"]


def test_cutting_again_and_again_loses_nothing():
    """Snapshots are made of snapshots, turn after turn."""
    tracker = after(0, SlotSet("period", "2025"))
    for number in range(200):
        for event in turn(number):
            tracker.update(event)
        events = snapshot(tracker, SLOTS)
        assert len(events) <= MOST_EVENTS
        tracker = read(events)

    assert tracker.get_slot("period") == "2025"
    assert tracker.latest_message.text == "199"

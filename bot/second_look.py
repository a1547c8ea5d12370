"""Takes a second look at what may be misunderstood: asks, or stops guessing.

`thamrat parse` says what a message most likely means; in a conversation a guess that
is not sure enough becomes a question, and its answer may be a plain "yes" or "no".
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding import FALLBACK, chosen

CLOSE_CALL = "close_call"
WAY = "out_of_scope_way"
ASK, OFFICER = "ask", "officer"
YES, NO = "control_affirm", "control_deny"
MOST_TRIES = 3


def second_look(parse: dict[str, Any], before: DialogueStateTracker) -> dict[str, Any]:
    """Return what the conversation takes a message for.

    A close call is not understood, as yet. "Yes" to a question with one choice is
    that choice, to one with several the question again; "no" is none of them.
    """
    asked = last_said(before) if before.get_slot(WAY) == ASK else None
    meant = parse["intent"]["name"]
    if asked and _is_typed(parse) and meant == YES:
        return _yes(parse, asked.parse_data)
    if asked and _is_typed(parse) and meant == NO:
        return chosen(FALLBACK, {})
    if parse.get(CLOSE_CALL):
        return _unsure(parse)
    return parse


def way_on(tracker: DialogueStateTracker) -> str | None:
    """Return how a message goes on that was not understood; None is another try.

    Tries are typed messages in a row. A close call may still be asked about at the
    last one, since that is how it can succeed.
    """
    said = last_said(tracker)
    if said is None or said.intent_name != FALLBACK:
        return None
    tries = _tries(tracker)
    if said.parse_data.get(CLOSE_CALL) and tries <= MOST_TRIES:
        return ASK
    return OFFICER if tries >= MOST_TRIES else None


def last_said(tracker: DialogueStateTracker) -> UserUttered | None:
    """Return the last thing she said or chose."""
    return tracker.get_last_event_for(UserUttered)


def _tries(tracker: DialogueStateTracker) -> int:
    """Return how many messages in a row, typed last, were not understood."""
    tries = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if event.intent_name != FALLBACK:
                break
            tries += _is_typed(event.parse_data)
    return tries


def _yes(parse: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Return what "yes" means after a question about another message."""
    if len(asked[CLOSE_CALL]) > 1:
        again = {CLOSE_CALL: asked[CLOSE_CALL], "entities": asked["entities"]}
        return _unsure(parse | again)
    (meaning,) = asked[CLOSE_CALL]
    named = {found["entity"]: found["value"] for found in asked["entities"]}
    if meaning["faq_id"]:
        named["faq_id"] = meaning["faq_id"]
    return chosen(meaning["intent"], named)


def _unsure(parse: dict[str, Any]) -> dict[str, Any]:
    """Return a parse as one that was not understood."""
    return parse | {"intent": {**parse["intent"], "name": FALLBACK}}


def _is_typed(parse: dict[str, Any]) -> bool:
    """Tell typed words from a choice; only a choice begins with a slash."""
    return not (parse.get("text") or "").startswith("/")

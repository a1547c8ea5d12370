"""Asks what was meant when a message is a close call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.service_action import Events, ServiceAction
from actions.turn import Turn
from catalogue.loader import Catalogue
from catalogue.speaking import NoSuchAnswer

ASKED_ABOUT = "close_call"
NONE_OF_THESE = "nlu_fallback"
# A masked number says nothing to an action, and belongs on no button.
LEFT_OUT = {"citizen_id"}
QUESTIONS = {
    1: "utter_out_of_scope_ask_one",
    2: "utter_out_of_scope_ask_two",
    3: "utter_out_of_scope_ask_three",
}


class ActionOutOfScopeAsk(ServiceAction):
    """Say what the message may mean, each as a button, and one for none of these."""

    def name(self) -> str:
        """Return the name `bot/domain/out_of_scope.yml` and the stories use."""
        return "action_out_of_scope_ask"

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Ask; what she named already goes with each button, to be asked once."""
        meant = (tracker.latest_message or {}).get(ASKED_ABOUT) or []
        found = (button(meaning, turn, self.connections.catalogue) for meaning in meant)
        buttons = [one for one in found if one][: max(QUESTIONS)]
        if not buttons:
            dispatcher.utter_message(response="utter_out_of_scope_not_understood")
            return []
        dispatcher.utter_message(
            response=QUESTIONS[len(buttons)],
            buttons=[*buttons, none_of_these(turn, self.connections.catalogue)],
            **titles(buttons),
        )
        return []


def button(
    meaning: Mapping[str, Any], turn: Turn, catalogue: Catalogue
) -> dict[str, str] | None:
    """Return the button for one meaning, or None if nobody gave it a title."""
    kept = {key: said for key, said in turn.entities.items() if key not in LEFT_OUT}
    if faq_id := meaning.get("faq_id"):
        try:
            title = catalogue.choice(faq_id, turn.language).title
        except NoSuchAnswer:
            return None
        return _button(title, meaning["intent"], {**kept, "faq_id": faq_id})
    named = catalogue.titles.get(meaning["intent"])
    if named is None:
        return None
    return _button(named.within(turn.language), meaning["intent"], kept)


def none_of_these(turn: Turn, catalogue: Catalogue) -> dict[str, str]:
    """Return the button for when it is something else."""
    title = catalogue.titles[NONE_OF_THESE].within(turn.language)
    return _button(title, NONE_OF_THESE, {})


def titles(buttons: list[dict[str, str]]) -> dict[str, str]:
    """Return what the questions' places are filled with."""
    places = ("first", "second", "third")
    return {place: one["title"] for place, one in zip(places, buttons, strict=False)}


def _button(title: str, intent: str, entities: Mapping[str, str]) -> dict[str, str]:
    carried = json.dumps(entities, ensure_ascii=False) if entities else ""
    return {"title": title, "payload": f"/{intent}{carried}"}

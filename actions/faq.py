"""Answers a general question from the catalogue, with its date and its source."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asked_about import day_asked_about
from actions.service_action import Events, ServiceAction
from actions.turn import Turn
from catalogue.calendar import BANGKOK
from catalogue.speaking import Answer, NoSuchAnswer
from connectors.reply import Choice, Link, ServiceLink, Text

CHOSEN = "faq_id"


class ActionFaqAnswer(ServiceAction):
    """Say the entry that the retriever found, or that a button names."""

    def name(self) -> str:
        """Return the name `bot/domain/faq.yml` and the stories use."""
        return "action_faq_answer"

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Answer with the facts of the day she asks about."""
        today = self.connections.clock().astimezone(BANGKOK).date()
        try:
            answer = self.connections.catalogue.answer(
                question(tracker, turn),
                asked_about=day_asked_about(turn.entities, today),
                today=today,
                language=turn.language,
            )
        except NoSuchAnswer:
            dispatcher.utter_message(response="utter_faq_unanswered")
            return []
        dispatcher.utter_message(json_message=reply(answer).model_dump(mode="json"))
        return []


def question(tracker: Tracker, turn: Turn) -> str:
    """Return the FAQ id that is asked: the button's, else what the retriever found."""
    found = (tracker.latest_message or {}).get("faq") or {}
    return turn.entities.get(CHOSEN) or found.get("id") or ""


def reply(answer: Answer) -> Link | Text:
    """Return an answer as one reply, with its e-service where it has one."""
    choices = tuple(
        Choice(title=choice.title, payload=choice.payload) for choice in answer.choices
    )
    if answer.link is None:
        return Text(text=answer.spoken, choices=choices)
    link = ServiceLink(label=answer.link.label, url=answer.link.url)
    return Link(text=answer.spoken, link=link, choices=choices)

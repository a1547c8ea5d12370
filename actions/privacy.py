"""Shows a citizen what is kept about her, and takes back or erases it when she says so.

What cannot be undone is asked first, and done only for the consent it was asked about:
the next person at the same phone answers for nobody else.
"""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.privacy_card import PrivacyWords, draw
from actions.service_action import Events, OwnRecordAction
from actions.turn import Turn
from citizen.live import LiveSession
from connectors.reply import Choice

MOST_LOOKUPS = 20
QUESTION = "privacy_question"
ASKED_CONSENT = "privacy_consent"
IN_WORDS = {"control_affirm": "yes", "control_deny": "no"}
NOTHING_ASKED = {"yes": "utter_control_affirm", "no": "utter_control_deny"}
SPOKEN_OR_DONE = ("user", "action")


class PrivacyAction(OwnRecordAction):
    """Speak about what is kept; to strangers too, of whom we keep little."""

    stranger_response: ClassVar[str]

    def remember(self, tracker: Tracker, turn: Turn) -> Events:
        """Keep nothing: the action's name is the whole question."""
        return []

    async def serve_stranger(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Say what is kept without a sign-in, and offer one to find the rest."""
        dispatcher.utter_message(
            response=self.stranger_response,
            conversation_days=self.connections.conversation_days,
        )
        return [*_forget(), SlotSet("identity_pending_action", self.name())]


class ActionPrivacyView(PrivacyAction):
    """Show what is kept and who asked about her."""

    stranger_response = "utter_privacy_view_sign_in"

    def name(self) -> str:
        """Return the name `bot/domain/privacy.yml` and the stories use."""
        return "action_privacy_view"

    async def serve_citizen(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        turn: Turn,
        session: LiveSession,
    ) -> Events:
        """Read it and send the card."""
        connections = self.connections
        kept = await connections.citizens.kept(session, most_lookups=MOST_LOOKUPS)
        words = PrivacyWords(
            connections.catalogue,
            turn.language,
            connections.conversation_days,
            connections.citizens.lifetimes.access_log.days,
        )
        await self.utter_card(
            dispatcher,
            turn,
            draw(words, kept, connections.clock()),
            expired_text=words.say("expired"),
            choices=tuple(
                Choice(title=choice.title.within(turn.language), payload=choice.payload)
                for choice in connections.catalogue.cards["privacy"].choices
            ),
        )
        return []


class ConfirmedAction(PrivacyAction):
    """Do what cannot be undone, once she has said yes to exactly that."""

    question: ClassVar[str]
    intent: ClassVar[str]
    question_response: ClassVar[str]
    done_response: ClassVar[str]
    left_response: ClassVar[str]

    @abstractmethod
    async def act(self, session: LiveSession) -> None:
        """Do it; what was done before is not done again."""

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Leave it when she says no, and when a yes comes too late to mean this."""
        answer = self._answer(tracker, turn)
        if turn.intent in IN_WORDS and not self._was_just_asked(tracker):
            dispatcher.utter_message(response=NOTHING_ASKED[IN_WORDS[turn.intent]])
            return _forget()
        if answer == "no":
            dispatcher.utter_message(response=self.left_response)
            return _forget()
        return await super().serve(dispatcher, tracker, turn)

    async def serve_citizen(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        turn: Turn,
        session: LiveSession,
    ) -> Events:
        """Ask, or act on the answer of the person who was asked."""
        asked = tracker.get_slot(ASKED_CONSENT)
        if self._answer(tracker, turn) == "yes" and asked == str(session.consent_id):
            await self.act(session)
            return self._say(dispatcher, self.done_response, _end())
        return self._say(
            dispatcher,
            self.question_response,
            [
                SlotSet(QUESTION, self.question),
                SlotSet(ASKED_CONSENT, str(session.consent_id)),
            ],
        )

    async def serve_stranger(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Say that it is done when it is: the same turn may be run again."""
        asked = tracker.get_slot(ASKED_CONSENT)
        if self._answer(tracker, turn) == "yes" and asked:
            citizens = self.connections.citizens
            if not await citizens.is_consent_in_force(uuid.UUID(asked)):
                return self._say(dispatcher, self.done_response, _end())
        return await super().serve_stranger(dispatcher, tracker, turn)

    def _answer(self, tracker: Tracker, turn: Turn) -> str | None:
        """Return yes or no where it was chosen, or said in words to this question."""
        if turn.intent == self.intent:
            return turn.entities.get("privacy_confirmed")
        if tracker.get_slot(QUESTION) == self.question:
            return IN_WORDS.get(turn.intent)
        return None

    def _was_just_asked(self, tracker: Tracker) -> bool:
        """Tell whether this action's question is the last thing that was said."""
        happened = [
            event.get("name")
            for event in tracker.events
            if event.get("event") in SPOKEN_OR_DONE
            and event.get("name") != "action_listen"
        ]
        return happened[-2:-1] == [self.name()]

    def _say(
        self, dispatcher: CollectingDispatcher, response: str, events: Events
    ) -> Events:
        dispatcher.utter_message(
            response=response,
            conversation_days=self.connections.conversation_days,
            log_days=self.connections.citizens.lifetimes.access_log.days,
        )
        return events


class ActionPrivacyErase(ConfirmedAction):
    """Erase everything that is kept about her."""

    question = "erase"
    intent = "privacy_erase"
    stranger_response = "utter_privacy_erase_sign_in"
    question_response = "utter_privacy_erase_question"
    done_response = "utter_privacy_erase_done"
    left_response = "utter_privacy_erase_left"

    def name(self) -> str:
        """Return the name `bot/domain/privacy.yml` and the stories use."""
        return "action_privacy_erase"

    async def act(self, session: LiveSession) -> None:
        """Erase consents, sessions, cards and the access log."""
        await self.connections.citizens.erase(session)


class ActionPrivacyWithdraw(ConfirmedAction):
    """Withdraw her consent and sign her out everywhere."""

    question = "withdraw"
    intent = "privacy_withdraw"
    stranger_response = "utter_privacy_withdraw_sign_in"
    question_response = "utter_privacy_withdraw_question"
    done_response = "utter_privacy_withdraw_done"
    left_response = "utter_privacy_withdraw_left"

    def name(self) -> str:
        """Return the name `bot/domain/privacy.yml` and the stories use."""
        return "action_privacy_withdraw"

    async def act(self, session: LiveSession) -> None:
        """Withdraw; the sessions that rested on it end."""
        await self.connections.citizens.withdraw_consent(session)


def _forget() -> Events:
    """Return the events that leave nothing asked."""
    return [SlotSet(QUESTION, None), SlotSet(ASKED_CONSENT, None)]


def _end() -> Events:
    """Return the events of a session that is over: no question waits any longer."""
    return [*_forget(), SlotSet("identity_pending_action", None)]

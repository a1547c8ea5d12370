"""What every service does the same way: sign-in first, and words for failures."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.agencies.errors import (
    AgencyError,
    AgencyRefused,
    AgencyUnderMaintenance,
    AnswerNotUnderstood,
)
from actions.connections import Connections
from actions.turn import Turn
from citizen.errors import NoLiveSession
from citizen.live import LiveSession
from connectors.reply import Card, CardReference, Choice

log = logging.getLogger(__name__)

Events = list[dict[str, Any]]


class ServiceAction(Action, ABC):
    """Serve one request, and apologise when the agency cannot.

    This is the only place where an agency's failure becomes words for a citizen.
    """

    agency: ClassVar[str] = "gov"

    def __init__(self, connections: Connections) -> None:
        self.connections = connections

    @abstractmethod
    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Do the work; return the Rasa events it caused."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Serve the request (called by Rasa)."""
        turn = Turn.from_tracker(tracker)
        try:
            return await self.serve(dispatcher, tracker, turn)
        except AgencyError as error:
            kind = type(error).__name__
            log.warning("%s, turn %s: %s: %s", self.name(), turn.turn_id, kind, error)
            self._apologise(dispatcher, turn, error)
            return []

    def _apologise(
        self, dispatcher: CollectingDispatcher, turn: Turn, error: AgencyError
    ) -> None:
        agency = self.connections.catalogue.agencies[self.agency]
        dispatcher.utter_message(
            response=apology(error),
            agency=agency.name.within(turn.language),
            hotline=agency.hotline.number if agency.hotline else "1111",
        )


def apology(error: AgencyError) -> str:
    """Return the name of the response that says how an agency failed."""
    if isinstance(error, AgencyUnderMaintenance):
        return "utter_agency_maintenance"
    if isinstance(error, AgencyRefused):
        return "utter_agency_refused"
    if isinstance(error, AnswerNotUnderstood):
        return "utter_agency_not_understood"
    return "utter_agency_unavailable"


class OwnRecordAction(ServiceAction):
    """Serve a request about the citizen's own record: she signs in first."""

    @abstractmethod
    async def serve_citizen(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        turn: Turn,
        session: LiveSession,
    ) -> Events:
        """Do the work for the person who is signed in."""

    @abstractmethod
    def remember(self, tracker: Tracker, turn: Turn) -> Events:
        """Return the events that keep the question while she signs in."""

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Ask for a sign-in, or serve the person who is signed in."""
        remembered = self.remember(tracker, turn)
        citizens = self.connections.citizens
        session = await citizens.live_session(turn.conversation_id)
        if session is not None:
            try:
                return remembered + await self.serve_citizen(
                    dispatcher, tracker, turn, session
                )
            except NoLiveSession:
                dispatcher.messages.clear()
        asked = await self.serve_stranger(dispatcher, tracker, turn)
        return [*remembered, *asked]

    async def serve_stranger(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Ask for a sign-in; the question waits for it."""
        dispatcher.utter_message(response="utter_identity_sign_in")
        return [SlotSet("identity_pending_action", self.name())]

    async def utter_card(
        self,
        dispatcher: CollectingDispatcher,
        turn: Turn,
        card: Card,
        *,
        expired_text: str,
        choices: tuple[Choice, ...],
    ) -> None:
        """Keep a card and say its reference; what is on it never enters Rasa.

        Raises:
            NoLiveSession: she signed out meanwhile.
        """
        reference = await self.connections.citizens.keep_card(
            turn.conversation_id,
            card.model_dump_json().encode(),
            key=turn.id_for(self.name()),
        )
        reply = CardReference(
            reference=reference, expired_text=expired_text, choices=choices
        )
        dispatcher.utter_message(json_message=reply.model_dump(mode="json"))

    @asynccontextmanager
    async def asking(
        self, session: LiveSession, operation: str, purpose: str
    ) -> AsyncIterator[None]:
        """Write into her access log that the agency is asked, and how that went."""
        outcome = "failed"
        try:
            yield
            outcome = "answered"
        except AgencyError as error:
            outcome = error.outcome
            raise
        finally:
            await self.connections.citizens.log_access(
                session,
                agency=self.agency,
                operation=operation,
                purpose=purpose,
                outcome=outcome,
            )

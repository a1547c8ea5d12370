"""Signing in and out, and going on with the question that waited for it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.service_action import Events, ServiceAction
from actions.turn import Turn

PENDING = "identity_pending_action"


class ActionIdentityLogin(ServiceAction):
    """Offer a sign-in to whoever asks for one."""

    def name(self) -> str:
        """Return the name `bot/domain/identity.yml` and the stories use."""
        return "action_identity_login"

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Show the button; a question that waits goes on waiting."""
        session = await self.connections.citizens.live_session(turn.conversation_id)
        signed_in = session is not None
        dispatcher.utter_message(
            response="utter_identity_already_signed_in"
            if signed_in
            else "utter_identity_sign_in_asked"
        )
        return []


class ActionIdentityLogout(ServiceAction):
    """End the session, and wipe what it holds."""

    def name(self) -> str:
        """Return the name `bot/domain/identity.yml` and the stories use."""
        return "action_identity_logout"

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Sign out; no question waits any longer."""
        ended = await self.connections.citizens.end_session(turn.conversation_id)
        dispatcher.utter_message(
            response="utter_identity_signed_out"
            if ended
            else "utter_identity_not_signed_in"
        )
        return [SlotSet(PENDING, None)]


class ActionIdentityStatus(ServiceAction):
    """Say whether somebody is signed in, and until when."""

    def name(self) -> str:
        """Return the name `bot/domain/identity.yml` and the stories use."""
        return "action_identity_status"

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Look the session up; who it is stays out of the conversation."""
        session = await self.connections.citizens.live_session(turn.conversation_id)
        if session is None:
            dispatcher.utter_message(response="utter_identity_not_signed_in")
            return []
        calendar = self.connections.catalogue.calendar(turn.language)
        dispatcher.utter_message(
            response="utter_identity_signed_in_until",
            time=calendar.time(session.expires_at),
        )
        return []


class ActionIdentityContinue(ServiceAction):
    """Answer the question that waited for the sign-in."""

    def name(self) -> str:
        """Return the name `bot/domain/identity.yml` and the stories use."""
        return "action_identity_continue"

    async def serve(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
    ) -> Events:
        """Go on with the action that asked, or say that she may ask now."""
        pending = tracker.get_slot(PENDING)
        session = await self.connections.citizens.live_session(turn.conversation_id)
        if session is None:
            dispatcher.utter_message(response="utter_identity_sign_in")
            return []
        if not pending:
            dispatcher.utter_message(response="utter_identity_signed_in_ready")
            return []
        dispatcher.utter_message(response="utter_identity_signed_in")
        return [SlotSet(PENDING, None), FollowupAction(pending)]

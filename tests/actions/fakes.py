"""Stand-ins for what actions reach: citizens in memory, an agency that answers so."""

from __future__ import annotations

import datetime
import json
import uuid

import httpx2
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.connections import Connections
from catalogue.loader import read_catalogue
from citizen.errors import NoLiveSession
from citizen.live import LiveSession
from connectors.reply import Card

NOW = datetime.datetime(2026, 11, 22, 3, 30, tzinfo=datetime.UTC)
CONVERSATION = uuid.UUID("00000000-0000-4000-8000-000000000001")
TURN = uuid.UUID("00000000-0000-4000-8000-00000000000a")
CITIZEN_ID = "1999900000013"
CATALOGUE = read_catalogue()


class FakeCitizens:
    """One person, signed in or not; cards are kept in memory."""

    def __init__(self, *, signed_in=True, citizen_id=CITIZEN_ID):
        self.signed_in = signed_in
        self.ends_before_keeping = False
        self._citizen_id = citizen_id
        self.cards = {}
        self.log = []

    async def live_session(self, conversation_id):
        if not self.signed_in:
            return None
        return LiveSession(
            id=uuid.uuid5(conversation_id, "session"),
            sign_in_id=uuid.uuid5(conversation_id, "sign-in"),
            conversation_id=conversation_id,
            person_id=uuid.uuid5(conversation_id, "person"),
            consent_id=uuid.uuid5(conversation_id, "consent"),
            identity_level="2.3",
            expires_at=NOW + datetime.timedelta(minutes=30),
        )

    async def citizen_id(self, session):
        return self._citizen_id

    async def keep_card(self, conversation_id, card_json, *, key):
        if self.ends_before_keeping:
            raise NoLiveSession("the session is over")
        self.cards[uuid.uuid5(conversation_id, str(key))] = card_json
        return uuid.uuid5(conversation_id, str(key))

    async def end_session(self, conversation_id):
        was, self.signed_in = self.signed_in, False
        return was

    async def log_access(self, session, *, agency, operation, purpose, outcome):
        self.log.append((agency, operation, outcome))


def month(period, **changes):
    """Return one posted month as the agency sends it."""
    return {
        "period": period,
        "section": "33",
        "employer": "Example Co.",
        "wage_base": 17_500_00,
        "employee": 875_00,
        "employer_share": 875_00,
        "government": 481_00,
        "status": "posted",
        "paid_at": f"{period}-28",
        **changes,
    }


def record(*months, **changes):
    """Return the agency's whole answer."""
    return {
        "request_id": "r",
        "section": "33",
        "option": None,
        "as_of": "2026-11-22T10:30:00+07:00",
        "months": list(months),
        "unavailable": [],
        **changes,
    }


def agency(answer):
    """Return a client of an agency that always answers, or fails, like this."""
    questions = []

    def respond(request):
        questions.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx2.AsyncClient(
        transport=httpx2.MockTransport(respond), base_url="https://sso.test"
    )
    return http, questions


def connections(citizens, http):
    return Connections(
        citizens=citizens,
        agencies={"sso": http},
        catalogue=CATALOGUE,
        clock=lambda: NOW,
    )


def tracker(intent="contribution_check", *, slots=None, language="th", **entities):
    """Return a conversation whose latest message says this."""
    message = {
        "intent": {"name": intent},
        "entities": [{"entity": k, "value": v} for k, v in entities.items()],
        "metadata": {"turn_id": str(TURN), "language": language},
    }
    return Tracker(
        str(CONVERSATION), slots or {}, message, [], False, None, {}, "action_listen"
    )


async def run(action, conversation):
    """Return what an action says, and the events it causes."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, conversation, {})
    return dispatcher.messages, events


def only_card(citizens):
    """Return the one card that was kept."""
    (card,) = citizens.cards.values()
    return Card.model_validate(json.loads(card))


def rows(card):
    return {row.label: row.value for row in card.rows}


def slots(events):
    return {e["name"]: e["value"] for e in events if e["event"] == "slot"}

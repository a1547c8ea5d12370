"""A gateway with nothing but the sign-in, a fake ThaID, and browsers for it."""

import re
import uuid
from html.parser import HTMLParser

import httpx2
import pytest
from fastapi import FastAPI, Request
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

from citizen.citizens import Citizens
from citizen.thaid import ThaID
from citizen.vault import Vault
from gateway.errors import TokenInvalid, TokenMissing, answer_errors
from gateway.sign_in import CALLBACK_PATH, SignInParts, sign_in_router
from gateway.words import all_words
from ops.database import sqlalchemy_url
from tests.citizen.fake_thaid import FakeThaID, Now

PUBLIC = "https://thamrat.test"
CALLBACK = PUBLIC + CALLBACK_PATH
SITE = "https://www.agency.test"
PAGE = f"{SITE}/chat?page=2"
QUESTION = "เงินสมทบของฉันปีนี้เท่าไหร่"


class House:
    """The gateway's sign-in, and what happened in the chats."""

    def __init__(self, sessions, now, thaid=None, public_url=PUBLIC):
        self.public_url = public_url
        self.now = now
        self.fake = FakeThaID(now)
        self.thaid = thaid or ThaID(
            self.fake.registration(CALLBACK), transport=self.fake, clock=now
        )
        self.citizens = Citizens(
            sessions, Vault([b"v" * 32], now), b"s" * 32, clock=now
        )
        self.sessions = sessions
        self.events = []
        self.question = QUESTION
        self.app = FastAPI()
        answer_errors(self.app, all_words())
        self.app.include_router(sign_in_router(self._parts()))

    def _parts(self):
        return SignInParts(
            citizens=self.citizens,
            thaid=self.thaid,
            accept_event=self._accept_event,
            pending_question=self._pending_question,
            public_url=self.public_url,
            web_origins=[SITE],
            conversation_of=conversation_of,
        )

    async def _accept_event(self, conversation_id, name, key, session=None):
        if (conversation_id, name, key) in self.events:
            return False
        self.events.append((conversation_id, name, key))
        return True

    async def _pending_question(self, conversation_id):
        return self.question

    def heard(self, chat):
        """Return the events a chat was told."""
        return [name for told, name, _ in self.events if told == chat.id]


def conversation_of(request: Request) -> uuid.UUID:
    """Read a token; here a token is the conversation's id."""
    try:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        return uuid.UUID(token)
    except KeyError:
        raise TokenMissing from None
    except ValueError:
        raise TokenInvalid from None


class Client:
    """Something that calls the gateway over HTTP."""

    def __init__(self, house):
        self.house = house
        transport = httpx2.ASGITransport(house.app)
        self.http = httpx2.AsyncClient(transport=transport, base_url=PUBLIC)


class Chat(Client):
    """One widget with one conversation's token."""

    def __init__(self, house):
        super().__init__(house)
        self.id = uuid.uuid4()
        self.http.headers["Authorization"] = f"Bearer {self.id}"

    async def ask(self, return_url=PAGE):
        """Press the sign-in button."""
        return await self.http.post("/chat/sign-in", json={"return_url": return_url})

    async def link(self):
        """Press the sign-in button and return the link."""
        answer = await self.ask()
        assert answer.status_code == 201
        return answer.json()["url"]

    async def fetch(self, code):
        """Post the code that came back in the fragment."""
        return await self.http.post("/chat/sign-in/complete", json={"code": code})

    async def is_signed_in(self):
        """Tell whether the conversation has a session."""
        return await self.house.citizens.live_session(self.id) is not None


class Browser(Client):
    """One browser, with its cookies, following nothing by itself."""

    async def open(self, url):
        """Open a page."""
        return await self.http.get(url)

    async def press(self, page, decision, **changes):
        """Press a button of the form on a page."""
        fields = form_fields(page.text) | {"decision": decision} | changes
        return await self.http.post(str(page.url), data=fields)

    async def to_thaid(self, link):
        """Go on from the start page; return ThaID's address."""
        answer = await self.press(await self.open(link), "continue")
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def through_thaid(self, link, **answer):
        """Go on to ThaID, sign in there, and come back."""
        return await self.open(
            self.house.fake.log_in(await self.to_thaid(link), **answer)
        )

    async def to_consent(self, link):
        """Go all the way to the consent page."""
        back = await self.through_thaid(link)
        assert back.status_code == 303, back.text
        page = await self.open(back.headers["location"])
        assert page.status_code == 200, page.text
        return page

    async def to_the_end(self, link):
        """Sign in and agree; return the code in the fragment."""
        return code_in(await self.press(await self.to_consent(link), "agree"))


def code_in(answer):
    """Return what the fragment of the address back to the chat carries."""
    assert answer.status_code == 303, answer.text
    page, _, fragment = answer.headers["location"].partition("#")
    assert page == PAGE
    return fragment.removeprefix("thamrat-sign-in=")


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = {}

    def handle_starttag(self, tag, attrs):
        """Note the hidden fields."""
        attributes = dict(attrs)
        if tag == "input":
            self.found[attributes["name"]] = attributes["value"]


def form_fields(html):
    """Return the hidden fields of a page."""
    fields = _Fields()
    fields.feed(html)
    return fields.found


def words_of(html):
    """Return a page's text."""
    return re.sub(r"<[^>]+>", " ", html)


@pytest.fixture
async def sessions(database_url):
    engine = create_async_engine(sqlalchemy_url(database_url), poolclass=NullPool)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


@pytest.fixture
def house(sessions):
    return House(sessions, Now())


@pytest.fixture
def chat(house):
    return Chat(house)


@pytest.fixture
def other_chat(house):
    return Chat(house)


@pytest.fixture
def browser(house):
    return Browser(house)


@pytest.fixture
def other_browser(house):
    return Browser(house)

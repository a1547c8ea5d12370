"""Stand-ins for Rasa and for the room `citizen`, and a browser tab to talk with."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import itertools
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx2

SECONDS = 20.0


async def until(condition, seconds=SECONDS):
    """Return what `condition` returns as soon as that is true."""
    async with asyncio.timeout(seconds):
        while True:
            value = condition()
            if asyncio.iscoroutine(value):
                value = await value
            if value:
                return value
            await asyncio.sleep(0.02)


def opened():
    """Return an event that has happened."""
    event = asyncio.Event()
    event.set()
    return event


@dataclass
class FakeRasa:
    """The turn endpoint: remembers answers by turn id, and fails when told to."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    failure: httpx2.Response | Exception | None = None
    failures: dict[str, httpx2.Response | Exception] = field(default_factory=dict)
    lost_answers: int = 0
    open: asyncio.Event = field(default_factory=opened)
    in_flight: dict[str, int] = field(default_factory=dict)
    most_in_flight: int = 0

    @property
    def transport(self):
        """Return what a client talks to."""
        return httpx2.MockTransport(self.handle)

    async def handle(self, request):
        """Answer one request."""
        if request.method == "GET":
            return self._failed(None) or httpx2.Response(200, json={"status": "ok"})
        turn = json.loads(request.content)
        self.asked.append(turn)
        conversation = turn["conversation_id"]
        count = self.in_flight[conversation] = self.in_flight.get(conversation, 0) + 1
        self.most_in_flight = max(self.most_in_flight, count)
        try:
            await self.open.wait()
            return self._failed(turn) or self._answer(turn)
        finally:
            self.in_flight[conversation] -= 1

    def _failed(self, turn):
        failure = self.failures.get(turn["text"]) if turn else None
        failure = failure or self.failure
        if isinstance(failure, Exception):
            raise failure
        return failure and httpx2.Response(failure.status_code, content=failure.content)

    def _answer(self, turn):
        said = [{"text": f"answer to {turn['text'] or turn['intent']}"}]
        replies = self.answered.setdefault(
            turn["turn_id"], self.replies.get(turn["text"], said)
        )
        if self.lost_answers:
            self.lost_answers -= 1
            raise httpx2.ReadError("cut after the turn was saved")
        body = {"turn_id": turn["turn_id"], "replies": replies, "intent": None}
        return httpx2.Response(200, json=body | {"confidence": None})

    def texts(self):
        """Return what was asked, in order."""
        return [turn["text"] for turn in self.asked]


def refusal(status, code):
    """Return one of Rasa's errors."""
    return httpx2.Response(status, json={"error": code})


@dataclass(frozen=True)
class FakeSession:
    """A live session."""

    expires_at: datetime.datetime


@dataclass
class FakeCitizens:
    """Sessions and cards by conversation, in memory."""

    sessions: dict[uuid.UUID, FakeSession] = field(default_factory=dict)
    cards: dict[tuple[uuid.UUID, uuid.UUID], bytes] = field(default_factory=dict)
    swept: int = 0

    async def live_session(self, conversation_id):
        return self.sessions.get(conversation_id)

    async def card(self, conversation_id, reference):
        return self.cards.get((conversation_id, reference))

    async def sweep(self):
        self.swept += 1


@dataclass
class FakeClock:
    """The real time, moved forward when told to."""

    ahead: datetime.timedelta = datetime.timedelta()

    def __call__(self):
        return datetime.datetime.now(datetime.UTC) + self.ahead

    def forward(self, **duration):
        self.ahead += datetime.timedelta(**duration)


@dataclass
class Event:
    """One server-sent event."""

    name: str
    data: dict[str, Any]
    id: str | None


def parse_event(block):
    """Return the event in a block of lines, None for a comment."""
    fields = dict(
        line.split(": ", 1) for line in block.splitlines() if not line.startswith(":")
    )
    if "data" not in fields:
        return None
    return Event(fields.get("event"), json.loads(fields["data"]), fields.get("id"))


class Tab:
    """One browser tab with one conversation's token."""

    def __init__(self, http, token):
        self.http = http
        self.token = token
        self.headers = {"Authorization": f"Bearer {token}"}
        self._ids = itertools.count()

    async def post(self, text, key=None):
        """Send a text and return the response."""
        key = key or f"m{next(self._ids)}"
        body = {"client_message_id": key, "text": text}
        return await self.http.post("/chat/messages", json=body, headers=self.headers)

    async def say(self, text, key=None):
        """Send a text and return its entry."""
        response = await self.post(text, key)
        assert response.status_code == 202, response.text
        return response.json()["entry"]

    async def press(self, entry, index, key=None):
        """Press a quick reply and return the response."""
        choice = {"entry_id": entry["id"], "index": index}
        body = {"client_message_id": key or f"m{next(self._ids)}", "choice": choice}
        return await self.http.post("/chat/messages", json=body, headers=self.headers)

    async def history(self, after=0):
        """Return the history."""
        where = f"/chat/history?after={after}"
        response = await self.http.get(where, headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()

    async def entries(self):
        """Return everything that was said."""
        return (await self.history())["entries"]

    async def said_by_assistant(self):
        """Return the texts of the assistant."""
        return [
            entry["reply"].get("text") or entry["reply"].get("title")
            for entry in await self.entries()
            if entry["from"] == "assistant"
        ]

    async def settled(self, seconds=SECONDS):
        """Return everything that was said once nothing waits any more."""

        async def nothing_waits():
            history = await self.history()
            return None if history["pending"] else history

        return (await until(nothing_waits, seconds))["entries"]

    @contextlib.asynccontextmanager
    async def listening(self, last_event_id=None):
        """Open the event stream; what comes in is appended to the list yielded."""
        headers = dict(self.headers)
        if last_event_id is not None:
            headers["Last-Event-ID"] = str(last_event_id)
        events = []
        task = asyncio.create_task(self._listen(headers, events))
        try:
            yield events
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _listen(self, headers, events):
        stream = self.http.stream("GET", "/chat/events", headers=headers, timeout=None)
        async with stream as response:
            assert response.status_code == 200
            rest = ""
            async for piece in response.aiter_text():
                *blocks, rest = (rest + piece).split("\n\n")
                events += [event for block in blocks if (event := parse_event(block))]


def seqs(events):
    """Return the places of the entries among events."""
    return [event.data["seq"] for event in events if event.name == "entry"]

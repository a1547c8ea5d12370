"""A conversation in the terminal, over the same HTTP API as the web page."""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx2

from ops.house import House
from ops.programs import answers
from ops.settings import Settings

_FRAGMENT = "#thamrat-sign-in="
_GLANCE_SECONDS = 0.2
_PATIENCE_SECONDS = 60.0


def talk(settings: Settings, say: Callable[[str], None]) -> None:
    """Chat until the input ends; runs the house meanwhile, unless it is up already.

    Raises:
        HouseNotUp: it could not be started.
    """
    if answers(f"{settings.gateway_url}/healthz"):
        _converse(Chat(settings))
        return
    house = House(settings, say)
    house.start()
    try:
        house.wait_ready()
        _converse(Chat(settings))
    finally:
        house.stop()


class Chat:
    """One conversation with the assistant."""

    def __init__(self, settings: Settings) -> None:
        """Start the conversation."""
        self._http = httpx2.Client(base_url=settings.gateway_url, trust_env=False)
        self._page_url = settings.page_url
        begun = self._call("POST", "/chat/conversations", {})
        self._http.headers["Authorization"] = f"Bearer {begun['token']}"
        self._seq = 0
        self.greeting: list[str] = [part["text"] for part in begun["greeting"]]

    def say(self, text: str) -> Iterator[str]:
        """Send a line and yield the lines of the answers."""
        if _FRAGMENT in text:
            code = text.rpartition(_FRAGMENT)[2].strip()
            self._call("POST", "/chat/sign-in/complete", {"code": code})
        else:
            message = {"client_message_id": uuid.uuid4().hex, "text": text}
            self._call("POST", "/chat/messages", message)
        yield from self._answers()

    def _answers(self) -> Iterator[str]:
        """Yield what the assistant says until nothing more is on its way."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        pending = True
        while pending and time.monotonic() < deadline:
            history = self._call("GET", f"/chat/history?after={self._seq}")
            for entry in history["entries"]:
                self._seq = entry["seq"]
                if entry["from"] == "assistant":
                    yield from self._lines(entry["reply"])
            pending = history["pending"]
            time.sleep(_GLANCE_SECONDS if pending else 0)

    def _lines(self, reply: dict[str, Any]) -> Iterator[str]:
        """Yield one reply as it reads in a terminal."""
        yield from card_lines(reply) if reply["type"] == "card" else [reply["text"]]
        if reply["type"] == "sign_in":
            yield from self._sign_in_lines()
        if link := reply.get("link"):
            yield f"  -> {link['label']} ({link['domain']}): {link['url']}"
        if choices := reply.get("choices"):
            yield "  [" + "] [".join(choice["title"] for choice in choices) + "]"

    def _sign_in_lines(self) -> Iterator[str]:
        """Yield how to sign in from here."""
        wanted = {"return_url": f"{self._page_url}/healthz"}
        offered = self._call("POST", "/chat/sign-in", wanted)
        yield f"  -> {offered['url']}"
        yield f"  -> the page shows {offered['match_code']}; at the end, paste the"
        yield f"     address that your browser shows (it contains {_FRAGMENT})"

    def _call(self, method: str, path: str, body: object = None) -> Any:
        """Return the answer's JSON; a refusal is raised with the sentence it has."""
        answer = self._http.request(method, path, json=body)
        if answer.is_error:
            raise Refused(answer.json()["error"]["message"])
        return answer.json()


class Refused(Exception):
    """The gateway refused a call; the message is what the citizen is told."""


def card_lines(card: dict[str, Any]) -> Iterator[str]:
    """Yield a card as lines of text."""
    yield f"== {card['title']} =="
    yield from _row_lines(card["rows"])
    for section in card["sections"]:
        yield f"-- {section['title']}"
        yield from _row_lines(section["rows"])
    yield from card["notes"]
    yield f"{card['as_of_text']} · {card['source']}"


def _row_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the rows of a card."""
    for row in rows:
        yield f"  {row['label']}: {row['value']}"


def _converse(chat: Chat) -> None:
    """Read lines and print answers until the input ends."""
    _write(chat.greeting)
    while line := _read_line():
        if not line.strip():
            continue
        try:
            _write(chat.say(line.strip()))
        except Refused as refusal:
            _write([str(refusal)])


def _read_line() -> str:
    """Return the next line, empty at the end of the input."""
    if sys.stdin.isatty():
        sys.stdout.write("\n> ")
        sys.stdout.flush()
    return sys.stdin.readline()


def _write(lines: Iterator[str] | list[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

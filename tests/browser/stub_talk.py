"""One conversation of the stub: its entries, and the streams that show them."""

from __future__ import annotations

import asyncio
import datetime
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

type Reply = dict[str, Any]


def text_reply(text: str, *choices: str) -> Reply:
    """Return a reply of words, with quick replies."""
    offered = [{"index": i, "title": title} for i, title in enumerate(choices)]
    return {"type": "text", "text": text, "choices": offered}


@dataclass
class Talk:
    """One conversation: what was said, and who listens."""

    token: str
    entries: list[dict[str, Any]] = field(default_factory=list)
    listeners: set[asyncio.Queue[str | None]] = field(default_factory=set)
    running: int = 0
    in_turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    signed_in: bool = False

    def add(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Store an entry under the next seq and show it to every listener."""
        now = datetime.datetime.now(datetime.UTC).isoformat()
        seq = len(self.entries) + 1
        stored = {"seq": seq, "id": str(uuid.uuid4()), "at": now, "masked": False}
        stored |= entry
        self.entries.append(stored)
        self.tell(event_of(stored))
        return stored

    def tell(self, event: str | None) -> None:
        """Send one event to every listener; None ends their streams."""
        for listener in self.listeners:
            listener.put_nowait(event)


def event_of(entry: dict[str, Any]) -> str:
    """Return an entry as an event of the stream."""
    return f"id: {entry['seq']}\nevent: entry\ndata: {json.dumps(entry)}\n\n"


def session_event(*, signed_in: bool) -> str:
    """Return the event that says whether the citizen is signed in."""
    return f"event: session\ndata: {json.dumps({'signed_in': signed_in})}\n\n"

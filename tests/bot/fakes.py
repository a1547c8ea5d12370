"""An action server in memory."""

from __future__ import annotations

import asyncio
from collections import Counter

from rasa.utils.endpoints import EndpointConfig


class FakeActions(EndpointConfig):
    """Answers each action with what was set for it, and counts the calls."""

    def __init__(self):
        super().__init__(url="http://actions.test", enable_selective_domain=True)
        self.calls = Counter()
        self.trackers = []
        self.answers = {}
        self.failure = None
        self.gate = None
        self.called = asyncio.Event()

    async def request(self, *args, json=None, **kwargs):
        """Take Rasa's call."""
        self.calls[json["next_action"]] += 1
        self.trackers.append(json["tracker"])
        self.called.set()
        if self.gate:
            await self.gate.wait()
        if self.failure:
            raise self.failure
        await asyncio.sleep(0)
        default = {"events": [], "responses": [{"text": json["next_action"]}]}
        return self.answers.get(json["next_action"], default)

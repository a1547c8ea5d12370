"""Parses many messages with one model and says what each took.

Reads `{"text"}` a line from standard input and writes a line each:
`{"intent", "confidence", "guess", "guess_confidence", "faq", "entities", "ms"}`.
`intent` is what the assistant acts on; `guess` is the likeliest before any fallback.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ |= {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor

from bot.logs import log_as_json
from bot.parse import shown_entity
from bot.understanding import FALLBACK, understand

WARM_UP = 20


def main() -> None:
    """Parse every line; the first few twice, so that nothing is timed cold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    model = parser.parse_args().model
    log_as_json()
    texts = [json.loads(line)["text"] for line in sys.stdin]
    asyncio.run(parse_all(Agent.load(str(model)).processor, texts))


async def parse_all(processor: MessageProcessor, texts: list[str]) -> None:
    """Write one line a message."""
    for text in texts[:WARM_UP]:
        await understand(processor, text)
    for text in texts:
        began = time.perf_counter()
        parse = await understand(processor, text)
        taken = 1000 * (time.perf_counter() - began)
        print(json.dumps(_line(text, parse) | {"ms": taken}))  # noqa: T201 - the output


def _line(text: str, parse: dict[str, Any]) -> dict[str, Any]:
    """Return what was understood, entities as `thamrat parse` shows them."""
    intent, faq = parse["intent"], parse.get("faq")
    ranking = [
        one for one in parse.get("intent_ranking", []) if one["name"] != FALLBACK
    ]
    guess = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    return {
        "intent": intent["name"],
        "confidence": intent["confidence"],
        "guess": guess["name"],
        "guess_confidence": guess["confidence"],
        "faq": faq["id"] if faq and intent["name"] == "faq" else None,
        "entities": [shown_entity(one, text) for one in parse["entities"]],
    }


if __name__ == "__main__":
    main()

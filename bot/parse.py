"""Understands one message a line: what `thamrat parse` runs.

Reads standard input, writes one JSON object a line, and loads the model once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ |= {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.model import get_latest_model

from bot.logs import log_as_json
from bot.turn_request import storable
from bot.understanding import understand
from nlu.thai.shield import mask_ids

MODELS = "models"
# A month without a year, such as "--03", means nothing before a clock is applied.
WITHOUT_YEAR = "--"


def main() -> None:
    """Parse every line until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="the newest in models/ if not given")
    given = parser.parse_args().model
    log_as_json()
    path = str(given) if given else get_latest_model(MODELS)
    if not path or not Path(path).is_file():
        sys.exit("there is no trained model: run `make train` first")
    asyncio.run(parse_lines(Agent.load(path).processor))


async def parse_lines(processor: MessageProcessor) -> None:
    """Answer each line at once, so that a program may talk back and forth."""
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        answer = json.dumps(await parsed(processor, text), ensure_ascii=False)
        sys.stdout.buffer.write(f"{answer}\n".encode())
        sys.stdout.buffer.flush()


async def parsed(processor: MessageProcessor, text: str) -> dict[str, Any]:
    """Return what a message means, with no digit of an id beyond first and last."""
    parse = await understand(processor, str(storable(text)))
    shown = mask_ids(text).text
    faq = parse.get("faq")
    return {
        "text": shown,
        "intent": parse["intent"]["name"],
        "confidence": round(parse["intent"]["confidence"], 4),
        "faq": faq["id"] if faq and parse["intent"]["name"] == "faq" else None,
        "entities": [shown_entity(entity, shown) for entity in parse["entities"]],
    }


def shown_entity(entity: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an entity as the contract names its parts."""
    value = entity["value"]
    start, end = entity["start"], entity["end"]
    return {
        "entity": entity["entity"],
        "start": start,
        "end": end,
        "text": text[start:end],
        "value": None if str(value).startswith(WITHOUT_YEAR) else value,
    }


if __name__ == "__main__":
    main()

"""Trains the model: `bot/.venv/bin/python -m bot.train --out models/<name>.tar.gz`.

What Rasa only warns about, and then trains a worse model, stops the training here.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from pathlib import Path

os.environ |= {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "WARNING",  # Rasa then draws no progress bars into the log
}

from rasa.model_training import train
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.examples import FAQ
from bot.importer import ServiceImporter
from bot.logs import log_as_json
from bot.understanding import FALLBACK

CONFIG = "config.yml"
DOMAIN = "domain.yml"
DATA = ("nlu", "stories")


def main() -> None:
    """Check the training data, train, and write the model where it was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="ends in .tar.gz")
    out = parser.parse_args().out
    log_as_json()
    began = time.monotonic()
    importer = ServiceImporter(CONFIG, DOMAIN, list(DATA))
    wrong = faults(importer.get_nlu_data(), importer.get_domain())
    if wrong:
        sys.exit("\n".join(wrong))
    result = train(
        domain=DOMAIN,
        config=CONFIG,
        training_files=list(DATA),
        output=str(out.parent),
        fixed_model_name=out.name,
        # Rasa's cache does not see a change in the Thai code under a component.
        force_training=True,
    )
    if result.code or not result.model:
        sys.exit("the training failed")
    print(f"{result.model}: trained in {time.monotonic() - began:.0f} s")  # noqa: T201 - for whoever waits


def faults(data: TrainingData, domain: Domain) -> list[str]:
    """Return what is wrong with the training data, a sentence each."""
    meanings: dict[str, set[str]] = defaultdict(set)
    intents: set[str] = set()
    for example in data.nlu_examples:
        meaning = example.get(FAQ) or example.get(INTENT)
        meanings[" ".join(example.get(TEXT).split())].add(meaning)
        intents.add(example.get(INTENT))
    return [
        *(
            f"nlu has intent {intent}, the domain has not"
            for intent in sorted(intents - set(domain.intents))
        ),
        *(
            f"one text means {' and '.join(sorted(several))}: {text}"
            for text, several in sorted(meanings.items())
            if len(several) > 1
        ),
        *(
            f"intent {FALLBACK} is never trained, only fallen back to"
            for _ in intents & {FALLBACK}
        ),
    ]


if __name__ == "__main__":
    main()

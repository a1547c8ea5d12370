"""Trains the understanding part of one configuration, on any data Rasa can read.

`python -m bot.measure.train --config pipeline.yml --data nlu --out model.tar.gz`
prints how many seconds the training took, without the time Python needs to start.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

os.environ |= {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "WARNING",
    "RASA_MAX_CACHE_SIZE": "0",  # a step taken from the cache takes no time
}

from rasa.model_training import train_nlu

from bot.logs import log_as_json


def main() -> None:
    """Train one configuration, from nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="ends in .tar.gz")
    given = parser.parse_args()
    log_as_json()
    began = time.monotonic()
    model = train_nlu(
        config=str(given.config),
        nlu_data=str(given.data),
        output=str(given.out.parent),
        fixed_model_name=given.out.name,
    )
    if not model:
        sys.exit("the training failed")
    print(f"seconds {time.monotonic() - began:.2f}")  # noqa: T201 - the output


if __name__ == "__main__":
    main()

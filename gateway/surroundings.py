"""What taking in a message and answering it both need."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from gateway.citizens import Citizens
from gateway.database import Database
from gateway.metrics import Metrics
from gateway.words import Words


@dataclass(frozen=True)
class Surroundings:
    """The store, the citizens, the words, the counters and the time."""

    database: Database
    citizens: Citizens
    words: dict[str, Words]
    metrics: Metrics
    clock: Callable[[], datetime.datetime]

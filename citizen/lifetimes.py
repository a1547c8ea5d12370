"""How long each thing about a citizen lives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Lifetimes:
    """The lifetimes; what the consent page promises is filled in from here."""

    link: datetime.timedelta = datetime.timedelta(minutes=10)
    login: datetime.timedelta = datetime.timedelta(minutes=10)
    completion: datetime.timedelta = datetime.timedelta(minutes=5)
    session: datetime.timedelta = datetime.timedelta(minutes=30)
    card: datetime.timedelta = datetime.timedelta(minutes=30)
    used_link: datetime.timedelta = datetime.timedelta(days=1)
    access_log: datetime.timedelta = datetime.timedelta(days=90)

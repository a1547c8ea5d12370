"""Puts together what knows citizens, for the processes that ask about them."""

from __future__ import annotations

import datetime

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from citizen.citizens import Citizens
from citizen.lifetimes import Lifetimes
from citizen.vault import Vault
from ops.keys import read_keys
from ops.settings import Settings


def citizens(
    settings: Settings, sessions: async_sessionmaker[AsyncSession]
) -> Citizens:
    """Return the one door to what we know of citizens.

    A person stays the same person when the master key changes only as long as the old
    key is among the previous ones; the subject key is therefore the oldest we have.
    """
    keys = read_keys(settings)
    return Citizens(
        sessions,
        Vault([key.derive("vault") for key in keys]),
        keys[-1].derive("subject"),
        lifetimes=_lifetimes(settings),
    )


def _lifetimes(settings: Settings) -> Lifetimes:
    """Return how long things live, as the settings say."""
    return Lifetimes(
        link=datetime.timedelta(minutes=settings.sign_in_minutes),
        login=datetime.timedelta(minutes=settings.sign_in_minutes),
        session=datetime.timedelta(minutes=settings.session_minutes),
        card=datetime.timedelta(minutes=settings.card_minutes),
    )

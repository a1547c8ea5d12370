"""What every action may reach, put together once when the process starts."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping

import httpx2

from actions.agencies.asking import AgencyAddress, connect
from catalogue.loader import Catalogue, read_catalogue
from citizen.citizens import Citizens


@dataclasses.dataclass(frozen=True)
class Connections:
    """The citizens, the agencies by code, the catalogue and the clock.

    `conversation_days` is how long the gateway keeps what was written.
    """

    citizens: Citizens
    agencies: Mapping[str, httpx2.AsyncClient]
    catalogue: Catalogue
    clock: Callable[[], datetime.datetime]
    conversation_days: int = 30


def configure(
    citizens: Citizens,
    agencies: Mapping[str, AgencyAddress],
    *,
    timeout_seconds: float,
    clock: Callable[[], datetime.datetime],
    conversation_days: int,
) -> Connections:
    """Return the connections of one process; agencies are named by their codes."""
    return Connections(
        citizens=citizens,
        agencies={
            code: connect(address, timeout_seconds)
            for code, address in agencies.items()
        },
        catalogue=read_catalogue(),
        clock=clock,
        conversation_days=conversation_days,
    )

"""Real citizens on real PostgreSQL, for actions that change what is kept of them."""

import pytest

from actions.connections import Connections
from tests.actions.fakes import CATALOGUE
from tests.citizen.conftest import citizens, now, sessions, sign_in  # noqa: F401 - fixtures

DAYS = 12


@pytest.fixture
def house(citizens, now):  # noqa: F811 - fixtures by name
    """Return what the actions reach: real citizens, no agency."""
    return Connections(
        citizens=citizens,
        agencies={},
        catalogue=CATALOGUE,
        clock=now,
        conversation_days=DAYS,
    )


async def looked_up(citizens, session, times=1):  # noqa: F811 - a fixture by name
    """Log that her contributions were asked for."""
    for _ in range(times):
        await citizens.log_access(
            session,
            agency="sso",
            operation="contributions",
            purpose="ask_agencies_about_own_record",
            outcome="answered",
        )

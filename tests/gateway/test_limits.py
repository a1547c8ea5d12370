"""One client cannot use up the service, and is told when to come back."""

from __future__ import annotations

import pytest

from gateway.limits import Limits, network
from tests.gateway.fakes import until

STRICT = Limits(messages_per_minute=3, conversations_per_minute=2)


async def test_messages_above_the_limit_are_refused(houses):
    """The sentence and `Retry-After` name the seconds to wait."""
    async with houses.open(limits=STRICT) as house:
        tab, other = await house.open_chat(), await house.open_chat()
        statuses = [(await tab.post(f"q{n}")).status_code for n in range(3)]
        refused = await tab.post("one too many")

        assert statuses == [202] * 3
        assert refused.status_code == 429
        error = refused.json()["error"]
        assert error["code"] == "too_many_messages"
        seconds = refused.headers["Retry-After"]
        assert 1 <= int(seconds) <= 60
        assert seconds in error["message"]
        assert (await other.post("hello")).status_code == 202
        await until(lambda: house.rows("SELECT 1 FROM gateway.inbox"))


async def test_conversations_above_the_limit_are_refused(houses):
    """One address cannot fill the table."""
    async with houses.open(limits=STRICT) as house:
        await house.open_chat()
        await house.open_chat()
        refused = await house.http.post("/chat/conversations", json={})

        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "too_many_conversations"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_a_household_counts_as_one(address, counted):
    """It has 2**64 addresses of its own in IPv6."""
    assert network(address) == counted

"""The people of the sandbox, and citizens who chat with the house."""

from __future__ import annotations

import httpx2
import pytest


@pytest.fixture(scope="session")
def people():
    """Return the sandbox's people by their slugs."""
    from sandbox.people import read_people

    return {person.slug: person for person in read_people()}


@pytest.fixture
def citizen(house):
    """Return somebody who has just opened the chat."""
    from tests.path.citizen import Citizen

    return Citizen(house)


@pytest.fixture
def another(house):
    """Return somebody else, elsewhere."""
    from tests.path.citizen import Citizen

    return Citizen(house)


@pytest.fixture
def fault(house):
    """Return a way to make an agency fail; it is well again after the test."""
    broken = []

    def switch(service, kind, **how):
        broken.append(service)
        put(service, {"kind": kind, **how})

    def put(service, body):
        answer = httpx2.put(f"{house.sandbox_url}/faults/{service}", json=body)
        answer.raise_for_status()

    yield switch
    for service in broken:
        put(service, {"kind": "none"})

"""A house for tests: the real processes, on free ports, with a folder of its own."""

from __future__ import annotations

import socket
from contextlib import contextmanager

from pydantic import SecretStr

from ops.house import House
from ops.settings import Settings

PORTS = ("gateway_port", "rasa_port", "actions_port", "sandbox_port")
NO_LIMIT = 100_000


def free_ports(count):
    """Return ports that nobody listens on now."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def house_settings(folder, **changes):
    """Return settings that share nothing with any other house."""
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    return Settings(
        _env_file=None,
        database_url=SecretStr(""),
        state_folder=folder / "state",
        gateway_host="127.0.0.1",
        messages_per_minute=NO_LIMIT,
        conversations_per_minute=NO_LIMIT,
        **{**ports, **changes},
    )


@contextmanager
def running_house(folder, **changes):
    """Have a house up inside the block."""
    house = House(house_settings(folder, **changes))
    house.start()
    try:
        house.wait_ready()
        yield house
    finally:
        house.stop()

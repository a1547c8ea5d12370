"""The house comes up whole, mends itself, and says clearly why it cannot."""

from __future__ import annotations

import json
import socket

import httpx2
import pytest

from ops.house import House, HouseNotUp
from tests.house import house_settings

pytestmark = pytest.mark.house


def test_everything_serves(house):
    """The page, the gateway and what it needs."""
    assert "<html" in httpx2.get(f"{house.url}/").text
    assert httpx2.get(f"{house.url}/healthz").json()["status"] == "ok"


@pytest.mark.parametrize("process", ["gateway", "actions", "sandbox", "postgres"])
def test_killed_process_comes_back(house, process):
    """Nobody has to start it again by hand."""
    house.kill(process)
    house.wait_ready()

    assert httpx2.get(f"{house.url}/healthz").json()["status"] == "ok"


def test_private_processes_cannot_be_reached_from_outside(house):
    """Rasa, the actions and the sandbox listen on the loopback interface alone."""
    addresses = {
        address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None)
    }
    outside = [address for address in addresses if not address.startswith("127.")]
    ports = house.settings.ports()
    for address in outside:
        for name in ("rasa", "actions", "sandbox"):
            with socket.socket(
                socket.AF_INET6 if ":" in address else socket.AF_INET
            ) as probe:
                assert probe.connect_ex((address, ports[name])) != 0


def test_logs_are_json_lines(house):
    """Whoever collects logs parses them."""
    for process in ("gateway", "actions", "sandbox"):
        lines = (house.logs_folder / f"{process}.log").read_text("utf-8").splitlines()

        assert lines
        assert all(json.loads(line)["process"] == process for line in lines)


def test_second_house_in_the_same_folder_is_refused(house):
    """Two houses over one database folder would harm each other."""
    second = House(house.settings)
    second.start()

    with pytest.raises(HouseNotUp, match="already up"):
        second.wait_ready()


def test_port_in_use_is_said_with_what_to_do(tmp_path):
    """Whoever runs two things on one machine learns which setting to change."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        house = House(house_settings(tmp_path, actions_port=port))
        house.start()

        with pytest.raises(HouseNotUp, match="THAMRAT_ACTIONS_PORT"):
            house.wait_ready()

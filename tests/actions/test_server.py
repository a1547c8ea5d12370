"""The action server over real HTTP: who may call it, and what it lets out."""

import socket
import subprocess
import sys
import time
import types
from contextlib import contextmanager

import httpx2
import pytest

import actions
from actions.identity import ActionIdentityLogin
from actions.server import Actions, TwoActionsWithOneName, create_app, find_actions
from ops.settings import ROOT
from tests.actions.fakes import CONVERSATION, FakeCitizens, connections, tracker
from tests.actions.serve_fakes import BEARER

AUTH = {"Authorization": f"Bearer {BEARER}"}
PATIENCE_SECONDS = 30


@contextmanager
def serving(kind, log):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.actions.serve_fakes", str(port), kind]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out) as process,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        try:
            wait_until_it_answers(http)
            yield http
        finally:
            process.terminate()
            process.wait(10)


def wait_until_it_answers(http):
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if http.get("/health").is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.05)
    raise TimeoutError


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving("well", tmp_path_factory.mktemp("actions") / "log") as http:
        yield http


def call(name):
    """Return what Rasa 3.6 posts when the selective domain is on: no domain."""
    return {
        "next_action": name,
        "sender_id": str(CONVERSATION),
        "version": "3.6.21",
        "tracker": tracker().current_state() | {"events": []},
    }


def test_rasa_gets_its_answer_without_sending_a_domain(server):
    """The domain is large, and no action needs it."""
    answer = server.post(
        "/webhook", json=call("action_contribution_check"), headers=AUTH
    )

    assert answer.status_code == 200
    assert answer.json()["responses"][0]["custom"]["type"] == "card_reference"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/webhook"), ("GET", "/actions"), ("OPTIONS", "/webhook"), ("GET", "/x")],
)
def test_unsigned_calls_are_refused(server, method, path, headers):
    """The stock server asks nobody who he is."""
    answer = server.request(method, path, headers=headers, json={})

    assert answer.status_code == 401
    assert "access-control-allow-origin" not in answer.headers


def test_an_unknown_action_is_not_found(server):
    """Rasa then says which name is wrong."""
    answer = server.post("/webhook", json=call("action_of_nobody"), headers=AUTH)

    assert answer.status_code == 404


def test_every_action_is_served(server):
    """Those of the domain, found by themselves."""
    names = {a["name"] for a in server.get("/actions", headers=AUTH).json()}

    assert names >= {
        "action_contribution_check",
        "action_identity_continue",
        "action_identity_login",
        "action_identity_logout",
        "action_identity_status",
    }


def test_a_surprise_fails_the_turn_and_tells_nothing(tmp_path):
    """Rasa must see the failure; nobody may see what was in it."""
    log = tmp_path / "log"
    with serving("broken", log) as http:
        answer = http.post(
            "/webhook", json=call("action_identity_status"), headers=AUTH
        )

    assert (answer.status_code, answer.json()) == (500, {"error": "failed"})
    assert "RuntimeError" in log.read_text()
    assert "1999900000013" not in log.read_text()


def test_two_actions_with_one_name_stop_the_server():
    """The SDK would silently keep the last one."""
    house = connections(FakeCitizens(), None)
    executor = Actions()
    executor.register_service(ActionIdentityLogin(house))

    with pytest.raises(TwoActionsWithOneName):
        executor.register_service(ActionIdentityLogin(house))


def test_a_weak_secret_stops_the_server():
    """An empty setting must not open the door."""
    with pytest.raises(ValueError, match="32"):
        create_app(bearer="", connections=connections(FakeCitizens(), None))


def test_actions_are_found_in_modules_of_their_own():
    """A class is counted where it is written, not where it is imported."""
    found = list(find_actions(actions))

    assert len(found) == len(set(found))
    assert isinstance(actions, types.ModuleType)
    assert all(action.__module__.startswith("actions.") for action in found)

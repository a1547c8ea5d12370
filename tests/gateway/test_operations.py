"""Health, metrics, retention, headers, logs: what operators rely on."""

from __future__ import annotations

import httpx2
import pytest
import structlog
from sqlalchemy.exc import OperationalError

from gateway.app import create_app
from gateway.database import open_database
from gateway.errors import Refusal
from gateway.guards import PAGE_POLICY
from gateway.words import all_words
from tests.gateway.fakes import until


async def test_health_names_what_works(house):
    """Without Rasa messages are still taken in, so the gateway stays in service."""
    up = await house.http.get("/healthz")
    house.rasa.failure = httpx2.ConnectError("nobody listens")
    down = await house.http.get("/healthz")

    assert (up.status_code, down.status_code) == (200, 200)
    assert up.json() == {
        "status": "ok",
        "ready": True,
        "database": "ok",
        "rasa": "ok",
    }
    assert down.json()["status"] == "degraded"
    assert down.json()["rasa"] == "down"


async def test_without_its_database_the_gateway_says_so(houses, tmp_path):
    """Every call that needs the database is a 503 in words, and health is down."""
    nowhere = open_database(f"postgresql://x@/x?host={tmp_path}")
    app = create_app(houses.parts(database=nowhere))
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as http:
        health = await http.get("/healthz")
        refused = await http.post("/chat/conversations", json={})
        metrics = await http.get("/metrics")

    assert health.status_code == 503
    assert health.json()["status"] == "down"
    assert refused.status_code == 503
    assert refused.json()["error"]["code"] == "unavailable"
    assert metrics.status_code == 200


async def test_metrics_count_without_naming_anybody(house, tab):
    """Labels are kinds and patterns, never a conversation or an address."""
    await tab.say("one")
    await tab.settled()
    text = (await house.http.get("/metrics")).text

    assert 'thamrat_messages_accepted_total{kind="text"} 1.0' in text
    assert 'thamrat_turns_total{outcome="answered"} 1.0' in text
    assert 'path="/chat/messages",status="202"' in text
    assert "thamrat_turns_waiting 0.0" in text
    conversation = str(house.app.state.tokens.conversation(tab.token))
    assert conversation not in text


async def test_old_conversations_are_deleted_with_all_they_hold(house, tab):
    """After the promised days nothing of a conversation is left."""
    conversation = house.app.state.tokens.conversation(tab.token)
    await tab.say("one")
    await tab.settled()
    columns = "(conversation_id, events, saved_at) VALUES (%s, '[]', now()) RETURNING 1"
    house.rows(f"INSERT INTO bot.tracker {columns}", conversation)
    retention = house.app.state.gateway.retention
    house.clock.forward(days=29)
    early = await retention.sweep()
    house.clock.forward(days=2)
    late = await retention.sweep()

    assert (early, late) == (0, 1)
    assert house.rows("SELECT 1 FROM gateway.conversation") == []
    assert house.rows("SELECT 1 FROM gateway.inbox") == []
    assert house.rows("SELECT 1 FROM gateway.outbox") == []
    assert house.rows("SELECT 1 FROM bot.tracker") == []
    assert house.citizens.swept >= 2


async def test_answered_turns_leave_no_job(house, tab):
    """The queue stays small; what happened is in inbox and outbox."""
    await tab.say("one")
    await tab.settled()

    await until(lambda: house.rows("SELECT 1 FROM procrastinate_jobs") == [])


async def test_every_response_is_guarded(house):
    """Strict policy on pages, errors and JSON alike."""
    for path in ("/", "/healthz", "/chat/nowhere"):
        headers = (await house.http.get(path)).headers

        assert headers["Content-Security-Policy"] == PAGE_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"


async def test_the_demonstration_page_and_the_widget_are_served(house):
    """The page for people, the script for any site."""
    page = await house.http.get("/")
    script = await house.http.get("/widget/thamrat.js")

    assert page.status_code == 200
    assert "text/html" in page.headers["Content-Type"]
    assert script.status_code == 200
    assert "javascript" in script.headers["Content-Type"]
    assert script.headers["Access-Control-Allow-Origin"] == "*"
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


async def test_only_configured_sites_may_call_the_api(house):
    """Another site's script gets no answer it can read."""
    ask = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    path = "/chat/messages"
    known = await house.http.options(
        path, headers=ask | {"Origin": "https://agency.test"}
    )
    other = await house.http.options(
        path, headers=ask | {"Origin": "https://evil.test"}
    )

    allowed = "Access-Control-Allow-Origin"
    assert known.headers[allowed] == "https://agency.test"
    assert allowed not in other.headers
    assert "Access-Control-Allow-Credentials" not in known.headers


async def test_errors_can_be_read_by_a_configured_site(house):
    """The widget elsewhere has to see 401, or it could not start over."""
    origin = {"Origin": "https://agency.test"}
    response = await house.http.get("/chat/history", headers=origin)

    assert response.status_code == 401
    assert response.headers["Access-Control-Allow-Origin"] == "https://agency.test"


async def test_a_crash_is_answered_in_words_and_logged_without_them(house, tab):
    """The message of an exception may quote a citizen; it is not written."""

    async def crash(*_arguments):
        raise RuntimeError("her words")

    with (
        pytest.MonkeyPatch.context() as patch,
        structlog.testing.capture_logs() as logs,
    ):
        patch.setattr("gateway.inbox.Intake.accept_message", crash)
        response = await tab.post("her words")

    assert response.status_code == 500
    assert response.json()["error"]["code"] == "broken"
    (crashed,) = [line for line in logs if line["event"] == "request_broke"]
    assert crashed["error"] == "RuntimeError"
    assert "her words" not in str(logs)


async def test_a_database_that_goes_away_is_a_503(house, tab):
    """The widget keeps the message and sends it again."""

    async def gone(*_arguments):
        raise OperationalError("statement", {"text": "her words"}, OSError())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gateway.inbox.Intake.accept_message", gone)
        response = await tab.post("her words")

    assert response.status_code == 503
    assert response.json()["error"]["code"] == "unavailable"


async def test_logs_name_patterns_and_nothing_said(house, caplog):
    """No text, no token, no query, no one-time secret."""
    caplog.set_level("DEBUG")
    with structlog.testing.capture_logs() as logs:
        tab = await house.open_chat()
        await tab.say("her words")
        await tab.settled()
        await tab.history(after=1)
        await house.http.get("/nowhere/secret-in-a-path?code=secret-in-a-query")

    paths = {line["path"] for line in logs if line["event"] == "request"}
    assert {"/chat/conversations", "/chat/messages", "/chat/history"} <= paths
    assert "her words" not in str(logs)
    others = [record for record in caplog.records if record.levelname != "DEBUG"]
    # This test's own client, and the server's access log, which ops/ turns off.
    outside = {"httpx2", "uvicorn.access"}
    ours = [record.getMessage() for record in others if record.name not in outside]
    for line in [str(logs), *ours]:
        assert "her words" not in line
        assert tab.token not in line
        assert "secret-in" not in line


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_refusal_has_words(language):
    """A refusal without a sentence would be a crash."""
    import gateway.sign_in.chat  # noqa: F401 - its refusals count as well

    words = all_words()[language]
    codes = {"broken", "not_found", "method_not_allowed", "refused"}
    codes |= {refusal.code for refusal in _subclasses(Refusal)}
    codes |= {"too_many_messages", "too_many_conversations"}

    assert codes <= set(words.errors)
    assert {"masked", "delayed", "failed", "no_answer"} == set(words.notices)


def test_both_languages_say_the_same_things():
    """A key in one file only is a sentence somebody will miss."""
    thai, english = all_words()["th"], all_words()["en"]

    assert set(thai.errors) == set(english.errors)
    assert set(thai.notices) == set(english.notices)


def test_no_sentence_has_gaps_its_code_does_not_fill():
    """Only limits and waiting times are filled in."""
    for words in all_words().values():
        for code in words.errors:
            said = words.error(code, {"seconds": 5, "longest": 1000})
            assert said.strip()
            assert "{" not in said


async def test_the_api_is_documented(house):
    """Every call, its bodies and its errors are in OpenAPI."""
    description = (await house.http.get("/openapi.json")).json()

    paths = description["paths"]
    assert {
        "/chat/conversations",
        "/chat/messages",
        "/chat/history",
        "/chat/events",
        "/healthz",
    } <= set(paths)
    body = paths["/chat/messages"]["post"]["requestBody"]["content"]
    references = str(body["application/json"]["schema"])
    for name in ("TextMessage", "ChoiceMessage"):
        assert name in references
        assert name in description["components"]["schemas"]
    assert "401" in paths["/chat/messages"]["post"]["responses"]
    assert "OfferedChoice" in description["components"]["schemas"]


async def test_a_conversation_starts_with_a_greeting_in_its_language(house):
    """The same greeting stands above the history after a reload."""
    response = await house.http.post("/chat/conversations", json={"language": "en"})
    started = response.json()
    headers = {"Authorization": f"Bearer {started['token']}"}
    history = (await house.http.get("/chat/history", headers=headers)).json()

    assert started["greeting"][0]["text"].startswith("Hello")
    assert history["greeting"] == started["greeting"]
    assert history["entries"] == []
    assert history["session_expires_at"] is None


def _subclasses(kind):
    """Return all the kinds below a kind."""
    below = kind.__subclasses__()
    return set(below).union(*map(_subclasses, below))

"""A turn is answered once, in order, and only when it was saved."""

from __future__ import annotations

import asyncio
import json
import uuid

import psycopg
import pytest
from rasa.shared.exceptions import RasaException

from bot.channel import TurnChannel
from bot.tracker_store import ConversationMovedOn, StoreUnavailable
from bot.turn import TurnFailed, UnknownIntent, loud_store
from bot.turns_in_order import Busy

pytestmark = pytest.mark.model
SECRET = "s" * 64
ASK = "เงินสมทบของฉันปีนี้เท่าไหร่"


@pytest.fixture
def channel():
    """Return the channel, impatient."""
    return TurnChannel(SECRET, patience=0.3, turn_seconds=5)


@pytest.fixture
def actions(agent):
    """Return the actions that the agent calls."""
    return agent.processor.action_endpoint


def rows(url, table):
    """Return how many rows a table has."""
    with psycopg.connect(url) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - named in this file


async def events_of(agent, turn):
    """Return a conversation's events as they are stored."""
    tracker = await loud_store(agent).retrieve(str(turn.conversation_id))
    return [event.as_dict() for event in tracker.events]


def test_short_secrets_are_refused():
    """An unset variable must not open the door."""
    with pytest.raises(RasaException):
        TurnChannel.from_credentials({"secret": ""})


async def test_question_is_answered_by_its_action(channel, agent, actions, said):
    """Words become an intent, the intent an action, the action a reply."""
    turn = said(ASK)
    answer = await channel.take(agent, turn)

    assert answer.intent == "contribution_check"
    assert answer.replies == [{"text": "action_contribution_check"}]
    message = actions.trackers[0]["latest_message"]
    assert message["metadata"] == {
        "turn_id": str(turn.turn_id),
        "language": "th",
        "identity": "none",
        "channel": "web",
    }
    assert [e["value"] for e in message["entities"]] == ["relative:0Y"]


async def test_same_turn_twice_acts_once(channel, agent, actions, said):
    """The gateway retries; the citizen and the agency must not notice."""
    turn = said(ASK)
    answers = [await channel.take(agent, turn) for _ in range(2)]

    assert answers[0] == answers[1]
    assert actions.calls["action_contribution_check"] == 1


async def test_same_turn_at_once_acts_once(channel, agent, actions, said, bot_database):
    """Two gateways may post one turn in the same instant."""
    turn = said(ASK)
    answers = await asyncio.gather(*(channel.take(agent, turn) for _ in range(5)))

    assert all(answer == answers[0] for answer in answers)
    assert actions.calls["action_contribution_check"] == 1
    assert rows(bot_database, "bot.turn") == 1


async def test_same_turn_in_two_processes_is_saved_once(
    agent, actions, said, bot_database
):
    """Another replica knows no lock of ours; the database decides."""
    turn = said(ASK)
    channels = [TurnChannel(SECRET), TurnChannel(SECRET)]
    answers = await asyncio.gather(*(one.take(agent, turn) for one in channels))

    assert answers[0] == answers[1]
    assert rows(bot_database, "bot.turn") == 1
    assert [e["event"] for e in await events_of(agent, turn)].count("user") == 1


async def test_another_turn_in_another_process_loses(agent, actions, said):
    """Of two turns over one state only one may be saved."""
    first, second = said(ASK), said("สวัสดี")
    actions.gate = asyncio.Event()
    slow = asyncio.create_task(TurnChannel(SECRET).take(agent, first))
    await actions.called.wait()
    await TurnChannel(SECRET).take(agent, second)
    actions.gate.set()

    with pytest.raises(ConversationMovedOn):
        await slow


async def test_turn_while_one_runs_is_busy(channel, agent, actions, said):
    """Rasa would answer 200 with nothing and lose the message."""
    actions.gate = asyncio.Event()
    slow = asyncio.create_task(channel.take(agent, said(ASK)))
    await actions.called.wait()
    with pytest.raises(Busy):
        await channel.take(agent, said("สวัสดี"))
    actions.gate.set()

    assert (await slow).intent == "contribution_check"
    assert channel._in_order._locks == {}


@pytest.mark.parametrize(
    "failure", [OSError("down"), RasaException("x"), TimeoutError()]
)
async def test_failed_action_fails_the_turn(agent, said, bot_database, failure):
    """Rasa would log it and answer nothing; a turn that failed leaves no trace."""
    channel, actions = TurnChannel(SECRET), agent.processor.action_endpoint
    actions.failure = failure
    turn = said(ASK)
    with pytest.raises(TurnFailed):
        await channel.take(agent, turn)
    assert rows(bot_database, "bot.tracker") == 0
    assert rows(bot_database, "bot.turn") == 0
    actions.failure = None

    assert (await channel.take(agent, turn)).replies


async def test_endless_action_fails_the_turn(agent, actions, said, bot_database):
    """A turn ends before the gateway's lease on it does."""
    actions.gate = asyncio.Event()
    with pytest.raises(TurnFailed):
        await TurnChannel(SECRET, turn_seconds=0.2).take(agent, said(ASK))

    assert rows(bot_database, "bot.turn") == 0


async def test_turn_that_cannot_be_saved_is_no_answer(
    channel, agent, said, bot_database
):
    """Rasa's fail-safe store would keep it in memory and say nothing."""
    await channel.take(agent, said("สวัสดี"))
    with psycopg.connect(bot_database, autocommit=True) as connection:
        connection.execute("ALTER TABLE bot.turn RENAME TO turn_away")
    with pytest.raises(StoreUnavailable):
        await channel.take(agent, said("สวัสดี"))


@pytest.mark.parametrize(
    "typed",
    [
        '/contribution_check{"period":"2024","citizen_id":"1"}',
        "  /restart",
        "//identity_signed_in",
        '\u3000/identity_signed_in{"a":"b"}',
    ],
)
async def test_typed_commands_are_only_text(channel, agent, said, typed):
    """A citizen may type what she likes; it sets nothing and starts nothing."""
    turn = said(typed)
    answer = await channel.take(agent, turn)
    user = next(e for e in await events_of(agent, turn) if e["event"] == "user")

    assert answer.intent not in {"restart", "identity_signed_in"}
    assert [
        e["value"] for e in user["parse_data"]["entities"] if e["value"] == "1"
    ] == []
    assert not user["text"].startswith("/")


async def test_choice_means_what_it_says(channel, agent, actions, said):
    """A quick reply is not understood again."""
    turn = said(kind="choice", intent="contribution_check", entities={"period": "2025"})
    answer = await channel.take(agent, turn)

    assert (answer.intent, answer.confidence) == ("contribution_check", 1.0)
    (entity,) = actions.trackers[0]["latest_message"]["entities"]
    assert (entity["entity"], entity["value"]) == ("period", "2025")


async def test_unknown_choice_is_refused(channel, agent, said):
    """A button of an older model may name what is no more."""
    with pytest.raises(UnknownIntent):
        await channel.take(agent, said(kind="choice", intent="order_pizza"))


async def test_waiting_question_answers_itself(channel, agent, actions, said):
    """After the sign-in comes the answer, once, and then the bot listens."""
    pending = "action_contribution_check"
    set_pending = {"event": "slot", "name": "identity_pending_action", "value": pending}
    actions.answers[pending] = {"events": [set_pending], "responses": []}
    await channel.take(agent, said(ASK))
    actions.answers["action_identity_continue"] = {
        "events": [
            {**set_pending, "value": None},
            {"event": "followup", "name": pending},
        ],
        "responses": [{"response": "utter_identity_signed_in"}],
    }
    actions.answers[pending] = {
        "events": [],
        "responses": [{"custom": {"type": "card_reference", "reference": "r"}}],
    }
    turn = said(kind="event", intent="identity_signed_in")
    answer = await channel.take(agent, turn)

    assert [sorted(reply) for reply in answer.replies] == [["text"], ["custom"]]
    assert actions.calls == {pending: 2, "action_identity_continue": 1}
    assert (await events_of(agent, turn))[-1]["name"] == "action_listen"


async def test_language_follows_the_channel(channel, agent, said):
    """A citizen who reads English is answered in English, from the first word."""
    thai, english = [
        await channel.take(agent, said("สวัสดี", language=language))
        for language in ("th", "en")
    ]

    assert english.replies[0]["text"].isascii()
    assert not thai.replies[0]["text"].isascii()


async def test_language_chosen_in_words_stays(channel, agent, said):
    """What she asked for holds, though her page is still in Thai."""
    await channel.take(agent, said("สวัสดี"))
    await channel.take(
        agent,
        said(kind="choice", intent="control_language", entities={"language": "en"}),
    )
    answer = await channel.take(agent, said("ขอบคุณค่ะ"))

    assert answer.replies[0]["text"].isascii()


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "\x00\x01", "\ud83d"], ids=ascii)
async def test_empty_talk_is_answered(channel, agent, said, text):
    """Nothing a citizen can send leaves her without a way on."""
    answer = await channel.take(agent, said(text))

    assert answer.intent == "nlu_fallback"
    assert "1111" in json.dumps(answer.replies)


async def test_endless_text_is_answered(channel, agent, said):
    """Nobody waits for a machine that reads ten thousand letters."""
    assert (await channel.take(agent, said("เงินสมทบ" * 1_250))).replies


async def test_replies_are_whole(channel, agent, actions, said):
    """A blank line inside an answer makes no second message."""
    pending = "action_contribution_check"
    actions.answers[pending] = {"events": [], "responses": [{"text": "หนึ่ง\n\nสอง"}]}
    answer = await channel.take(agent, said(ASK))

    assert answer.replies == [{"text": "หนึ่ง\n\nสอง"}]


async def test_long_conversations_stay_fast(channel, agent, said, bot_database):
    """Every turn used to re-read all the turns before it."""
    turn = said("สวัสดี")
    for _ in range(40):
        await channel.take(agent, said("สวัสดี"))

    assert len(await events_of(agent, turn)) <= 60
    assert rows(bot_database, "bot.turn") == 40


async def test_conversations_do_not_mix(channel, agent, said, bot_database):
    """Two citizens at once have two conversations."""
    turns = [said(ASK, conversation_id=str(uuid.uuid4())) for _ in range(5)]
    await asyncio.gather(*(channel.take(agent, turn) for turn in turns))

    assert rows(bot_database, "bot.tracker") == 5

"""Nothing is lost, nothing is answered twice, and everything in order."""

from __future__ import annotations

import concurrent.futures
import time
import uuid

import pytest

from tests.path.citizen import Citizen

pytestmark = pytest.mark.house

MESSAGES = [f"สวัสดีครั้งที่ {number}" for number in range(10)]


def answered_once_in_order(citizen):
    """Tell whether every message has answers of its own, in the order of asking."""
    entries = citizen.history()["entries"]
    asked = [entry["id"] for entry in entries if entry["from"] == "citizen"]
    answers = [entry["in_reply_to"] for entry in entries if entry["from"] != "citizen"]
    first_answers = list(dict.fromkeys(answers))
    return first_answers == asked == sorted(asked, key=answers.index)


def test_ten_messages_at_once_are_answered_in_order(citizen):
    """She does not wait for us; we keep up with her."""
    with concurrent.futures.ThreadPoolExecutor(len(MESSAGES)) as at_once:
        sent = list(at_once.map(citizen.send, MESSAGES))

    citizen.replies()

    entries = citizen.history()["entries"]
    assert [answer.status_code for answer in sent] == [202] * len(MESSAGES)
    assert len([e for e in entries if e["from"] == "assistant"]) == len(MESSAGES)
    assert answered_once_in_order(citizen)


def test_message_sent_twice_is_one_message(citizen):
    """A phone in a lift sends again; she asked once."""
    message_id = uuid.uuid4().hex
    first = citizen.send("สวัสดี", message_id)
    second = citizen.send("สวัสดี", message_id)

    citizen.replies()

    assert [first.status_code, second.status_code] == [202, 200]
    assert first.json()["entry"]["id"] == second.json()["entry"]["id"]
    assert [e["from"] for e in citizen.history()["entries"]] == ["citizen", "assistant"]


@pytest.mark.parametrize("process", ["gateway", "rasa", "actions"])
def test_crash_in_mid_turn_loses_and_doubles_nothing(house, process):
    """`kill -9` while turns run: each is answered once, when all is well again."""
    citizens = [Citizen(house) for _ in range(3)]
    for text in MESSAGES[:4]:
        for citizen in citizens:
            citizen.send(text)
    citizens[0].send("เงินสมทบของฉันปีนี้เท่าไหร่")
    time.sleep(0.05)  # some turns have begun; which ones does not matter

    house.kill(process)
    house.wait_ready()

    for citizen in citizens:
        citizen.replies()
        assert answered_once_in_order(citizen)


def test_crash_of_everything_keeps_what_was_asked(house, citizen, people):
    """A citizen who was signed in and had asked hears her answer after the crash."""
    citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")
    citizen.sign_in(people["gap"])
    citizen.send("แล้วเดือนมีนาคมล่ะ")

    for process in ("rasa", "actions", "gateway", "postgres"):
        house.kill(process)
    house.wait_ready()

    *_, card = citizen.replies()
    assert card["type"] == "card"

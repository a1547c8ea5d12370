"""After the whole path, her data stands nowhere that it should not."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from tests.path.citizen import Citizen

pytestmark = pytest.mark.house

FIRST_AMOUNT = 100_000  # satang; smaller numbers stand for anything


@pytest.fixture(scope="module")
def walked(house, people):
    """Walk the path as one person, chat, errors and sign-out included."""
    person = people["regular"]
    citizen = Citizen(house)
    citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")
    citizen.say(f"เลขบัตรของฉันคือ {person.citizen_id}")
    citizen.sign_in(person)
    citizen.say("แล้วเดือนมีนาคมล่ะ")
    return person


def private(person, house):
    """Return what nobody may read: id, names, employers, amounts."""
    with psycopg.connect(house.sandbox_database_url) as sandbox:
        rows = sandbox.execute(
            "SELECT employer, employee, employer_share, wage_base FROM contribution "
            "WHERE citizen_id = %s",
            [person.citizen_id],
        ).fetchall()
    employers = {row[0] for row in rows if row[0]}
    satang = {amount for row in rows for amount in row[1:] if amount}
    baht = {f"{amount / 100:,.2f}" for amount in satang}
    spoken = {f"{amount // 100:,} บาท" for amount in satang}
    names = {
        person.given_name,
        person.family_name,
        person.given_name_en,
        person.family_name_en,
    }
    number = person.citizen_id
    return {number, " ".join(number), *names, *employers, *baht, *spoken}


def test_no_row_of_any_table_shows_it(house, walked):
    """The database may be stolen; it tells nobody's name, number or money."""
    secrets = private(walked, house)
    found = []
    with psycopg.connect(house.database_url) as database:
        tables = database.execute(
            "SELECT schemaname, relname FROM pg_stat_user_tables"
        ).fetchall()
        for table in tables:
            query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(*table))
            for (row,) in database.execute(query):
                found += [(table, secret) for secret in secrets if secret in plain(row)]

    assert len(tables) > len(("gateway", "citizen", "bot", "queue"))
    assert found == []


def test_no_log_line_shows_it(house, walked):
    """Logs are read by many and kept for long."""
    secrets = private(walked, house)
    logs = sorted(house.logs_folder.glob("*.log"))
    found = [
        (log.name, secret)
        for log in logs
        for secret in secrets
        if secret in plain(log.read_text("utf-8"))
    ]

    assert len(logs) > len(("gateway", "rasa", "actions", "sandbox"))
    assert found == []


def plain(text):
    r"""Return a text with JSON's \u escapes read, as a thief would."""
    if "\\u0e" not in text:
        return text
    return text + text.encode("ascii", "backslashreplace").decode("unicode_escape")

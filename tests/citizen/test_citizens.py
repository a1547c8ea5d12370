"""Sessions, ids and cards live as long as promised and belong to one conversation."""

import uuid

import pytest
from sqlalchemy import select, text

from citizen.citizens import Citizens
from citizen.errors import NoLiveSession, SignInOver
from citizen.tables import AccessLog, Base, Consent, Person, Session, SignIn, VaultItem
from citizen.vault import Vault
from tests.citizen.conftest import CHAT, OTHER_CHAT, SUBJECT_KEY, VAULT_KEY, count
from tests.citizen.fake_thaid import PID, SOMEBODY_ELSE

CARD = b'{"title": "x", "total": "9,625"}'
KEY = uuid.UUID(int=77)


async def test_a_session_knows_who_and_how_sure(citizens, sign_in):
    """The action needs the id for one call, and the level it was proven at."""
    session = await sign_in(CHAT)

    assert await citizens.live_session(CHAT) == session
    assert await citizens.citizen_id(session) == PID
    assert session.identity_level == "2.3"
    assert await citizens.live_session(OTHER_CHAT) is None


async def test_a_session_ends_by_itself(citizens, sign_in, now):
    """Half an hour later nobody who finds the phone is signed in."""
    session = await sign_in(CHAT)
    reference = await citizens.keep_card(CHAT, CARD, key=KEY)
    now.pass_by(minutes=30)

    assert await citizens.live_session(CHAT) is None
    assert await citizens.card(CHAT, reference) is None
    with pytest.raises(NoLiveSession):
        await citizens.citizen_id(session)
    with pytest.raises(NoLiveSession):
        await citizens.keep_card(CHAT, CARD, key=KEY)


async def test_signing_out_wipes(citizens, sessions, sign_in):
    """After signing out neither the id nor a card is there to be opened."""
    session = await sign_in(CHAT)
    reference = await citizens.keep_card(CHAT, CARD, key=KEY)

    assert await citizens.end_session(CHAT) is True
    assert await citizens.card(CHAT, reference) is None
    with pytest.raises(NoLiveSession):
        await citizens.citizen_id(session)
    assert await count(sessions, VaultItem) == 0
    assert await citizens.end_session(CHAT) is False


async def test_signing_out_ends_what_is_on_its_way(citizens, sessions, sign_in):
    """A code from before the sign-out must not sign in again."""
    code = await sign_in.agreed(CHAT)
    await citizens.end_session(CHAT)

    with pytest.raises(SignInOver):
        await citizens.agreements.complete(CHAT, code)
    assert await count(sessions, VaultItem) == 0


async def test_a_card_is_kept_once_per_key(citizens, sessions, sign_in):
    """A turn that is retried must not keep a second card."""
    await sign_in(CHAT)
    first = await citizens.keep_card(CHAT, CARD, key=KEY)
    again = await citizens.keep_card(CHAT, CARD, key=KEY)
    other = await citizens.keep_card(CHAT, CARD, key=uuid.UUID(int=78))

    assert first == again != other
    assert await citizens.card(CHAT, first) == CARD
    assert await count(sessions, VaultItem) == 3


async def test_a_card_opens_only_in_its_own_conversation(citizens, sign_in):
    """A reference that leaks is worth nothing elsewhere."""
    await sign_in(CHAT)
    await sign_in(OTHER_CHAT, SOMEBODY_ELSE)
    reference = await citizens.keep_card(CHAT, CARD, key=KEY)

    assert await citizens.card(OTHER_CHAT, reference) is None


async def test_the_next_person_sees_nothing_of_the_last(citizens, sign_in):
    """One family, one phone, one conversation: each sign-in starts empty."""
    first = await sign_in(CHAT)
    reference = await citizens.keep_card(CHAT, CARD, key=KEY)
    second = await sign_in(CHAT, SOMEBODY_ELSE)

    assert second.person_id != first.person_id
    assert await citizens.card(CHAT, reference) is None
    with pytest.raises(NoLiveSession):
        await citizens.citizen_id(first)
    assert await citizens.citizen_id(second) == SOMEBODY_ELSE


async def test_a_card_sealed_with_a_lost_key_counts_as_expired(
    citizens, sessions, sign_in, now
):
    """The citizen is told to ask again; nothing breaks."""
    session = await sign_in(CHAT)
    reference = await citizens.keep_card(CHAT, CARD, key=KEY)
    rekeyed = Citizens(sessions, Vault([b"w" * 32], now), SUBJECT_KEY, clock=now)

    assert await rekeyed.card(CHAT, reference) is None
    with pytest.raises(NoLiveSession):
        await rekeyed.citizen_id(session)


async def test_consent_is_recorded_once_with_its_purposes(citizens, sessions, sign_in):
    """Version, time, channel and purposes are what the law asks for."""
    first, second = await sign_in(CHAT), await sign_in(OTHER_CHAT)

    async with sessions() as db:
        consent = (await db.scalars(select(Consent))).one()
    assert first.consent_id == second.consent_id == consent.id
    assert consent.version == citizens.consent_texts["th"].version
    assert consent.purposes == list(citizens.consent_texts["th"].purposes)
    assert consent.channel == "web"


async def test_withdrawing_consent_signs_out_everywhere(citizens, sign_in):
    """What rested on the consent falls with it."""
    here, elsewhere = await sign_in(CHAT), await sign_in(OTHER_CHAT)
    await citizens.withdraw_consent(here)

    assert await citizens.live_session(CHAT) is None
    assert await citizens.live_session(OTHER_CHAT) is None
    assert (await sign_in(CHAT)).consent_id != elsewhere.consent_id


async def test_erasing_leaves_nothing(citizens, sessions, sign_in):
    """`ลบข้อมูลของฉัน` means all of it."""
    session = await sign_in(CHAT)
    await citizens.keep_card(CHAT, CARD, key=KEY)
    await log(citizens, session)
    await citizens.erase(session)

    for table in (Person, Consent, Session, SignIn, VaultItem, AccessLog):
        assert await count(sessions, table) == 0


async def log(citizens, session):
    """Record one question to an agency."""
    await citizens.log_access(
        session,
        agency="sso",
        operation="contributions",
        purpose="ask_agencies_about_own_record",
        outcome="found",
    )


async def test_the_access_log_says_who_asked_for_whom(citizens, sessions, sign_in):
    """And under which consent, but never what the answer was."""
    session = await sign_in(CHAT)
    await log(citizens, session)

    async with sessions() as db:
        row = (await db.scalars(select(AccessLog))).one()
    assert (row.person_id, row.consent_id) == (session.person_id, session.consent_id)
    assert (row.agency, row.outcome) == ("sso", "found")


async def test_the_sweep_deletes_what_is_over_and_nothing_else(
    citizens, sessions, sign_in, now
):
    """Consent stays until withdrawn, the log for its 90 days."""
    await log(citizens, await sign_in(CHAT))
    now.pass_by(minutes=31)
    live = await sign_in(OTHER_CHAT, SOMEBODY_ELSE)
    await citizens.sweep()

    assert await citizens.citizen_id(live) == SOMEBODY_ELSE
    assert await count(sessions, Session) == 1
    assert await count(sessions, VaultItem) == 1
    assert await count(sessions, Person) == 2

    now.pass_by(days=91)
    await citizens.sweep()

    assert await count(sessions, Session) == 0
    assert await count(sessions, SignIn) == 0
    assert await count(sessions, AccessLog) == 0
    assert await count(sessions, Consent) == 2


async def test_the_sweep_forgets_people_without_records(
    citizens, sessions, sign_in, now
):
    """When consent was withdrawn long ago, even the code for a person goes."""
    await citizens.withdraw_consent(await sign_in(CHAT))
    now.pass_by(days=91)
    await citizens.sweep()

    assert await count(sessions, Person) == 0


async def test_no_row_holds_anything_in_clear(citizens, sessions, sign_in):
    """Whoever steals a copy of the database learns nobody's id or amounts."""
    waiting = await sign_in.agreed(OTHER_CHAT, SOMEBODY_ELSE)
    await log(citizens, await sign_in(CHAT))
    await citizens.keep_card(CHAT, CARD, key=KEY)

    rows = await everything(sessions)
    for secret in (PID, SOMEBODY_ELSE, "9,625", waiting):
        assert secret not in rows
        assert secret.encode().hex() not in rows


async def everything(sessions):
    """Return every row of the schema as text."""
    async with sessions() as db:
        rows = [
            (await db.execute(text(f"SELECT t::text FROM {table} t"))).scalars().all()  # noqa: S608 - our own names
            for table in Base.metadata.tables
        ]
    return "\n".join(line for lines in rows for line in lines)


def test_the_same_person_has_another_hash_under_another_key():
    """Without the key nobody can try all id numbers."""
    from citizen.secret import subject_hash

    assert subject_hash(VAULT_KEY, PID) != subject_hash(SUBJECT_KEY, PID)

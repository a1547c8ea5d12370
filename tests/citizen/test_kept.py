"""What is kept about a person is told to that person, all of it, and to nobody else."""

import uuid

import pytest

from citizen.errors import NoLiveSession, SignInOver
from citizen.tables import VaultItem
from tests.citizen.conftest import CHAT, OTHER_CHAT, count
from tests.citizen.fake_thaid import SOMEBODY_ELSE


async def ask(citizens, session, outcome="answered"):
    await citizens.log_access(
        session,
        agency="sso",
        operation="contributions",
        purpose="ask_agencies_about_own_record",
        outcome=outcome,
    )


async def test_kept_tells_session_consent_and_lookups(citizens, sign_in, now):
    """With the times she may compare with her own memory."""
    began = now()
    session = await sign_in(CHAT)
    now.pass_by(minutes=1)
    await ask(citizens, session)
    kept = await citizens.kept(session, most_lookups=9)

    assert (kept.since, kept.until) == (began, session.expires_at)
    (consent,) = kept.consents
    assert (consent.given_at, consent.withdrawn_at) == (began, None)
    assert consent.purposes == citizens.consent_texts["th"].purposes
    (lookup,) = kept.lookups
    assert (lookup.at, lookup.agency, lookup.here) == (now(), "sso", True)


async def test_lookups_are_hers_newest_first(citizens, sign_in, now):
    """From every chat she signed in to, and of nobody else."""
    here, elsewhere = await sign_in(CHAT), await sign_in(OTHER_CHAT)
    stranger = await sign_in(uuid.UUID(int=3), SOMEBODY_ELSE)
    for session in (here, elsewhere, stranger):
        now.pass_by(minutes=1)
        await ask(citizens, session)
    kept = await citizens.kept(here, most_lookups=9)

    assert [lookup.here for lookup in kept.lookups] == [False, True]


async def test_the_latest_are_told_with_how_many_there_are(citizens, sign_in, now):
    """A long log is cut, not hidden."""
    session = await sign_in(CHAT)
    for outcome in ("refused", "answered", "failed"):
        now.pass_by(minutes=1)
        await ask(citizens, session, outcome)
    kept = await citizens.kept(session, most_lookups=2)

    assert [lookup.outcome for lookup in kept.lookups] == ["failed", "answered"]
    assert kept.lookups_in_all == 3


async def test_after_the_session_nothing_is_told(citizens, sign_in, now):
    """Whoever finds the phone later learns nothing."""
    session = await sign_in(CHAT)
    now.pass_by(minutes=30)

    with pytest.raises(NoLiveSession):
        await citizens.kept(session, most_lookups=9)


async def test_consent_is_in_force_until_withdrawn_or_erased(citizens, sign_in):
    """Signing out does not withdraw it."""
    first = await sign_in(CHAT)
    await citizens.end_session(CHAT)
    assert await citizens.is_consent_in_force(first.consent_id)

    again = await sign_in(CHAT)
    await citizens.withdraw_consent(again)
    assert not await citizens.is_consent_in_force(again.consent_id)

    last = await sign_in(CHAT)
    await citizens.erase(last)
    assert not await citizens.is_consent_in_force(last.consent_id)


@pytest.mark.parametrize("way", ["withdraw_consent", "erase"])
async def test_a_sign_in_on_its_way_ends_too(citizens, sessions, sign_in, way):
    """A code from before must not bring back what she has just ended."""
    session = await sign_in(CHAT)
    code = await sign_in.agreed(CHAT)
    await getattr(citizens, way)(session)

    with pytest.raises(SignInOver):
        await citizens.agreements.complete(CHAT, code)
    assert await count(sessions, VaultItem) == 0

"""A code signs in the conversation that asked, once, and nobody else."""

import asyncio

import pytest

from citizen.errors import SignInNotYours, SignInOver
from citizen.tables import Session, VaultItem
from tests.citizen.conftest import CHAT, OTHER_CHAT, count


async def test_one_code_completes_once_however_often_it_is_sent(citizens, sign_in):
    """The widget retries when the network drops the answer."""
    code = await sign_in.agreed(CHAT)
    told = []

    async def tell(db, conversation_id, sign_in_id):
        told.append(conversation_id)

    answers = await asyncio.gather(
        *(citizens.agreements.complete(CHAT, code, tell) for _ in range(5))
    )

    assert len(set(answers)) == 1
    assert told == [CHAT]


async def test_a_completion_that_cannot_tell_the_chat_did_not_happen(citizens, sign_in):
    """Session and event are one transaction: no session without its answer."""
    code = await sign_in.agreed(CHAT)

    async def fail(db, conversation_id, sign_in_id):
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the very one raised above
        await citizens.agreements.complete(CHAT, code, fail)
    assert await citizens.live_session(CHAT) is None
    assert await citizens.agreements.complete(CHAT, code)


async def test_a_code_expires(citizens, sign_in, now):
    """A code that lay about for long signs nobody in."""
    code = await sign_in.agreed(CHAT)
    now.pass_by(minutes=5)

    with pytest.raises(SignInOver):
        await citizens.agreements.complete(CHAT, code)


async def test_a_code_does_not_sign_in_again_after_signing_out(citizens, sign_in):
    """Whoever finds the code in the browser's history gets nothing."""
    code = await sign_in.agreed(CHAT)
    await citizens.agreements.complete(CHAT, code)
    await citizens.end_session(CHAT)

    with pytest.raises(SignInOver):
        await citizens.agreements.complete(CHAT, code)


async def test_a_code_in_another_conversation_is_burnt(citizens, sessions, sign_in):
    """Then it is of no use to the conversation that asked either."""
    code = await sign_in.agreed(CHAT)

    with pytest.raises(SignInNotYours):
        await citizens.agreements.complete(OTHER_CHAT, code)
    with pytest.raises(SignInOver):
        await citizens.agreements.complete(CHAT, code)
    assert await count(sessions, VaultItem) == 0
    assert await count(sessions, Session) == 0


async def test_a_completed_session_survives_a_stranger_with_its_code(citizens, sign_in):
    """Sending somebody's used code around must not sign her out."""
    code = await sign_in.agreed(CHAT)
    session = await citizens.agreements.complete(CHAT, code)

    with pytest.raises(SignInNotYours):
        await citizens.agreements.complete(OTHER_CHAT, code)
    assert await citizens.live_session(CHAT) == session

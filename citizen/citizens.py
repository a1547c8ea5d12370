"""What the house may ask about citizens: sessions, ids, private cards, erasure."""

from __future__ import annotations

import logging
import uuid

from sqlalchemy import Exists, delete, exists, or_, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from citizen.agreements import Agreements, withdraw
from citizen.consent_text import read_consent_texts
from citizen.errors import NoLiveSession, VaultError
from citizen.kept import Kept, is_in_force, read_kept
from citizen.lifetimes import Lifetimes
from citizen.live import LiveSession, end_sessions, live_session, lock_conversation
from citizen.safe import Safe, card_of, citizen_id_of
from citizen.secret import Clock, utc_now
from citizen.sign_ins import SignIns
from citizen.tables import AccessLog, Consent, Person, Session, SignIn, VaultItem
from citizen.vault import Vault

log = logging.getLogger(__name__)


class Citizens:
    """Everything we know of citizens; the one door to it.

    `sign_ins` and `agreements` are the steps of a sign-in, `consent_texts` the words
    agreed to, by language, `lifetimes` how long each thing lives.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        vault: Vault,
        subject_key: bytes,
        *,
        clock: Clock = utc_now,
        lifetimes: Lifetimes | None = None,
    ) -> None:
        self._sessions = sessions
        self._safe = safe = Safe(vault)
        self._clock = clock
        self.lifetimes = lifetimes = lifetimes or Lifetimes()
        self.consent_texts = read_consent_texts(lifetimes)
        self.sign_ins = SignIns(sessions, safe, clock, lifetimes)
        self.agreements = Agreements(
            sessions, safe, subject_key, self.consent_texts["th"], clock, lifetimes
        )

    async def live_session(self, conversation_id: uuid.UUID) -> LiveSession | None:
        """Return the session in force in a conversation."""
        async with self._sessions() as db:
            return await live_session(db, conversation_id, self._clock())

    async def citizen_id(self, session: LiveSession) -> str:
        """Return the citizen id of a session, for one call to an agency.

        Raises:
            NoLiveSession: the session ended meanwhile.
        """
        async with self._sessions() as db:
            now = self._clock()
            live = await live_session(db, session.conversation_id, now)
            if live is None or live.id != session.id:
                raise NoLiveSession("the session is over")
            opened = await self._open(db, session)
        return opened.decode()

    async def keep_card(
        self, conversation_id: uuid.UUID, card_json: bytes, *, key: uuid.UUID
    ) -> uuid.UUID:
        """Keep a card for the session in force; return the reference that may be said.

        The same key in the same session is the same card, kept once.

        Raises:
            NoLiveSession: nobody is signed in.
        """
        async with self._sessions.begin() as db:
            now = self._clock()
            live = await live_session(db, conversation_id, now, held=True)
            if live is None:
                raise NoLiveSession("nobody is signed in")
            reference = uuid.uuid5(live.id, str(key))
            end = min(now + self.lifetimes.card, live.expires_at)
            label = card_of(live.id, reference)
            await self._safe.put(db, card_json, label, expires_at=end)
        return reference

    async def card(
        self, conversation_id: uuid.UUID, reference: uuid.UUID
    ) -> bytes | None:
        """Return a card, or None when it or its session is over."""
        async with self._sessions() as db:
            live = await live_session(db, conversation_id, self._clock())
            if live is None:
                return None
            try:
                return await self._safe.open(db, card_of(live.id, reference))
            except VaultError as error:
                log.info("a card does not open: %s", type(error).__name__)
                return None

    async def end_session(self, conversation_id: uuid.UUID) -> bool:
        """Sign a conversation out and wipe what its session and sign-ins hold.

        Returns:
            Whether somebody was signed in.
        """
        async with self._sessions.begin() as db:
            await self._cancel_sign_ins(db, conversation_id)
            theirs = Session.conversation_id == conversation_id
            return await end_sessions(db, self._safe, theirs, self._clock())

    async def log_access(
        self,
        session: LiveSession,
        *,
        agency: str,
        operation: str,
        purpose: str,
        outcome: str,
    ) -> None:
        """Record that an agency was asked about a person, never what it answered."""
        async with self._sessions.begin() as db:
            db.add(
                AccessLog(
                    id=uuid.uuid4(),
                    person_id=session.person_id,
                    conversation_id=session.conversation_id,
                    agency=agency,
                    operation=operation,
                    purpose=purpose,
                    consent_id=session.consent_id,
                    outcome=outcome,
                    asked_at=self._clock(),
                )
            )

    async def kept(self, session: LiveSession, *, most_lookups: int) -> Kept:
        """Return what is kept about the person, with the latest lookups.

        Raises:
            NoLiveSession: the session ended meanwhile.
        """
        async with self._sessions() as db:
            now = self._clock()
            live = await live_session(db, session.conversation_id, now)
            if live is None or live.id != session.id:
                raise NoLiveSession("the session is over")
            return await read_kept(db, session, most_lookups)

    async def is_consent_in_force(self, consent_id: uuid.UUID) -> bool:
        """Tell whether a consent is neither withdrawn nor erased."""
        async with self._sessions() as db:
            return await is_in_force(db, consent_id)

    async def withdraw_consent(self, session: LiveSession) -> None:
        """Withdraw the person's consent; every session of theirs ends everywhere."""
        async with self._sessions.begin() as db:
            await self._cancel_sign_ins(db, session.conversation_id)
            await withdraw(db, self._safe, session.person_id, self._clock)

    async def erase(self, session: LiveSession) -> None:
        """Forget the person: consents, sessions, cards and the access log."""
        async with self._sessions.begin() as db:
            await self._cancel_sign_ins(db, session.conversation_id)
            await withdraw(db, self._safe, session.person_id, self._clock)
            await db.execute(delete(Person).where(Person.id == session.person_id))

    async def sweep(self) -> None:
        """Delete whatever is past its time; call it every minute or so."""
        now = self._clock()
        links, logs = self.lifetimes.used_link, self.lifetimes.access_log
        over = or_(Session.expires_at <= now, Session.ended_at.is_not(None))
        async with self._sessions.begin() as db:
            gone = await db.scalars(delete(Session).where(over).returning(Session.id))
            await self._safe.wipe(db, gone.all())
            for stale in (
                delete(VaultItem).where(VaultItem.expires_at <= now),
                delete(SignIn).where(SignIn.expires_at <= now - links),
                delete(AccessLog).where(AccessLog.asked_at <= now - logs),
                delete(Consent).where(Consent.withdrawn_at <= now - logs),
                delete(Person).where(*(~record for record in _records())),
            ):
                await db.execute(stale)

    async def _cancel_sign_ins(
        self, db: AsyncSession, conversation_id: uuid.UUID
    ) -> None:
        """Cancel the sign-ins a conversation has begun; none completes meanwhile."""
        unfinished = ("requested", "opened", "returning", "returned", "agreed")
        await lock_conversation(db, conversation_id)
        begun = await db.scalars(
            update(SignIn)
            .where(
                SignIn.conversation_id == conversation_id,
                SignIn.status.in_(unfinished),
            )
            .values(status="cancelled", nonce=None)
            .returning(SignIn.id)
        )
        await self._safe.wipe(db, begun.all())

    async def _open(self, db: AsyncSession, session: LiveSession) -> bytes:
        """Return a session's citizen id, sealed until now."""
        try:
            opened = await self._safe.open(db, citizen_id_of(session.id))
        except VaultError as error:
            raise NoLiveSession("the citizen id does not open") from error
        if opened is None:
            raise NoLiveSession("the citizen id was wiped")
        return opened


def _records() -> tuple[Exists, ...]:
    """Return the conditions under which a person's row is still needed."""
    return tuple(
        exists().where(table.person_id == Person.id)
        for table in (Consent, Session, AccessLog)
    )

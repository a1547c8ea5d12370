"""The last steps of a sign-in: consent, then the chat that asked fetches it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from citizen.consent_text import ConsentText
from citizen.errors import SignInNotYours, SignInOver
from citizen.lifetimes import Lifetimes
from citizen.live import LiveSession, end_sessions, live_session, lock_conversation
from citizen.safe import Safe, citizen_id_of
from citizen.secret import Clock, digest, new_secret, subject_hash
from citizen.sign_ins import Also, Asked
from citizen.tables import Consent, Person, Session, SignIn


@dataclass(frozen=True)
class Agreements:
    """Consent given on the page, and the sign-in completed in the chat."""

    sessions: async_sessionmaker[AsyncSession]
    safe: Safe
    subject_key: bytes
    text: ConsentText
    clock: Clock
    lifetimes: Lifetimes

    async def waiting(self, sign_in_id: uuid.UUID, browser: str | None) -> Asked:
        """Return a sign-in that waits for consent in this browser.

        Raises:
            SignInOver, SignInNotYours: there is none here.
        """
        async with self.sessions() as db:
            return Asked.from_row(await self._waiting(db, sign_in_id, browser))

    async def is_known(self, sign_in_id: uuid.UUID) -> bool:
        """Tell whether this person already agreed to the present version."""
        async with self.sessions() as db:
            subject = await self._subject(db, sign_in_id)
            known = (
                select(Consent.id)
                .join(Person, Person.id == Consent.person_id)
                .where(
                    Person.subject_hash == subject,
                    Consent.version == self.text.version,
                    Consent.withdrawn_at.is_(None),
                )
            )
            return await db.scalar(known) is not None

    async def agree(self, sign_in_id: uuid.UUID, browser: str | None) -> str:
        """Record consent; return a new completion code, which ends any earlier one.

        A form that is sent twice records one consent, and the answer the browser
        follows carries the code that works.

        Raises:
            SignInOver, SignInNotYours: as `waiting`.
        """
        code = new_secret()
        async with self.sessions.begin() as db:
            row = await self._waiting(db, sign_in_id, browser, lock=True)
            if row.status == "returned":
                person_id = await self._person(db, await self._subject(db, row.id))
                row.person_id = person_id
                row.consent_id = await self._consent(db, person_id, row.channel)
                row.status = "agreed"
                row.expires_at = min(
                    row.expires_at, self.clock() + self.lifetimes.completion
                )
            row.completion_hash = digest(code)
        return code

    async def complete(
        self, conversation_id: uuid.UUID, code: str, also: Also | None = None
    ) -> LiveSession:
        """Sign in the conversation that asked; again is the same, once.

        Raises:
            SignInOver: the code is unknown, used up or expired.
            SignInNotYours: another conversation asked. The sign-in is burnt: whoever
                holds this code did not start it, so a link was forwarded or planted.
        """
        async with self.sessions.begin() as db:
            await lock_conversation(db, conversation_id)
            row = await self._coded(db, code)
            stranger = row.conversation_id != conversation_id
            if stranger:
                await self._burn(db, row)
            else:
                return await self._session(db, row, also)
        raise SignInNotYours("another conversation asked for this sign-in")

    async def _waiting(
        self,
        db: AsyncSession,
        sign_in_id: uuid.UUID,
        browser: str | None,
        *,
        lock: bool = False,
    ) -> SignIn:
        """Return the row of a sign-in that waits for consent, or has just got it."""
        row = await db.get(SignIn, sign_in_id, with_for_update=lock)
        if row is None:
            raise SignInOver("there is no such sign-in")
        if browser is None or row.browser_hash != digest(browser):
            raise SignInNotYours("it is open in another browser")
        if row.status not in ("returned", "agreed") or row.expires_at <= self.clock():
            raise SignInOver("this sign-in is over")
        return row

    async def _coded(self, db: AsyncSession, code: str) -> SignIn:
        """Return the row of a completion code, locked."""
        row = await db.scalar(
            select(SignIn)
            .where(SignIn.completion_hash == digest(code))
            .with_for_update()
        )
        if row is None:
            raise SignInOver("there is no such code")
        return row

    async def _burn(self, db: AsyncSession, row: SignIn) -> None:
        """End a sign-in that waits; a completed one has nothing left to take."""
        if row.status == "agreed":
            row.status = "refused"
            await self.safe.wipe(db, [row.id])

    async def _session(
        self, db: AsyncSession, row: SignIn, also: Also | None
    ) -> LiveSession:
        """Return the session of a sign-in, made now unless it was made before."""
        if row.status == "agreed" and row.expires_at > self.clock():
            await self._begin_session(db, row)
            row.status = "completed"
            await db.flush()
            if also is not None:
                await also(db, row.conversation_id, row.id)
        live = await live_session(db, row.conversation_id, self.clock())
        if live is None or live.sign_in_id != row.id:
            raise SignInOver("this code is used up or expired")
        return live

    async def _begin_session(self, db: AsyncSession, row: SignIn) -> None:
        """Put a session, with the citizen id, in place of what was there."""
        pid = await self.safe.open(db, citizen_id_of(row.id))
        if pid is None or row.person_id is None or row.consent_id is None:
            raise SignInOver("this sign-in was wiped")
        now = self.clock()
        end = now + self.lifetimes.session
        earlier = Session.conversation_id == row.conversation_id
        await end_sessions(db, self.safe, earlier, now)
        session = Session(
            id=uuid.uuid4(),
            sign_in_id=row.id,
            conversation_id=row.conversation_id,
            person_id=row.person_id,
            consent_id=row.consent_id,
            identity_level=row.identity_level or "",
            created_at=now,
            expires_at=end,
        )
        db.add(session)
        await db.flush()
        await self.safe.put(db, pid, citizen_id_of(session.id), expires_at=end)
        await self.safe.wipe(db, [row.id])

    async def _subject(self, db: AsyncSession, sign_in_id: uuid.UUID) -> bytes:
        """Return the keyed hash of who signed in."""
        pid = await self.safe.open(db, citizen_id_of(sign_in_id))
        if pid is None:
            raise SignInOver("this sign-in was wiped")
        return subject_hash(self.subject_key, pid.decode())

    async def _person(self, db: AsyncSession, subject: bytes) -> uuid.UUID:
        """Return a person's id, known from now on if not before."""
        row = insert(Person).values(
            id=uuid.uuid4(), subject_hash=subject, created_at=self.clock()
        )
        same = row.on_conflict_do_update(
            index_elements=[Person.subject_hash], set_={"subject_hash": subject}
        )
        return (await db.execute(same.returning(Person.id))).scalar_one()

    async def _consent(
        self, db: AsyncSession, person_id: uuid.UUID, channel: str
    ) -> uuid.UUID:
        """Return the person's consent to the present version, given now if not yet."""
        row = insert(Consent).values(
            id=uuid.uuid4(),
            person_id=person_id,
            version=self.text.version,
            channel=channel,
            purposes=list(self.text.purposes),
            given_at=self.clock(),
        )
        same = row.on_conflict_do_update(
            index_elements=[Consent.person_id, Consent.version],
            index_where=Consent.withdrawn_at.is_(None),
            set_={"version": self.text.version},
        )
        return (await db.execute(same.returning(Consent.id))).scalar_one()


async def withdraw(
    db: AsyncSession, safe: Safe, person_id: uuid.UUID, clock: Clock
) -> None:
    """Withdraw every consent of a person; what rested on it ends and is wiped."""
    now = clock()
    theirs = (Consent.person_id == person_id) & Consent.withdrawn_at.is_(None)
    await db.execute(update(Consent).where(theirs).values(withdrawn_at=now))
    open_ones = await db.scalars(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.status == "agreed")
        .values(status="cancelled")
        .returning(SignIn.id)
    )
    await safe.wipe(db, open_ones.all())
    await end_sessions(db, safe, Session.person_id == person_id, now)

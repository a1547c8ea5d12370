"""One sign-in's way from the chat to ThaID and back, each step taken once.

Every step is one conditional UPDATE, so of two browsers, two requests or two gateways
that try the same step, one wins.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from citizen.errors import SignInNotYours, SignInOver
from citizen.identity_token import Identity
from citizen.lifetimes import Lifetimes
from citizen.safe import Safe, citizen_id_of
from citizen.secret import Clock, digest, new_match_code, new_secret
from citizen.tables import SignIn

Ending = Literal["cancelled", "denied", "failed"]
# Something to do in the same transaction: (database session, conversation, sign-in).
Also = Callable[[AsyncSession, uuid.UUID, uuid.UUID], Awaitable[None]]


@dataclass(frozen=True)
class SignInLink:
    """What the chat that asked is given."""

    secret: str = field(repr=False)
    match_code: str
    expires_at: datetime.datetime


@dataclass(frozen=True)
class Asked:
    """A sign-in as its pages show it."""

    id: uuid.UUID
    conversation_id: uuid.UUID
    language: str
    return_url: str
    match_code: str
    asked_at: datetime.datetime
    expires_at: datetime.datetime

    @classmethod
    def from_row(cls, row: SignIn) -> Asked:
        """Return what the pages need of a row."""
        return cls(
            row.id,
            row.conversation_id,
            row.language,
            row.return_url,
            row.match_code,
            row.created_at,
            row.expires_at,
        )


@dataclass(frozen=True)
class Departure:
    """A sign-in on its way to ThaID."""

    asked: Asked
    state: str = field(repr=False)
    nonce: str = field(repr=False)


@dataclass(frozen=True)
class Arrival:
    """A sign-in back from ThaID, not yet checked."""

    asked: Asked
    nonce: str = field(repr=False)


class SignIns:
    """The steps before consent."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        safe: Safe,
        clock: Clock,
        lifetimes: Lifetimes,
    ) -> None:
        self._sessions = sessions
        self._safe = safe
        self._clock = clock
        self._lifetimes = lifetimes

    async def start(
        self,
        conversation_id: uuid.UUID,
        *,
        channel: str,
        return_url: str,
        language: str = "th",
    ) -> SignInLink:
        """Return a new link for a chat; its older links that nobody opened end."""
        now = self._clock()
        link = SignInLink(new_secret(), new_match_code(), now + self._lifetimes.link)
        row = SignIn(
            id=uuid.uuid4(),
            conversation_id=conversation_id,
            channel=channel,
            language=language,
            match_code=link.match_code,
            return_url=return_url,
            link_hash=digest(link.secret),
            created_at=now,
            expires_at=link.expires_at,
        )
        older = (SignIn.conversation_id == conversation_id) & _is("requested")
        async with self._sessions.begin() as db:
            await db.execute(update(SignIn).where(older).values(status="replaced"))
            db.add(row)
        return link

    async def look(self, secret: str, browser: str | None) -> Asked:
        """Return the sign-in behind a link, if this browser may still open it.

        Raises:
            SignInOver: unknown, used, replaced or expired.
            SignInNotYours: another browser has opened it.
        """
        async with self._sessions() as db:
            row = await self._row(db, SignIn.link_hash == digest(secret))
        if row.status not in ("requested", "opened") or self._is_over(row):
            raise SignInOver("this link is used or expired")
        if row.browser_hash is not None and row.browser_hash != _hashed(browser):
            raise SignInNotYours("opened by another browser")
        return Asked.from_row(row)

    async def open(self, secret: str, browser: str, language: str) -> Departure:
        """Bind a sign-in to the browser that goes on with it; going back is allowed.

        Raises:
            SignInOver, SignInNotYours: as `look`.
        """
        now = self._clock()
        state, nonce = new_secret(), new_secret()
        last = SignIn.created_at + self._lifetimes.link + self._lifetimes.login
        step = (
            update(SignIn)
            .where(
                SignIn.link_hash == digest(secret),
                _is("requested", "opened"),
                SignIn.expires_at > now,
                or_(
                    SignIn.browser_hash.is_(None),
                    SignIn.browser_hash == digest(browser),
                ),
            )
            .values(
                status="opened",
                language=language,
                browser_hash=digest(browser),
                state_hash=digest(state),
                nonce=nonce,
                expires_at=func.least(last, now + self._lifetimes.login),
            )
            .returning(SignIn)
        )
        async with self._sessions.begin() as db:
            row = await db.scalar(step)
        if row is None:
            await self.look(secret, browser)
            raise SignInOver("somebody was faster")
        return Departure(Asked.from_row(row), state, nonce)

    async def arrive(self, state: str, browser: str | None) -> Arrival:
        """Use up a `state` that came back from ThaID.

        Raises:
            SignInOver: unknown, used or expired.
            SignInNotYours: another browser brought it; the sign-in is burnt, because
                somebody has sent somebody else to ThaID.
        """
        step = (
            update(SignIn)
            .where(
                SignIn.state_hash == digest(state),
                SignIn.browser_hash == _hashed(browser),
                _is("opened"),
                SignIn.expires_at > self._clock(),
            )
            .values(status="returning")
            .returning(SignIn)
        )
        async with self._sessions.begin() as db:
            row = await db.scalar(step)
            stranger = row is None and await self._burn(db, state, browser)
        if stranger:
            raise SignInNotYours("another browser came back from ThaID")
        if row is None or row.nonce is None:
            raise SignInOver("this state is used or expired")
        return Arrival(Asked.from_row(row), row.nonce)

    async def identify(self, sign_in_id: uuid.UUID, identity: Identity) -> None:
        """Keep who signed in, sealed, until consent is given.

        Raises:
            SignInOver: it ended meanwhile.
        """
        end = self._clock() + self._lifetimes.login
        level = identity.identity_level
        step = (
            update(SignIn)
            .where(SignIn.id == sign_in_id, _is("returning"))
            .values(status="returned", identity_level=level, nonce=None, expires_at=end)
            .returning(SignIn.id)
        )
        async with self._sessions.begin() as db:
            if await db.scalar(step) is None:
                raise SignInOver("it ended while ThaID was asked")
            pid, label = identity.pid.encode(), citizen_id_of(sign_in_id)
            await self._safe.put(db, pid, label, expires_at=end)

    async def end(
        self, sign_in_id: uuid.UUID, ending: Ending, also: Also | None = None
    ) -> None:
        """End a sign-in early and wipe what it knew; ending it twice is once."""
        step = (
            update(SignIn)
            .where(
                SignIn.id == sign_in_id,
                _is("requested", "opened", "returning", "returned"),
            )
            .values(status=ending, nonce=None)
            .returning(SignIn.conversation_id)
        )
        async with self._sessions.begin() as db:
            conversation_id = await db.scalar(step)
            await self._safe.wipe(db, [sign_in_id])
            if conversation_id is not None and also is not None:
                await also(db, conversation_id, sign_in_id)

    async def _burn(self, db: AsyncSession, state: str, browser: str | None) -> bool:
        """End a sign-in whose state came back with another browser."""
        step = (
            update(SignIn)
            .where(
                SignIn.state_hash == digest(state),
                SignIn.browser_hash != _hashed(browser),
                _is("opened"),
            )
            .values(status="refused", nonce=None)
            .returning(SignIn.id)
        )
        return await db.scalar(step) is not None

    async def _row(self, db: AsyncSession, which: ColumnElement[bool]) -> SignIn:
        """Return a sign-in's row."""
        row = await db.scalar(select(SignIn).where(which))
        if row is None:
            raise SignInOver("there is no such sign-in")
        return row

    def _is_over(self, row: SignIn) -> bool:
        """Tell whether a sign-in's time is over."""
        return row.expires_at <= self._clock()


def _is(*statuses: str) -> ColumnElement[bool]:
    """Return the condition that a sign-in is in one of some states."""
    return SignIn.status.in_(statuses)


def _hashed(browser: str | None) -> bytes:
    """Return a browser's digest; a browser without a cookie matches nothing."""
    return digest(browser) if browser else b""

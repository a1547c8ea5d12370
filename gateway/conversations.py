"""Starts conversations and tells which one a request speaks for."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from connectors.web.render import render
from connectors.web.shapes import WebText
from gateway.answers import NewConversation
from gateway.database import Database
from gateway.errors import TokenMissing
from gateway.tables import Conversation
from gateway.tokens import Tokens
from gateway.words import Words

bearer = HTTPBearer(
    auto_error=False,
    scheme_name="conversation",
    description="The token of `POST /chat/conversations`.",
)


async def current_conversation(
    request: Request,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> uuid.UUID:
    """Return the conversation whose token the request carries.

    Raises:
        TokenMissing, TokenInvalid, TokenExpired: it carries none that we accept.
    """
    if given is None:
        raise TokenMissing
    tokens: Tokens = request.app.state.tokens
    return tokens.conversation(given.credentials)


class Conversations:
    """Where conversations begin."""

    def __init__(
        self,
        database: Database,
        tokens: Tokens,
        words: dict[str, Words],
        clock: Callable[[], datetime.datetime],
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._words = words
        self._clock = clock

    async def start(self, language: str) -> NewConversation:
        """Start a conversation whose id nobody chose."""
        now = self._clock()
        row = Conversation(
            id=uuid.uuid4(),
            channel="web",
            language=language,
            last_seq=0,
            created_at=now,
            last_seen_at=now,
        )
        async with self._database.sessions.begin() as session:
            session.add(row)
        token, end = self._tokens.issue(row.id)
        greeting = self.greeting(language)
        return NewConversation(token=token, expires_at=end, greeting=greeting)

    def greeting(self, language: str) -> tuple[WebText, ...]:
        """Return what the assistant says first."""
        greeting = render(self._words[language].greeting)
        return (WebText.model_validate(greeting.model_dump()),)

"""The cookie that tells one browser from another, and forms that only it can send."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass

from fastapi import Request, Response

from citizen.secret import new_secret

LIFETIME_SECONDS = 3600
SHAPE = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True)
class Browsers:
    """Reads and sets the cookie; over https it is bound to this very host."""

    is_https: bool

    @property
    def cookie(self) -> str:
        """Return the cookie's name (RFC 6265bis, section 4.1.3)."""
        return "__Host-thamrat-browser" if self.is_https else "thamrat-browser"

    def known(self, request: Request) -> str | None:
        """Return this browser's secret, if it has one of ours."""
        value = request.cookies.get(self.cookie, "")
        return value if SHAPE.fullmatch(value) else None

    def known_or_new(self, request: Request) -> str:
        """Return this browser's secret, or a new one for it."""
        return self.known(request) or new_secret()

    def remember(self, response: Response, browser: str) -> None:
        """Give the browser its secret. Lax: it must come along on ThaID's redirect."""
        response.set_cookie(
            self.cookie,
            browser,
            max_age=LIFETIME_SECONDS,
            path="/",
            secure=self.is_https,
            httponly=True,
            samesite="lax",
        )


def form_token(browser: str, form: str) -> str:
    """Return what a form must bring back; other sites cannot know it."""
    return hmac.digest(browser.encode(), f"form {form}".encode(), "sha256").hex()


def is_form_token(token: object, browser: str | None, form: str) -> bool:
    """Tell whether a form was made for this browser."""
    if browser is None or not isinstance(token, str):
        return False
    return hmac.compare_digest(token.encode(), form_token(browser, form).encode())

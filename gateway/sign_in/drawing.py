"""Draws the sign-in pages: templates, words, and headers that leave nothing open."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from fastapi import Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent.parent / "pages"
LANGUAGES = ("th", "en")
BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA = 543
LONGEST_QUESTION = 140
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(form_targets: Collection[str] = ()) -> str:
    """Return the Content-Security-Policy.

    Chrome holds `form-action` against every redirect that follows a form, so the
    origins a form leads to in the end are named as well.
    """
    targets = " ".join(["'self'", *sorted(set(form_targets))])
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action {targets}"
    )


@dataclass(frozen=True)
class Message:
    """A page with one message; `back` leads to the chat, `again` to another try."""

    name: str
    status: int
    back: str | None = None
    again: str | None = None


class Drawing:
    """The templates and the words of every language."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._words = {language: _words(language) for language in LANGUAGES}
        self.style = (FOLDER / "style.css").read_text("utf-8")

    def page(
        self,
        template: str,
        language: str,
        *,
        status: int = 200,
        form_targets: Collection[str] = (),
        **values: Any,
    ) -> HTMLResponse:
        """Return a page."""
        words = self._words[language]
        html = self._templates.get_template(template).render(
            words=words, language=language, **values
        )
        headers = HEADERS | {"Content-Security-Policy": policy(form_targets)}
        return HTMLResponse(html, status, headers)

    def message(self, message: Message, language: str = "th") -> HTMLResponse:
        """Return a page with one message and the next step."""
        words = self._words[language]["messages"][message.name]
        return self.page(
            "message.html",
            language,
            status=message.status,
            said=words,
            back=message.back,
            again=message.again,
        )

    def moment(self, instant: datetime.datetime, language: str) -> str:
        """Return an instant as a citizen in Thailand says it."""
        words = self._words[language]
        local = instant.astimezone(BANGKOK)
        year = local.year + (BUDDHIST_ERA if language == "th" else 0)
        said: str = words["moment"].format(
            day=local.day,
            month=words["months"][local.month - 1],
            year=year,
            hour=local.hour,
            minute=local.minute,
        )
        return said


def redirect(url: str) -> Response:
    """Return a redirect that is asked for with GET."""
    headers = HEADERS | {"Content-Security-Policy": policy()}
    return RedirectResponse(url, 303, headers)


def known_language(language: object) -> str:
    """Return the language asked for if we speak it, else Thai."""
    return language if isinstance(language, str) and language in LANGUAGES else "th"


def quoted(question: str) -> str:
    """Return a question as one short line: whoever wrote it may want to deceive."""
    line = " ".join(question.split())
    shown = "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf"))
    cut = shown[:LONGEST_QUESTION]
    return cut if cut == shown else f"{cut}…"


def _words(language: str) -> dict[str, Any]:
    """Return the pages' words in one language."""
    path = FOLDER / "words" / f"{language}.yml"
    words: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return words

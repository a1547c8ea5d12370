"""Draws a reply as the JSON the web widget reads. Does no I/O.

Payloads of quick replies stay on the server: the widget gets an index and a title.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from connectors.reply import (
    Card,
    CardReference,
    Choice,
    Link,
    Reply,
    ServiceLink,
    SignIn,
    Text,
)
from connectors.web.shapes import (
    WebCard,
    WebChoice,
    WebLink,
    WebReply,
    WebServiceLink,
    WebSignIn,
    WebText,
)


def render(reply: Reply, card: Card | None = None) -> WebReply:
    """Return the widget's JSON for a reply.

    `card` is what a `CardReference` refers to, or None when it no longer opens;
    then the citizen is told so in the reply's own words.
    """
    choices = _rendered_choices(offered_choices(reply, card))
    match reply:
        case Text():
            return WebText(text=reply.text, choices=choices)
        case Link():
            link = rendered_link(reply.link)
            return WebLink(text=reply.text, link=link, choices=choices)
        case SignIn():
            return WebSignIn(text=reply.text, label=reply.label)
        case Card():
            return _rendered_card(reply, choices)
        case CardReference() if card:
            return _rendered_card(card, choices)
        case CardReference():
            return WebText(text=reply.expired_text, choices=choices)


def offered_choices(reply: Reply, card: Card | None = None) -> tuple[Choice, ...]:
    """Return the quick replies under a reply, in the order of their indexes.

    Those of a reference come before those of its card, so that their indexes stay
    what they were when the card no longer opens.
    """
    own = () if isinstance(reply, SignIn) else reply.choices
    return own + card.choices if card else own


def rendered_link(link: ServiceLink) -> WebServiceLink | None:
    """Return a link with the domain to show, or None if it is not a web address."""
    address = urlsplit(link.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        return None
    return WebServiceLink(label=link.label, url=link.url, domain=address.hostname)


def _rendered_choices(choices: tuple[Choice, ...]) -> tuple[WebChoice, ...]:
    return tuple(
        WebChoice(index=index, title=choice.title)
        for index, choice in enumerate(choices)
    )


def _rendered_card(card: Card, choices: tuple[WebChoice, ...]) -> WebCard:
    return WebCard(
        title=card.title,
        summary=card.summary,
        rows=card.rows,
        sections=card.sections,
        notes=card.notes,
        as_of=card.as_of,
        as_of_text=card.as_of_text,
        source=card.source,
        link=rendered_link(card.link) if card.link else None,
        choices=choices,
    )

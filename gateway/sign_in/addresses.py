"""Which pages a sign-in may lead back to."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote, urlsplit

LONGEST = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
FRAGMENT = "thamrat-sign-in"


class ReturnUrlRefused(ValueError):
    """The address is not a page on an origin we know."""


def origin_of(url: str) -> str:
    """Return an address's origin in one spelling (RFC 6454, section 6.1).

    Raises:
        ReturnUrlRefused: it has none that a browser page can have.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ReturnUrlRefused("not an address") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ReturnUrlRefused("not a web page")
    if parts.username is not None or parts.password is not None:
        raise ReturnUrlRefused("an address with a name in front of the host")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port is None or port == DEFAULT_PORTS[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if usual else f":{port}")


def checked_return_url(url: str, origins: Collection[str]) -> str:
    """Return a page's address without its fragment, if its origin is one of ours.

    An address with another address inside it is refused as well: a page that
    redirects to it would carry the completion code along in the fragment.

    Raises:
        ReturnUrlRefused: the sign-in must not lead there.
    """
    plain = url.isascii() and url.isprintable()
    if not plain or len(url) > LONGEST or set(url) & set(' \\"<>'):
        raise ReturnUrlRefused("not an address we can send a browser to")
    if origin_of(url) not in origins:
        raise ReturnUrlRefused("an origin we do not know")
    page = url.partition("#")[0]
    inside = unquote(unquote(page.partition("://")[2]))
    if "//" in inside or "\\" in inside:
        raise ReturnUrlRefused("an address inside an address")
    return page


def back_to(return_url: str, outcome: str) -> str:
    """Return the address that tells the widget a completion code or `cancelled`.

    In the fragment, so that it reaches no server and no log.
    """
    return f"{return_url}#{FRAGMENT}={outcome}"

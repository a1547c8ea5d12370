"""Each shape of reply becomes the widget's JSON, without anything to execute."""

from __future__ import annotations

import datetime
import uuid

import pytest

from connectors.reply import (
    Card,
    CardReference,
    CardRow,
    CardSection,
    Choice,
    Link,
    ServiceLink,
    SignIn,
    Text,
)
from connectors.web.render import offered_choices, render, rendered_link

GO = ServiceLink(label="Go", url="https://www.sso.go.th/wpr/main")
MARCH = Choice(title="March", payload='/contribution_check{"period":"--03"}')
NEXT = Choice(title="Next", payload="/next")
CARD = Card(
    title="Contributions",
    summary="10 months",
    rows=(CardRow(label="Months", value="10", emphasis=True),),
    sections=(
        CardSection(title="By month", rows=(CardRow(label="Jan", value="875"),)),
    ),
    notes=("a note",),
    as_of=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC),
    as_of_text="as of 1 November 2569",
    source="SSO",
    link=GO,
    choices=(NEXT,),
)
REFERENCE = CardReference(
    reference=uuid.UUID(int=1), expired_text="Ask again", choices=(MARCH,)
)


def drawn(reply, card=None):
    """Return the JSON of a reply."""
    return render(reply, card).model_dump(mode="json")


def test_a_text_has_its_words_and_titles():
    """A payload never leaves the server."""
    assert drawn(Text(text="Which?", choices=(MARCH, NEXT))) == {
        "type": "text",
        "text": "Which?",
        "choices": [
            {"index": 0, "title": "March"},
            {"index": 1, "title": "Next"},
        ],
    }


def test_a_link_shows_its_domain():
    """The citizen sees where she will go before she goes."""
    assert drawn(Link(text="Here", link=GO)) == {
        "type": "link",
        "text": "Here",
        "link": {
            "label": "Go",
            "url": "https://www.sso.go.th/wpr/main",
            "domain": "www.sso.go.th",
        },
        "choices": [],
    }


def test_a_sign_in_has_words_and_a_label():
    """The widget makes the button."""
    assert drawn(SignIn(text="Please sign in", label="Sign in")) == {
        "type": "sign_in",
        "text": "Please sign in",
        "label": "Sign in",
    }


def test_a_reference_becomes_its_card():
    """With its own quick replies first."""
    card = drawn(REFERENCE, CARD)

    assert card["type"] == "card"
    assert card["rows"] == [{"label": "Months", "value": "10", "emphasis": True}]
    assert card["sections"][0]["title"] == "By month"
    assert card["as_of"] == "2026-11-01T00:00:00Z"
    assert card["link"]["domain"] == "www.sso.go.th"
    assert [choice["title"] for choice in card["choices"]] == ["March", "Next"]


def test_a_reference_that_does_not_open_says_so():
    """Its own quick replies keep their indexes."""
    assert drawn(REFERENCE) == {
        "type": "text",
        "text": "Ask again",
        "choices": [{"index": 0, "title": "March"}],
    }
    assert offered_choices(REFERENCE) == (MARCH,)
    assert offered_choices(REFERENCE, CARD) == (MARCH, NEXT)


def test_a_card_may_be_said_openly():
    """One without anything private needs no vault."""
    assert drawn(CARD)["choices"] == [{"index": 0, "title": "Next"}]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.test", "x", "https://"]
)
def test_only_web_addresses_become_links(url):
    """Whatever a catalogue holds, a button opens a web page or is not there."""
    assert rendered_link(ServiceLink(label="Go", url=url)) is None

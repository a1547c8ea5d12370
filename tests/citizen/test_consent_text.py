"""The consent page promises what the code does, the same in both languages."""

import datetime

from citizen.consent_text import read_consent_texts
from citizen.lifetimes import Lifetimes


def test_both_languages_promise_the_same():
    """Consent is to a version and its purposes, whatever language it was read in."""
    texts = read_consent_texts(Lifetimes())
    thai, english = texts["th"], texts["en"]

    assert (thai.version, thai.purposes) == (english.version, english.purposes)
    assert [len(s.points) for s in thai.sections] == [
        len(s.points) for s in english.sections
    ]


def test_the_lifetimes_said_are_the_real_ones():
    """A promise of 30 minutes above a setting of 45 is a lie."""
    lifetimes = Lifetimes(session=datetime.timedelta(minutes=45))
    points = [p for s in read_consent_texts(lifetimes)["th"].sections for p in s.points]

    assert any("45 นาที" in point for point in points)
    assert any("90 วัน" in point for point in points)
    assert not any("{" in point for point in points)

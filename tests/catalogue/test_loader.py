"""The catalogue says only what was confirmed, in both languages."""

import re
import shutil

import pytest
import yaml

from catalogue.loader import FOLDER, read_catalogue
from catalogue.reading import CatalogueBroken

CATALOGUE = read_catalogue()


def placeholders(text):
    return set(re.findall(r"{(\w+)", text))


def test_the_social_security_office_can_be_called_and_opened():
    """A citizen who is not helped needs a number and a page."""
    sso = CATALOGUE.agencies["sso"]

    assert sso.hotline.number == "1506"
    assert sso.services["sso_website"].url == "https://www.sso.go.th"


@pytest.mark.parametrize("card", CATALOGUE.cards.values(), ids=CATALOGUE.cards)
def test_both_languages_fill_in_the_same_things(card):
    """A missing placeholder loses an amount in one language only."""
    words = card.words

    assert {k: placeholders(v) for k, v in words["th"].items()} == {
        k: placeholders(v) for k, v in words["en"].items()
    }


@pytest.mark.parametrize("card", CATALOGUE.cards.values(), ids=CATALOGUE.cards)
def test_thai_words_are_thai(card):
    """An English sentence in a Thai answer is a mistake."""
    letters = {k: re.sub(r"{\w+}", "", v) for k, v in card.words["th"].items()}

    assert [k for k, v in letters.items() if re.search("[A-Za-z]", v)] == []


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the catalogue that a test may spoil."""
    return shutil.copytree(FOLDER, tmp_path / "catalogue")


def change(folder, **fields):
    path = folder / "agencies" / "sso.yml"
    entry = yaml.safe_load(path.read_text("utf-8")) | fields
    path.write_text(yaml.safe_dump(entry), "utf-8")


@pytest.mark.parametrize(
    "fields",
    [
        {"confidence": "U"},
        {"confidence": "D"},
        {"phone": "1"},
        {"domains": ["example.com"]},
        {"name": {"th": "x"}},
    ],
)
def test_what_does_not_fit_is_refused(folder, fields):
    """Unconfirmed facts, unknown fields, strange links, half a translation."""
    change(folder, **fields)

    with pytest.raises(CatalogueBroken, match=r"agencies/sso\.yml: sso: "):
        read_catalogue(folder)


def test_a_file_is_named_for_its_agency(folder):
    """The name of the file is how the agency is found."""
    change(folder, code="other")

    with pytest.raises(CatalogueBroken, match=r"agencies/sso\.yml"):
        read_catalogue(folder)


def test_words_in_one_language_only_are_refused(folder):
    """Half a translation fails at start, not in front of a citizen."""
    path = folder / "cards" / "contribution.yml"
    card = yaml.safe_load(path.read_text("utf-8"))
    del card["words"]["en"]["title"]
    path.write_text(yaml.safe_dump(card), "utf-8")

    with pytest.raises(CatalogueBroken, match=r"cards/contribution\.yml"):
        read_catalogue(folder)

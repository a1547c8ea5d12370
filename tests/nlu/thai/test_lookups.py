"""The lists agree with each other."""

from __future__ import annotations

from nlu.thai.lookups import read_table, read_words


def test_every_province_is_listed_once() -> None:
    """There are 77 provinces, and no alias means two of them."""
    provinces = read_table("provinces")
    names = [
        name
        for row in provinces.values()
        for name in [row["name"], *row["aliases"], *row["english"]]
    ]

    assert len(provinces) == 77
    assert all(len(code) == 2 and code.isdecimal() for code in provinces)
    assert len(names) == len(set(names))


def test_hospitals_and_land_offices_are_in_provinces() -> None:
    """Every office stands in a province that exists."""
    codes = set(read_table("provinces"))

    assert {row["province"] for row in read_table("hospitals")} <= codes | {None}
    assert set(read_table("land_offices")) == codes


def test_a_spelling_has_one_standard_form_that_is_no_spelling_itself() -> None:
    """Replacing spellings once is enough, whatever the order."""
    spelling = read_table("spelling")
    forms = [form for forms in spelling.values() for form in forms]

    assert len(forms) == len(set(forms))
    assert not set(forms) & set(spelling)


def test_both_keyboards_have_as_many_keys() -> None:
    """Each Latin key stands beside the Thai letter on it."""
    layout = read_table("keyboard")

    assert len(layout["keys"]) == len(layout["thai"]) == len(set(layout["keys"]))


def test_every_month_has_its_names() -> None:
    """Months are numbered 1 to 12, the full name first."""
    months = read_table("months")

    assert list(months) == [str(number) for number in range(1, 13)]
    assert all(names[0].endswith(("คม", "ยน", "พันธ์")) for names in months.values())


def test_english_words_are_plain() -> None:
    """They are compared with lower-case words."""
    assert all(
        word == word.lower() and word.isascii() for word in read_words("english")
    )

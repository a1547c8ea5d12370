"""A catalogue that is wrong is refused when it is read, and says where it is wrong."""

import datetime

import pytest

from catalogue.loader import read_catalogue
from catalogue.reading import CatalogueBroken
from tests.catalogue.samples import answer, fact, read, write, write_catalogue

FIRST = datetime.date(2026, 1, 1)
BEFORE = datetime.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ([fact(source="rumour")], "facts/sso.yml: SSO-X1: there is no source rumour"),
        ([fact(unit="dollars")], "facts/sso.yml: SSO-X1: unit"),
        ([fact(value="100")], "facts/sso.yml: SSO-X1: .*does not fit"),
        ([fact(value=1506, unit="phone")], "facts/sso.yml: SSO-X1: .*quote phones"),
        ([fact(confidence="X")], "facts/sso.yml: SSO-X1: confidence"),
        ([fact(colour="red")], "facts/sso.yml: SSO-X1: colour"),
        ([fact(id="x 1")], "facts/sso.yml: x 1: id"),
        ([fact(source=None)], "facts/sso.yml: SSO-X1: .*without a source"),
        (["SSO-X1"], "facts/sso.yml: row 1: "),
        (
            [fact(effective_from=FIRST, effective_to=BEFORE)],
            "facts/sso.yml: SSO-X1: .*effective_to is before",
        ),
        ([fact(), fact()], "facts/sso.yml: SSO-X1: two rows hold at once"),
        (
            [fact(effective_to=FIRST), fact(effective_from=FIRST)],
            "facts/sso.yml: SSO-X1: two rows hold on 2026-01-01",
        ),
        (
            [
                fact(effective_to=BEFORE),
                fact(effective_from=FIRST + datetime.timedelta(days=1)),
            ],
            "facts/sso.yml: SSO-X1: no row holds between 2025-12-31 and 2026-01-02",
        ),
    ],
)
def test_wrong_facts_are_refused(tmp_path, facts, says):
    """The file and the fact are named, for who mends it is no programmer."""
    with pytest.raises(CatalogueBroken, match=says):
        read(tmp_path, facts=facts)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"th": "{SSO-X9}ค่ะ", "en": "{SSO-X9}"}, "there is no fact SSO-X9"),
        ({"en": "No figure."}, "only one language uses"),
        ({"th": "{SSO-X1} {ยอด}ค่ะ"}, "not a fact's id"),
        ({"th": "{SSO-X1}ค่ะ }"}, "not a fact's id"),
        ({"link": "nowhere"}, "there is no service nowhere"),
        ({"follow": ["sso_nothing"]}, "there is no answer sso_nothing"),
        ({"title": {"th": "ก" * 21, "en": "Long"}}, "title.th"),
        ({"title": {"th": "สั้น"}}, "title.en"),
        ({"th": ""}, "th: "),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_answers_are_refused(tmp_path, changes, says):
    """A fact, service or answer that is not there is a mistake in writing."""
    where = f"answers/sso.yml: sso_sample: .*{says}"
    with pytest.raises(CatalogueBroken, match=where):
        read(tmp_path, facts=[fact()], answers={"sso_sample": answer(**changes)})


def test_an_unconfirmed_fact_is_never_said(tmp_path):
    """It may stand in the list for whoever can confirm it, and in no answer."""
    doubtful = fact(confidence="U", source=None)
    with pytest.raises(CatalogueBroken, match="sso_sample: nobody confirmed SSO-X1"):
        read(tmp_path, facts=[doubtful])

    assert read(tmp_path / "again", facts=[doubtful], answers={}).knowledge.facts


def test_a_gap_that_is_meant_is_written_down(tmp_path):
    """Between two rounds of a measure there may be no measure."""
    rows = [
        fact(effective_to=datetime.date(2025, 6, 30)),
        fact(effective_from=FIRST, after_gap=True),
    ]
    history = read(tmp_path, facts=rows).knowledge.facts["SSO-X1"]

    assert history.on(datetime.date(2025, 6, 30)) is not None
    assert history.on(BEFORE) is None
    assert history.on(FIRST) is not None


def test_a_key_written_twice_is_refused(tmp_path):
    """YAML would keep the last one and lose an answer without a word."""
    folder = write_catalogue(tmp_path, facts=[fact()])
    path = folder / "answers" / "sso.yml"
    again = path.read_text("utf-8").removeprefix("answers:\n")
    path.write_text(path.read_text("utf-8") + again, "utf-8")

    with pytest.raises(CatalogueBroken, match=r"answers/sso\.yml, line \d+: .*twice"):
        read_catalogue(folder)


def test_one_answer_in_two_files_is_refused(tmp_path):
    """Nobody could tell which one is said."""
    folder = write_catalogue(tmp_path, facts=[fact()])
    write(folder / "answers" / "rd.yml", {"answers": {"sso_sample": answer()}})

    with pytest.raises(CatalogueBroken, match=r"answers/sso\.yml: sso_sample"):
        read_catalogue(folder)


def test_one_fact_in_two_files_is_refused(tmp_path):
    """Its rows would be looked after in two places."""
    folder = write_catalogue(tmp_path, facts=[fact(effective_to=BEFORE)])
    write(folder / "facts" / "tax.yml", {"facts": [fact(effective_from=FIRST)]})

    with pytest.raises(CatalogueBroken, match=r"SSO-X1: it is in facts/sso\.yml too"):
        read_catalogue(folder)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("facts/sso.yml", "facts: [", r"facts/sso\.yml, line \d+: "),
        ("facts/sso.yml", "fakts: []", r"facts/sso\.yml: it must begin with `facts:`"),
        ("facts/sso.yml", "", r"facts/sso\.yml: it must begin with `facts:`"),
        ("answers/nobody.yml", "answers: {}", r"there is no agency nobody"),
        ("forms/sso.yml", "forms: [{code: x}]", r"forms/sso\.yml: x: "),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, text, says):
    """With the line where there is one."""
    folder = write_catalogue(tmp_path, facts=[fact()])
    (folder / name).write_text(text, "utf-8")

    with pytest.raises(CatalogueBroken, match=says):
        read_catalogue(folder)


def test_an_agency_rests_on_facts_that_are_there(tmp_path):
    """Or its hotline would outlive the fact it was taken from."""
    folder = write_catalogue(tmp_path, facts=[fact()])
    path = folder / "agencies" / "sso.yml"
    stated = path.read_text("utf-8").replace("facts: []", "facts: [SSO-X9]")
    path.write_text(stated, "utf-8")

    with pytest.raises(CatalogueBroken, match=r"agencies/sso\.yml: .*SSO-X9"):
        read_catalogue(folder)

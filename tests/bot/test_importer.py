"""One domain of many files, and no name in two of them."""

from __future__ import annotations

import pytest

from bot.importer import (
    HOUSE,
    NamedTwice,
    ServiceImporter,
    refuse_names_given_twice,
    service_files,
)

SHARED = str(HOUSE / "domain.yml")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("intents: [a_b]", "intents: [{a_b: {use_entities: []}}]"),
        ("actions: [action_a]", "actions: [action_a]"),
        ("responses: {utter_a: [{text: x}]}", "responses: {utter_a: [{text: y}]}"),
        ("entities: [period]", "entities: [period]"),
    ],
)
def test_one_name_in_two_files_is_refused(tmp_path, one, other):
    """Rasa would silently keep the last one."""
    files = [tmp_path / "one.yml", tmp_path / "other.yml"]
    for path, text in zip(files, (one, other), strict=True):
        path.write_text(text, "utf-8")

    with pytest.raises(NamedTwice):
        refuse_names_given_twice(files)


def test_every_file_is_read():
    """A new service is only new files."""
    domain = ServiceImporter(domain_path=SHARED).get_domain()

    assert "contribution_check" in domain.intents
    assert "utter_contribution_period_to_come" in domain.responses
    assert "period" in domain.entities
    assert len(service_files(HOUSE)) > 2


def test_no_domain_stays_no_domain():
    """Training the understanding alone asks for none."""
    assert ServiceImporter().get_domain().is_empty()


def test_faq_entries_are_kept_beside_their_intent():
    """The catalogue answers them; Rasa must not look for responses of its own."""
    paths = [str(HOUSE / "nlu/faq/sso.yml")]
    data = ServiceImporter(training_data_paths=paths).get_nlu_data()
    entries = {example.get("faq") for example in data.training_examples}

    assert "sso_m33_rate" in entries
    assert data.intents == {"faq"}
    assert data.retrieval_intents == set()

"""What citizens say is read in the one form it has."""

from __future__ import annotations

import pytest

from bot.examples import ExamplesNotUnderstood, read_examples


@pytest.fixture
def written(tmp_path):
    """Return a way to write a file of examples."""

    def write(text):
        path = tmp_path / "service.yml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_examples_have_their_intent(written):
    """Every bullet is one example."""
    path = written("nlu:\n- intent: greet\n  examples: |\n    - สวัสดี\n\n    - ดี - ค่ะ\n")
    read = [(one.get("text"), one.get("intent")) for one in read_examples(path)]

    assert read == [("สวัสดี", "greet"), ("ดี - ค่ะ", "greet")]


def test_general_questions_have_their_entry(written):
    """The entry stands beside the intent."""
    path = written("nlu:\n- intent: faq/sso_what\n  examples: |\n    - ปกส คืออะไร\n")
    (question,) = read_examples(path)

    assert (question.get("intent"), question.get("faq")) == ("faq", "sso_what")


@pytest.mark.parametrize(
    "text",
    [
        "nlu:\n- intent: greet\n  examples: |\n    สวัสดี\n",
        "nlu:\n- intent: greet\n  examples: |\n    - \n",
        "nlu:\n- intent: greet\n  examples: [สวัสดี]\n",
        "nlu:\n- synonym: hi\n  examples: |\n    - hello\n",
    ],
)
def test_other_forms_are_refused(written, text):
    """What is not understood must not be left out in silence."""
    with pytest.raises(ExamplesNotUnderstood):
        list(read_examples(written(text)))


def test_empty_files_hold_nothing(written):
    """A file of comments is no mistake."""
    assert list(read_examples(written("# nothing yet\n"))) == []

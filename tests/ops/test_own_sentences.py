"""The project's own sentences judge fairly: new, complete, in every style."""

from __future__ import annotations

import re
from collections import Counter

import yaml

from nlu.thai.normal import normalise
from ops.bench.sentences import STYLES, labels_taught, own_sentences
from ops.bench.understood import expected_label, expected_spans
from ops.settings import ROOT

SENTENCES = own_sentences()
ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
FEWEST = 600
FEWEST_IN_A_STYLE = 10


def plain(text):
    """Return a text as the model would match it, without blanks and case."""
    return "".join(normalise(text).text.lower().split())


def shown_to_the_model():
    """Return every training example as it would be matched, annotations stripped."""
    return {
        plain(ANNOTATED.sub(r"\1", line.strip().removeprefix("- ")))
        for path in (ROOT / "nlu").rglob("*.yml")
        for block in yaml.safe_load(path.read_text("utf-8")).get("nlu", ())
        for line in block.get("examples", "").splitlines()
    }


def test_no_sentence_was_shown_to_the_model():
    """Other blanks, marks or spelling do not make a sentence new."""
    shown = shown_to_the_model()

    assert [one.text for one in SENTENCES if plain(one.text) in shown] == []


def test_there_are_enough_sentences():
    """Six hundred, or the figures are guesses."""
    assert len(SENTENCES) >= FEWEST


def test_no_sentence_counts_twice():
    """A sentence in two files would weigh double."""
    texts = Counter(one.text for one in SENTENCES)

    assert [text for text, times in texts.items() if times > 1] == []


def test_every_meaning_is_asked_for():
    """An intent or an entry without a sentence is not measured at all."""
    asked = {expected_label(one) for one in SENTENCES}

    assert sorted(labels_taught() - asked) == []
    assert sorted(asked - labels_taught()) == []


def test_every_style_of_writing_is_there():
    """Elders, dialects and wrong keyboards are citizens too."""
    styles = Counter(one.style for one in SENTENCES)

    assert {*styles} == {*STYLES}
    assert min(styles.values()) >= FEWEST_IN_A_STYLE


def test_marked_entities_are_in_their_sentences():
    """A mark that is not in the text could never be found."""
    assert all(expected_spans(one) is not None for one in SENTENCES)


def test_some_sentences_were_written_blind():
    """Who has read the training data writes what it knows."""
    assert any(one.is_blind for one in SENTENCES)

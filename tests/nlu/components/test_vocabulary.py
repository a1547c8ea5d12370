"""The words the model has learnt are Thai words, whole."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.model
# Tone marks, and vowels that are written on, under or after a consonant.
MARK = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"
BEGINS_WITH_MARK = re.compile(f"[{MARK}]")


def known_words(vocabularies):
    """Return every word of every word feature."""
    return {
        word
        for vocabulary in vocabularies
        for name in vocabulary
        if name.startswith("w:")
        for word in name[2:].split(" ")
    }


def test_no_entry_begins_with_a_mark(vocabularies):
    """A mark without its letter is the remains of a word cut in two."""
    entries = [name[2:].strip() for names in vocabularies for name in names]

    assert len(vocabularies) == 2
    assert [entry for entry in entries if BEGINS_WITH_MARK.match(entry)] == []


@pytest.mark.parametrize(
    ("whole", "halves"),
    [
        ("เช็ก", {"เช"}),
        ("ภาษี", {"ภาษ"}),
        ("ที่ดิน", {"ที่ด"}),
        ("เงินสมทบ", {"เง"}),
        ("ผู้ประกันตน", {"ผ"}),
    ],
)
def test_no_word_is_cut_at_a_mark(vocabularies, whole, halves):
    """Rasa's own featurizer turns them into these halves."""
    words = known_words(vocabularies)

    assert whole in words
    assert words & halves == set()


def test_no_model_file_is_a_pickle(archive):
    """A pickle runs what its writer wants when it is read."""
    names = archive.getnames()

    assert [
        name for name in names if name.endswith((".pkl", ".pickle", ".joblib"))
    ] == []
    assert any(name.endswith("arrays.npz") for name in names)

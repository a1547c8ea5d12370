"""The classifier learns, forgets nothing when stored, and admits ignorance."""

from __future__ import annotations

import pytest

from nlu.components.faq_index import FaqIndex
from nlu.components.linear_text import LinearText

SAID = {
    "greet": ["สวัสดีค่ะ", "สวัสดีครับ", "หวัดดี", "ดีจ้า", "hello", "hi ครับ"],
    "refund": ["เงินคืนภาษี", "ได้เงินคืนภาษีไหม", "ภาษีคืนเมื่อไหร่", "ขอคืนภาษี"],
    "rain": ["ฝนตกไหม", "วันนี้ฝนตก", "อากาศวันนี้", "พรุ่งนี้ฝนตกไหม"],
}
TEXTS = [text for texts in SAID.values() for text in texts]
LABELS = [label for label, texts in SAID.items() for _ in texts]


@pytest.fixture(scope="module")
def trained():
    """Return a classifier of three labels."""
    return LinearText.train(TEXTS, LABELS, rarest=1)


def test_near_words_are_understood(trained):
    """It has not seen these, only their like."""
    assert trained.scores("ภาษีได้คืนยัง")[0].label == "refund"
    assert trained.scores("สวัสดีจ้า")[0].label == "greet"


def test_confidences_add_up(trained):
    """They are probabilities, likeliest first."""
    scores = trained.scores("ฝนตก")

    assert sum(score.confidence for score in scores) == pytest.approx(1, abs=1e-5)
    assert scores == sorted(scores, key=lambda score: -score.confidence)


def test_unknown_script_has_no_meaning(trained):
    """Nothing known is no guess."""
    assert trained.scores("😀") == []
    assert trained.scores("") == []


def test_known_words_among_strangers_weigh_less(trained):
    """One known word in a strange sentence is a weak sign."""
    alone = trained.scores("ภาษี")[0].confidence
    lost = trained.scores("ภาษี quux blorb zyzzy wibble flarp")[0].confidence

    assert lost < alone


def test_stored_classifier_is_the_same(trained, tmp_path):
    """What was learnt is what is served."""
    trained.save(tmp_path)

    assert LinearText.load(tmp_path).scores("ภาษี") == trained.scores("ภาษี")


@pytest.mark.parametrize("labels", [("a", "b"), ("a", "b", "c")])
def test_two_labels_are_as_good_as_three(labels):
    """scikit-learn writes two labels as one."""
    texts = [
        f"{word} {number}"
        for word in ("แมว", "หมา", "ปลา")[: len(labels)]
        for number in "กขคงจ"
    ]
    model = LinearText.train(texts, [x for x in labels for _ in range(5)], rarest=1)

    assert model.scores("แมว")[0].label == "a"
    assert model.scores("หมา")[0].label == "b"


def test_faq_index_finds_and_refuses(tmp_path):
    """A question of another kind is far from every entry."""
    index = FaqIndex.train(TEXTS, LABELS)
    index.save(tmp_path)
    index = FaqIndex.load(tmp_path)
    near, far = index.best("ขอเงินคืนภาษี"), index.best("ซ่อมตู้เย็นที่ไหนดี")

    assert near.entry == "refund"
    assert 0.5 < near.confidence <= 1
    assert far is None or far.confidence < near.confidence / 2
    assert index.best("😀") is None


def test_strength_may_be_left_to_the_messages():
    """Other data want another regularisation, without anybody trying each."""
    settled = LinearText.train(TEXTS, LABELS, strength=None, rarest=1)

    assert settled.scores("ภาษีได้คืนยัง")[0].label == "refund"

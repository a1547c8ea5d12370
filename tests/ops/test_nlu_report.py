"""What the report counts as right, refused, found and good enough."""

from __future__ import annotations

import json

import pytest
import yaml

from ops.bench import nlu as bench_of_nlu
from ops.bench.bars import Bar, speed_bars, understanding_bars
from ops.bench.contest import QUICK_EXAMPLES, examined, own_exam, truevoice_exam
from ops.bench.figures import Found
from ops.bench.measured import MeasuringFailed, Ran, run
from ops.bench.pipelines import BUROKRATT, STOCK, ours, pipelines
from ops.bench.report import Measured, written
from ops.bench.sentences import Entity, Sentence
from ops.bench.truevoice import DATA, Call, TrueVoice, truevoice
from ops.bench.understood import (
    Answer,
    answerable_refused,
    entities_found,
    entries_found,
    expected_spans,
    intents_right,
    unanswerable_refused,
)
from ops.nlu_report import confusion, group


def row(intent, *, faq=None, confidence=0.9, entities=(), ms=3.0):
    """Return what the parsing program writes for a sentence."""
    return {
        "intent": intent,
        "guess": intent,
        "confidence": confidence,
        "faq": faq,
        "entities": list(entities),
        "ms": ms,
    }


def answer(intent, given, *, meant_faq=None, faq=None, **said):
    """Return a sentence that means one intent and was understood as another."""
    sentence = Sentence("x", intent, faq=meant_faq, **said)
    return Answer.from_row(sentence, row(given, faq=faq))


def test_both_ways_of_refusing_are_right():
    """Class or threshold: the citizen reads the same."""
    answers = [
        answer("out_of_scope", "out_of_scope"),
        answer("out_of_scope", "nlu_fallback"),
        answer("out_of_scope", "claim_check"),
        answer("claim_check", "nlu_fallback"),
    ]

    assert intents_right(answers).hits == 2
    assert unanswerable_refused(answers).value == pytest.approx(2 / 3)
    assert answerable_refused(answers).value == 1.0


def test_another_entry_is_not_the_answer():
    """A wrong answer of the state's is no half success."""
    answers = [
        answer("faq", "faq", meant_faq="sso_what", faq="sso_what"),
        answer("faq", "faq", meant_faq="sso_what", faq="rd_vat"),
        answer("faq", "nlu_fallback", meant_faq="sso_what"),
    ]

    assert entries_found(answers).hits == 1
    assert intents_right(answers).hits == 2


def spotted(start, end, value="2024"):
    """Return a period where the assistant saw one."""
    return {"entity": "period", "start": start, "end": end, "value": value}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (spotted(4, 8), Found(right=1)),
        (spotted(4, 9), Found(wrong=1, missed=1)),
        (spotted(4, 8, "2025"), Found(wrong=1, missed=1)),
    ],
)
def test_an_entity_is_exact_or_wrong(seen, expected):
    """One character off, or another value, is not found."""
    sentence = Sentence(
        "ask 2567 now", "x", entities=(Entity("period", "2567", "2024"),)
    )

    one = Answer.from_row(sentence, row("x", entities=[seen]))

    assert entities_found([one]) == expected


def test_unmarked_sentences_judge_no_entity():
    """Nobody said what is in them."""
    one = Answer.from_row(Sentence("in 2567", "x"), row("x", entities=[spotted(3, 7)]))

    assert entities_found([one]) == Found()


def test_a_text_marked_twice_is_two_places():
    """The second mark is the second occurrence."""
    twice = (Entity("section", "33", "33"), Entity("section", "33", "33"))

    spans = expected_spans(Sentence("33 or 33", "x", entities=twice))

    assert [span[:2] for span in spans] == [(0, 2), (6, 8)]


def test_a_mark_that_is_not_there_is_refused():
    """A mistyped mark would silently count as missed."""
    with pytest.raises(ValueError, match="is not in"):
        expected_spans(Sentence("33", "x", entities=(Entity("section", "40", "40"),)))


def test_a_bar_is_not_cleared_unmeasured():
    """What was not measured is not claimed."""
    assert not Bar("speed", None, 8, at_most=True).holds
    assert Bar("speed", 8, 8, at_most=True).holds
    assert not Bar("accuracy", 0.95, 0.96).holds


def test_the_worst_style_decides():
    """An average must not hide the people least understood."""
    answers = [answer("a", "a"), answer("a", "b", style="dialect")]

    bars = {bar.name: bar for bar in understanding_bars(answers)}

    (worst,) = (name for name in bars if "worst style" in name)
    assert not bars[worst].holds


MEASURED = Measured(
    date="2026-01-01",
    model="abc",
    cores=2,
    load=0.5,
    answers=[
        answer("claim_check", "claim_check"),
        answer("out_of_scope", "nlu_fallback", style="slang"),
        answer("faq", "faq", meant_faq="sso_what", faq="rd_vat", is_blind=True),
        answer("faq", "faq", meant_faq="sso_what", faq="rd_vat", entities=()),
    ],
    bars=list(speed_bars([answer("a", "a")], None)),
    parse_peak_mb=300,
    training_seconds=None,
    training_peak_mb=None,
    truevoice=None,
)


def test_report_says_what_was_not_measured():
    """A gap is written as one, never left out."""
    text = written(MEASURED)

    assert "| training, seconds | not measured | at most 60 | **no** |" in text
    assert "Not measured here" in text
    assert "| `faq/sso_what` | `faq/rd_vat` | 2 |" in text
    assert "| slang | 1 | 1.000 |" in text


def test_confusions_are_drawn_by_service():
    """45 intents and 85 entries would be a grey square."""
    drawing = confusion(MEASURED.answers)

    assert drawing["labels"] == ["claim", "faq: rd", "faq: sso", "out_of_scope"]
    assert drawing["counts"][2] == [0, 2, 0, 0]


def test_an_intent_belongs_to_the_longest_stem():
    """`tax_filing` is a service, `tax` would be none."""
    assert group("tax_filing_check", ["tax_filing", "tax"]) == "tax_filing"


CALLS = TrueVoice(
    train=(Call("learnt", "a"),),
    test=(Call("new", "a"), Call(" new ", "a"), Call("learnt", "a"), Call("old", "b")),
)


def test_repeated_and_learnt_calls_are_not_unseen():
    """A third of the test rows would otherwise be answered from memory."""
    assert CALLS.is_unseen() == [True, False, False, True]


def test_data_may_lie_elsewhere(tmp_path, monkeypatch):
    """The data are read where they are; without them there is no exam."""
    monkeypatch.setenv(DATA, str(tmp_path))
    assert truevoice() is None
    folder = tmp_path / "truevoice-intent"
    folder.mkdir()
    for name in ("mari_train.csv", "mari_test.csv"):
        (folder / name).write_text('texts,destination\n"a, b",x\n', "utf-8")

    calls = truevoice()

    assert calls is not None
    assert calls.test == (Call("a, b", "x"),)


def test_rivals_are_as_their_makers_suggest():
    """A comparison with a weakened rival proves nothing."""
    stock = {one["name"]: one for one in STOCK.components}
    theirs = {one["name"]: one for one in BUROKRATT.components}

    assert stock["DIETClassifier"]["epochs"] == 100
    assert stock["FallbackClassifier"]["threshold"] == 0.3
    assert stock["FallbackClassifier"]["ambiguity_threshold"] == 0.1
    assert theirs["WhitespaceTokenizer"] == {"name": "WhitespaceTokenizer"}
    assert theirs["DIETClassifier"]["epochs"] == 40
    assert theirs["FallbackClassifier"]["threshold"] == 0.8
    assert "epochs: 2\n" in STOCK.config(own_data=True, quick=True)
    assert "epochs: 100\n" in STOCK.config(own_data=True)


def test_ours_is_what_is_served():
    """The benchmark reads `config.yml`; other data have no FAQ entries."""
    everything = [one["name"] for one in ours(with_faq=True).components]
    elsewhere = [one["name"] for one in ours(with_faq=False).components]

    assert [name for name in everything if name not in elsewhere] == [
        "nlu.components.faq_retriever.FaqRetriever"
    ]


def fake_programs(monkeypatch):
    """Let every pipeline answer `a`, or refuse, without training anything."""

    def trained(config, data, out):
        out.write_bytes(bytes(20_000))
        return Ran("seconds 2.50\n", 10**9)

    def parsed(model, texts):
        rows = [json.dumps(row("a", ms=4.0)) for _ in texts]
        return Ran("\n".join(rows), 10**8)

    monkeypatch.setattr("ops.bench.contest.trained", trained)
    monkeypatch.setattr("ops.bench.contest.parsed", parsed)


def test_an_exam_is_judged_by_its_parts(tmp_path, monkeypatch):
    """Accuracy on all rows and on the unseen ones, with what it took."""
    fake_programs(monkeypatch)

    result = examined(STOCK, truevoice_exam(CALLS, tmp_path), tmp_path)

    assert result.accuracy == {"all": 0.75, "unseen": 0.5}
    assert result.training_seconds == 2.5
    assert result.parse_p50_ms == 4.0
    assert result.training_peak_mb == 1000


def test_bench_names_its_limits(tmp_path, monkeypatch):
    """The figures of a smoke test must not pass for a comparison."""
    fake_programs(monkeypatch)
    monkeypatch.setattr(bench_of_nlu, "truevoice", lambda: CALLS)
    monkeypatch.setattr(bench_of_nlu, "drawn", lambda *_: None)

    bench_of_nlu.bench(lambda _: None, quick=True, out=tmp_path / "figures.json")

    report = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert "smoke test" in report["limits"]
    assert {*report["results"]} == {"truevoice", "own"}
    assert {*report["results"]["own"]} == {one.name for one in pipelines(with_faq=True)}
    assert report["ratio_to_stock_rasa"]["own"]["thamrat"]["training_seconds"] == 1.0


def test_own_exam_asks_all_sentences(tmp_path):
    """Nothing of the project's own sentences is left out of a comparison."""
    exam = own_exam(tmp_path)

    assert len(exam.texts) == len(exam.meant) >= 600
    assert all(exam.parts["all"])
    assert any(exam.parts["blind"])


def test_a_smoke_test_learns_less(tmp_path):
    """Every meaning is still there, with a few examples each."""
    exam = own_exam(tmp_path, rows=100)

    taught = [
        len(block["examples"].splitlines())
        for path in exam.data.glob("*.yml")
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]
    ]
    assert {*taught} == {QUICK_EXAMPLES}
    assert len(exam.texts) < 200


def test_a_failed_program_says_why():
    """The end of what it said is what helps."""
    with pytest.raises(MeasuringFailed, match="No module named"):
        run("bot.measure.absent", [])

"""`thamrat bench nlu`: our understanding beside stock Rasa's and Bürokratt's.

One run, the same data, each training and each parsing in a process of its own.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ops.bench.contest import (
    OWN,
    QUICK_EXAMPLES,
    QUICK_ROWS,
    TRUEVOICE,
    Exam,
    examined,
    own_exam,
    truevoice_exam,
)
from ops.bench.measured import drawn
from ops.bench.pipelines import QUICK_EPOCHS, STOCK, pipelines
from ops.bench.truevoice import truevoice
from ops.settings import ROOT

PICTURE = ROOT / "docs" / "pictures" / "bench-nlu.png"
COMPARED = (
    "training_seconds",
    "training_peak_mb",
    "parse_p50_ms",
    "parse_p99_ms",
    "parse_peak_mb",
    "model_mb",
)
PANELS = (
    (TRUEVOICE, "accuracy", "unseen", "TrueVoice accuracy, unseen rows", "{:.3f}"),
    (TRUEVOICE, "training_seconds", None, "TrueVoice training, s", "{:,.0f}"),
    (TRUEVOICE, "training_peak_mb", None, "TrueVoice training, MB", "{:,.0f}"),
    (OWN, "accuracy_as_served", "all", "own sentences, as served", "{:.3f}"),
    (OWN, "parse_p50_ms", None, "parse p50, ms", "{:.1f}"),
    (OWN, "parse_p99_ms", None, "parse p99, ms", "{:.1f}"),
    (OWN, "training_seconds", None, "training on our data, s", "{:,.0f}"),
    (OWN, "parse_peak_mb", None, "serving memory, MB", "{:,.0f}"),
    (OWN, "model_mb", None, "model size, MB", "{:.1f}"),
)

Results = dict[str, dict[str, Any]]


def bench(say: Callable[[str], None], *, quick: bool, out: Path | None) -> None:
    """Run all of it; write JSON where asked, else to standard output, and a picture."""
    with tempfile.TemporaryDirectory(prefix="thamrat-bench-") as folder:
        results: Results = {}
        for exam in _exams(Path(folder), quick=quick):
            results[exam.name] = _sat(exam, Path(folder), say, quick=quick)
    report = _report(results, quick=quick)
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    if out:
        out.write_text(text, "utf-8")
    else:
        print(text)  # noqa: T201 - the output of the command
    picture = PICTURE if not quick else _beside(out)
    if picture:
        drawn("bench", _panels(results, quick=quick), picture)
        say(f"picture: {picture.name}")


def _exams(folder: Path, *, quick: bool) -> Iterator[Exam]:
    """Yield the exams there are data for."""
    calls, rows = truevoice(), QUICK_ROWS if quick else None
    if calls:
        yield truevoice_exam(calls, folder, rows)
    yield own_exam(folder, rows)


def _sat(
    exam: Exam, folder: Path, say: Callable[[str], None], *, quick: bool
) -> dict[str, Any]:
    """Let every pipeline sit one exam."""
    results: dict[str, Any] = {}
    for pipeline in pipelines(with_faq=exam.name == OWN):
        say(f"{exam.name}: {pipeline.title}")
        result = examined(pipeline, exam, folder, quick=quick)
        results[pipeline.name] = result.as_json()
        say(json.dumps(results[pipeline.name]))
    return results


def _report(results: Results, *, quick: bool) -> dict[str, Any]:
    """Return everything measured, and how."""
    report: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "quick": quick,
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[1], 1),
        "python": platform.python_version(),
        "pipelines": {one.name: one.title for one in pipelines(with_faq=True)},
        "results": results,
        "ratio_to_stock_rasa": {
            name: _ratios(by_pipeline) for name, by_pipeline in results.items()
        },
    }
    if quick:
        report["limits"] = (
            f"a smoke test, its figures compare nothing: DIET learns for {QUICK_EPOCHS}"
            f" epochs, TrueVoice is cut to about {QUICK_ROWS} rows and our own data to"
            f" {QUICK_EXAMPLES} examples of a meaning"
        )
    return report


def _ratios(by_pipeline: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return what each pipeline takes, as a multiple of what stock Rasa takes."""
    stock = by_pipeline[STOCK.name]
    return {
        name: {key: round(result[key] / stock[key], 4) for key in COMPARED}
        for name, result in by_pipeline.items()
    }


def _panels(results: Results, *, quick: bool) -> dict[str, Any]:
    """Return the picture's data."""
    contenders = pipelines(with_faq=True)
    panels = []
    for exam, measure, part, title, shape in PANELS:
        values = []
        for one in contenders:
            value = results.get(exam, {}).get(one.name, {}).get(measure)
            values.append(value[part] if part and value else value)
        panels.append({"title": title, "values": values, "format": shape})
    title = "Understanding, same data, same machine, one run"
    names = [one.title.split(" (")[0] for one in contenders]
    return {
        "title": title + (" (QUICK: a smoke test)" if quick else ""),
        "names": names,
        "panels": panels,
    }


def _beside(out: Path | None) -> Path | None:
    """Return where a smoke test's picture goes: never among the documents."""
    return out.with_suffix(".png") if out else None

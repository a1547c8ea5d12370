"""`make test`: every test of both environments, on real parts, as one verdict."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ops.browser import NoBrowser, chromium
from ops.model import BOT_PYTHON, TrainingFailed, trained_model
from ops.postgres import EmbeddedPostgres
from ops.settings import ROOT

BOT_TESTS = ("tests/bot", "tests/nlu")
TEST_SECONDS = 300  # one test that takes longer hangs
QUICK_AND_FORGETFUL = {  # nobody minds losing a test database
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
}


@dataclass(frozen=True)
class Counts:
    """What became of the tests of one run."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return both runs as one."""
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    @classmethod
    def from_junit(cls, report: Path) -> Counts:
        """Read pytest's report; a test known to fail that failed has passed."""
        passed = failed = skipped = 0
        for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it
            left_out = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif left_out is not None and left_out.get("type") != "pytest.xfail":
                skipped += 1
            else:
                passed += 1
        return cls(passed, failed, skipped)


def main() -> int:
    """Run everything; return the exit status."""
    try:
        browser = chromium(_say)
        trained_model(_say)
    except (NoBrowser, TrainingFailed) as problem:
        _say(f"error: {problem}")
        return 1
    with tempfile.TemporaryDirectory(prefix="thamrat-suite-") as folder:
        server = EmbeddedPostgres(Path(folder) / "pg", QUICK_AND_FORGETFUL)
        with server.running():
            environment = {
                **os.environ,
                "RASA_TELEMETRY_ENABLED": "false",
                "TEST_DATABASE_URL": server.url("postgres"),
                "THAMRAT_BROWSER": str(browser),
            }
            return _verdict(_run_both(Path(folder), environment))


def _run_both(folder: Path, environment: Mapping[str, str]) -> list[tuple[int, Counts]]:
    """Run the tests of each environment; return exit statuses and counts."""
    left_out = [f"--ignore={path}" for path in BOT_TESTS]
    ours = ["tests", *left_out, f"--timeout={TEST_SECONDS}"]
    there = [path for path in BOT_TESTS if any((ROOT / path).rglob("test_*.py"))]
    return [
        _run("gateway, actions, sandbox", sys.executable, ours, folder, environment),
        _run("Rasa and its words", str(BOT_PYTHON), there, folder, environment),
    ]


def _run(
    name: str,
    python: str,
    arguments: list[str],
    folder: Path,
    environment: Mapping[str, str],
) -> tuple[int, Counts]:
    """Run pytest once, its output passed on."""
    _say(f"== {name}")
    report = folder / f"{len(list(folder.glob('*.xml')))}.xml"
    command = [python, "-m", "pytest", *arguments, "-q", f"--junit-xml={report}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    counts = Counts.from_junit(report) if report.exists() else Counts(failed=1)
    return done.returncode, counts


def _verdict(runs: list[tuple[int, Counts]]) -> int:
    """Print the closing line; a test that did not run is a failure too."""
    total = sum((counts for _, counts in runs), Counts())
    failed = total.failed + total.skipped
    if total.skipped:
        _say(f"{total.skipped} tests could not run here; that counts as failing")
    _say(f"tests: {total.passed} passed, {failed} failed")
    return int(failed > 0 or any(status for status, _ in runs))


def _say(sentence: str) -> None:
    """Tell the person at the terminal, in order with what pytest prints."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

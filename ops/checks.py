"""`make check`: the one list of checks, for people, pre-commit and CI alike."""

from __future__ import annotations

import subprocess
import sys
import time

from ops.settings import ROOT

CHECKS = {
    "lint": ["ruff", "check", "--quiet"],
    "layout": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy", "--no-error-summary"],
    "rules": [
        "pytest",
        "tests/rules",
        "--quiet",
        "--no-header",
        "-p",
        "no:cacheprovider",
    ],
    "catalogue": ["ops.catalogue_command", "check", "--brief"],
}


def run_checks() -> bool:
    """Run every check, show what failed, and tell whether all passed."""
    passed = True
    for name, (module, *arguments) in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.monotonic() - began
        outcome = "failed" if done.returncode else "ok"
        if done.returncode:
            passed = False
            sys.stdout.write(done.stdout + done.stderr)
        sys.stdout.write(f"{name}: {outcome} ({seconds:.1f} s)\n")
        sys.stdout.flush()
    return passed


if __name__ == "__main__":
    sys.exit(not run_checks())

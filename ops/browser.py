"""Finds a Chromium for the browser tests, or installs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_SYSTEM_PACKAGES = ("chromium", "fonts-noto-core")  # the fonts write Thai
_DOWNLOAD_SECONDS = 300
_INSTALL_SECONDS = 900


class NoBrowser(Exception):
    """There is no Chromium and none could be installed."""


def find_chromium() -> Path | None:
    """Return Playwright's own Chromium, else the system's, else None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.exists():
        return own
    found = next(filter(None, map(shutil.which, _SYSTEM_NAMES)), None)
    return Path(found) if found else None


def chromium(say: Callable[[str], None]) -> Path:
    """Return a Chromium, installed now if there is none.

    Raises:
        NoBrowser: with the command that a person could try.
    """
    for install in (None, _download, _install_package):
        if install is not None:
            install(say)
        if (found := find_chromium()) is not None:
            return found
    raise NoBrowser(
        "the browser tests need Chromium, and it could be neither downloaded nor "
        f"installed: apt-get install {' '.join(_SYSTEM_PACKAGES)}"
    )


def _download(say: Callable[[str], None]) -> None:
    """Let Playwright fetch its own."""
    say("downloading Chromium (about 1 minute)")
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    _try(command, _DOWNLOAD_SECONDS)


def _install_package(say: Callable[[str], None]) -> None:
    """Install the system's package, as root or with a sudo that asks nothing."""
    if shutil.which("apt-get") is None:
        return
    say("installing the system's Chromium (about 2 minutes)")
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    _try([*root, "apt-get", "-q", "update"], _INSTALL_SECONDS)
    install = ["apt-get", "-q", "-y", "install", *_SYSTEM_PACKAGES]
    _try([*root, *install], _INSTALL_SECONDS)


def _try(command: list[str], seconds: int) -> None:
    """Run a command that may fail; the next look for a browser tells."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command, env=environment, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return

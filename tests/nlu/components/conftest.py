"""What is inside the trained model."""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path

os.environ |= {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def archive():
    """Return the newest trained model, as the files in it."""
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=os.path.getmtime)
    assert models, "there is no trained model: run `make train` first"
    with tarfile.open(models[-1]) as opened:
        yield opened


@pytest.fixture(scope="session")
def vocabularies(archive):
    """Return the vocabulary of each classifier in the model."""
    return [
        json.load(archive.extractfile(name))["vocabulary"]
        for name in archive.getnames()
        if name.endswith("names.json")
    ]

"""Every setting is written down, and travels unchanged to the processes."""

from __future__ import annotations

import re

import pytest
from pydantic import SecretStr

from ops.settings import ROOT, Settings

LINE = re.compile(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", re.MULTILINE)
EXAMPLES = dict(LINE.findall((ROOT / ".env.example").read_text("utf-8")))
VARIABLES = Settings.model_construct().as_environment()


def test_every_setting_is_in_the_example():
    """Nobody should have to read the code to configure the house."""
    assert {*EXAMPLES} == {*VARIABLES}


@pytest.mark.parametrize("variable", sorted(VARIABLES))
def test_example_shows_the_default(variable):
    """A default written down wrong is worse than none."""
    default = VARIABLES[variable].removeprefix(f"{ROOT}/")

    assert EXAMPLES[variable] == default or default == ""


def test_settings_travel_to_the_processes(monkeypatch, tmp_path):
    """The supervisor's settings are the ones its children read."""
    given = Settings(
        database_url=SecretStr("postgresql://db.test/x"),
        state_folder=tmp_path,
        gateway_port=8123,
        agency_timeout_seconds=1.5,
    )
    for variable, value in given.as_environment().items():
        monkeypatch.setenv(variable, value)

    assert Settings() == given


def test_secrets_are_not_printed():
    """A setting that ends up in a log must not carry its secret along."""
    assert "sesame" not in repr(Settings(secret_key=SecretStr("sesame")))

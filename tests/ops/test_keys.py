"""One master key, one key for each purpose."""

from __future__ import annotations

import stat

import pytest
from pydantic import SecretStr

from ops.keys import Keys, SecretTooShort, read_keys
from ops.settings import Settings

MASTER = "m" * 32
RETIRED = "r" * 32


def test_every_purpose_has_its_own_key():
    """A leaked bearer must not open the vault."""
    keys = Keys(MASTER)

    assert keys.derive("vault") != keys.derive("token")
    assert keys.derive("vault") == Keys(MASTER).derive("vault")


def test_short_master_keys_are_refused():
    """A key that can be guessed protects nobody."""
    with pytest.raises(SecretTooShort):
        Keys("secret")


def test_first_run_makes_a_key_and_keeps_it(tmp_path):
    """Sessions outlive a restart, and only the owner reads the key."""
    settings = Settings(state_folder=tmp_path, secret_key=SecretStr(""))
    first = read_keys(settings)[0].bearer("rasa")

    assert read_keys(settings)[0].bearer("rasa") == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == stat.S_IRUSR | (
        stat.S_IWUSR
    )


def test_retired_keys_come_after_the_current_one():
    """The first key seals and signs; all of them open."""
    settings = Settings(
        secret_key=SecretStr(MASTER), previous_secret_keys=SecretStr(RETIRED)
    )

    vault_keys = [keys.derive("vault") for keys in read_keys(settings)]

    assert vault_keys == [Keys(MASTER).derive("vault"), Keys(RETIRED).derive("vault")]

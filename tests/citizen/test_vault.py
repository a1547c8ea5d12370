"""The vault opens nothing that was changed, moved, kept too long or foreign."""

import datetime
import uuid

import pytest

from citizen.errors import BrokenSeal, ItemExpired, UnknownKey
from citizen.vault import Label, Vault
from tests.citizen.fake_thaid import Now

OLD, NEW = b"o" * 32, b"n" * 32
LABEL = Label(uuid.UUID(int=1), uuid.UUID(int=2), "card")


@pytest.fixture
def now():
    return Now()


def later(now):
    return now() + datetime.timedelta(minutes=30)


def test_what_is_sealed_opens_and_does_not_show(now):
    """Sealed bytes tell nothing of what they hold."""
    sealed = Vault([NEW], now).seal(b"875 baht", LABEL, expires_at=later(now))

    assert b"875" not in sealed
    assert Vault([NEW], now).open(sealed, LABEL) == b"875 baht"


def test_the_same_twice_looks_different(now):
    """Equal answers must not be recognisable as equal."""
    vault = Vault([NEW], now)
    first, second = (vault.seal(b"x", LABEL, expires_at=later(now)) for _ in "ab")

    assert first != second


@pytest.mark.parametrize(
    "other",
    [
        Label(uuid.UUID(int=9), LABEL.owner_id, LABEL.kind),
        Label(LABEL.item_id, uuid.UUID(int=9), LABEL.kind),
        Label(LABEL.item_id, LABEL.owner_id, "citizen_id"),
    ],
)
def test_moved_to_another_row_it_does_not_open(now, other):
    """Item, owner and kind are part of the seal."""
    vault = Vault([NEW], now)
    sealed = vault.seal(b"x", LABEL, expires_at=later(now))

    with pytest.raises(BrokenSeal):
        vault.open(sealed, other)


@pytest.mark.parametrize("place", [8, 15, 16, 30, -1])
def test_a_changed_byte_is_noticed(now, place):
    """Even in the end time, which would give an item a longer life."""
    vault = Vault([NEW], now)
    sealed = bytearray(vault.seal(b"something", LABEL, expires_at=later(now)))
    sealed[place] ^= 1

    with pytest.raises(BrokenSeal):
        vault.open(bytes(sealed), LABEL)


@pytest.mark.parametrize("length", [0, 7, 16, 20, 27])
def test_a_torn_item_is_a_named_error(now, length):
    """Half a row must not become an IndexError three rooms away."""
    vault = Vault([NEW], now)
    sealed = vault.seal(b"something", LABEL, expires_at=later(now))

    with pytest.raises((BrokenSeal, UnknownKey)):
        vault.open(sealed[:length], LABEL)


def test_after_its_end_it_does_not_open(now):
    """Time-limited means that the key's owner cannot open it either."""
    vault = Vault([NEW], now)
    sealed = vault.seal(b"x", LABEL, expires_at=later(now))
    now.pass_by(minutes=30)

    with pytest.raises(ItemExpired):
        vault.open(sealed, LABEL)


def test_keys_rotate(now):
    """A new first key seals; the old one still opens until it is dropped."""
    old = Vault([OLD], now).seal(b"x", LABEL, expires_at=later(now))
    both = Vault([NEW, OLD], now)

    assert both.open(old, LABEL) == b"x"
    assert Vault([NEW], now).open(both.seal(b"y", LABEL, expires_at=later(now)), LABEL)
    with pytest.raises(UnknownKey):
        Vault([NEW], now).open(old, LABEL)


@pytest.mark.parametrize("keys", [[], [b"short"], [NEW, b""]])
def test_a_vault_without_proper_keys_is_refused(keys):
    """A weak key must fail at start, not protect nobody."""
    with pytest.raises(ValueError, match="32-byte"):
        Vault(keys)

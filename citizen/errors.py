"""What can go wrong with a citizen's identity, named for what happened.

* CitizenError
  + SignInOver          the link, state or code is unknown, used, expired or replaced
  + SignInNotYours      it belongs to another browser or another conversation
  + NoLiveSession       nobody is signed in to this conversation (any more)
  + VaultError
    - UnknownKey        sealed with a key we no longer have
    - BrokenSeal        changed, or moved to another item or owner
    - ItemExpired       its time is over
  + ThaIDError
    - ThaIDUnavailable  no answer in time, or not one we can use
    - SignInRefused     ThaID declined; `.code` is OAuth's error code
    - BadIdentityToken  ThaID's answer does not prove who signed in

No message here ever holds a secret, an id number or a name.
"""

from __future__ import annotations


class CitizenError(Exception):
    """Anything wrong with a citizen's identity."""


class SignInOver(CitizenError):
    """The link, state or code is unknown, used, expired or replaced."""


class SignInNotYours(CitizenError):
    """The sign-in belongs to another browser or to another conversation."""


class NoLiveSession(CitizenError):
    """Nobody is signed in to this conversation (any more)."""


class VaultError(CitizenError):
    """A sealed item does not open."""


class UnknownKey(VaultError):
    """The item was sealed with a key we no longer have."""


class BrokenSeal(VaultError):
    """The item was changed, or moved to another item, owner or kind."""


class ItemExpired(VaultError):
    """The item's time is over."""


class ThaIDError(CitizenError):
    """ThaID did not tell us who signed in."""


class ThaIDUnavailable(ThaIDError):
    """ThaID gave no answer in time, or not one we can use."""


class SignInRefused(ThaIDError):
    """ThaID declined; `code` is the error code of RFC 6749 section 4.1.2.1."""

    def __init__(self, code: str) -> None:
        """Keep the code alone: the description may hold anything."""
        super().__init__(f"ThaID refused: {code}")
        self.code = code


class BadIdentityToken(ThaIDError):
    """ThaID's answer does not prove who signed in."""

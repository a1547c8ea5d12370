"""The citizen's way from the chat to ThaID and back: two chat calls and four pages."""

from __future__ import annotations

from gateway.sign_in.parts import CALLBACK_PATH, SignInParts
from gateway.sign_in.question import PendingQuestion
from gateway.sign_in.router import sign_in_router

__all__ = ["CALLBACK_PATH", "PendingQuestion", "SignInParts", "sign_in_router"]

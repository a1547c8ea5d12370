"""Puts the sandbox together."""

from __future__ import annotations

from fastapi import FastAPI

from ops.database import sandbox_database_url
from ops.settings import Settings
from sandbox.app import create_app
from sandbox.thaid_tokens import RelyingParty


def sandbox_app(settings: Settings) -> FastAPI:
    """Return the sandbox, playing the agencies that the settings name no other for."""
    return create_app(
        database_url=sandbox_database_url(settings),
        thaid_issuer=settings.issuer,
        relying_party=RelyingParty(
            client_id=settings.thaid_client_id,
            client_secret=settings.thaid_client_secret.get_secret_value(),
            redirect_uris=(settings.sign_in_callback,),
        ),
        sso_api_key=settings.agency_sso_key.get_secret_value(),
    )

"""Every setting of every process, read once from the environment or `.env`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The settings; `.env.example` says what each is for."""

    model_config = SettingsConfigDict(
        env_prefix="THAMRAT_",
        env_file=ROOT / ".env",
        extra="ignore",
        populate_by_name=True,
    )

    database_url: SecretStr = Field(SecretStr(""), validation_alias="DATABASE_URL")
    state_folder: Path = ROOT / ".thamrat"
    secret_key: SecretStr = SecretStr("")
    previous_secret_keys: SecretStr = SecretStr("")

    gateway_host: str = "0.0.0.0"  # noqa: S104 - the one public process
    gateway_port: int = 8000
    public_url: str = ""
    web_origins: str = ""
    trusted_proxies: str = ""

    rasa_port: int = 5005
    actions_port: int = 5055
    sandbox_port: int = 8100

    thaid_issuer: str = ""
    thaid_client_id: str = "thamrat-sandbox"
    thaid_client_secret: SecretStr = SecretStr("thamrat-sandbox-secret")
    agency_sso_url: str = ""
    agency_sso_key: SecretStr = SecretStr("sandbox-sso-key")
    agency_timeout_seconds: float = 4.0

    session_minutes: int = 30
    card_minutes: int = 30
    sign_in_minutes: int = 10
    conversation_days: int = 30
    messages_per_minute: int = 30
    conversations_per_minute: int = 20
    message_characters: int = 1000

    log_level: str = "INFO"

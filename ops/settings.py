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

    @property
    def gateway_url(self) -> str:
        """The gateway, as this machine reaches it."""
        return f"http://127.0.0.1:{self.gateway_port}"

    @property
    def page_url(self) -> str:
        """The gateway, as citizens reach it: `public_url` where one is set."""
        return self.public_url.rstrip("/") or f"http://localhost:{self.gateway_port}"

    @property
    def rasa_url(self) -> str:
        """Rasa, on the loopback interface."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """The action server, on the loopback interface."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def sandbox_url(self) -> str:
        """The sandbox, as this machine and a browser on it reach it."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def issuer(self) -> str:
        """ThaID's issuer: the sandbox's where no other is set."""
        return self.thaid_issuer.rstrip("/") or f"{self.sandbox_url}/thaid"

    @property
    def origins(self) -> list[str]:
        """The other sites whose pages may carry the widget."""
        return [origin.strip() for origin in self.web_origins.split(",") if origin]

    @property
    def sign_in_callback(self) -> str:
        """Where ThaID sends the browser back to; registered with ThaID."""
        return f"{self.page_url}/sign-in/callback"

    def ports(self) -> dict[str, int]:
        """Return each process's port."""
        return {
            "gateway": self.gateway_port,
            "rasa": self.rasa_port,
            "actions": self.actions_port,
            "sandbox": self.sandbox_port,
        }

    def as_environment(self) -> dict[str, str]:
        """Return the variables that give another process these settings."""
        prefix = self.model_config["env_prefix"]
        variables = {}
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            secret = isinstance(value, SecretStr)
            variable = field.validation_alias or f"{prefix}{name}".upper()
            variables[str(variable)] = str(
                value.get_secret_value() if secret else value
            )
        return variables

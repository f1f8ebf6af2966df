"""Everything an operator can set, read once from the environment into a frozen value.

Names start with KEEL_; a secret may be given as a file (`KEEL_MASTER_KEY_FILE`), so that it never stands in a process
list. Secrets are masked when printed.
"""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from agents.model.endpoint import HEARS
from bot.roles import Role

_SECRET_FILES = ("database", "master_key", "telegram_token", "telegram_webhook_secret", "openai_api_key")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # telegram.md TG-6
_NUMBERS = re.compile(r"\s*(?:[1-9][0-9]{0,15}\s*(?:,\s*[1-9][0-9]{0,15}\s*)*)?")
_TRACING = (
    "LANGSMITH_",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_ENDPOINT",
    "LANGCHAIN_API_KEY",
    "LANGCHAIN_PROJECT",
    "LANGCHAIN_HANDLER",
)


DEFAULT_PORT = 8080
MOST_TOKENS = 10**12  # a day; sums of it fit into every column
MOST_PRICE = 10_000.0  # of a million tokens, in the operator's currency


class SettingsError(Exception):
    """A setting that cannot be used; the sentence names it and what would work."""


class Settings(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(env_prefix="KEEL_", frozen=True, extra="ignore", populate_by_name=True)

    database: str = Field(default="", description="sqlite:///file or postgresql://…; empty: a file in data_dir")
    data_dir: Path = Field(default=Path(".keel"), description="where the local database and its key live")
    master_key: SecretStr | None = Field(default=None, description="64 bytes as hex or base64; else a local key file")
    telegram_token: SecretStr | None = Field(default=None, description="the bot's token from BotFather")
    telegram_api_base: str | None = Field(default=None, description="another Bot API server, for example a local one")
    telegram_webhook_url: str = Field(default="", description="our public https address; empty: updates are asked for")
    telegram_webhook_secret: SecretStr | None = Field(default=None, description="what Telegram proves itself with")
    web_host: str = Field(default="127.0.0.1", min_length=1, description="where the web server listens")
    web_port: int | None = Field(default=None, ge=1, le=65_535, description="its port; empty: 8080 with a webhook")
    metrics_address: str = Field(
        default="", description="where /metrics is served, like 127.0.0.1:9464; empty: beside the webhook, if any"
    )
    otel_endpoint: str = Field(
        default="", description="an OTLP/HTTP collector for spans of turns without their words; empty: no tracing"
    )
    messages_a_minute: int = Field(default=20, ge=1, le=1000, description="how many of one person are answered")
    messages_an_hour: int = Field(default=200, ge=1, le=10_000, description="how many of one person are answered")
    invite_only: bool = Field(default=False, description="only people with an invitation are coached on Telegram")
    admins: str = Field(default="", description="Telegram numbers of those who may ask for /stats, with commas between")
    paid_broadcasts_a_second: int = Field(
        default=0, ge=0, le=1000, description="broadcasts a second that you pay Telegram for; 0: none is paid"
    )
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias="OPENAI_API_KEY", description="key of an OpenAI-compatible endpoint"
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias="OPENAI_BASE_URL", description="address of that endpoint"
    )
    model: str = Field(default="gpt-4.1-mini", min_length=1, description="name of the model")
    hearing_model: str = Field(default=HEARS, min_length=1, description="name of the model that hears voice notes")
    text_tokens_a_day: int = Field(
        default=200_000, ge=0, le=MOST_TOKENS, description="a person's tokens for text a UTC day; 0: no limit"
    )
    text_tokens_a_day_for_all: int = Field(
        default=5_000_000, ge=0, le=MOST_TOKENS, description="everybody's together; 0: no limit"
    )
    vision_tokens_a_day: int = Field(
        default=60_000, ge=0, le=MOST_TOKENS, description="a person's tokens for pictures a UTC day; 0: no limit"
    )
    vision_tokens_a_day_for_all: int = Field(
        default=1_500_000, ge=0, le=MOST_TOKENS, description="everybody's together; 0: no limit"
    )
    transcription_tokens_a_day: int = Field(
        default=60_000, ge=0, le=MOST_TOKENS, description="a person's tokens for voice notes a UTC day; 0: no limit"
    )
    transcription_tokens_a_day_for_all: int = Field(
        default=1_500_000, ge=0, le=MOST_TOKENS, description="everybody's together; 0: no limit"
    )
    price_of_million_tokens_in: float = Field(
        default=0.0, ge=0, le=MOST_PRICE, allow_inf_nan=False, description="what they cost you, for `keel doctor`"
    )
    price_of_million_tokens_out: float = Field(
        default=0.0, ge=0, le=MOST_PRICE, allow_inf_nan=False, description="the same for what the model answers"
    )
    heartbeat_file: Path | None = Field(default=None, description="touched while alive; default: in data_dir")
    role: Role = Field(default="all", description="what this process of several does (docs/operations.md)")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="warning", description="how much is logged")
    tick_seconds: int = Field(default=20, ge=1, le=300, description="how often due reminders are looked for")
    seed: int = Field(default=0, description="seed of the engines: same inputs, same plan")

    @field_validator("database")
    @classmethod
    def _known_scheme(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql", "postgres", "sqlite+")):
            raise ValueError("use sqlite:///path/to/file or postgresql://user@host/name")
        return value

    @field_validator("telegram_webhook_url")
    @classmethod
    def _public_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("Telegram calls only addresses like https://keel.example.org")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _sendable_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("use 1 to 256 letters, digits, - and _")
        return value

    @field_validator("metrics_address")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host.strip("[]") and port.isascii() and port.isdecimal() and 0 < int(port) < 65_536):
            raise ValueError("use an address and a port, like 127.0.0.1:9464 or [::1]:9464")
        return value

    @field_validator("otel_endpoint")
    @classmethod
    def _collector(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("use an address like http://127.0.0.1:4318")
        return value

    @field_validator("admins")
    @classmethod
    def _numbers(cls, value: str) -> str:
        if not _NUMBERS.fullmatch(value):
            raise ValueError("use numbers of Telegram accounts, like 123456789,987654321")
        return value

    @property
    def admin_ids(self) -> frozenset[int]:
        """Who may ask for what only administrators see."""
        return frozenset(int(number) for number in self.admins.replace(",", " ").split())

    @property
    def serving_port(self) -> int | None:
        """The port of the web server; None where nothing has to be served."""
        return self.web_port or (DEFAULT_PORT if self.telegram_webhook_url else None)

    @property
    def metrics_at(self) -> tuple[str, int] | None:
        """Host and port of a server for /metrics alone; None where there is none."""
        host, _, port = self.metrics_address.rpartition(":")
        return (host.strip("[]"), int(port)) if port else None

    @property
    def database_url(self) -> str:
        """The database address, local file included."""
        return self.database or f"sqlite:///{self.data_dir / 'keel.sqlite3'}"

    @property
    def heartbeat(self) -> Path:
        """The file that a running process touches."""
        return self.heartbeat_file or self.data_dir / "alive"

    @property
    def key_file(self) -> Path:
        """The local key file, used when no master key is given."""
        return self.data_dir / "keel.key"


def load_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:  # noqa: ANN401 - any field
    """Settings from the environment; raises SettingsError with one sentence for a value that cannot be used."""
    environment = os.environ if environment is None else environment
    _silence_tracing(environment)
    _refuse_unknown(environment)
    values = {**_from_files(environment), **{name: value for name, value in overrides.items() if value is not None}}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = "KEEL_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    _refuse_contradictions(settings)
    return settings


def _refuse_contradictions(settings: Settings) -> None:
    """A webhook needs both halves: without its secret anybody could speak for everybody (telegram.md F-13)."""
    if settings.telegram_webhook_url and settings.telegram_webhook_secret is None:
        raise SettingsError(
            "KEEL_TELEGRAM_WEBHOOK_SECRET: a webhook needs a secret, for example `openssl rand -hex 32`"
        )
    if settings.telegram_webhook_secret is not None and not settings.telegram_webhook_url:
        raise SettingsError("KEEL_TELEGRAM_WEBHOOK_URL: a webhook secret is set, but no address for Telegram to call")


def _from_files(environment: Mapping[str, str]) -> dict[str, str | SecretStr]:
    """The database's address is a secret too where it holds a password."""
    found: dict[str, str | SecretStr] = {}
    for name in _SECRET_FILES:
        prefix = "" if name.startswith("openai") else "KEEL_"
        path = environment.get(f"{prefix}{name.upper()}_FILE")
        if not path:
            continue
        try:
            text = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{prefix}{name.upper()}_FILE: {path} cannot be read ({error.strerror})") from None
        found[name] = text if name == "database" else SecretStr(text)
    return found


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """A name with a slip in it would otherwise be a setting that nobody notices is missing."""
    known = {f"KEEL_{name.upper()}" for name in Settings.model_fields}
    known |= {f"KEEL_{name.upper()}_FILE" for name in _SECRET_FILES} | {"KEEL_ALLOW_TRACING"}
    for name in sorted(environment):
        if name.startswith("KEEL_") and not name.startswith("KEEL_TEST_") and name not in known:
            near = get_close_matches(name, known, n=1)
            raise SettingsError(f"{name} is no setting of Keel" + (f"; did you mean {near[0]}?" if near else ""))


def _silence_tracing(environment: Mapping[str, str]) -> None:
    """Health data never goes to a tracing service because of a variable somebody else set (libraries.md L-92)."""
    if environment.get("KEEL_ALLOW_TRACING") == "yes":
        return
    for name in [n for n in os.environ if n.startswith(_TRACING)]:
        del os.environ[name]

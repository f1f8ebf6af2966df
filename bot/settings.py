"""Everything an operator can set, read once from the environment into a frozen value.

Names start with KEEL_; a secret may be given as a file (`KEEL_MASTER_KEY_FILE`), so that it never stands in a process
list. Secrets are masked when printed.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_SECRET_FILES = ("master_key", "telegram_token", "openai_api_key")
_TRACING = ("LANGSMITH_", "LANGCHAIN_TRACING", "LANGCHAIN_ENDPOINT", "LANGCHAIN_API_KEY", "LANGCHAIN_PROJECT")


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
    messages_a_minute: int = Field(default=20, ge=1, le=1000, description="how many of one person are answered")
    messages_an_hour: int = Field(default=200, ge=1, le=10_000, description="how many of one person are answered")
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias="OPENAI_API_KEY", description="key of an OpenAI-compatible endpoint"
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias="OPENAI_BASE_URL", description="address of that endpoint"
    )
    model: str = Field(default="gpt-4.1-mini", description="name of the model")
    heartbeat_file: Path | None = Field(default=None, description="touched while alive; default: in data_dir")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="warning", description="how much is logged")
    tick_seconds: int = Field(default=20, ge=1, le=300, description="how often due reminders are looked for")
    seed: int = Field(default=0, description="seed of the engines: same inputs, same plan")

    @field_validator("database")
    @classmethod
    def _known_scheme(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql", "postgres", "sqlite+")):
            raise ValueError("use sqlite:///path/to/file or postgresql://user@host/name")
        return value

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
    values = {**_from_files(environment), **{name: value for name, value in overrides.items() if value is not None}}
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = "KEEL_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None


def _from_files(environment: Mapping[str, str]) -> dict[str, SecretStr]:
    found = {}
    for name in _SECRET_FILES:
        prefix = "" if name.startswith("openai") else "KEEL_"
        path = environment.get(f"{prefix}{name.upper()}_FILE")
        if not path:
            continue
        try:
            found[name] = SecretStr(Path(path).read_text(encoding="utf-8").strip())
        except OSError as error:
            raise SettingsError(f"{prefix}{name.upper()}_FILE: {path} cannot be read ({error.strerror})") from None
    return found


def _silence_tracing(environment: Mapping[str, str]) -> None:
    """Health data never goes to a tracing service because of a variable somebody else set (libraries.md L-92)."""
    if environment.get("KEEL_ALLOW_TRACING") == "yes":
        return
    for name in [n for n in os.environ if n.startswith(_TRACING)]:
        del os.environ[name]

"""Settings: read once, frozen, secrets masked, mistakes named."""

import os
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("KEEL_", "OPENAI_"))]:
        monkeypatch.delenv(name)


def test_without_anything_set_a_local_file_is_used() -> None:
    settings = load_settings()
    assert settings.database_url == "sqlite:///.keel/keel.sqlite3"
    assert settings.key_file == Path(".keel/keel.key")


def test_an_override_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEL_DATABASE", "sqlite:///a.db")
    assert load_settings().database_url == "sqlite:///a.db"
    assert load_settings(database="sqlite:///b.db").database_url == "sqlite:///b.db"
    assert load_settings(database=None).database_url == "sqlite:///a.db"


@pytest.mark.parametrize("address", ["mysql://x/y", "keel.db", "http://x", "/srv/x.db"])
def test_an_address_that_is_none_is_named_with_what_works(address: str) -> None:
    with pytest.raises(SettingsError, match="sqlite:///path"):
        load_settings(database=address)


@pytest.mark.parametrize(
    "address", ["sqlite:///x.db", "postgresql://h/n", "postgres://h/n", "postgresql+psycopg://h/n"]
)
def test_the_known_addresses_pass(address: str) -> None:
    assert load_settings(database=address).database_url == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KEEL_TICK_SECONDS", "0"),
        ("KEEL_TICK_SECONDS", "x"),
        ("KEEL_LOG_LEVEL", "loud"),
        ("KEEL_SEED", "?"),
        ("KEEL_TEXT_TOKENS_A_DAY", "-1"),
        ("KEEL_TEXT_TOKENS_A_DAY_FOR_ALL", "many"),
        ("KEEL_VISION_TOKENS_A_DAY", "1.5"),
        ("KEEL_TRANSCRIPTION_TOKENS_A_DAY", "10000000000001"),
        ("KEEL_PRICE_OF_MILLION_TOKENS_IN", "-0.1"),
        ("KEEL_PRICE_OF_MILLION_TOKENS_OUT", "nan"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_its_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_secrets_are_masked_and_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "token"
    secret.write_text("  12345:very-secret\n")
    monkeypatch.setenv("KEEL_TELEGRAM_TOKEN_FILE", str(secret))
    settings = load_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "12345:very-secret"
    assert "very-secret" not in f"{settings!r} {settings}"


def test_a_secret_file_that_can_not_be_read_is_named_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEL_MASTER_KEY_FILE", "/nowhere/key")
    with pytest.raises(SettingsError, match="KEEL_MASTER_KEY_FILE: /nowhere/key"):
        load_settings()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        load_settings().seed = 5  # type: ignore[misc]  # that is the point


def test_tracing_by_libraries_is_switched_off_unless_the_operator_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_API_KEY", "x")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    monkeypatch.setenv("LANGCHAIN_HANDLER", "langchain")  # with it set, no turn would get through LangGraph
    load_settings()
    assert not [name for name in os.environ if name.startswith(("LANGSMITH_", "LANGCHAIN_"))]
    monkeypatch.setenv("LANGSMITH_API_KEY", "x")
    monkeypatch.setenv("KEEL_ALLOW_TRACING", "yes")
    load_settings()
    assert os.environ["LANGSMITH_API_KEY"] == "x"


def test_every_field_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_address_of_the_database_may_come_from_a_file_because_it_may_hold_a_password(tmp_path):
    path = tmp_path / "url"
    path.write_text("postgresql://keel:geheim@db/keel\n")
    assert load_settings({"KEEL_DATABASE_FILE": str(path)}).database_url == "postgresql://keel:geheim@db/keel"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("KEEL_TELEGRAM_TOKN", "did you mean KEEL_TELEGRAM_TOKEN?"),
        ("KEEL_LOGLEVEL", "did you mean KEEL_LOG_LEVEL?"),
        ("KEEL_ZZZZZZZZ", "KEEL_ZZZZZZZZ is no setting of Keel"),
    ],
)
def test_a_name_that_is_no_setting_is_refused(name, words):
    with pytest.raises(SettingsError, match=re.escape(words)):
        load_settings({name: "1"})


def test_names_of_others_and_of_the_tests_are_left_alone():
    load_settings({"KEELHAUL": "1", "KEEL_TEST_POSTGRES_URL": "x", "KEEL_ALLOW_TRACING": "yes", "PATH": "/bin"})

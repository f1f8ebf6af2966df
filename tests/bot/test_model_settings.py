"""What of the environment makes a model, and which one."""

import pytest

from agents.understanding.fallback import Fallback
from agents.understanding.rules import Rules
from bot.model import endpoint_of, model_at
from bot.settings import SettingsError, load_settings


def settings(monkeypatch: pytest.MonkeyPatch, **environment: str):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "KEEL_MODEL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings()


@pytest.mark.parametrize("environment", [{}, {"OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}, {"KEEL_MODEL": "m"}])
def test_without_key_and_address_there_are_only_the_rules(monkeypatch, environment):
    endpoint = endpoint_of(settings(monkeypatch, **environment))
    assert endpoint is None
    assert isinstance(model_at(endpoint), Rules)


@pytest.mark.parametrize(
    ("environment", "host", "key"),
    [
        ({"OPENAI_API_KEY": "sk-1"}, "api.openai.com", "sk-1"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"}, "127.0.0.1", "none"),
        ({"OPENAI_BASE_URL": "https://u:p@models.example.org/v1", "OPENAI_API_KEY": "k"}, "models.example.org", "k"),
        ({"OPENAI_API_KEY": "sk-1", "OPENAI_API_BASE": "https://elsewhere.example.org/v1"}, "api.openai.com", "sk-1"),
    ],
)
def test_a_key_or_an_address_makes_a_model_and_the_host_is_the_one_that_is_asked(monkeypatch, environment, host, key):
    endpoint = endpoint_of(settings(monkeypatch, **environment))
    assert endpoint is not None
    assert (endpoint.host, endpoint.api_key.get_secret_value(), endpoint.model) == (host, key, "gpt-4.1-mini")
    assert isinstance(model_at(endpoint), Fallback)


def test_voice_notes_are_heard_by_a_model_of_their_own_name(monkeypatch):
    named = endpoint_of(settings(monkeypatch, OPENAI_API_KEY="sk-1", KEEL_HEARING_MODEL="whisper-large"))
    assert named is not None
    assert (named.model, named.hearing_model) == ("gpt-4.1-mini", "whisper-large")


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://example.org/v1", "https://", "http://[::1", "x"])
def test_an_unusable_address_is_refused_with_an_example(monkeypatch, address):
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL: use an address like"):
        endpoint_of(settings(monkeypatch, OPENAI_BASE_URL=address))

"""The menu of commands: each of them works, in every language that has words for it, within Telegram's limits."""

import re
from datetime import UTC, datetime

import pytest

from agents.domain.commands import COMMANDS
from agents.schemas import Moment
from agents.understanding.commands import command
from bot.telegram.menu import menu, menus
from prompts.loader import Catalogue, languages

SPEECH = Catalogue()
OWN_WORDS = ("en", "es", "de", "fr", "pt", "it", "ru", "hi", "ar", "tr", "id")


def test_there_is_a_menu_for_everybody_and_one_for_each_language() -> None:
    found = menus(SPEECH)
    assert set(found) == {"", *OWN_WORDS} - {"en"}
    assert found[""] == menu(SPEECH, "en")
    assert set(languages()) == set(OWN_WORDS)


@pytest.mark.parametrize("language", OWN_WORDS)
def test_every_command_is_described_in_its_own_words(language: str) -> None:
    words = menu(SPEECH, language)
    assert tuple(words) == COMMANDS
    assert len(set(words.values())) == len(COMMANDS)
    for name, description in words.items():
        assert SPEECH.has(language, f"command-{name}")
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(description) <= 256
    assert language == "en" or words != menu(SPEECH, "en")


@pytest.mark.parametrize("language", OWN_WORDS)
@pytest.mark.parametrize("key", ["group-only-private", "welcome-back", "too-many-messages"])
def test_the_lines_about_the_conversation_itself_are_there(language: str, key: str) -> None:
    text = SPEECH.say(language, key, {"link": "https://t.me/keel_test_bot"})
    assert SPEECH.has(language, key)
    assert ("https://t.me/keel_test_bot" in text) == (key == "group-only-private")


def test_a_small_catalogue_falls_back_to_english_for_the_rest() -> None:
    assert SPEECH.say("de", "youre-welcome", {}) == SPEECH.say("en", "youre-welcome", {})
    assert not SPEECH.has("de", "youre-welcome")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_menu_is_understood(name: str) -> None:
    found = command(f"/{name}", Moment(now=datetime(2026, 11, 23, 9, tzinfo=UTC)))
    assert [intent.name for intent in found] != ["command_unknown"]

"""The menu of commands in private chats (telegram.md TG-10): what works today, in the order people need it."""

from agents.domain.commands import COMMANDS
from agents.ports import Speech
from bot.telegram.ear import Menus
from prompts.loader import FALLBACK, languages


def menus(speech: Speech) -> Menus:
    """Commands and descriptions: one menu for everybody, and one for each language that has its own words."""
    found = {"": menu(speech, FALLBACK)}
    found.update({language: menu(speech, language) for language in languages() if language != FALLBACK})
    return found


def menu(speech: Speech, locale: str = FALLBACK) -> dict[str, str]:
    """Command and description in one language."""
    return {name: speech.say(locale, f"command-{name}", {}) for name in COMMANDS}

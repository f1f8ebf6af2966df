"""The menu of commands in private chats (telegram.md TG-10): what works today, in the order people need it."""

from agents.ports import Speech

COMMANDS = (
    "today", "plan", "meals", "workout", "log", "water", "checkin", "shopping", "reminders", "goals", "profile",
    "settings", "units", "quiet", "feedback", "help", "privacy", "stop", "cancel", "delete", "start",
)  # fmt: skip


def menu(speech: Speech, locale: str = "en") -> dict[str, str]:
    """Command and description."""
    return {name: speech.say(locale, f"command-{name}", {}) for name in COMMANDS}

"""Slash commands with their arguments (product.md, commands). The first word decides; the rest is its argument."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from agents.schemas import CheckIn, Intent, IntentName, Moment, Target
from agents.understanding import checkins, drinks, foods, language, logs, pictures, remembering, switches, views
from agents.understanding.clauses import clause

_COMMAND: Final = re.compile(r"/(?P<name>[A-Za-z][A-Za-z0-9_]{0,63})(?:@\w{1,64})?(?:\s+(?P<argument>.*))?", re.DOTALL)
_DEEP_LINK: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PLAIN: Final[Mapping[str, IntentName]] = {
    "help": "help", "today": "today", "plan": "plan_view", "meals": "meals_view", "workout": "workout_view",
    "goals": "goals_view", "profile": "profile_view", "shopping": "shopping_view",
    "reminders": "reminders_view", "settings": "settings_view", "export": "export_me", "privacy": "privacy",
    "delete": "delete_me", "cancel": "cancel", "undo": "undo", "skip": "skip", "back": "back",
}  # fmt: skip


def command(text: str, moment: Moment) -> tuple[Intent, ...]:
    """What a message that begins with "/" orders; a name that is no command gives command_unknown with that name."""
    match = _COMMAND.fullmatch(text.strip())
    if match is None:
        return (Intent("command_unknown", payload=text.strip()[1:65].strip(), quote=text.strip()[:80]),)
    name, argument = match["name"].lower(), (match["argument"] or "").strip()
    if name in _PLAIN:
        if argument and (narrowed := views.view(clause(f"{name} {argument}"), moment)):
            return (replace(narrowed, quote=text.strip()),)  # "/profile history" is what "profile history" is
        return (Intent(_PLAIN[name], payload=Target(words=argument) if argument else None, quote=text.strip()),)
    if name in _WITH_ARGUMENT:
        return _WITH_ARGUMENT[name](argument, moment)
    return (Intent("command_unknown", payload=name, quote=text.strip()),)


def _start(argument: str, _moment: Moment) -> tuple[Intent, ...]:
    return (Intent("start", payload=argument if _DEEP_LINK.fullmatch(argument) else None, quote="/start"),)


def _log(argument: str, moment: Moment) -> tuple[Intent, ...]:
    """Anything that can be logged; words of no other kind are taken as food, because that is what /log asks for."""
    if not argument:
        return (Intent("log_food", quote="/log"),)
    if found := logs.any_log(argument, moment):
        return found
    eaten = foods.listed(argument, moment)
    return (Intent("log_food", payload=eaten, confidence=0.7 if eaten else 0.3, quote=argument),)


def _water(argument: str, _moment: Moment) -> tuple[Intent, ...]:
    return (Intent("log_water", payload=drinks.bare_amount(argument), quote=argument or "/water"),)


def _check_in(argument: str, _moment: Moment) -> tuple[Intent, ...]:
    if not argument:
        return (Intent("check_in", quote="/checkin"),)
    told = checkins.states(clause(argument).plain)
    return (Intent("check_in", payload=told or CheckIn(note=argument), quote=argument),)


def _quiet(argument: str, moment: Moment) -> tuple[Intent, ...]:
    hours = switches.quiet_window(argument, moment) if argument else None
    return (Intent("quiet_hours", payload=hours, quote=argument or "/quiet"),)


def _units(argument: str, _moment: Moment) -> tuple[Intent, ...]:
    return (Intent("units", payload=switches.unit_system(argument.lower()), quote=argument or "/units"),)


def _language(argument: str, _moment: Moment) -> tuple[Intent, ...]:
    return (Intent("language", payload=language.code(argument.lower()), quote=argument or "/language"),)


def _stop(_argument: str, _moment: Moment) -> tuple[Intent, ...]:
    return (Intent("pause", payload=Target(everything=True), quote="/stop"),)


def _feedback(argument: str, _moment: Moment) -> tuple[Intent, ...]:
    return (Intent("feedback", payload=argument or None, quote=argument or "/feedback"),)


def _progress(argument: str, _moment: Moment) -> tuple[Intent, ...]:
    """Everything at a glance; "/progress weight" and "/progress sleep this year" one picture."""
    wanted = pictures.picture(argument.lower()) if argument else None
    return (Intent("progress_view", payload=wanted, quote=argument or "/progress"),)


def _memory(argument: str, moment: Moment) -> tuple[Intent, ...]:
    """What is remembered; "/memory forget 2" and "/memory I hate mornings" say what to do with it."""
    wanted = remembering.ordered(argument, moment) if argument else None
    return (wanted or Intent("memory_view", quote=argument or "/memory"),)


_WITH_ARGUMENT: Final[Mapping[str, Callable[[str, Moment], tuple[Intent, ...]]]] = {
    "start": _start, "log": _log, "water": _water, "checkin": _check_in, "quiet": _quiet, "units": _units,
    "language": _language, "stop": _stop, "feedback": _feedback, "memory": _memory,
    "progress": _progress,
}  # fmt: skip

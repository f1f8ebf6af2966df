"""The conversation so far, in a few lines: what was asked, agreed, logged, changed and refused, day by day.

Made by rules from what a turn commits, in words of ours only: nothing anybody typed gets in, so nobody can write into
it, and it holds no name, no figure and no diagnosis. At most MOST_CHARACTERS long, whatever was said: of a day that is
long ago the least is kept, and the oldest lines go first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from agents.domain import changes as c

MOST_CHARACTERS: Final = 600
MOST_DAYS: Final = 7
_OLDER_ITEMS: Final = 6  # that an earlier day keeps
_LINE: Final = re.compile(r"(?P<day>\d{4}-\d\d-\d\d): (?P<items>[a-z][a-z ,'×0-9;-]*)")
_ITEM: Final = re.compile(r"(?P<what>.+?)(?: ×(?P<count>\d{1,4}))?")
_MOST_COUNTED: Final = 99

# What somebody asked for or talked about; what is no subject of a talk ("yes", "back") is left out.
_ASKED: Final[Mapping[str, str]] = {
    "today": "asked for today's plan", "plan_view": "asked for the plan", "meals_view": "asked about meals",
    "workout_view": "asked about training", "sleep_view": "asked about sleep", "progress_view": "asked about progress",
    "shopping_view": "asked for the shopping list", "goals_view": "asked about goals",
    "calendar_view": "asked for the calendar", "profile_view": "looked at the profile",
    "reminders_view": "looked at reminders", "memory_view": "looked at what is remembered",
    "why_plan": "asked why the plan is so", "question": "asked a question of knowledge",
    "swap_meal": "wanted another dish", "renew_day": "wanted other meals", "fill_day": "asked what to cook",
    "scale_meal": "wanted other portions", "swap_exercise": "wanted another exercise",
    "shorten_workout": "wanted a shorter session", "move_workout": "wanted to move a session",
    "replan": "wanted a new plan", "pain": "spoke of pain", "illness": "spoke of being unwell",
    "feedback": "gave feedback", "privacy": "asked about privacy", "help": "asked for help",
    "unknown": "was not understood",
}  # fmt: skip
_CHANGED: Final[Mapping[type, str]] = {
    c.ProfileLocked: "profile saved", c.NutritionPlanMade: "meal plan made", c.ExercisePlanMade: "training plan made",
    c.SleepPlanMade: "sleep plan made", c.MealSwapped: "meal changed", c.MealSwapUndone: "meal change undone",
    c.ReminderAdded: "reminder set", c.ReminderCancelled: "reminder cancelled", c.MealLogged: "food logged",
    c.ActivityLogged: "activity logged", c.CheckInLogged: "check-in given", c.LogRemoved: "log taken back",
    c.FactRemembered: "something remembered", c.FactForgotten: "something forgotten", c.TaskSnoozed: "task put off",
}  # fmt: skip
_DONE: Final = {"completed": "task done", "skipped": "task skipped", "pending": "task opened again"}
_MEASURED: Final = {"water_ml": "drink logged", "weight_kg": "weight logged"}
_REFUSED: Final = {"goal_refused": "a goal was refused for safety", "plan_blocked": "a plan was held back for safety"}


def rolled(before: str, intents: Iterable[str], changes: Iterable[c.Change], today: date) -> str:
    """The summary after a turn. `intents` are names; a line this module could not have written is dropped."""
    written = tuple(changes)
    if any(isinstance(change, c.AllForgotten) for change in written):
        return ""
    days = _days(before)
    news = [*_asked(intents), *_committed(written)]
    if news:
        counts = days.pop(today.isoformat(), Counter())
        for item in news:
            counts[item] = min(counts.pop(item, 0) + 1, _MOST_COUNTED)  # the latest stands last
        days[today.isoformat()] = counts
    return _within(days, today.isoformat())


def _asked(intents: Iterable[str]) -> list[str]:
    return [_ASKED[name] for name in dict.fromkeys(intents) if name in _ASKED]


def _committed(changes: Iterable[c.Change]) -> list[str]:
    """What became of it: each thing once a turn, because a plan of a week is one thing."""
    return list(dict.fromkeys(item for change in changes for item in _of(change)))


def _of(change: c.Change) -> Iterable[str]:
    match change:
        case c.TaskMarked(status=status):
            yield _DONE[status]
        case c.MetricLogged(metric_code=code):
            yield _MEASURED[code]
        case c.SafetyNoted(action=action):
            yield _REFUSED.get(action, "a safety answer was given")
        case c.ConsentGranted():
            yield "a consent was given"
        case c.ConsentWithdrawn():
            yield "a consent was taken back"
        case c.SettingsChanged(values=values) if "paused_until" in values:
            yield "pause ended" if values["paused_until"] is None else "pause begun"
        case c.SettingsChanged():
            yield "settings changed"
        case _ if type(change) in _CHANGED:
            yield _CHANGED[type(change)]


def _days(text: str) -> dict[str, Counter[str]]:
    """The lines as counts by day; whatever does not read like one of ours is left out."""
    found: dict[str, Counter[str]] = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        counts: Counter[str] = Counter()
        for item in match["items"].split("; "):
            told = _ITEM.fullmatch(item)
            if told and told["what"] in _KNOWN:
                counts[told["what"]] = min(int(told["count"] or 1), _MOST_COUNTED)
        if counts:
            found[match["day"]] = counts
    return found


_KNOWN: Final = frozenset(
    {*_ASKED.values(), *_CHANGED.values(), *_DONE.values(), *_MEASURED.values(), *_REFUSED.values(), "pause begun",
     "pause ended", "settings changed", "a safety answer was given", "a consent was given", "a consent was taken back"}
)  # fmt: skip


def _within(days: dict[str, Counter[str]], today: str) -> str:
    """The newest days that fit, newest last; of a day that does not fit whole, its latest things."""
    lines: list[str] = []
    room = MOST_CHARACTERS
    for day in sorted(days, reverse=True)[:MOST_DAYS]:
        items = list(days[day].items())
        line = _line(day, items if day == today else items[-_OLDER_ITEMS:], room)
        if not line:
            break
        lines.append(line)
        room -= len(line) + 1
    return "\n".join(reversed(lines))


def _line(day: str, items: list[tuple[str, int]], room: int) -> str:
    """One day in at most so many characters; "" when not even one thing fits."""
    for first in range(len(items)):
        told = "; ".join(what if count == 1 else f"{what} ×{count}" for what, count in items[first:])
        if len(line := f"{day}: {told}") <= room:
            return line
    return ""

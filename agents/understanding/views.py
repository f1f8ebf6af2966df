"""What somebody wants to see: today, the plan, meals, the session, progress, goals, profile, history, reminders."""

import re
from datetime import timedelta
from typing import Final

from agents.schemas import Intent, IntentName, Moment, Target
from agents.understanding import number_words, patterns, pictures, slots
from agents.understanding.clauses import Clause
from agents.understanding.targets import day_in

_TOO_BARE: Final = frozenset(
    ("list", "records", "food", "day", "week", "history", "changes", "next", "information", "details", "schedule",
     "data", "diet", "weight", "calories", "sleep", "exercise", "tonight", "now", "this morning", "this evening",
     "restrictions", "allergies", "injuries", "routine")
)  # fmt: skip
_NARROWED: Final = frozenset(("meals_view", "workout_view", "plan_view", "today"))


def view(clause: Clause, moment: Moment) -> Intent | None:
    """The page this clause asks for; None when it asks for none. `Target.on` and `words` narrow it."""
    said = clause.order
    if said in _TOO_BARE or (moment.expecting is not None and len(said.split()) == 1):
        return None  # one word answers the open question
    if pictures.asks(said):
        return Intent("progress_view", payload=pictures.picture(said), quote=clause.text.strip())
    match = patterns.found("views", said)
    return Intent(match[0], payload=_payload(match[0], said, moment), quote=clause.text.strip()) if match else None


_DAYS: Final = re.compile(r"\b(?P<count>\d\d?|two|three|four|five|six|seven|eight|nine|ten|couple of|few) days\b")
SUNDAY: Final = 6
_COUPLES: Final = {"couple of": 2, "few": 3}


def _shopping(said: str, moment: Moment) -> Target | None:
    """For how many days, or for which: "the next three days", "tomorrow", "the weekend"."""
    if match := _DAYS.search(said):
        return Target(days=_COUPLES.get(match["count"]) or number_words.value_of(match["count"]))
    if "weekend" in said:
        return _weekend(moment)
    on = day_in(said, moment) if "week" not in said else None
    return Target(on=on) if on else None


def _weekend(moment: Moment) -> Target:
    """Saturday and Sunday, or what is left of them."""
    today = moment.now.date()
    if today.weekday() == SUNDAY:
        return Target(on=today, days=1)
    return Target(on=today + timedelta(days=SUNDAY - 1 - today.weekday()), days=2)


def _payload(name: IntentName, said: str, moment: Moment) -> Target | None:
    if name == "profile_history":
        on = day_in(said, moment, prefer_past=True)
        return Target(on=on) if on else None
    if name == "progress_view":
        return pictures.picture(said)
    if name == "shopping_view":
        return _shopping(said, moment)
    if name not in _NARROWED:
        return None
    words = (slots.inside(said) or "") if name == "meals_view" else ""
    on = day_in(said, moment)
    return Target(words=words, on=on) if words or on else None

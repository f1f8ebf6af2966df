"""What somebody wants to see: today, the plan, meals, the session, progress, goals, profile, history, reminders."""

from typing import Final

from agents.schemas import Intent, IntentName, Moment, Target
from agents.understanding import patterns, slots
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
    match = patterns.found("views", said)
    return Intent(match[0], payload=_payload(match[0], said, moment), quote=clause.text.strip()) if match else None


def _payload(name: IntentName, said: str, moment: Moment) -> Target | None:
    if name == "profile_history":
        on = day_in(said, moment, prefer_past=True)
        return Target(on=on) if on else None
    if name not in _NARROWED:
        return None
    words = (slots.inside(said) or "") if name == "meals_view" else ""
    on = day_in(said, moment)
    return Target(words=words, on=on) if words or on else None

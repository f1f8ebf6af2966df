"""Bending the plan: shorten or move a session, plan again; and changing what is on file."""

import re
from typing import Final

from agents.schemas import Amount, Intent, Moment, Target
from agents.understanding import activities, patterns
from agents.understanding.clauses import Clause
from agents.understanding.targets import day_in

CHANGED: Final = re.compile(
    r"\b(?:now|from now on|no longer|any ?more|instead|these days|since (?:last|this)|as of|switched|became|gave up|"
    r"stopped|started|bought|got a new|moved|going forward|recently)\b"
)  # beside a profile fact: something is different from what was on file
_MINUTE_QUESTIONS: Final = ("workout_minutes", "max_prep_minutes", "sleep_hours")
_OF_ANOTHER: Final = re.compile(
    r"of (?:user|person|account|client|customer|member|number|the (?:user|other|person)|somebody|someone|another|all|"
    r"everyone|my (?:wife|husband|partner|mum|mom|dad|friend|son|daughter|brother|sister))\b"
)
_NOT_A_SESSION: Final = re.compile(r"\b(?:cook|cooking|slept|sleep|remind|ago|ran|walked|did)\b")
_TIME_OF_DAY: Final = re.compile(r"\d|morning|evening|afternoon|tonight|later|lunch|noon|next|week")
_SESSIONS: Final = re.compile(r"\b(?:run|walk|yoga|leg day|ride|swim)\b")


def bend(clause: Clause, moment: Moment) -> Intent | None:
    """shorten_workout, move_workout, profile_change or replan with its payload; None when none is ordered."""
    match = patterns.found("bends", clause.order) or patterns.found("bends", clause.plain)
    if match is None:
        return None
    name, caught = match
    if _OF_ANOTHER.match(caught.get("to", "")):
        return None
    quote = clause.text.strip()
    if name == "shorten_workout":
        return _shorten(clause, moment)
    if name == "move_workout":
        return _move(clause, moment, caught.get("to", ""))
    if name == "profile_change" and clause.asks and clause.order == clause.plain:
        return None
    return Intent(name, payload=Target(words=clause.order, on=day_in(clause.order, moment)), quote=quote)


def _shorten(clause: Clause, moment: Moment) -> Intent | None:
    if moment.expecting in _MINUTE_QUESTIONS or _NOT_A_SESSION.search(clause.plain):
        return None
    minutes = activities.minutes_in(clause.plain)
    payload = None if minutes is None else Amount(minutes, "minutes")
    return Intent("shorten_workout", payload=payload, quote=clause.text.strip())


def _move(clause: Clause, moment: Moment, to: str) -> Intent | None:
    """The day it moves to stands in `on`; "to the evening" keeps the day, and is asked about."""
    on = day_in(f"to {to}" if to else clause.order, moment)
    if to and on is None and not _TIME_OF_DAY.search(to):
        return None
    named = _SESSIONS.search(clause.order)
    return Intent(
        "move_workout", payload=Target(words=named[0] if named else "workout", on=on), quote=clause.text.strip()
    )

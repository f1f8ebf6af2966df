"""What people say about time, in English: one door to the readers beside it (libraries.md L-70..L-72).

Own grammar first; dateparser, imported only when needed, gets what looks like a time in another language.
"""

from collections.abc import Mapping
from datetime import datetime, time

from agents.domain.recurrence import Recurrence
from agents.understanding.clock_times import ClockTime, Problem, clock_time, clock_times
from agents.understanding.days import DayRef, day
from agents.understanding.durations import duration_minutes
from agents.understanding.foreign_times import foreign_moment, is_foreign
from agents.understanding.meal_hours import meal_times
from agents.understanding.recurrences import build
from agents.understanding.sentence import Sentence, tidy
from agents.understanding.time_parts import read_time_parts
from agents.understanding.weekdays import weekdays

__all__ = [
    "ClockTime", "DayRef", "Problem", "clock_time", "clock_times", "day", "duration_minutes", "meal_times",
    "recurrence", "weekdays",
]  # fmt: skip


def recurrence(
    text: str, *, now: datetime, anchors: Mapping[str, time] | None = None, locale: str = "en"
) -> Recurrence | Problem | None:
    """When the words say: a rule, why there is none, or None where no time is said.

    `now` is aware and in the person's zone. `anchors` holds their own times for "after dinner" and the like: the
    keys are breakfast, lunch, dinner, snack, wake, bed, workout.
    """
    sentence = Sentence(tidy(text))
    if is_foreign(sentence.text):
        return _foreign(sentence.text, now, locale)
    parts = read_time_parts(sentence, now=now, anchors=anchors or {}, locale=locale)
    return build(parts, now=now, anchors=anchors or {}).rule


def _foreign(text: str, now: datetime, locale: str) -> Recurrence | Problem | None:
    moment = foreign_moment(text, today=now.date(), at=now.time(), locale=locale)
    if moment is None:
        return None
    if moment <= now.replace(tzinfo=None):
        return Problem("in_the_past", text)
    return Recurrence(freq="once", on=moment.date(), times=(moment.time().replace(second=0, microsecond=0),))

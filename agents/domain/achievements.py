"""What somebody may be glad of (product.md F82): earned once, never taken back, never held against anybody.

Only days and sessions count. Weight, calories, and days in a row do not: a missed day is data (science.md B-1), and
what is rewarded on the scale is lost on the plate (E8). In care mode nothing is counted at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from agents.domain.charts.history import History
from agents.domain.charts.shown import is_in_care
from agents.domain.profile import Profile

ONCE: Final = "ever"
ACTIVE_DAYS: Final = (7, 30, 100, 365)  # days with something done or logged, in all
SESSIONS: Final = (1, 10, 50, 100, 250, 500)
NIGHTS: Final = 7  # told, of the seven of a week
GOOD_WEEK: Final = 0.8  # of what was planned
FEWEST_PLANNED: Final = 6  # things in a week; R-5
AWAY_DAYS: Final = 10  # B-5: after so long a return is worth a word


@dataclass(frozen=True, slots=True)
class Achievement:
    """One thing that was earned. `period` is "ever", an ISO week or a day; `count` is what it rests on."""

    code: str
    period: str
    on: date
    count: int

    @property
    def key(self) -> tuple[str, str]:
        """What makes it unique for a person."""
        return self.code, self.period


def earned(history: History, profile: Profile) -> tuple[Achievement, ...]:
    """What is new by the last day of this history, the plainest first."""
    if is_in_care(profile):
        return ()
    return tuple(each for each in _all(history) if each.key not in history.earned)


def _all(history: History) -> Iterator[Achievement]:
    on = history.last
    for days in ACTIVE_DAYS:
        if len(history.active_days) >= days:
            yield Achievement(f"active_days_{days}", ONCE, on, days)
    for sessions in SESSIONS:
        if history.sessions >= sessions:
            yield Achievement(f"sessions_{sessions}", ONCE, on, sessions)
    yield from _week(history)
    yield from _return(history)


def _week(history: History) -> Iterator[Achievement]:
    """The last whole week, Monday to Sunday."""
    on = history.last
    monday = on - timedelta(days=(on.weekday() + 1) % 7 + 6)
    week = f"{monday.isocalendar().year}-W{monday.isocalendar().week:02}"
    inside = [day for day in history.kept if monday <= day.on <= monday + timedelta(days=6)]
    planned, done = sum(day.planned for day in inside), sum(day.done for day in inside)
    if planned >= FEWEST_PLANNED and done >= GOOD_WEEK * planned:
        yield Achievement("good_week", week, on, planned)
    nights = sum(monday <= night <= monday + timedelta(days=6) for night, _ in history.sleep)
    if nights >= NIGHTS:
        yield Achievement("nights_told", week, on, nights)


def _return(history: History) -> Iterator[Achievement]:
    """Back after a while: the day itself, told within the week."""
    for before, after in pairwise(history.active_days):
        if (after - before).days >= AWAY_DAYS and (history.last - after).days < 7:
            yield Achievement("back_again", after.isoformat(), history.last, (after - before).days)

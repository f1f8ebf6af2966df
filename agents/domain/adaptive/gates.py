"""Whether there is enough to go by before a target may move (science.md K-33)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from agents.domain.adaptive.expenditure import DayLog

WINDOW_DAYS: Final = 14
FEWEST_LOGGED: Final = 10
FEWEST_WEIGHINGS_A_WEEK: Final = 4
UNSETTLED_DAYS: Final = 10  # after a change of diet, salt, creatine or cycle phase water moves, not fat

Reason = Literal["intake", "weighings", "unsettled"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the last two weeks was logged, and since when nothing else changed."""

    logged_days: int
    weighings: tuple[int, int]  # in the earlier and in the later week
    settled_days: int | None = None  # since the last change of diet, salt, creatine or cycle phase; None for never


def coverage_of(days: Sequence[DayLog], until: date, changed_on: date | None = None) -> Coverage:
    """What the fourteen days that end with `until` hold."""
    first, middle = until - timedelta(days=WINDOW_DAYS - 1), until - timedelta(days=WINDOW_DAYS // 2 - 1)
    window = [day for day in days if first <= day.on <= until]
    weighed = [day.on for day in window if day.weight_kg is not None]
    return Coverage(
        sum(day.eaten_kcal is not None for day in window),
        (sum(day < middle for day in weighed), sum(day >= middle for day in weighed)),
        (until - changed_on).days if changed_on is not None else None,
    )


def holds(coverage: Coverage) -> tuple[Reason, ...]:
    """Why nothing may change yet; () when the gates are open."""
    judged: tuple[tuple[Reason, bool], ...] = (
        ("intake", coverage.logged_days < FEWEST_LOGGED),
        ("weighings", min(coverage.weighings) < FEWEST_WEIGHINGS_A_WEEK),
        ("unsettled", coverage.settled_days is not None and coverage.settled_days < UNSETTLED_DAYS),
    )
    return tuple(reason for reason, is_so in judged if is_so)

"""The alarm over a falling weight (science.md E9): urgent, and the deficit is lifted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agents.domain.safety.verdict import Finding

FAST_SHARE_PER_WEEK: Final = 0.015  # of body weight, in each of two weeks running, intended or not
UNINTENDED: Final = ((timedelta(days=30), 0.05), (timedelta(days=180), 0.10))
_WEEK: Final = timedelta(days=7)
_EPSILON: Final = 1e-9  # "more than": exactly 1.5, 5 or 10 % is not


@dataclass(frozen=True, slots=True, order=True)
class Weighing:
    """The trend weight of one local day, in kg (K-30, not the raw scale)."""

    on: date
    kg: float


def alarm(trend: Sequence[Weighing], *, is_intended: bool) -> Finding | None:
    """The alarm for this history, judged at its last day, or None. Days without a trend use the last one before."""
    if len(trend) < 2:
        return None
    history = sorted(trend)
    if _falls_fast(history) or (not is_intended and _has_fallen(history)):
        message = (
            "Your weight is falling faster than is good for you. Please see a doctor within 3 days. Until then I plan "
            "no weight loss and enough to eat."
        )
        return Finding("E9", "urgent", message)
    return None


def weekly_loss(earlier_kg: float, later_kg: float, *, days: int = 7) -> float:
    """The share of body weight lost in a week, a gain negative (70 -> 68.9 kg in 7 days: 0.0157)."""
    return (earlier_kg - later_kg) / earlier_kg * 7 / days


def _falls_fast(history: Sequence[Weighing]) -> bool:
    """More than 1.5 % in each of the last two weeks."""
    last = history[-1]
    middle, first = _at(history, last.on - _WEEK), _at(history, last.on - 2 * _WEEK)
    if middle is None or first is None:
        return False
    return min(weekly_loss(first, middle), weekly_loss(middle, last.kg)) > FAST_SHARE_PER_WEEK + _EPSILON


def _has_fallen(history: Sequence[Weighing]) -> bool:
    last = history[-1]
    return any(
        (before.kg - last.kg) / before.kg > share + _EPSILON
        for span, share in UNINTENDED
        for before in history
        if before.on >= last.on - span
    )


def _at(history: Sequence[Weighing], day: date) -> float | None:
    """The trend on a day: the last weighing up to it, None where there is none."""
    return next((weighing.kg for weighing in reversed(history) if weighing.on <= day), None)

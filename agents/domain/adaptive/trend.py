"""The trend of a weight: what shows when the day-to-day swing of the scale is smoothed away (science.md K-30, K-31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

KEPT_A_DAY: Final = 0.9  # of yesterday's trend; the rest is today's weight
DAYS_PER_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Weighing:
    """One weight of one local day, kg."""

    on: date
    kg: float


def trend(weighings: Sequence[Weighing]) -> tuple[Weighing, ...]:
    """K-30: the smoothed weight on each day that has one, in order of days; of several on a day the last counts."""
    by_day = {each.on: each.kg for each in sorted(weighings, key=lambda each: each.on)}
    smooth: list[Weighing] = []
    for day, kg in by_day.items():
        if not smooth:
            smooth.append(Weighing(day, kg))
            continue
        last = smooth[-1]
        kept = KEPT_A_DAY ** (day - last.on).days
        smooth.append(Weighing(day, kept * last.kg + (1 - kept) * kg))
    return tuple(smooth)


def rate_kg_per_week(weighings: Sequence[Weighing], *, since: date, until: date) -> float | None:
    """How fast the trend moves between its first and last day in this span; None with fewer than two of them."""
    inside = [each for each in trend(weighings) if since <= each.on <= until]
    if len(inside) < 2:
        return None
    return (inside[-1].kg - inside[0].kg) / (inside[-1].on - inside[0].on).days * DAYS_PER_WEEK


def quick_expenditure_kcal(mean_intake_kcal: float, change_kg: float, days: int, rho_kcal_per_kg: float) -> float:
    """K-31: intake minus what the change of the trend stored or gave. Raises ValueError without a day."""
    if days < 1:
        raise ValueError("a change needs at least one day")
    return mean_intake_kcal - rho_kcal_per_kg * change_kg / days

"""The volume controller: weekly sets of a muscle from what was done and how it felt (science.md T-10)."""

from typing import Final

from agents.domain.energy import round_half_away
from agents.domain.profile import FitnessLevel
from agents.domain.training.dose import WEEKLY_SETS

USUAL_COMPLETION, COMPLETION_SPAN = 0.85, 0.15
SORE_FROM, SORE_SPAN = 5, 5  # of 10
GAIN: Final = 0.2
MOST_CHANGE: Final = 2.0  # sets
LEAST_USEFUL: Final = 4  # sets a week, T-5


def next_weekly_sets(sets: int, *, completion: float, soreness: float, level: FitnessLevel) -> int:
    """T-10: sets a week for the next 14 days. `completion` is 0 to 1, `soreness` the mean of 0 to 10.

    Never above the level's band of T-5; downwards it ends at four sets, which already work. Raises
    ValueError for shares and scores outside their scale.
    """
    if sets < 0 or not 0 <= completion <= 1 or not 0 <= soreness <= 10:
        raise ValueError("completion lies between 0 and 1, soreness between 0 and 10")
    error = _clamp((completion - USUAL_COMPLETION) / COMPLETION_SPAN, 1.0)
    error -= max(0.0, (soreness - SORE_FROM) / SORE_SPAN)
    change = _clamp(GAIN * error * sets, min(GAIN * sets, MOST_CHANGE))
    return min(WEEKLY_SETS[level][1], max(min(sets, LEAST_USEFUL), int(round_half_away(sets + change))))


def _clamp(value: float, most: float) -> float:
    return max(-most, min(most, value))

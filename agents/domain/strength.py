"""Strength arithmetic: one-rep maximum, effort, share of the maximum, loads that exist (science.md T-1 to T-3).

Loads in kg. Functions raise ValueError for numbers that cannot be a lift.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import floor
from typing import Final

from agents.domain.life_stage import is_minor, is_pregnant
from agents.domain.profile import Profile

MAX_REPS: Final = 10  # T-1: beyond this an estimate is too loose
DEFAULT_STEP_KG: Final = 2.5
# T-3: percent of the maximum at RPE 10 for 1 to 12 repetitions.
PERCENT_AT_FAILURE: Final = (100.0, 95.5, 92.2, 89.2, 86.3, 83.7, 81.1, 78.6, 76.2, 73.9, 70.7, 68.0)
RAMP: Final = ((0.4, 8), (0.6, 5), (0.8, 2))  # T-8: share of the working load, repetitions


def epley_kg(weight_kg: float, reps: float) -> float:
    """w·(1 + r/30); a single repetition is the maximum itself."""
    return weight_kg if reps == 1 else weight_kg * (1 + reps / 30)


def brzycki_kg(weight_kg: float, reps: float) -> float:
    """36·w/(37 − r)."""
    return 36 * weight_kg / (37 - reps)


def one_rep_max_kg(weight_kg: float, reps: float, *, rir: float = 0) -> float | None:
    """T-1: mean of Epley and Brzycki; repetitions in reserve count as done. None beyond ten repetitions."""
    if weight_kg <= 0 or reps < 1 or rir < 0:
        raise ValueError("a lift has a weight, at least one repetition, and no negative reserve")
    possible = reps + rir
    if possible > MAX_REPS:
        return None
    return (epley_kg(weight_kg, possible) + brzycki_kg(weight_kg, possible)) / 2


def may_test_maximum(profile: Profile) -> bool:
    """T-1, S-120: never ask beginners, minors or pregnant people for a true maximum; unknown counts as one of them."""
    is_grown = profile.age is not None and not is_minor(profile)
    return is_grown and profile.fitness_level in ("intermediate", "advanced") and not is_pregnant(profile)


def rir_of_rpe(rpe: float) -> float:
    """T-2: RPE 10 leaves no repetition, 9 one, 8 two; 6 and below mean four or more."""
    return min(4.0, 10 - rpe)


def percent_of_max(reps: int, *, rpe: float = 10) -> float | None:
    """T-3: percent of the maximum for `reps` at this RPE, half steps interpolated; None where the row ends."""
    if reps < 1 or not 0 < rpe <= 10:
        raise ValueError("repetitions start at 1 and RPE ends at 10")
    place = reps + 10 - rpe - 1
    low = floor(place)
    if place > len(PERCENT_AT_FAILURE) - 1:
        return None
    if low == place:
        return PERCENT_AT_FAILURE[low]
    below, above = PERCENT_AT_FAILURE[low], PERCENT_AT_FAILURE[low + 1]
    return below + (above - below) * (place - low)


def working_load_kg(
    max_kg: float,
    reps: int,
    *,
    rpe: float,
    step_kg: float = DEFAULT_STEP_KG,
    available_kg: Sequence[float] = (),
) -> float | None:
    """T-3: the load for `reps` at `rpe`, rounded down to what exists: a list of weights or steps of `step_kg`.

    Only a seed for the first session (T-2). None where the table ends or nothing that light exists.
    """
    percent = percent_of_max(reps, rpe=rpe)
    if percent is None:
        return None
    return round_down_kg(max_kg * percent / 100, step_kg=step_kg, available_kg=available_kg)


def round_down_kg(
    load_kg: float, *, step_kg: float = DEFAULT_STEP_KG, available_kg: Sequence[float] = ()
) -> float | None:
    """The heaviest load that exists and is not above `load_kg`; None if there is none."""
    if step_kg <= 0:
        raise ValueError("a plate step is above zero")
    if available_kg:
        return max((kg for kg in available_kg if kg <= load_kg), default=None)
    steps = floor(load_kg / step_kg + 1e-9)  # 60.0 / 2.5 must not fall to 23 steps for a rounding error
    return steps * step_kg if steps > 0 else None


def ramp_kg(working_kg: float, *, step_kg: float = DEFAULT_STEP_KG) -> tuple[tuple[float, int], ...]:
    """T-8: warm-up sets as (kg, repetitions): 40 % × 8, 60 % × 5, 80 % × 2; steps that round to the same are one."""
    found = [(round_down_kg(working_kg * share, step_kg=step_kg), reps) for share, reps in RAMP]
    real = [(kg, reps) for kg, reps in found if kg is not None]
    return tuple(real[:1]) + tuple(after for before, after in pairwise(real) if after[0] > before[0])

"""What was planned for a day, and what is left of it under an effect (science.md R-2, R-4, R-9).

Shares are of the full dose: a day that a deload or a comeback has already made lighter is not made lighter twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Final

from agents.domain.readiness.effect import Effect

SORE_SHARE: Final = 0.5
RECOVERY_MINUTES: Final = (20, 30)
_TINY: Final = 1e-9  # undoes binary noise: 0.7 of 10 sets are 7


@dataclass(frozen=True, slots=True)
class PlannedLift:
    """Working sets of one lift; `full_sets` where the plan gives fewer than the full dose today."""

    slug: str
    sets: int
    muscles: frozenset[str] = frozenset()
    full_sets: int | None = None

    def __post_init__(self) -> None:
        if self.sets < 0:
            raise ValueError("sets are not negative")

    @property
    def full(self) -> int:
        """The sets of the full dose."""
        return max(self.sets, self.full_sets or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """One local day of a plan; no lifts and no minutes is a rest day.

    `load_share` is what the plan already leaves of the working loads, `deficit_kcal` what it holds back from the
    expenditure of the day (0 where it holds back nothing). `is_gentle` is a walk, mobility or yoga: no effort to lower.
    """

    on: date
    lifts: tuple[PlannedLift, ...] = ()
    minutes: int = 0
    full_minutes: int | None = None
    load_share: float = 1.0
    has_intervals: bool = False
    is_outdoor: bool = False
    is_gentle: bool = False
    deficit_kcal: float = 0.0

    def __post_init__(self) -> None:
        if self.minutes < 0 or not 0 < self.load_share <= 1:
            raise ValueError("minutes are not negative, and a load share lies above 0 up to 1")

    @property
    def sets(self) -> int:
        """All working sets of the day."""
        return sum(lift.sets for lift in self.lifts)

    @property
    def is_rest_day(self) -> bool:
        """Whether nothing was planned."""
        return not self.sets and not self.minutes


def sets_after(day: PlannedDay, effect: Effect) -> tuple[int, ...]:
    """The sets of each lift, in the order of the plan, never more than planned; the first lifts lose least."""
    if effect.mode in ("recovery", "rest"):
        return (0,) * len(day.lifts)
    spared = _spared(day, effect)
    return _shared_out(spared, min(sum(spared), _most_sets(day, effect)))


def minutes_after(day: PlannedDay, effect: Effect) -> int:
    """The minutes of the day's session: none at rest, at most half an hour of recovery, else the share of all."""
    if effect.mode == "rest":
        return 0
    if effect.mode == "recovery":
        return min(day.minutes, RECOVERY_MINUTES[1])
    full = max(day.minutes, day.full_minutes or 0)
    return min(day.minutes, floor(full * effect.time + _TINY))


def load_after(day: PlannedDay, effect: Effect) -> float:
    """The share of the planned loads that is left, to two places; 1 where the plan is as light already."""
    return min(1.0, floor(effect.load / day.load_share * 100 + _TINY) / 100)


def _spared(day: PlannedDay, effect: Effect) -> tuple[int, ...]:
    """R-4: the sore lifts at half of their sets; without a place every lift is one."""
    sore = [effect.is_all_sore or not lift.muscles.isdisjoint(effect.sore_muscles) for lift in day.lifts]
    full = sum(lift.full for lift, is_sore in zip(day.lifts, sore, strict=True) if is_sore)
    halved = iter(
        _shared_out(
            [lift.sets for lift, is_sore in zip(day.lifts, sore, strict=True) if is_sore],
            floor(full * SORE_SHARE + _TINY),
        )
    )
    return tuple(next(halved) if is_sore else lift.sets for lift, is_sore in zip(day.lifts, sore, strict=True))


def _most_sets(day: PlannedDay, effect: Effect) -> int:
    full = sum(lift.full for lift in day.lifts)
    most = min(floor(full * effect.volume + _TINY), full - effect.fewer_sets)
    return max(most, 1 if effect.may_drop_lifts else sum(lift.sets > 0 for lift in day.lifts))


def _shared_out(sets: Sequence[int], left: int) -> tuple[int, ...]:
    """So many sets in all, one to each lift in turn, none above its own."""
    result = [0] * len(sets)
    for turn in range(max(sets, default=0)):
        for index, most in enumerate(sets):
            if left > 0 and turn < most:
                result[index] += 1
                left -= 1
    return tuple(result)

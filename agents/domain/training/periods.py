"""Where a day stands in a longer block: building, deload, taper, recovery, comeback (science.md T-7, T-9, T-23)."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

PeriodKind = Literal["build", "deload", "taper", "recovery", "comeback"]

DELOAD_EVERY: Final = 4  # weeks, T-7 and T-23
DELOAD_SETS: Final = 0.55  # T-7: 40 to 50 % fewer
DELOAD_TIME: Final = 0.7  # T-23
TAPER_DAYS: Final = 14
LAST_DAYS: Final = 7
TAPER_SHARE: Final = 0.6  # T-23: 40 to 60 % less, the effort kept
LAST_SHARE: Final = 0.45
RECOVERY_DAYS: Final = 7
CAREFUL_RIR: Final = 3  # T-4, T-7, T-9
CAREFUL_WEEKS: Final = 2
SET_RISE: Final = 1.2  # T-5: at most a fifth more sets a week
START_SHARE: Final = 0.84  # of the full time: two rises of a tenth lead to all of it
TIME_RISE: Final = 1.1  # T-23
GRAIN_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Period:
    """How a day differs from the full dose. `built` counts the building weeks before it, `step` those since a deload.

    `sets` and `time` are shares of the full sets and minutes, `load` of the working load, `least_rir` a floor.
    """

    kind: PeriodKind
    built: int
    step: int
    sets: float = 1.0
    time: float | None = None
    load: float = 1.0
    least_rir: int = 0


def comeback_share(weeks: int | None) -> float | None:
    """T-9: what is left of volume and load after so many weeks off; None when it is a new start."""
    if weeks is None or weeks < 2:
        return 1.0
    if weeks <= 3:
        return 0.8
    return 0.6 if weeks <= 8 else None


def period(day: date, *, week: int, event_on: date | None = None, comeback_weeks: int | None = None) -> Period | None:
    """The period of a day in `week` of its block, counted from 1; None on the eve and the day of an event: rest.

    Raises ValueError for a week below 1 or a negative break.
    """
    if week < 1 or (comeback_weeks or 0) < 0:
        raise ValueError("weeks of a block are counted from 1, and a break is not negative")
    built, step = _built(week), (week - 1) % DELOAD_EVERY
    days_left = (event_on - day).days if event_on is not None else None
    if days_left is not None and -RECOVERY_DAYS <= days_left <= TAPER_DAYS:
        return _around_event(days_left, built, step)
    share = comeback_share(comeback_weeks)
    if comeback_weeks is not None and comeback_weeks >= 2 and (found := _comeback(share, week, built, step)):
        return found
    if step == DELOAD_EVERY - 1:
        return Period("deload", built, step, sets=DELOAD_SETS, time=DELOAD_TIME, least_rir=CAREFUL_RIR)
    return Period("build", built, step)


def _built(week: int) -> int:
    return (week - 1) - (week - 1) // DELOAD_EVERY


def _around_event(days_left: int, built: int, step: int) -> Period | None:
    if days_left in (0, 1):
        return None
    if days_left < 0:
        return Period("recovery", built, step, sets=DELOAD_SETS, time=DELOAD_TIME, least_rir=CAREFUL_RIR)
    share = LAST_SHARE if days_left <= LAST_DAYS else TAPER_SHARE
    return Period("taper", built, step, sets=share, time=share)


def _comeback(share: float | None, week: int, built: int, step: int) -> Period | None:
    """Two careful weeks, then a rise of a fifth in sets and a tenth in time until the full dose is back."""
    if share is None:  # a new start: the beginner's volume is the full dose, only the reserve is larger
        return Period("comeback", built, step, least_rir=CAREFUL_RIR) if week <= CAREFUL_WEEKS else None
    later = max(0, week - CAREFUL_WEEKS)
    sets, time = min(1.0, share * SET_RISE**later), min(1.0, share * TIME_RISE**later)
    if sets == time == 1.0:
        return None
    is_careful = week <= CAREFUL_WEEKS
    load, rir = (share, CAREFUL_RIR) if is_careful else (1.0, 0)
    return Period("comeback", built, step, sets=sets, time=time, load=load, least_rir=rir)


def seconds_in(full: int, when: Period) -> int:
    """T-23: time of a steady block: a share of the full one, or 84 % in the first week and a tenth more each week."""
    if when.time is not None:
        return max(GRAIN_SECONDS, int(full * when.time) // GRAIN_SECONDS * GRAIN_SECONDS)
    seconds = min(full, -(-int(full * START_SHARE) // GRAIN_SECONDS) * GRAIN_SECONDS)
    for _ in range(min(when.built, 12)):
        seconds = min(full, int(seconds * TIME_RISE + 1e-9) // GRAIN_SECONDS * GRAIN_SECONDS)
    return seconds


def sets_in(sets: tuple[int, ...], share: float) -> tuple[int, ...]:
    """The sets of a session's lifts cut to a share of their sum, the first lifts losing least; 0 drops a lift.

    Nothing is cut at a share of 1. At least one set stays.
    """
    if share >= 1:
        return sets
    left = max(1, round(sum(sets) * share)) if sets else 0
    result = [0] * len(sets)
    for one_round in range(max(sets, default=0)):
        for index, most in enumerate(sets):
            if left and one_round < most:
                result[index] += 1
                left -= 1
    return tuple(result)

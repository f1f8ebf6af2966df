"""Easier for longer than a day: a comeback, a deload, a plan that proved too much (science.md R-5, T-7, T-9)."""

from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.energy import round_half_away
from agents.domain.readiness.effect import Effect
from agents.domain.readiness.trigger import Trigger
from agents.domain.training.periods import CAREFUL_RIR, CAREFUL_WEEKS, comeback_share

FEWEST_PLANNED: Final = 6  # R-5, in 14 days
ADHERENCE_PERCENT: Final = 70  # below this
SHORTER: Final = 0.75  # minutes −25 %
CAREFUL_RPE: Final = 10 - CAREFUL_RIR  # T-2
DAYS_PER_WEEK: Final = 7
RESTART_SHARE: Final = 0.6  # until the plan is rebuilt at a beginner's volume: no more than after eight weeks
DELOAD_FROM_WEEKS, DELOAD_BY_WEEKS = 4, 8  # T-7
DELOAD_DAYS: Final = 7  # T-7: 5 to 7
DELOAD_SHARES: Final = (0.5, 0.6)  # T-7: 40 to 50 % fewer sets
FALLING_WEEKS, SORE_DAYS, POOR_NIGHTS, SIGNS_NEEDED = 2, 3, 4, 2  # T-7

Sign = Literal["weeks", "strength_falling", "sore", "poor_sleep", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """What the last days showed: weeks since the last easy week, falling e1RM in a row, and of the last 7 days those
    with soreness above 7 and those with the sleep trigger."""

    weeks_since_deload: int
    e1rm_falling_weeks: int = 0
    sore_days: int = 0
    poor_nights: int = 0
    has_asked: bool = False


@dataclass(frozen=True, slots=True)
class Deload:
    """T-7: so many days with fewer sets, the same load and reserve; `signs` say why."""

    signs: tuple[Sign, ...]
    days: int = DELOAD_DAYS
    least_rir: int = CAREFUL_RIR


def adherence_trigger(done: int, planned: int) -> Trigger | None:
    """R-5 for 14 days: fewer than 70 % done of at least 6 planned. Something similar counts as done.

    Raises ValueError for more done than planned, or less than none.
    """
    if not 0 <= done <= planned:
        raise ValueError("done lies between none and all that was planned")
    if planned < FEWEST_PLANNED or done * 100 >= ADHERENCE_PERCENT * planned:
        return None
    effect = Effect(
        time=SHORTER,
        volume=SHORTER,
        offers=("one_session_fewer", "simpler_meals", "fewer_tasks", "ask_what_got_in_the_way"),
    )
    return Trigger("low_adherence", "R-5", effect, (("done", float(done)), ("planned", float(planned))))


def comeback_trigger(days_off: int, *, days_back: int = 0) -> Trigger | None:
    """T-9 for the two careful weeks after a break of so many days; None after a shorter one, and later.

    `days_back` counts from the first session again. Raises ValueError below none.
    """
    if days_off < 0 or days_back < 0:
        raise ValueError("a break is not negative")
    weeks = days_off // DAYS_PER_WEEK
    share = comeback_share(weeks)
    if share == 1.0 or days_back >= CAREFUL_WEEKS * DAYS_PER_WEEK:
        return None
    left = RESTART_SHARE if share is None else share
    effect = Effect(
        volume=left, time=left, load=left, rpe_cap=CAREFUL_RPE, offers=("rebuild_plan",) if share is None else ()
    )
    return Trigger("comeback", "T-9", effect, (("days_off", float(days_off)),))


def deload(strain: Strain) -> Deload | None:
    """T-7: due after eight weeks, after four with one sign, on two signs at any time, and whenever it is asked for.

    Not within a week of the last one, unless asked for.
    """
    signs = _signs(strain)
    if strain.has_asked:
        return Deload(signs)
    if strain.weeks_since_deload < 1:
        return None
    is_due = strain.weeks_since_deload >= DELOAD_BY_WEEKS or len(signs) >= SIGNS_NEEDED
    return Deload(signs) if is_due else None


def deload_sets(sets: int) -> tuple[int, int]:
    """T-7: the least and most sets of an easy week for so many usual ones (16 → 8 to 10)."""
    if sets < 0:
        raise ValueError("sets are not negative")
    least, most = (int(round_half_away(sets * share)) for share in DELOAD_SHARES)
    return least, most


def _signs(strain: Strain) -> tuple[Sign, ...]:
    judged: tuple[tuple[Sign, bool], ...] = (
        ("weeks", strain.weeks_since_deload >= DELOAD_FROM_WEEKS),
        ("strength_falling", strain.e1rm_falling_weeks >= FALLING_WEEKS),
        ("sore", strain.sore_days >= SORE_DAYS),
        ("poor_sleep", strain.poor_nights >= POOR_NIGHTS),
        ("asked", strain.has_asked),
    )
    return tuple(sign for sign, is_so in judged if is_so)

"""A day within an illness or on the way back from it (science.md R-7, S-190, S-141, E6, E10).

What is not known counts as the stricter: no named complaint is one below the neck, no "I am well again" means ill.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from agents.domain.readiness.effect import EASY_RPE, Effect
from agents.domain.readiness.trigger import Trigger
from agents.domain.safety import illness
from agents.domain.safety.illness import BELOW_THE_NECK, EASY_SHARE, Complaint
from agents.domain.safety.levels import Level

REST: Final = Effect(mode="rest", volume=0.0, time=0.0, may_drop_lifts=True, no_intervals=True, lifts_deficit=True)
# The wait after the last sign: walking is fine, and there is no more reason to eat beyond the plan (E6 is about fever).
WAIT: Final = Effect(mode="recovery", volume=0.0, time=0.0, may_drop_lifts=True, no_intervals=True)
EASY: Final = Effect(mode="easy", volume=EASY_SHARE, time=EASY_SHARE, rpe_cap=EASY_RPE, no_intervals=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class IllnessCourse:
    """One illness by local days. `complaints` are those of now, `earlier` those of the days before.

    `well_since` is the first day without any; `sessions_since` were done since the return. Raises ValueError for an end
    before the beginning or sessions below none.
    """

    began_on: date
    complaints: frozenset[Complaint] = frozenset()
    earlier: frozenset[Complaint] = frozenset()
    well_since: date | None = None
    is_covid_like: bool = False
    has_diabetes: bool = False
    sessions_since: int = 0

    def __post_init__(self) -> None:
        if self.sessions_since < 0 or (self.well_since is not None and self.well_since < self.began_on):
            raise ValueError("an illness ends after it began, and sessions are counted from 0")

    @property
    def needs_rest(self) -> bool:
        """Whether it was more than a cold: anything below the neck on any day, or nothing known about it."""
        named = self.complaints | self.earlier
        is_cold = bool(named) and named.isdisjoint(BELOW_THE_NECK)
        return not is_cold or self.is_covid_like or self.has_diabetes

    def trains_again_on(self) -> date | None:
        """The first day of training after it; None while it lasts."""
        if self.well_since is None or self.complaints:
            return None
        ill_days = (self.well_since - self.began_on).days
        return self.well_since + timedelta(days=illness.free_days_needed(ill_days, is_covid_like=self.is_covid_like))


def illness_trigger(course: IllnessCourse, *, on: date) -> Trigger | None:
    """R-7 on this local day: rest, easy, wait, or the rising share of the sessions back; None before it and after."""
    if on < course.began_on:
        return None
    again_on = course.trains_again_on()
    if again_on is None or course.well_since is None or on < course.well_since:
        return _ill(course)
    if on < again_on:
        evidence = (("trains_again_on", again_on.isoformat()),)
        return Trigger("illness", "S-190", WAIT if course.needs_rest else EASY, evidence, "caution")
    return _coming_back(course)


def illness_of_codes(codes: Collection[str], *, has_diabetes: bool) -> Trigger | None:
    """R-7 from the condition codes on file, which hold until the person is well; None without one."""
    advice = illness.of_conditions(codes, has_diabetes=has_diabetes)
    if not advice:
        return None
    share = min(each.volume_share for each in advice)
    level: Level = "urgent" if any(each.level == "urgent" for each in advice) else "caution"
    evidence = tuple(("on_file", code) for code in sorted(illness.ILLNESS_CODES.intersection(codes)))
    return Trigger("illness", advice[-1].rule, REST if share == 0 else EASY, evidence, level)


def _ill(course: IllnessCourse) -> Trigger:
    evidence = tuple(("complaint", name) for name in sorted(course.complaints))
    if course.has_diabetes:
        return Trigger("illness", "S-141", REST, evidence, _level(course))
    if not course.complaints:
        return Trigger("illness", "S-190", replace(REST, offers=("ask_complaints",)), evidence, "caution")
    return Trigger("illness", "S-190", REST if course.needs_rest else EASY, evidence, _level(course))


def _level(course: IllnessCourse) -> Level:
    found = illness.today(course.complaints).level
    return found if found != "none" else "caution"


def _coming_back(course: IllnessCourse) -> Trigger | None:
    share = illness.share_of_session(course.sessions_since + 1)
    if share >= 1:
        return None
    is_light = course.is_covid_like and course.sessions_since == 0
    effect = Effect(
        mode="easy" if is_light else "train",
        volume=share,
        time=share,
        rpe_cap=EASY_RPE if is_light else None,
        no_intervals=True,
    )
    return Trigger("illness", "S-190", effect, (("session_back", float(course.sessions_since + 1)),), "caution")

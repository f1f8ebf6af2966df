"""From findings to daily targets, and from those to the goal of each date: training days get more (K-8, F29)."""

import datetime as dt
from collections.abc import Collection, Sequence

from agents.domain.meals import DayTargets
from agents.domain.profile import Profile
from agents.domain.safety import Findings
from agents.domain.targets import Refusal, Targets, targets, training_and_rest
from agents.domain.training.week import DEFAULT_DAYS

WEEK = 7


def aim_within(findings: Findings) -> Targets | Refusal:
    """The daily targets that the findings allow, or what is missing for them."""
    return targets(
        findings.profile,
        deficit_allowed=findings.deficit_allowed,
        deficit_cap_fraction=findings.deficit_cap,
    )


def goals_for(aim: Targets, dates: Sequence[dt.date], training_days: Collection[int]) -> tuple[DayTargets, ...]:
    """One goal a date. `training_days` are weekdays (Monday 0); with none or all of them every day is alike."""
    if not 0 < len(set(training_days)) < WEEK:
        return (goal_of(aim),) * len(dates)
    train, rest = (goal_of(part) for part in training_and_rest(aim, training_days=len(set(training_days))))
    return tuple(train if date.weekday() in training_days else rest for date in dates)


def goal_of(aim: Targets) -> DayTargets:
    """The targets as the meal planner reads them."""
    return DayTargets(
        kcal=aim.kcal,
        kcal_min=aim.kcal_min,
        kcal_max=aim.kcal_max,
        protein_g=aim.protein_g,
        carbs_g=aim.carbs_g,
        fat_g=aim.fat_g,
        fibre_g=aim.fibre_g,
    )


def training_weekdays(profile: Profile) -> tuple[int, ...]:
    """The weekdays on which a programme trains this person, the usual ones where none were named."""
    return tuple(sorted({day for day in profile.workout_days or () if 0 <= day < WEEK})) or tuple(DEFAULT_DAYS)

"""One plan of everything: findings, targets, training, meals, sleep, shopping; each engine once, then the last word.

The same engines serve the chat, where each specialist keeps its own part.
"""

import datetime as dt
from dataclasses import dataclass, replace

from agents.domain import sleep
from agents.domain.day_goals import goals_for, training_weekdays
from agents.domain.energy import exercise_kcal_per_day
from agents.domain.exercises import Library
from agents.domain.foods import Catalogue
from agents.domain.meals import (
    DayTargets,
    GroceryLine,
    Larder,
    MealPlan,
    MealRefusal,
    Request,
    plan_meals,
    shopping,
)
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.safety import Findings, profile_findings
from agents.domain.sleep import SleepPlan
from agents.domain.targets import Refusal, Targets, targets
from agents.domain.training import Programme, programme


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePlan:
    """What was found and planned. `aim` and `meals` may be refusals; None where nothing may be planned at all."""

    findings: Findings
    aim: Targets | Refusal | None = None
    goals: tuple[DayTargets, ...] = ()
    training: Programme | None = None
    meals: MealPlan | MealRefusal | None = None
    groceries: tuple[GroceryLine, ...] = ()
    sleep: SleepPlan | None = None
    broken: tuple[Note, ...] = ()  # what the last word found; then nothing of the part is handed out

    @property
    def is_cleared(self) -> bool:
        """False when something waits for a clinician, a goal was refused or no plan may be made."""
        return self.findings.cleared and isinstance(self.aim, Targets) and not self.broken


def whole_plan(
    profile: Profile,
    catalogue: Catalogue,
    library: Library,
    *,
    start: dt.date,
    days: int,
    seed: int = 0,
    larder: Larder | None = None,
    wants_training: bool = True,
) -> WholePlan:
    """Everything for `days` local days (1..14) from `start`, or the refusal that stands against it.

    The same arguments give the same plan.
    """
    findings = profile_findings(profile, on=start)
    if not findings.may_plan:
        return WholePlan(findings=findings)
    known = findings.profile
    training = (
        programme(known, library, screening_allowed=findings.training_cap, start=start, days=days, seed=seed)
        if wants_training
        else None
    )
    aim = targets(
        known,
        exercise_kcal_per_day=exercise_kcal_per_day(known),
        deficit_allowed=findings.deficit_allowed,
        deficit_cap_fraction=findings.deficit_cap,
    )
    found = WholePlan(findings=findings, aim=aim, training=training, sleep=sleep.plan(known))
    if isinstance(aim, Refusal):
        return found
    weekdays = training_weekdays(known) if training is not None and training.sessions else ()
    dates = [start + dt.timedelta(days=n) for n in range(days)]
    goals = goals_for(aim, dates, weekdays)
    request = Request(
        profile=known, targets=goals, catalogue=catalogue, start=start, seed=seed, larder=larder or Larder()
    )
    meals = plan_meals(request)
    groceries = shopping(meals.days, catalogue, request.larder) if isinstance(meals, MealPlan) else ()
    return replace(found, goals=goals, meals=meals, groceries=groceries)

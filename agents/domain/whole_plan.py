"""One plan of everything: findings, targets, training, meals, sleep, habits, shopping; then the last word of the vet.

The chat uses the same engines, there each specialist keeps its own part.
"""

import datetime as dt
from dataclasses import dataclass, replace

from agents.domain import habits, sleep
from agents.domain.changes import ExercisePlanMade, NutritionPlanMade, PlanHead, SleepPlanMade
from agents.domain.day_goals import aim_within, goals_for, training_weekdays
from agents.domain.exercises import Library
from agents.domain.foods import Catalogue
from agents.domain.habits import Habit
from agents.domain.meals import GroceryLine, Larder, MealPlan, MealRefusal, Request, plan_meals, shopping
from agents.domain.note import Note
from agents.domain.plan_vetting import plan_findings
from agents.domain.profile import Profile
from agents.domain.safety import Findings, profile_findings
from agents.domain.sleep import SleepPlan
from agents.domain.targets import Refusal, Targets
from agents.domain.training import Programme, programme


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePlan:
    """What was found and planned. `aim` and `meals` may be refusals; None where a part must not be planned at all.

    `broken` is what the vet found: the part it concerns is then held back.
    """

    findings: Findings
    aim: Targets | Refusal | None = None
    training: Programme | None = None
    meals: MealPlan | MealRefusal | None = None
    groceries: tuple[GroceryLine, ...] = ()
    sleep: SleepPlan | None = None
    habits: tuple[Habit, ...] = ()
    broken: tuple[Note, ...] = ()

    @property
    def is_cleared(self) -> bool:
        """False when something waits for a clinician, a goal was refused or no plan may be made."""
        return self.findings.cleared and isinstance(self.aim, Targets) and not self.broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: `days` local days (1..14) from `start`; `seed` chooses among plans that are as good."""

    start: dt.date
    days: int
    seed: int = 0
    larder: Larder | None = None
    wants_training: bool = True

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The local dates of the plan."""
        return tuple(self.start + dt.timedelta(days=n) for n in range(self.days))


def whole_plan(profile: Profile, catalogue: Catalogue, library: Library, order: Order) -> WholePlan:
    """Everything for this person, or the refusal that stands against it. The same arguments give the same plan."""
    findings = profile_findings(profile, on=order.start)
    if not findings.may_plan:
        return WholePlan(findings=findings)
    known = findings.profile
    asleep = sleep.plan(known)
    plan = WholePlan(
        findings=findings,
        aim=aim_within(findings),
        training=_training(findings, library, order) if order.wants_training else None,
        sleep=asleep,
        habits=habits.choose(known, asleep),
    )
    return _vetted(_with_meals(plan, catalogue, order), order)


def _training(findings: Findings, library: Library, order: Order) -> Programme:
    return programme(
        findings.profile,
        library,
        screening_allowed=findings.training_cap,
        start=order.start,
        days=order.days,
        seed=order.seed,
    )


def _with_meals(plan: WholePlan, catalogue: Catalogue, order: Order) -> WholePlan:
    """Meals for the targets of each date, more on training days (K-8), and what they need from the shop."""
    if not isinstance(plan.aim, Targets):
        return plan
    known = plan.findings.profile
    weekdays = training_weekdays(known) if plan.training is not None and plan.training.sessions else ()
    request = Request(
        profile=known,
        targets=goals_for(plan.aim, order.dates, weekdays),
        catalogue=catalogue,
        start=order.start,
        seed=order.seed,
        larder=order.larder or Larder(),
    )
    meals = plan_meals(request)
    lines = shopping(meals.days, catalogue, request.larder) if isinstance(meals, MealPlan) else ()
    return replace(plan, meals=meals, groceries=lines)


def _vetted(plan: WholePlan, order: Order) -> WholePlan:
    """F16: each part is checked again as it would be before it is stored; what breaks a rule is not handed out."""
    profile = plan.findings.profile
    broken: list[Note] = []
    if isinstance(plan.aim, Targets) and isinstance(plan.meals, MealPlan):
        made = NutritionPlanMade(_head("Meals", plan.aim.rationale, order), plan.aim, plan.meals, {})
        if found := plan_findings(made, profile):
            broken += found
            plan = replace(plan, meals=None, groceries=())
    if plan.training is not None:
        head = _head("Training", plan.training.rationale, order)
        if found := plan_findings(ExercisePlanMade(head, plan.training, None), profile):
            broken += found
            plan = replace(plan, training=None)
    if plan.sleep is not None:
        head = _head("Sleep", plan.sleep.rationale, order)
        if found := plan_findings(SleepPlanMade(head, plan.sleep), profile):
            broken += found
            plan = replace(plan, sleep=None, habits=())
    return replace(plan, broken=tuple(broken))


def _head(name: str, rationale: str, order: Order) -> PlanHead:
    return PlanHead(name, order.start, -(-order.days // 7), rationale, None, "user_request", None, order.seed)

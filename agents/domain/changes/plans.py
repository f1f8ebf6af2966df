"""Plans as they become active, and the tasks they bring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from agents.domain.meals import Leeway, MealPlan, TradeOff
from agents.domain.sleep import SleepPlan
from agents.domain.targets import Targets
from agents.domain.training import Programme


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task that a plan brings. `workout_on` ties it to the session of that day."""

    description: str
    category: str
    due_on: date
    due_time: time | None
    workout_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What every plan version states about itself."""

    name: str
    starts_on: date
    duration_weeks: int
    rationale: str
    source_profile_version: int | None
    made_for: Literal["onboarding", "user_request", "reassessment"]
    primary_goal: str | None
    seed: int
    findings: tuple[tuple[str, str], ...] = ()
    tasks: tuple[TaskDraft, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NutritionPlanMade:
    """Targets and planned meals become the active nutrition plan.

    `leeway` is how strict it was made, `relaxed` what the person let give way for this plan only.
    """

    head: PlanHead
    targets: Targets
    meals: MealPlan
    meal_times: Mapping[str, time]
    leeway: Leeway = field(default_factory=Leeway)
    relaxed: TradeOff | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ExercisePlanMade:
    """A programme becomes the active exercise plan."""

    head: PlanHead
    programme: Programme
    workout_time: time | None


@dataclass(frozen=True, slots=True, eq=False)
class SleepPlanMade:
    """Sleep times and steps become the active sleep plan."""

    head: PlanHead
    plan: SleepPlan


@dataclass(frozen=True, slots=True, eq=False)
class TaskMarked:
    """A task is done, skipped or open again."""

    task_id: UUID
    status: Literal["completed", "skipped", "pending"]


@dataclass(frozen=True, slots=True, eq=False)
class TaskSnoozed:
    """A pending task sleeps until an instant (aware UTC)."""

    task_id: UUID
    until: datetime

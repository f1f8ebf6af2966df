"""Everything a turn may write, as values. Specialists propose them, `vet` may drop them, `commit` writes them.

Compared by identity: a claim in a reply points at the very change it reports.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from agents.domain.context import OpenQuestion
from agents.domain.meal_changes import MealsDropped, MealSwapped, MealSwapUndone
from agents.domain.meals import Leeway, MealPlan, TradeOff
from agents.domain.onboarding import OnboardingState
from agents.domain.profile import Profile
from agents.domain.recurrence import Recurrence
from agents.domain.schedule import ReminderSpec
from agents.domain.sleep import SleepPlan
from agents.domain.targets import Targets
from agents.domain.training import Programme

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Purpose = Literal["coaching", "llm_provider", "cycle", "analytics", "coach_share", "crisis_contact"]


@dataclass(frozen=True, slots=True, eq=False)
class ConsentGranted:
    """The person said yes to one purpose, shown in this version of the text."""

    purpose: Purpose
    policy_version: str
    locale: str


@dataclass(frozen=True, slots=True, eq=False)
class ConsentWithdrawn:
    """The person took a consent back."""

    purpose: Purpose


@dataclass(frozen=True, slots=True, eq=False)
class AccountErased:
    """Everything about the person goes now (science.md S-120: under 13)."""

    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class ProfileSaved:
    """The profile changes from `before` to `after`; storage writes only what differs."""

    before: Profile
    after: Profile


@dataclass(frozen=True, slots=True, eq=False)
class ProfileLocked:
    """The profile becomes version `version`; `changed` names the fields, `reason` the person's words."""

    version: int
    profile: Profile
    reason: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class OnboardingMoved:
    """Progress of onboarding, saved at once."""

    state: OnboardingState
    completed_steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class QuestionOpened:
    """The open question outside onboarding; None closes it."""

    question: OpenQuestion | None


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


@dataclass(frozen=True, slots=True, eq=False)
class ReminderAdded:
    """A new reminder; `quiet_policy` ignore only for a clock time the person typed (science.md B-4)."""

    id: UUID
    kind: str
    title: str
    recurrence: Recurrence
    quiet_policy: Literal["drop", "shift", "ignore"]
    max_age_minutes: int
    source: Literal["user", "system"]
    tone: str = "gentle"


@dataclass(frozen=True, slots=True, eq=False)
class RemindersScheduled:
    """The whole set of reminders that follow from the answers; storage keeps, adds and cancels to match."""

    reminders: tuple[ReminderSpec, ...]
    tone: str


@dataclass(frozen=True, slots=True, eq=False)
class ReminderCancelled:
    """A reminder ends."""

    reminder_id: UUID


@dataclass(frozen=True, slots=True, eq=False)
class FiringAnswered:
    """A tap on a reminder that was sent. `until` is set for a snooze (aware UTC)."""

    firing_id: UUID
    response: Literal["done", "snoozed", "skipped", "not_useful"]
    until: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SettingsChanged:
    """Columns of user_settings by name."""

    values: Mapping[str, time | datetime | str | bool | int | None]


@dataclass(frozen=True, slots=True, eq=False)
class MetricLogged:
    """A measurement in the reference unit of its code."""

    id: UUID
    metric_code: Literal["water_ml", "weight_kg"]
    value: float
    unit: str
    measured_at: datetime
    local_date: date


@dataclass(frozen=True, slots=True, eq=False)
class CheckInLogged:
    """How the person is; `values` holds columns of check_ins by name, `raw` what was answered."""

    id: UUID
    slot: Literal["baseline", "morning", "evening", "adhoc"]
    local_date: date
    recorded_at: datetime
    values: Mapping[str, int | float | str | bool | None]
    raw: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoggedFood:
    """One food as eaten; nutrients are for the grams given. `None` figures mean unknown."""

    name: str
    food_code: str | None
    quantity: float
    unit: str
    grams: float
    kcal: float
    protein_g: float
    carbs_g: float
    fat_g: float
    fibre_g: float
    sugar_g: float
    sat_fat_g: float
    sodium_mg: float
    portion_source: Literal["stated", "asked", "default_serving"]


@dataclass(frozen=True, slots=True, eq=False)
class MealLogged:
    """A meal as eaten."""

    id: UUID
    meal_type: str
    logged_at: datetime
    local_date: date
    items: tuple[LoggedFood, ...]
    allergen_alert: bool


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """One set as done."""

    exercise_name: str
    position: int
    set_number: int
    reps: int | None
    weight_kg: float | None
    rpe: float | None
    duration_seconds: int | None
    distance_m: float | None


@dataclass(frozen=True, slots=True, eq=False)
class ActivityLogged:
    """Something done, with its sets where it was strength work; MET and kcal per science.md M-1."""

    id: UUID
    category: Literal["cardio_steady", "cardio_interval", "strength", "sports", "flexibility", "other"]
    name: str
    started_at: datetime
    local_date: date
    minutes: float | None
    kcal: int | None
    met: float | None
    distance_m: float | None = None
    sets: tuple[LoggedSet, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SafetyNoted:
    """A red flag and what was done. `quiet_until` silences unasked messages (science.md S-8)."""

    level: str
    category: str
    rule_ids: tuple[str, ...]
    locale: str
    action: Literal["template_sent", "plan_blocked", "goal_refused", "nudges_paused", "referred", "noted"]
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SafetyEased:
    """The person said it is not happening now: the silence of an emergency ends (never that of a crisis)."""


@dataclass(frozen=True, slots=True, eq=False)
class LogRemoved:
    """An undo: one row that the person's last message created goes away again."""

    entity: Literal["meal", "activity", "health_metric", "check_in"]
    row_id: UUID


@dataclass(frozen=True, slots=True, eq=False)
class EventNoted:
    """Product analytics: codes and numbers, never text."""

    name: str
    properties: Mapping[str, Json] = field(default_factory=dict)


Change = (
    ConsentGranted
    | ConsentWithdrawn
    | AccountErased
    | ProfileSaved
    | ProfileLocked
    | OnboardingMoved
    | QuestionOpened
    | NutritionPlanMade
    | MealSwapped
    | MealSwapUndone
    | MealsDropped
    | ExercisePlanMade
    | SleepPlanMade
    | TaskMarked
    | TaskSnoozed
    | ReminderAdded
    | RemindersScheduled
    | ReminderCancelled
    | FiringAnswered
    | SettingsChanged
    | MetricLogged
    | CheckInLogged
    | MealLogged
    | ActivityLogged
    | SafetyNoted
    | SafetyEased
    | LogRemoved
    | EventNoted
)

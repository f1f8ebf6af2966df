"""What one turn knows: the frozen picture of a person that `recall` reads in one go."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from agents.domain.model_consent import model_policy
from agents.domain.onboarding import OnboardingState
from agents.domain.profile import Profile
from agents.domain.recurrence import Recurrence
from agents.domain.remembering import Remembered

ANSWER_WITHIN = timedelta(minutes=30)  # after that a plain "yes" may be meant for anything
TaskStatus = Literal["pending", "completed", "skipped", "missed"]


@dataclass(frozen=True, slots=True)
class Task:
    """An action with a due day."""

    id: UUID
    description: str
    category: str
    due_on: date
    due_time: time | None
    status: TaskStatus
    subject_type: str = "none"
    subject_id: UUID | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MealItem:
    """One food of a planned meal."""

    food: str
    grams: float
    kcal: float


@dataclass(frozen=True, slots=True)
class PlannedMealView:
    """A planned meal as shown; energy in kcal, macros in g."""

    id: UUID
    local_date: date
    slot: str
    name: str
    at: time | None
    kcal: float
    protein_g: float
    carbs_g: float
    fat_g: float
    status: str
    items: tuple[MealItem, ...] = ()
    servings: float = 1.0
    cooked_on: date | None = None  # an earlier day on which this portion was cooked along


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One line of a planned session."""

    name: str
    phase: str
    sets: int | None
    reps_min: int | None
    reps_max: int | None
    duration_seconds: int | None
    rest_sec: int | None
    modifications: tuple[str, ...] = ()
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class WorkoutView:
    """A planned session as shown."""

    id: UUID
    local_date: date
    name: str
    at: time | None
    minutes: int
    intensity: str
    status: str
    exercises: tuple[ExerciseView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A reminder as the person may see and cancel it."""

    id: UUID
    kind: str
    title: str
    recurrence: Recurrence
    next_due_at: datetime | None
    source: str
    state: str = "active"


@dataclass(frozen=True, slots=True)
class FiringView:
    """A reminder that was sent, and what came of it."""

    id: UUID
    reminder_id: UUID
    kind: str
    title: str
    response: str
    snooze_count: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """One locked version of the profile and since when it holds."""

    version: int
    valid_from: datetime
    reason: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the next answer means, outside onboarding. `data` is small and JSON-able."""

    code: str
    options: tuple[tuple[str, str], ...] = ()
    data: dict[str, str] = field(default_factory=dict)
    asked_at: datetime | None = None
    is_fresh: bool = True  # asked by the last message

    def hears_words(self, now: datetime) -> bool:
        """Whether a plain "yes" answers it: only just after it was asked. Its buttons always do."""
        return self.is_fresh and (self.asked_at is None or now - self.asked_at <= ANSWER_WITHIN)


@dataclass(frozen=True, slots=True)
class CareSettings:
    """How the person wants to be treated; local wall times."""

    quiet_start: time = time(21, 30)
    quiet_end: time = time(8, 0)
    paused_until: datetime | None = None
    safety_quiet_until: datetime | None = None
    tone: str = "gentle"


@dataclass(frozen=True, slots=True)
class TargetsView:
    """The active plan's mean daily figures; `kcal_floor` is what no day may be planned below."""

    kcal: int
    kcal_min: int
    kcal_max: int
    protein_g: float
    carbs_g: float
    fat_g: float
    fibre_g: float | None
    kcal_floor: int = 0


@dataclass(frozen=True, slots=True)
class PlanView:
    """An active plan's head."""

    id: UUID
    kind: str
    version: int
    starts_on: date
    rationale: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class LoggedToday:
    """Sums of today's logs, and the meals (slot codes) that something was logged for."""

    kcal: float = 0.0
    protein_g: float = 0.0
    carbs_g: float = 0.0
    fat_g: float = 0.0
    water_ml: int = 0
    fibre_g: float = 0.0
    slots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LastChange:
    """What the person's latest message led to: (entity, id, action), so that "undo" has a meaning."""

    receipts: tuple[tuple[str, str, str], ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that was said lately, by the person or by us."""

    text: str
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One person, as of one instant. `now` is aware UTC."""

    user_id: UUID
    account_id: UUID
    conversation_id: UUID
    now: datetime
    profile: Profile
    onboarding: OnboardingState
    is_new: bool = False
    consents: frozenset[str] = frozenset()
    model_policy: str | None = None  # the policy version of the consent to a model: its words and its host
    question: OpenQuestion | None = None
    settings: CareSettings = field(default_factory=CareSettings)
    tasks: tuple[Task, ...] = ()
    meals: tuple[PlannedMealView, ...] = ()
    workouts: tuple[WorkoutView, ...] = ()
    plans: tuple[PlanView, ...] = ()
    targets: TargetsView | None = None
    logged: LoggedToday = field(default_factory=LoggedToday)
    recent_texts: tuple[str, ...] = ()
    summary: str = ""  # of the conversation so far, by rules (agents.domain.so_far)
    # What a model may hear of besides; read only for those who allowed one. Oldest exchange first.
    exchanges: tuple[Exchange, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    last_change: LastChange = field(default_factory=LastChange)
    last_safety: str = "none"  # the highest level inside its follow-up window
    model_failed_today: bool = False  # an earlier turn of this local day had to finish offline

    @property
    def local_now(self) -> datetime:
        """Now in the person's zone."""
        return self.now.astimezone(ZoneInfo(self.profile.timezone))

    @property
    def today(self) -> date:
        """The person's calendar day."""
        return self.local_now.date()

    @property
    def may_store_health(self) -> bool:
        """Whether the person agreed to coaching (no consent, no health data: data-model 3.5)."""
        return "coaching" in self.consents

    def allows_model(self, host: str | None) -> bool:
        """Whether the person agreed that their words may go to the model at this host."""
        return host is not None and self.model_policy == model_policy(host)

"""What the coach knows about a person, as the engines see it.

Units are SI and in the names. `None` means "not known", never "no": every rule decides for itself what unknown means
(science.md S-103: unknown is not "no").
"""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Sex = Literal["female", "male", "unspecified"]
FitnessLevel = Literal["beginner", "intermediate", "advanced"]
Goal = Literal[
    "fat_loss",
    "muscle_gain",
    "general_fitness",
    "strength",
    "endurance",
    "flexibility",
    "athletic_performance",
]
WorkActivity = Literal["very_light", "light", "moderate", "heavy"]
LeisureActivity = Literal["very_light", "light", "moderate", "active", "very_active"]
Severity = Literal["mild", "moderate", "severe"]
AllergySeverity = Literal["mild", "moderate", "severe", "anaphylaxis"]
Place = Literal["home", "gym", "outdoor", "hybrid"]
DietType = Literal["omnivore", "vegetarian", "vegan", "pescatarian", "keto", "paleo", "mediterranean", "other"]
RestrictionKind = Literal["allergy", "intolerance", "dislike", "religious", "exclusion"]
CookingSkill = Literal["beginner", "intermediate", "advanced"]
Intensity = Literal["light", "moderate", "vigorous"]


@dataclass(frozen=True, slots=True)
class Injury:
    """A hurt body region. `region` is a code of science.md T-31; unknown severity counts as moderate."""

    region: str
    severity: Severity | None = None
    side: Literal["left", "right", "both"] | None = None
    pain_score: int | None = None  # 0..10 now
    note: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """One allergy, intolerance, dislike, religious rule or exclusion; codes as in the table dietary_restrictions.

    `code` is an allergen key of science.md N-30 for allergies, else an ingredient token ("mushrooms", "pork") or an
    intolerance ("lactose", "gluten", "fructose", "fodmap", "histamine"). An allergy to something without a key keeps
    its plain singular word as code. `label` is what the person said.
    """

    kind: RestrictionKind
    code: str
    severity: AllergySeverity | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clinician's permission (science.md S-107): up to which intensity, until which day (at most 12 months)."""

    up_to: Intensity
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class MealTime:
    """When a meal is eaten. `slot` is a code of the table meal_times; `at` is local wall time."""

    slot: str
    at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything the engines may use. Immutable: a change makes a new one (`dataclasses.replace`)."""

    version: int = 0
    name: str | None = None
    age: int | None = None
    birth_date: date | None = None
    sex: Sex = "unspecified"
    height_cm: float | None = None
    weight_kg: float | None = None
    target_weight_kg: float | None = None
    target_weeks: int | None = None
    fitness_level: FitnessLevel | None = None
    regular_exercise: bool | None = None  # S-100 (1): at least 30 min on 3 days a week for 3 months
    primary_goal: Goal | None = None
    secondary_goal: Goal | None = None
    work_activity: WorkActivity | None = None
    leisure_activity: LeisureActivity | None = None

    conditions: tuple[str, ...] | None = None  # medical_flags codes; () = asked, none
    symptoms: tuple[str, ...] | None = None  # S-101 signs named; () = asked, none
    medications: tuple[str, ...] | None = None  # S-160 class codes or the word as said; () = asked, none
    injuries: tuple[Injury, ...] | None = None  # () = asked, none
    clearance: Clearance | None = None
    pregnancy_week: int | None = None

    diet_type: DietType | None = None
    restrictions: tuple[Restriction, ...] = ()
    allergies_asked: bool = False  # True once the allergy question was answered, also with "none"
    meals_per_day: int | None = None
    meal_times: tuple[MealTime, ...] = ()
    cooking_skill: CookingSkill | None = None
    max_prep_minutes: int | None = None
    budget_per_day: float | None = None
    cuisines: tuple[str, ...] = ()

    equipment: tuple[str, ...] | None = None  # ref_equipment_types codes; () = none
    location: Place | None = None
    workout_days: tuple[int, ...] | None = None  # Monday 0 .. Sunday 6
    workout_minutes: int | None = None
    workout_time: time | None = None
    modalities: tuple[str, ...] = ()

    water_target_ml: int | None = None
    water_reminders: bool | None = None
    energy_level: int | None = None  # 0..10, science.md R-1
    stress_level: int | None = None
    sleep_quality: int | None = None
    sleep_hours: float | None = None
    wake_time: time | None = None
    bed_time: time | None = None
    morning_brief_time: time | None = None
    evening_checkin_time: time | None = None

    timezone: str = "UTC"
    country: str | None = None
    locale: str = "en"
    units: Literal["metric", "imperial"] = "metric"
    hide_numbers: bool = False
    is_locked: bool = False
    field_sources: dict[str, str] = field(default_factory=dict)  # field -> message|button|default|import|coach

    @property
    def bmi(self) -> float | None:
        """Body mass index in kg/m², where height and weight are known."""
        if not self.height_cm or not self.weight_kg:
            return None
        return self.weight_kg / (self.height_cm / 100) ** 2

    @property
    def allergies(self) -> tuple[Restriction, ...]:
        """The restrictions that are allergies."""
        return tuple(r for r in self.restrictions if r.kind == "allergy")

    def has(self, *codes: str) -> bool:
        """Whether any of these condition codes is on file."""
        return any(code in (self.conditions or ()) for code in codes)

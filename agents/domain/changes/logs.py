"""What was measured, eaten and done, and what is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from agents.domain.changes.events import Json


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
    portion_source: Literal["stated", "asked", "default_serving", "photo", "label"]


@dataclass(frozen=True, slots=True, eq=False)
class MealLogged:
    """A meal as eaten."""

    id: UUID
    meal_type: str
    logged_at: datetime
    local_date: date
    items: tuple[LoggedFood, ...]
    allergen_alert: bool
    entry: Literal["text", "photo", "barcode"] = "text"  # how it was told


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
class LogRemoved:
    """An undo: one row that the person's last message created goes away again."""

    entity: Literal["meal", "activity", "health_metric", "check_in"]
    row_id: UUID

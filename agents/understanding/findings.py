"""What the rules hand on: a fact or a refusal, with its place in the text, and the limits no value may pass.

A value outside its limits is refused with the limits, never clamped (product.md "Bad input").
"""

from dataclasses import dataclass
from typing import Literal

from agents.schemas import Fact, FactValue, ProfileField, Rejected
from agents.understanding.hearing import Heard

Op = Literal["set", "add", "remove", "none"]

# Least and greatest believable values in the field's own unit (data-model.md section 4; weight: what scales and
# people do).
LIMITS: dict[ProfileField, tuple[float, float]] = {
    "age": (0, 120),
    "height_cm": (50, 272),
    "weight_kg": (20, 400),
    "target_weight_kg": (20, 400),
    "target_change_kg": (-200, 200),
    "target_weeks": (1, 520),
    "pregnancy_week": (1, 42),
    "meals_per_day": (2, 8),
    "max_prep_minutes": (0, 480),
    "budget_per_day": (0, 999_999),
    "workout_days_count": (0, 7),
    "workout_minutes": (15, 180),
    "water_target_ml": (500, 10_000),
    "energy_level": (0, 10),
    "stress_level": (0, 10),
    "sleep_quality": (0, 10),
    "sleep_hours": (0, 24),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One fact or refusal and where its words stand."""

    start: int
    end: int
    item: Fact | Rejected


def fact(
    heard: Heard,
    field: ProfileField,
    value: FactValue,
    span: tuple[int, int],
    *,
    op: Op = "set",
    confidence: float = 1.0,
) -> Found:
    """A fact resting on this stretch of the text."""
    return Found(*span, Fact(field, value, heard.quote(*span), op, confidence))


def refused(heard: Heard, field: ProfileField, span: tuple[int, int], reason: str = "out_of_range") -> Found:
    """A refusal; the limits are told where the field has any and the reason is the range."""
    low, high = LIMITS.get(field, (None, None)) if reason == "out_of_range" else (None, None)
    return Found(*span, Rejected(field, heard.quote(*span), reason, low, high))


def measured(
    heard: Heard, field: ProfileField, value: float, span: tuple[int, int], *, confidence: float = 1.0
) -> Found:
    """The fact where the value is inside its limits, else the refusal."""
    low, high = LIMITS[field]
    return (
        fact(heard, field, value, span, confidence=confidence) if low <= value <= high else refused(heard, field, span)
    )

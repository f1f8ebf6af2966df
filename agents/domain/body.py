"""A body in figures: mass, height, age, sex, and how much of it is fat (science.md K-3, N-2).

Pure arithmetic in kg, cm, years and percent. ValueError on numbers that cannot be a body, and by name on figures that a
profile does not hold.
"""

import math
from dataclasses import dataclass
from typing import Literal

from agents.domain.profile import Profile, Sex

FAT_LIMITS_PERCENT = (3.0, 60.0)  # K-3


@dataclass(frozen=True, slots=True)
class Body:
    """The four figures every formula needs."""

    weight_kg: float
    height_cm: float
    age: int
    sex: Sex

    @property
    def bmi(self) -> float:
        """Body mass index in kg/m²."""
        return self.weight_kg / (self.height_cm / 100) ** 2


def body(profile: Profile) -> Body:
    """The body of this profile; ValueError names the fields that are missing (there is no default body)."""
    if profile.weight_kg is None or profile.height_cm is None or profile.age is None:
        missing = [name for name in ("weight_kg", "height_cm", "age") if getattr(profile, name) is None]
        raise ValueError(f"unknown: {', '.join(missing)}")
    return Body(profile.weight_kg, profile.height_cm, profile.age, profile.sex)


def body_fat_percent(*, weight_kg: float, height_cm: float, age: float, sex: Sex) -> float:
    """K-3 (Jackson 2002): body fat in percent from BMI and age, clamped to 3..60; unspecified sex takes the mean."""
    require_positive(weight_kg=weight_kg, height_cm=height_cm, age=age)
    log_bmi = math.log(weight_kg / (height_cm / 100) ** 2)
    male = 0.14 * age + 37.31 * log_bmi - 103.94
    female = 0.14 * age + 39.96 * log_bmi - 102.01
    estimate = {"male": male, "female": female, "unspecified": (male + female) / 2}[sex]
    return _clamp(estimate, *FAT_LIMITS_PERCENT)


def body_fat_from_tape_percent(
    *, sex: Literal["male", "female"], height_cm: float, waist_cm: float, neck_cm: float, hip_cm: float | None = None
) -> float:
    """K-3: body fat by the US Navy tape method. ValueError when the girths cannot be right: ask again."""
    require_positive(height_cm=height_cm, waist_cm=waist_cm, neck_cm=neck_cm)
    if waist_cm <= neck_cm:
        raise ValueError("the waist must be wider than the neck")
    if sex == "male":
        density = 1.0324 - 0.19077 * math.log10(waist_cm - neck_cm) + 0.15456 * math.log10(height_cm)
    elif hip_cm is None:
        raise ValueError("the hip is needed")
    else:
        density = 1.29579 - 0.35004 * math.log10(waist_cm + hip_cm - neck_cm) + 0.22100 * math.log10(height_cm)
    if density <= 0:
        raise ValueError("these girths do not belong to one body")
    return _clamp(495 / density - 450, *FAT_LIMITS_PERCENT)


def fat_kg(person: Body) -> float:
    """Estimated fat mass in kg (K-3)."""
    percent = body_fat_percent(weight_kg=person.weight_kg, height_cm=person.height_cm, age=person.age, sex=person.sex)
    return person.weight_kg * percent / 100


def require_positive(*, allow_zero: bool = False, **figures: float) -> None:
    """Raise ValueError naming the first figure that is not finite or not above zero."""
    lowest = 0.0 if allow_zero else math.ulp(0.0)
    for name, value in figures.items():
        if not math.isfinite(value) or value < lowest:
            raise ValueError(f"{name} cannot be {value}")


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)

"""Energy need: resting rate, activity, expenditure, lowest allowed intake (science.md K-1..K-8, E3, E5).

Pure arithmetic in kg, cm, years and kcal per day. Functions that take plain numbers raise ValueError on numbers that
cannot be a body; functions that take a profile raise it when height, weight or age is unknown.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal, get_args

from agents.domain.body import Body, body, fat_kg, require_positive
from agents.domain.profile import LeisureActivity, Profile, Sex, WorkActivity

# K-1: Mifflin–St Jeor constant by sex; unspecified is the mean of the two.
RMR_CONSTANT: dict[Sex, float] = {"male": 5.0, "female": -161.0, "unspecified": -78.0}
# K-4: physical activity level by leisure (row) and work (column: very light, light, moderate, heavy).
PAL: dict[LeisureActivity, tuple[float, float, float, float]] = {
    "very_light": (1.4, 1.5, 1.6, 1.7),
    "light": (1.5, 1.6, 1.7, 1.8),
    "moderate": (1.6, 1.7, 1.8, 1.9),
    "active": (1.7, 1.8, 1.9, 2.1),
    "very_active": (1.9, 2.0, 2.2, 2.3),
}
WORK_LEVELS: tuple[WorkActivity, ...] = get_args(WorkActivity)
ASSUMED_WORK: WorkActivity = "very_light"
ASSUMED_LEISURE: LeisureActivity = "light"
# K-1: the error of a predicted resting rate, shown as a range around the need.
EXPENDITURE_ERROR = 0.10
ABSOLUTE_FLOOR_KCAL: dict[Sex, int] = {"female": 1200, "male": 1500, "unspecified": 1500}  # E3
RMR_FLOOR_SHARE = 0.9  # E3
EA_FLOOR_KCAL_PER_KG_FFM = 30.0  # E5
EA_BMI_LIMIT = 25.0  # E5: below this the energy-availability floor is hard
EA_TRAINING_MINUTES_PER_WEEK = 300  # E5: from here on as well, whatever the BMI
RHO_UNKNOWN_KCAL_PER_KG = 7700.0  # K-6: where fat mass is unknown
SPLIT_LIMIT_KCAL = 300.0  # K-8
# Cost of a planned session where nobody computed it: MET 5 (squat and circuit work, section 4), net of rest (M-1).
SESSION_NET_MET = 4.0
ASSUMED_SESSIONS_PER_WEEK = 3
ASSUMED_SESSION_MINUTES = 45


@dataclass(frozen=True, slots=True)
class Tdee:
    """Daily expenditure in kcal with its ±10 % range; `assumed` names the profile fields that were not answered."""

    tdee_kcal: float
    bmr_kcal: float
    multiplier: float
    low: float
    high: float
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Floor:
    """The lowest daily intake any engine may propose, rounded up to 10, and the rule that sets it."""

    kcal: int
    basis: Literal["female", "male", "unspecified"]
    rule: Literal["E3", "E5"]


def round_half_away(value: float, step: float = 1.0) -> float:
    """Round to a multiple of `step`, halves away from zero (the rounding rule of science.md)."""
    # The tiny nudge undoes binary noise such as 161.49999999999997 for 161.5.
    units = math.floor(abs(value) / step + 0.5 + 1e-9)
    return math.copysign(units * step, value) if units else 0.0


def round_up(value: float, step: float) -> float:
    """Round up to a multiple of `step`."""
    return math.ceil(value / step - 1e-9) * step


def rmr_kcal(*, weight_kg: float, height_cm: float, age: float, sex: Sex) -> float:
    """K-1: resting metabolic rate by Mifflin–St Jeor, kcal per day."""
    require_positive(weight_kg=weight_kg, height_cm=height_cm, age=age)
    return 10 * weight_kg + 6.25 * height_cm - 5 * age + RMR_CONSTANT[sex]


def rmr_from_ffm_kcal(ffm_kg: float, *, is_athlete: bool = False) -> float:
    """K-2: resting rate from measured fat-free mass, Katch–McArdle or, for athletes, Cunningham."""
    require_positive(ffm_kg=ffm_kg)
    return 500 + 22 * ffm_kg if is_athlete else 370 + 21.6 * ffm_kg


def harris_benedict_kcal(*, weight_kg: float, height_cm: float, age: float, sex: Literal["female", "male"]) -> float:
    """K-2: the revised Harris–Benedict figure, a reference to compare an import with; no target comes from it."""
    require_positive(weight_kg=weight_kg, height_cm=height_cm, age=age)
    if sex == "male":
        return 88.362 + 13.397 * weight_kg + 4.799 * height_cm - 5.677 * age
    return 447.593 + 9.247 * weight_kg + 3.098 * height_cm - 4.330 * age


def activity_multiplier(work: WorkActivity, leisure: LeisureActivity) -> float:
    """K-4: physical activity level. It already holds habitual exercise: never add logged workouts on top."""
    return PAL[leisure][WORK_LEVELS.index(work)]


def nearest_activity(multiplier: float) -> tuple[WorkActivity, LeisureActivity]:
    """K-5: the table cell nearest to a single-factor import; below 1.4 counts as 1.4.

    A multiplier half way between two values takes the higher one; among equal cells the one with less leisure wins.
    """
    require_positive(multiplier=multiplier)
    cells = [(pal, work, leisure) for leisure, row in PAL.items() for work, pal in zip(WORK_LEVELS, row, strict=True)]
    _, work, leisure = min(cells, key=lambda cell: (round(abs(cell[0] - multiplier), 9), -cell[0]))
    return work, leisure


def tdee_kcal(profile: Profile) -> Tdee:
    """K-4: daily expenditure. Unanswered activity counts as desk work with light leisure and is named in `assumed`."""
    person = body(profile)
    assumed = tuple(name for name in ("work_activity", "leisure_activity") if getattr(profile, name) is None)
    multiplier = activity_multiplier(profile.work_activity or ASSUMED_WORK, profile.leisure_activity or ASSUMED_LEISURE)
    resting = rmr_kcal(weight_kg=person.weight_kg, height_cm=person.height_cm, age=person.age, sex=person.sex)
    total = resting * multiplier
    low, high = total * (1 - EXPENDITURE_ERROR), total * (1 + EXPENDITURE_ERROR)
    return Tdee(tdee_kcal=total, bmr_kcal=resting, multiplier=multiplier, low=low, high=high, assumed=assumed)


def training_minutes_per_week(profile: Profile) -> int | None:
    """Planned training, None while days or minutes are unknown."""
    if profile.workout_days is None:
        return None
    if not profile.workout_days:
        return 0
    return None if profile.workout_minutes is None else len(profile.workout_days) * profile.workout_minutes


def exercise_kcal_per_day(profile: Profile) -> float:
    """Daily mean of net exercise energy of the planned sessions (M-1, MET 5); unknown counts as 3 × 45 min a week."""
    days = ASSUMED_SESSIONS_PER_WEEK if profile.workout_days is None else len(profile.workout_days)
    minutes = ASSUMED_SESSION_MINUTES if profile.workout_minutes is None else profile.workout_minutes
    return SESSION_NET_MET * body(profile).weight_kg * days * minutes / 60 / 7


def energy_availability(*, intake_kcal: float, exercise_kcal: float, ffm_kg: float) -> float:
    """E5: kcal left per kg of fat-free mass and day after exercise."""
    require_positive(ffm_kg=ffm_kg)
    return (intake_kcal - exercise_kcal) / ffm_kg


def least_intake_kcal(*, ffm_kg: float, exercise_kcal: float) -> float:
    """E5: the intake that leaves 30 kcal per kg of fat-free mass after exercise."""
    require_positive(ffm_kg=ffm_kg)
    return EA_FLOOR_KCAL_PER_KG_FFM * ffm_kg + exercise_kcal


def kcal_floor(profile: Profile, exercise_kcal_per_day: float) -> Floor:
    """E3 and E5: max(1,200 female / 1,500 otherwise, 0.9·RMR, energy availability where it applies), up to 10 kcal.

    Unspecified sex is judged like male, the higher of the two.
    """
    require_positive(exercise_kcal_per_day=exercise_kcal_per_day, allow_zero=True)
    person = body(profile)
    careful = replace(person, sex="male") if person.sex == "unspecified" else person
    resting = rmr_kcal(weight_kg=person.weight_kg, height_cm=person.height_cm, age=person.age, sex=person.sex)
    basic = max(ABSOLUTE_FLOOR_KCAL[person.sex], RMR_FLOOR_SHARE * resting)
    lean_kg = person.weight_kg - fat_kg(careful)
    available = least_intake_kcal(ffm_kg=lean_kg, exercise_kcal=exercise_kcal_per_day)
    if _availability_binds(profile, person) and available > basic:
        return Floor(int(round_up(available, 10)), person.sex, "E5")
    return Floor(int(round_up(basic, 10)), person.sex, "E3")


def rho_kcal_per_kg(fat_kg: float | None) -> float:
    """K-6 (Forbes): energy of one kg of body-weight change at this fat mass; 7,700 where fat is unknown."""
    if fat_kg is None:
        return RHO_UNKNOWN_KCAL_PER_KG
    require_positive(fat_kg=fat_kg, allow_zero=True)
    ratio = fat_kg / 10.4
    return (9440 * ratio + 1807) / (ratio + 1)


def training_rest_split(
    *, mean_kcal: float, training_days: int, gap_kcal: float, floor_kcal: float
) -> tuple[float, float]:
    """K-8: kcal of a training and a rest day with the same weekly mean; the gap shrinks until the floor holds."""
    if not 0 <= training_days <= 7:
        raise ValueError("a week has 0 to 7 training days")
    if training_days in (0, 7):
        return mean_kcal, mean_kcal
    room = max(0.0, mean_kcal - floor_kcal) * 7 / training_days
    gap = min(max(0.0, gap_kcal), SPLIT_LIMIT_KCAL, room)
    return mean_kcal + gap * (7 - training_days) / 7, mean_kcal - gap * training_days / 7


def _availability_binds(profile: Profile, person: Body) -> bool:
    minutes = training_minutes_per_week(profile)
    return person.bmi < EA_BMI_LIMIT or (minutes is not None and minutes >= EA_TRAINING_MINUTES_PER_WEEK)

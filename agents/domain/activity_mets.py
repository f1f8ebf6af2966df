"""How hard a free activity is: MET by name, speed or stated effort, and what follows from it (science.md M-1 to M-4).

Energies in kcal, times in minutes unless the name says otherwise.
"""

from dataclasses import dataclass
from typing import Literal

Category = Literal["cardio_steady", "cardio_interval", "strength", "sports", "flexibility", "other"]
Effort = Literal["light", "moderate", "hard"]
Grade = Literal["light", "moderate", "vigorous"]
MODERATE_MET, VIGOROUS_MET = 3.0, 6.0  # M-3
RESTING_ML = 3.5  # ml oxygen per kg and minute that one MET stands for
KCAL_PER_LITRE = 5.0
MINUTES_PER_DAY = 1440
BY_EFFORT: dict[Effort, float] = {"light": 2.8, "moderate": 4.5, "hard": 7.5}  # M-4, an estimate


@dataclass(frozen=True, slots=True)
class Met:
    """Metabolic equivalent and category of an activity; `is_estimate` when it was not in the table."""

    met: float
    category: Category
    is_estimate: bool = False


# (words any of which must occur, category, light, moderate, hard), science.md section 4.
_TABLE: tuple[tuple[tuple[str, ...], Category, float, float, float], ...] = (
    (("hike", "hiking", "hiked"), "cardio_steady", 6.0, 6.0, 6.0),
    (("jog", "jogged", "jogging"), "cardio_steady", 7.5, 7.5, 7.5),
    (("cycle", "cycled", "cycling", "bike", "biked", "biking", "ride", "rode"), "cardio_steady", 4.3, 6.8, 10.0),
    (("swim", "swam", "swimming"), "cardio_steady", 5.8, 8.0, 9.8),
    (("row", "rowed", "rowing"), "cardio_steady", 5.0, 7.5, 11.0),
    (("elliptical",), "cardio_steady", 5.0, 5.0, 9.0),
    (("stairs", "stair"), "cardio_steady", 9.3, 9.3, 9.3),
    (("rope", "skipping"), "cardio_interval", 11.0, 11.0, 11.0),
    (("hiit", "intervals", "tabata"), "cardio_interval", 7.0, 7.0, 11.0),
    (("circuit",), "cardio_interval", 3.5, 5.0, 7.5),
    (("yoga",), "flexibility", 2.3, 2.7, 4.0),
    (("pilates",), "flexibility", 2.8, 2.8, 2.8),
    (("stretch", "stretched", "stretching", "mobility"), "flexibility", 2.3, 2.3, 2.3),
    (("basketball",), "sports", 7.5, 7.5, 7.5),
    (("football", "soccer"), "sports", 7.0, 7.0, 7.0),
    (("tennis",), "sports", 6.8, 6.8, 6.8),
    (("badminton",), "sports", 5.5, 5.5, 5.5),
    (("dance", "danced", "dancing", "zumba"), "cardio_steady", 6.5, 6.5, 6.5),
    (("weights", "lifting", "lifted", "gym", "strength"), "strength", 3.5, 3.5, 6.0),
    (("kettlebell",), "strength", 9.8, 9.8, 9.8),
    (("calisthenics", "bodyweight"), "strength", 2.8, 3.8, 7.5),
    (("cleaning", "cleaned", "sweeping"), "other", 3.3, 3.3, 3.3),
    (("mowing", "mowed"), "other", 5.5, 5.5, 5.5),
)
# (below this speed in km/h, MET)
_WALK = ((4.0, 2.8), (4.5, 3.0), (5.6, 3.8), (6.4, 4.8), (8.0, 5.5), (99.0, 8.5))
_RUN = ((8.0, 7.5), (9.7, 8.5), (11.3, 9.3), (12.1, 11.0), (12.9, 11.8), (99.0, 12.0))
_USUAL_KMH = {"walk": 5.0, "run": 8.5}


def gross_kcal(met: float, *, weight_kg: float, minutes: float) -> float:
    """M-1: MET · kg · h, the resting share included. Raises ValueError for what nobody weighs or does."""
    if met <= 0 or weight_kg <= 0 or minutes < 0:
        raise ValueError("a MET and a weight are above zero and minutes are not negative")
    return met * weight_kg * minutes / 60


def net_kcal(met: float, *, weight_kg: float, minutes: float) -> float:
    """M-1: (MET − 1) · kg · h, the only figure that may be added to a resting budget; never below zero."""
    return max(0.0, gross_kcal(met, weight_kg=weight_kg, minutes=minutes) * (met - 1) / met)


def resting_ml(rmr_kcal: float, *, weight_kg: float) -> float:
    """M-2: resting oxygen, ml per kg and minute, from the resting energy of K-1 a day."""
    return rmr_kcal / MINUTES_PER_DAY / KCAL_PER_LITRE * 1000 / weight_kg


def corrected_met(met: float, *, rmr_kcal: float, weight_kg: float) -> float:
    """M-2, for people from 60 years or from BMI 30: it grades effort, energies stay with M-1."""
    return met * RESTING_ML / resting_ml(rmr_kcal, weight_kg=weight_kg)


def grade_of(met: float) -> Grade:
    """M-3: moderate from 3.0, vigorous from 6.0 MET."""
    return "light" if met < MODERATE_MET else "moderate" if met < VIGOROUS_MET else "vigorous"


def active_minutes(*, moderate: float, vigorous: float) -> float:
    """M-3: a week's minutes, a vigorous one counting twice; 150 to 300 is the goal."""
    return moderate + 2 * vigorous


def met_of(
    activity: str, *, minutes: float | None = None, distance_m: float | None = None, effort: Effort | None = None
) -> Met:
    """The MET of an activity in the person's words; an unknown one is graded by effort and marked as an estimate."""
    words = set(activity.lower().replace("-", " ").split())
    kmh = distance_m / 1000 / (minutes / 60) if distance_m and minutes else None
    if words & {"walk", "walked", "walking", "stroll", "strolled"}:
        return Met(_by_speed(_WALK, kmh or _USUAL_KMH["walk"]), "cardio_steady")
    if words & {"run", "ran", "running"}:
        return Met(_by_speed(_RUN, kmh or _USUAL_KMH["run"]), "cardio_steady")
    for names, category, light, moderate, hard in _TABLE:
        if words & set(names):
            return Met({"light": light, "moderate": moderate, "hard": hard}[effort or "moderate"], category)
    return Met(BY_EFFORT[effort or "moderate"], "other", is_estimate=True)


def _by_speed(table: tuple[tuple[float, float], ...], kmh: float) -> float:
    return next(met for limit, met in table if kmh < limit)

"""Weight over months from energy intake: the dynamic model of Hall and colleagues (science.md K-20, K-21).

A straight line of 7,700 kcal per kg promises far too much, so every timeline shown comes from here, with its band.
Weights are kg, intake and expenditure kcal per day, steps are days.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from agents.domain import energy
from agents.domain.body import Body, fat_kg

BAND_SHARE = 0.20  # K-21: of the change
CARBS_SHARE = 0.5  # of intake
GLYCOGEN_KG = 0.5
SODIUM_MG = 4000.0
ADAPTATION_SHARE = 0.14
ADAPTATION_DAYS = 14.0
FAT_KCAL, LEAN_KCAL, GLYCOGEN_KCAL = 9440.0, 1807.0, 4180.0  # per kg
FORBES_KG = 1.990763
FORBES_CURVE_KG = FORBES_KG * FAT_KCAL / LEAN_KCAL  # 10.4: lean kg per e-fold of fat
LEAST_FAT_KG = 0.01
SEARCH_KCAL = (600.0, 8000.0)

State = tuple[float, float, float, float, float]  # fat, lean, glycogen, fluid change (kg), adaptive thermogenesis


@dataclass(frozen=True, slots=True)
class Point:
    """The expected weight after so many days, with the band of ±20 % of the change."""

    day: int
    weight_kg: float
    low_kg: float
    high_kg: float


@dataclass(frozen=True, slots=True)
class _Model:
    """What stays the same through one simulation."""

    fat_kg: float
    lean_kg: float
    maintenance_kcal: float
    activity_kcal_per_kg: float
    base_kcal: float
    intake_kcal: float

    def weight(self, state: State) -> float:
        """Body weight of a state."""
        fat, lean, glycogen, fluid, _ = state
        return fat + lean + 3.7 * (glycogen - GLYCOGEN_KG) + fluid

    def slope(self, state: State) -> State:
        """Change per day of every part of the state."""
        fat, _, glycogen, fluid, adaptive = state
        carbs, carbs_before = CARBS_SHARE * self.intake_kcal, CARBS_SHARE * self.maintenance_kcal
        into_glycogen = carbs - carbs_before * (glycogen / GLYCOGEN_KG) ** 2
        sodium = SODIUM_MG * self.intake_kcal / self.maintenance_kcal
        to_fluid = (sodium - SODIUM_MG - 3000 * fluid - 4000 * (1 - carbs / carbs_before)) / 3220
        left = self.intake_kcal - self._expenditure(state, into_glycogen) - into_glycogen
        lean_share = FORBES_KG / (FORBES_KG + fat)
        return (
            (1 - lean_share) * left / FAT_KCAL,
            lean_share * left / LEAN_KCAL,
            into_glycogen / GLYCOGEN_KCAL,
            to_fluid,
            (ADAPTATION_SHARE * self.intake_kcal - adaptive) / ADAPTATION_DAYS,
        )

    def _expenditure(self, state: State, into_glycogen: float) -> float:
        """Daily expenditure, with what building and burning tissue itself costs."""
        fat, lean, _, _, adaptive = state
        lean_share = FORBES_KG / (FORBES_KG + fat)
        turnover = (1 - lean_share) * 180 / FAT_KCAL + lean_share * 230 / LEAN_KCAL
        moving = self.activity_kcal_per_kg * self.weight(state)
        spent = self.base_kcal + 22 * lean + 3.2 * fat + moving + adaptive + 0.1 * self.intake_kcal
        return (spent + (self.intake_kcal - into_glycogen) * turnover) / (1 + turnover)


def maintenance_kcal(person: Body, pal: float) -> float:
    """K-20: intake that holds the weight in this model (its own resting-rate constants)."""
    return pal * _rmr(person)


def weights_kg(person: Body, *, pal: float, intake_kcal: float, days: int) -> tuple[float, ...]:
    """K-20: the weight on day 0, 1, … `days` at this constant intake."""
    return tuple(islice(daily_weights_kg(person, pal=pal, intake_kcal=intake_kcal), days + 1))


def daily_weights_kg(person: Body, *, pal: float, intake_kcal: float) -> Iterator[float]:
    """K-20: the weight on day 0, 1, 2, … without end: take what is needed."""
    model = _model(person, pal, intake_kcal)
    state: State = (model.fat_kg, model.lean_kg, GLYCOGEN_KG, 0.0, ADAPTATION_SHARE * model.maintenance_kcal)
    while True:
        yield model.weight(state)
        state = _step(model, state)


def timeline(person: Body, *, pal: float, intake_kcal: float, days: tuple[int, ...]) -> tuple[Point, ...]:
    """K-21: the expected weight on these days with its band."""
    weights = weights_kg(person, pal=pal, intake_kcal=intake_kcal, days=max(days, default=0))
    return tuple(_point(day, person.weight_kg, weights[day]) for day in days)


def level_off_kg(person: Body, *, pal: float, intake_kcal: float) -> float:
    """K-20: the weight that this constant intake ends at, where the model no longer changes.

    Found exactly, not by running on: fat and lean mass stay on Forbes' curve, and adaptation, glycogen and fluid have a
    closed form at rest, so one unknown (fat) is left.
    """
    model = _model(person, pal, intake_kcal)
    low, high = LEAST_FAT_KG, max(model.fat_kg, person.weight_kg) * 4
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if _at_rest(model, middle)[1] > 0 else (middle, high)
    return _at_rest(model, (low + high) / 2)[0]


def _at_rest(model: _Model, fat: float) -> tuple[float, float]:
    """Weight at this fat mass once all else has settled, and by how much expenditure exceeds intake there."""
    lean = model.lean_kg + FORBES_CURVE_KG * math.log(fat / model.fat_kg)
    ratio = model.intake_kcal / model.maintenance_kcal
    state: State = (fat, lean, GLYCOGEN_KG * math.sqrt(ratio), 8000 * (ratio - 1) / 3000, 0.0)
    weight = model.weight(state)
    spent = model.base_kcal + 22 * lean + 3.2 * fat + model.activity_kcal_per_kg * weight
    return weight, spent - (1 - ADAPTATION_SHARE - 0.1) * model.intake_kcal


def intake_for_kcal(person: Body, *, pal: float, weight_kg: float, day: int) -> float | None:
    """K-20, inverse: the constant intake that leads to this weight on that day, ±0.1 kcal; None if none does.

    This is arithmetic only: floors, caps and permissions (E1–E6) are for the caller to hold against it.
    """
    low, high = SEARCH_KCAL
    if day < 1 or not _weight_after(person, pal, low, day) <= weight_kg <= _weight_after(person, pal, high, day):
        return None
    while high - low > 0.1:
        middle = (low + high) / 2
        low, high = (middle, high) if _weight_after(person, pal, middle, day) < weight_kg else (low, middle)
    return (low + high) / 2


def _weight_after(person: Body, pal: float, intake_kcal: float, day: int) -> float:
    return weights_kg(person, pal=pal, intake_kcal=intake_kcal, days=day)[-1]


def _model(person: Body, pal: float, intake_kcal: float) -> _Model:
    fat = fat_kg(person)
    lean = person.weight_kg - fat
    resting = _rmr(person)
    maintenance = pal * resting
    moving = (0.9 * resting * pal - resting) / person.weight_kg
    base = 0.76 * maintenance - 22 * lean - 3.2 * fat - moving * person.weight_kg
    return _Model(fat, lean, maintenance, moving, base, intake_kcal)


def _step(model: _Model, state: State) -> State:
    """One day by the classical Runge–Kutta method."""
    first = model.slope(state)
    second = model.slope(_moved(state, first, 0.5))
    third = model.slope(_moved(state, second, 0.5))
    fourth = model.slope(_moved(state, third, 1.0))
    mean = tuple((a + 2 * b + 2 * c + d) / 6 for a, b, c, d in zip(first, second, third, fourth, strict=True))
    fat, lean, glycogen, fluid, adaptive = mean
    return _moved(state, (fat, lean, glycogen, fluid, adaptive), 1.0)


def _moved(state: State, slope: State, share: float) -> State:
    fat, lean, glycogen, fluid, adaptive = (part + share * change for part, change in zip(state, slope, strict=True))
    return max(fat, 0.0), lean, glycogen, fluid, adaptive


def _rmr(person: Body) -> float:
    return 9.99 * person.weight_kg + 6.25 * person.height_cm - 4.92 * person.age + energy.RMR_CONSTANT[person.sex]


def _point(day: int, start_kg: float, weight_kg: float) -> Point:
    band = BAND_SHARE * abs(weight_kg - start_kg)
    return Point(day, weight_kg, weight_kg - band, weight_kg + band)

"""What the meal planner takes and gives: targets of a day, planned days, refusals and a shopping list."""

import datetime as dt
from dataclasses import dataclass

from agents.domain.allergens import ProofItem
from agents.domain.foods import Food, Nutrients
from agents.domain.meals.vectors import Vector
from agents.domain.note import Note

BAND = 0.05  # P3: kcal and each macro of every day stay within ±5 % of their targets
MOST_SODIUM_MG = 2300.0  # N-4
ROUNDING = 0.01  # kcal or g: figures are kept to two decimals
MOST_A_WEEK = 3  # times one dish may come in seven days


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTargets:
    """One day's goal: kcal with its allowed range, grams of each macro. `carbs_g` includes fibre (US convention)."""

    kcal: float
    kcal_min: float
    kcal_max: float
    protein_g: float
    carbs_g: float
    fat_g: float
    fibre_g: float
    sodium_mg: float = MOST_SODIUM_MG

    def __post_init__(self) -> None:
        """Raise ValueError for a goal that no day can have."""
        if not 0 < self.kcal_min <= self.kcal <= self.kcal_max:
            raise ValueError(f"kcal range {self.kcal_min} <= {self.kcal} <= {self.kcal_max} is not one")
        if min(self.protein_g, self.carbs_g, self.fat_g) <= 0 or self.fibre_g < 0:
            raise ValueError("protein, carbohydrate and fat targets must be above zero")

    @property
    def figures(self) -> Vector:
        """The four figures that every day has to meet."""
        return self.kcal, self.protein_g, self.carbs_g, self.fat_g

    def bounds(self, band: float = BAND) -> tuple[tuple[float, float], ...]:
        """Least and most of each figure. Energy stays inside its range too, and never below a target at the floor."""
        low, high = self.kcal * (1 - band), self.kcal * (1 + band)
        if band <= BAND:
            low, high = max(low, self.kcal_min), min(high, max(self.kcal_max, self.kcal))
        elif self.kcal_min == self.kcal:
            low = self.kcal
        return ((low, high), *((goal * (1 - band), goal * (1 + band)) for goal in self.figures[1:]))

    def misfit(self, have: Vector, band: float = BAND) -> float:
        """How far the worst figure is off, as a share of what it may be off: up to 1 the day is met."""
        found = [0.0]
        for figure, goal, (low, high) in zip(have, self.figures, self.bounds(band), strict=True):
            room = high - goal if figure > goal else goal - low
            off = abs(figure - goal)
            if off > ROUNDING:
                found.append(off / room if room > ROUNDING else 1.0 + off / (goal * band))
        return max(found)


@dataclass(frozen=True, slots=True)
class Leeway:
    """How strict a plan is. Only a trade-off that the person chose makes it wider."""

    band: float = BAND
    most_a_week: int = MOST_A_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """So many grams of one food. `allergens` are the keys it contains."""

    food: Food
    grams: float
    kcal: float
    protein_g: float
    carbs_g: float
    fat_g: float
    fibre_g: float
    allergens: tuple[str, ...]

    @property
    def nutrients(self) -> Nutrients:
        """The item's figures as a sum-able value."""
        return Nutrients(self.kcal, self.protein_g, self.carbs_g, self.fat_g, self.fibre_g)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeal:
    """One dish with its portion. `servings` multiplies the recipe; weighed items and sides may differ from it."""

    slot: str
    name: str
    recipe_code: str
    items: tuple[PlannedItem, ...]
    totals: Nutrients
    prep_minutes: int
    servings: float
    proof: tuple[ProofItem, ...] = ()
    notes: tuple[str, ...] = ()
    is_leftover: bool = False  # cooked the day before with that day's portion: `prep_minutes` is warming it up


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The meals of one local day and the goal they were made for."""

    date: dt.date
    meals: tuple[PlannedMeal, ...]
    totals: Nutrients
    targets: DayTargets
    sodium_mg: float = 0.0


@dataclass(frozen=True, slots=True)
class TradeOff:
    """A preference that could give way, never an allergy, a faith rule or a conviction; a plan with it was made.

    `preference` is a profile field, "exclusion" (`value`: its code), or a field of `Leeway`.
    """

    preference: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set of constraints found that no day can meet together, in plain words, and what fails."""

    constraints: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class MealPlan:
    """Planned days in order, every allergen proof in them, and what is worth saying about them."""

    days: tuple[DayPlan, ...]
    proofs: tuple[ProofItem, ...]
    notes: tuple[Note, ...] = ()
    band: float = BAND  # how far each figure of a day may be off; wider only where the person chose that


@dataclass(frozen=True, slots=True)
class MealRefusal:
    """No plan: which constraints collide and two or three ways out, each one tried."""

    message: str
    conflicts: tuple[Conflict, ...]
    trade_offs: tuple[TradeOff, ...]


@dataclass(frozen=True, slots=True)
class GroceryPart:
    """So many planned grams of a food that a purchase is for."""

    food: str
    food_code: str
    grams: float


@dataclass(frozen=True, slots=True)
class GroceryLine:
    """One thing to buy, beyond what is at home: `packs` of `pack`. Dry rice is bought for rice dry and cooked."""

    bought: str
    bought_code: str
    aisle: str
    packs: int
    pack: str
    parts: tuple[GroceryPart, ...]

"""What the meal planner takes and gives: targets of a day, planned days, refusals and a shopping list."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from agents.domain.allergens import ProofItem
from agents.domain.foods import Food, MealKind, Nutrients
from agents.domain.note import Note

# What a day may miss of kcal (N-1), protein, carbohydrate and fat; every one is aimed at within 5 %.
TOLERANCES = (0.05, 0.10, 0.10, 0.10)


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

    def __post_init__(self) -> None:
        """Raise ValueError for a goal that no day can have."""
        if not 0 < self.kcal_min <= self.kcal <= self.kcal_max:
            raise ValueError(f"kcal range {self.kcal_min} <= {self.kcal} <= {self.kcal_max} is not one")
        if min(self.protein_g, self.carbs_g, self.fat_g) <= 0 or self.fibre_g < 0:
            raise ValueError("protein, carbohydrate and fat targets must be above zero")


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


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The meals of one local day."""

    date: dt.date
    meals: tuple[PlannedMeal, ...]
    totals: Nutrients
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A preference that could give way, never an allergy or a faith rule (N-20), and what that would open."""

    preference: str  # the profile field, or "exclusion" for one of the restrictions
    value: str  # the new value; "" where the entry would be lifted
    message: str
    recipes_gained: Mapping[MealKind, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A kind of meal with too few dishes, and the constraints that together rule the others out."""

    kind: MealKind
    feasible: int
    constraints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MealPlan:
    """Planned days in order, every allergen proof in them, and what is worth saying about them."""

    days: tuple[DayPlan, ...]
    proofs: tuple[ProofItem, ...]
    notes: tuple[Note, ...]
    shortages: tuple[Conflict, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, slots=True)
class MealRefusal:
    """No plan: which constraints collide and which preference could give way."""

    message: str
    conflicts: tuple[Conflict, ...]
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True, slots=True)
class GroceryLine:
    """How much of a food a plan needs, and where it stands in the shop."""

    food: str
    food_code: str
    grams: float
    aisle: str

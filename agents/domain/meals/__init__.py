"""The meal planner: days of meals that meet a day's targets inside allergies, diet, faith, time and skill.

As data flows: `slots` (which meals), `judge` (which foods), `menu` (which dishes), `choice` (in what order), `portions`
and `dosing` (how much), `serving` (as shown), `week` (all days), `swaps`, `groceries`; `refusal` when nothing is left.
"""

from agents.domain.meals.groceries import shopping
from agents.domain.meals.plan import (
    Conflict,
    DayPlan,
    DayTargets,
    GroceryLine,
    MealPlan,
    MealRefusal,
    PlannedItem,
    PlannedMeal,
    Relaxation,
)
from agents.domain.meals.swaps import swap
from agents.domain.meals.week import plan_days

__all__ = [
    "Conflict", "DayPlan", "DayTargets", "GroceryLine", "MealPlan", "MealRefusal", "PlannedItem", "PlannedMeal",
    "Relaxation", "plan_days", "shopping", "swap",
]  # fmt: skip

"""The meal planner: days of meals that meet their targets inside allergies, diet, faith, time, skill and budget.

As data flows: `request` (what is asked), `slots` (which meals), `judge` (which foods), `menu` (which dishes), `choice`
(in what order), `day_table`, `day_model`, `day_aims` and `dosing` (which and how much, by `solver`), `day`, `week`,
`serving` (as shown), `compiler` (the whole), `groceries`, `swaps`; `constraints` and `feasibility` when it cannot be.
"""

from agents.domain.meals.compiler import plan_meals
from agents.domain.meals.groceries import shopping
from agents.domain.meals.larder import Larder, Stock
from agents.domain.meals.plan import (
    Conflict,
    DayPlan,
    DayTargets,
    GroceryLine,
    GroceryPart,
    Leeway,
    MealPlan,
    MealRefusal,
    PlannedItem,
    PlannedMeal,
    TradeOff,
)
from agents.domain.meals.request import Request
from agents.domain.meals.swaps import rest_of_day, swap

__all__ = [
    "Conflict", "DayPlan", "DayTargets", "GroceryLine", "GroceryPart", "Larder", "Leeway", "MealPlan", "MealRefusal",
    "PlannedItem", "PlannedMeal", "Request", "Stock", "TradeOff", "plan_meals", "rest_of_day", "shopping", "swap",
]  # fmt: skip

"""What planned meals need from the shop: grams by food, in the order of the aisles."""

from collections.abc import Iterable

from agents.domain.foods import Food
from agents.domain.meals.plan import DayPlan, GroceryLine, MealPlan


def shopping(plan: MealPlan | Iterable[DayPlan]) -> tuple[GroceryLine, ...]:
    """One line a food for all days given, sorted by aisle and name. Grams as planned, with nothing rounded away."""
    days = plan.days if isinstance(plan, MealPlan) else plan
    grams: dict[str, float] = {}
    foods: dict[str, Food] = {}
    for item in (item for day in days for meal in day.meals for item in meal.items):
        foods[item.food.code] = item.food
        grams[item.food.code] = grams.get(item.food.code, 0.0) + item.grams
    lines = [GroceryLine(food.name, code, round(grams[code], 1), food.aisle) for code, food in foods.items()]
    return tuple(sorted(lines, key=lambda line: (line.aisle, line.food)))

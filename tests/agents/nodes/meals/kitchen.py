"""Meals, foods and ports that the tests of the meal planner share."""

from dataclasses import replace
from datetime import date, time
from uuid import UUID

from agents.domain.context import MealItem, PlannedMealView
from agents.domain.foods import Food
from agents.ports import MatchedFood, Ports
from agents.schemas import FoodItem
from storage.reference.tables import ReferenceTables
from tests.support.mind import MemoryInMemory, ports, settled

MONDAY = date(2026, 11, 23)
PASTA = MealItem("Pasta, dry", 90, 334)
LUNCH = PlannedMealView(UUID(int=1), MONDAY, "lunch", "Pasta", time(12, 30), 700, 30, 80, 20, "planned", (PASTA,))
DINNER = replace(
    LUNCH, id=UUID(int=2), slot="dinner", name="Soup", at=time(19),
    items=(MealItem("Pasta, dry", 60, 223), MealItem("Carrot", 100, 41)),
)  # fmt: skip
FOODS = ReferenceTables().foods().foods


def pantry(*known: Food) -> Ports:
    """Ports that know these foods by the first word of their name, each 100 g."""
    found = {food.name.split(",")[0].split()[0].lower(): food for food in known}

    def match(item: FoodItem) -> MatchedFood | None:
        food = found.get(item.name)
        return MatchedFood(food, 100.0, "stated") if food else None

    return replace(ports(MemoryInMemory(settled(), planned_meals=(LUNCH, DINNER))), match_food=match)

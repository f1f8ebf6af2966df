"""A meal's amounts for more people, or for more or less appetite: shown only, the plan stays as it is."""

from agents.domain.context import Context, MealItem, PlannedMealView
from agents.domain.foods import Food
from agents.domain.meals.dosing import counted_g, measured_g
from agents.domain.planned_days import foods_by_name
from agents.domain.turn import Card
from agents.nodes.meals.meant import meant
from agents.nodes.meals.naming import begun, meal_words
from agents.nodes.meals.showing import no_plan
from agents.nodes.meals.week import Week, planned_week
from agents.ports import Ports
from agents.schemas import Intent, Portions, Target
from agents.state import Line, Part

COARSE_FROM_G, COARSE_STEP_G = 500.0, 10.0
KILO_G = 1000.0


async def scaled(context: Context, order: Intent, ports: Ports) -> Part:
    """The foods of one meal, or of a day where no meal is named, times what was asked for."""
    week = await planned_week(context, ports)
    if week is None:
        return no_plan(context)
    said = order.payload
    if not isinstance(said, Portions):
        return Part("meal_planner", lines=(Line("portions-how"),))
    found = meant(week, Target(words=said.words, on=said.on))
    if not found.meals:
        return Part("meal_planner", lines=(Line(found.why, found.args),))
    meals = found.meals if said.words or said.on else found.meals[:1]
    foods = foods_by_name(week.catalogue)
    cards = tuple(_card(week, meal, said.factor, foods) for meal in meals)
    if said.people:
        head = Line("portions-people", {"count": said.people})
    else:
        head = Line("portions-share", {"share": _share(said.factor)})
    return Part("meal_planner", lines=(head, Line("portions-view-only")), cards=cards)


def _share(factor: float) -> str:
    return {0.5: "Half a portion", 1.5: "One and a half portions"}.get(factor, f"{factor:g} portions")


def _card(week: Week, meal: PlannedMealView, factor: float, foods: dict[str, Food]) -> Card:
    title = f"{begun(meal_words(meal, week.context.today))}: {meal.name}"
    rows = tuple((item.food, _amount(item, factor, foods.get(item.food))) for item in meal.items)
    return Card(title, ("Food", "Amount"), rows)


def _amount(item: MealItem, factor: float, food: Food | None) -> str:
    """Grams as a kitchen can measure them, and the count of what is counted."""
    grams = item.grams * factor
    grams = measured_g(food, grams) if food else float(max(round(grams), 1))
    if grams > COARSE_FROM_G and not (food and counted_g(food)):
        grams = round(grams / COARSE_STEP_G) * COARSE_STEP_G
    weight = f"{grams / KILO_G:.2f} kg" if grams >= KILO_G else f"{grams:.0f} g"
    serving = food.default_serving if food and counted_g(food) else None
    return f"{weight} ({grams / serving.grams:g} × {serving.label})" if serving else weight

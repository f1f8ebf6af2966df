"""The shopping list: what the coming meals need, by aisle, in packs that a shop sells."""

from datetime import date, timedelta

from agents.domain.blocks import Checklist
from agents.domain.context import Context, PlannedMealView
from agents.domain.foods import Catalogue, total
from agents.domain.meals import DayPlan, GroceryLine, PlannedMeal
from agents.domain.meals import shopping as needed
from agents.domain.meals.serving import item_of
from agents.domain.planned_days import foods_by_name
from agents.nodes.meals.showing import no_plan
from agents.nodes.meals.week import Week, planned_week
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Line, Part

DAYS, MOST_DAYS = 7, 14


async def shopping(context: Context, order: Intent, ports: Ports) -> Part:
    """What the meals of the coming days need; without a number of days, or one day named, for a week."""
    week = await planned_week(context, ports)
    if week is None:
        return no_plan(context)
    target = order.payload if isinstance(order.payload, Target) else Target()
    days = min(max(target.days or DAYS, 1), MOST_DAYS)
    start = target.on if target.on and target.on >= context.today else context.today
    dates = [start + timedelta(days=n) for n in range(1 if target.on and not target.days else days)]
    meals = {day: week.open_on(day) for day in dates}
    if not any(meals.values()):
        return Part("meal_planner", lines=(Line("shopping-none"),))
    plan = [_day(week, day, views) for day, views in meals.items()]
    rows = tuple(_row(line) for line in needed(plan, week.catalogue))
    last = max(day for day, views in meals.items() if views)
    head = Line("shopping-head", {"start": f"{start:%A %d %B}", "end": f"{last:%A %d %B}", "days": (last - start).days})
    columns = ("Aisle", "Food", "Buy", "Needed")
    card = Checklist("Shopping", columns, rows, (False,) * len(rows), is_grouped=True)
    return Part("meal_planner", lines=(head,), cards=(card,))


def _row(line: GroceryLine) -> tuple[str, str, str, str]:
    amount = line.pack if line.packs == 1 else f"{line.packs} × {line.pack}"
    grams = sum(part.grams for part in line.parts)
    return line.aisle.replace("_", " ").capitalize(), line.bought, amount, f"{grams:.0f} g"


def _day(week: Week, day: date, views: tuple[PlannedMealView, ...]) -> DayPlan:
    meals = tuple(_meal(view, week.catalogue) for view in views)
    return DayPlan(day, meals, total(meal.totals for meal in meals), week.goal(day))


def _meal(view: PlannedMealView, catalogue: Catalogue) -> PlannedMeal:
    """A meal as far as the tables know its foods: that is all a list needs."""
    foods = foods_by_name(catalogue)
    items = tuple(item_of(foods[item.food], item.grams) for item in view.items if item.food in foods)
    return PlannedMeal(
        slot=view.slot,
        name=view.name,
        recipe_code="",
        items=items,
        totals=total(item.nutrients for item in items),
        prep_minutes=0,
        servings=view.servings,
    )

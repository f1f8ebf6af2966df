"""The meals of a day, with their foods and amounts."""

from agents.domain.context import Context, MealItem, PlannedMealView
from agents.domain.rationale import hides_numbers
from agents.domain.turn import Card
from agents.nodes.meals.naming import day_name, slot_name
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Choice, Line, Part

_WEEK = ((Choice("opt-week", "view:plan"),),)


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """The meals of one day with their foods and grams."""
    if not any(plan.kind == "nutrition" for plan in context.plans):
        return no_plan(context)
    target = order.payload if isinstance(order.payload, Target) else Target()
    day = target.on or context.today
    meals = await ports.memory.meals(day, day)
    wanted = [m for m in meals if not target.words or target.words in m.slot or m.slot in target.words] or list(meals)
    if not wanted:
        return Part("meal_planner", lines=(Line("no-meals-that-day", {"day": day.strftime("%A %d %B")}),))
    head = Line("meals-head", {"day": day.strftime("%A %d %B")})
    is_hidden = hides_numbers(context.profile)
    total = sum(m.kcal for m in wanted)
    lines = (head,) if is_hidden else (head, Line("meals-total", {"kcal": f"{total:.0f}"}))
    cards = tuple(meal_card(meal, is_hidden=is_hidden) for meal in wanted)
    return Part("meal_planner", lines=lines, cards=cards, choices=_WEEK)


def no_plan(context: Context) -> Part:
    """What is said before there are planned meals."""
    key = "no-plan-onboarding" if context.onboarding.is_open else "no-meal-plan"
    return Part("meal_planner", lines=(Line(key),))


def meal_card(meal: PlannedMealView, *, is_hidden: bool) -> Card:
    """One planned meal as a table; a portion that was cooked along on an earlier day says so."""
    at = f" at {meal.at:%H:%M}" if meal.at else ""
    left = f" (left from {day_name(meal.cooked_on)})" if meal.cooked_on else ""
    return food_card(f"{slot_name(meal.slot)}{at}: {meal.name}{left}", meal.items, is_hidden=is_hidden)


def food_card(title: str, items: tuple[MealItem, ...], *, is_hidden: bool) -> Card:
    """Foods with their grams; without calories for those who do not want to see them (F30)."""
    rows = tuple((item.food, f"{item.grams:.0f} g", "" if is_hidden else f"{item.kcal:.0f} kcal") for item in items)
    return Card(title, ("Food", "Amount", "Energy"), rows)

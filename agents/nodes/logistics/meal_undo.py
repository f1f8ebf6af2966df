"""Planned meals come back in the place of those that replaced them."""

from uuid import UUID

from agents.domain import crockford
from agents.domain.context import Context, PlannedMealView
from agents.domain.foods import total
from agents.domain.meal_changes import MealSwapUndone
from agents.domain.meals import DayPlan, DayTargets, PlannedMeal
from agents.domain.meals.judge import judge_for
from agents.domain.planned_days import day_with, whole_meal
from agents.domain.safety import understood
from agents.ports import Ports
from agents.state import Line, Part


async def undo_swap(context: Context, text: str, ports: Ports) -> Part:
    """Take back the change that brought this meal, if its day is not over and nothing new stands in its place."""
    identity = _id(text)
    old = await ports.memory.meals_before(identity) if identity else ()
    planned = await ports.memory.planned_days() if old else None
    if identity is None or planned is None or old[0].local_date < context.today:
        return Part("logistics", lines=(Line("nothing-to-undo"),))
    meals = _whole(context, old, ports)
    goal = planned.goals.get(old[0].local_date) or _mean(context)
    if meals is None or goal is None:
        return Part("logistics", lines=(Line("nothing-to-undo"),))
    day = day_with(DayPlan(old[0].local_date, (), total(()), goal), meals)
    change = MealSwapUndone(identity, day, planned.relaxed)
    dishes = ", ".join(view.name for view in old)
    line = Line("done-meals-restored", {"dishes": dishes, "count": len(old)}, (change,))
    return Part("logistics", changes=(change,), lines=(line,))


def _whole(context: Context, views: tuple[PlannedMealView, ...], ports: Ports) -> tuple[PlannedMeal, ...] | None:
    judge = judge_for(understood(context.profile))
    meals = [whole_meal(view, ports.tables.foods(), judge) for view in views]
    known = tuple(meal for meal in meals if meal is not None)
    return known if len(known) == len(meals) else None


def _mean(context: Context) -> DayTargets | None:
    mean = context.targets
    if mean is None:
        return None
    return DayTargets(
        kcal=mean.kcal, kcal_min=mean.kcal_min, kcal_max=mean.kcal_max, protein_g=mean.protein_g,
        carbs_g=mean.carbs_g, fat_g=mean.fat_g, fibre_g=mean.fibre_g or 0.0,
    )  # fmt: skip


def _id(text: str) -> UUID | None:
    try:
        return crockford.decode(text)
    except ValueError:
        return None

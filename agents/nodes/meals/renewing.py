"""Other meals for a whole day, or for what is left of today."""

import asyncio
from dataclasses import replace

from agents.domain.context import Context
from agents.nodes.meals.exchanging import exchanged
from agents.nodes.meals.fitting import Fit, Wish, fitted, near_dishes, recipes_of
from agents.nodes.meals.naming import day_words
from agents.nodes.meals.showing import no_plan
from agents.nodes.meals.week import Week, planned_week
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Line, Part


async def renew(context: Context, order: Intent, ports: Ports) -> Part:
    """Every open meal of one day becomes another dish; the other days stay as they are."""
    week = await planned_week(context, ports)
    if week is None:
        return no_plan(context)
    target = order.payload if isinstance(order.payload, Target) else Target()
    day = target.on or context.today
    words = {"day": day_words(day, context.today)}
    if day < context.today:
        return Part("meal_planner", lines=(Line("swap-past"),))
    wished = week.open_on(day)
    if not wished:
        key = "swap-all-eaten" if week.on(day) else "no-meals-that-day"
        return Part("meal_planner", lines=(Line(key, {"day": f"{day:%A %d %B}"}),))
    fit = await asyncio.to_thread(_renewed, week, Wish(wished, recipes_of(week, week.on(day))))
    if fit is None:
        return Part("meal_planner", lines=(Line("renew-none", words),))
    return exchanged(week, fit, ports)


def _renewed(week: Week, wish: Wish) -> Fit | None:
    """Other dishes only; those of the days around it only where nothing else keeps the day."""
    near = near_dishes(week, wish.meals[0].local_date)
    return fitted(week, replace(wish, not_again=(*wish.not_again, *near))) or fitted(week, wish)

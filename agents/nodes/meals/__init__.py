"""The meal planner: targets and a week of meals, the meals of a day, other dishes, and what was eaten."""

from collections.abc import Awaitable, Callable, Mapping

from langgraph.runtime import Runtime

from agents.domain.context import Context
from agents.nodes.meals import offers, products, sighted
from agents.nodes.meals.eating import log_food
from agents.nodes.meals.filling import fill
from agents.nodes.meals.groceries import shopping
from agents.nodes.meals.pictures import look
from agents.nodes.meals.planning import make_plan, plan_anew, relaxed
from agents.nodes.meals.portions import scaled
from agents.nodes.meals.renewing import renew
from agents.nodes.meals.showing import show
from agents.nodes.meals.swapping import more, swap, swap_this
from agents.ports import Ports
from agents.schemas import Intent
from agents.state import Line, Part, State

__all__ = ["fill", "log_food", "look", "make_plan", "meal_planner", "renew", "scaled", "shopping", "show", "swap"]

Handler = Callable[[Context, Intent, Ports], Awaitable[Part]]
Tapped = Callable[[Context, str, Ports], Awaitable[Part]]

_HANDLERS: Mapping[str, Handler] = {
    "replan": plan_anew,
    "meals_view": show,
    "shopping_view": shopping,
    "log_food": log_food,
    "swap_meal": swap,
    "renew_day": renew,
    "fill_day": fill,
    "scale_meal": scaled,
    "look": look,
}
_TAPS: Mapping[str, Tapped] = {
    "relax": relaxed,
    "meal:which": swap_this,
    "meal:more": more,
    "meal:use": offers.taken,
    "meal:keep": offers.declined,
    "seen:log": sighted.logged,
    "seen:cook": sighted.cooked,
    "seen:eat": products.eaten,
    "seen:change": sighted.changed,
    "seen:not": sighted.dropped,
}


async def meal_planner(state: State, runtime: Runtime[Ports]) -> State:
    """One part for each order about food, or for the tap."""
    context, ports = state["context"], runtime.context
    if context is None:
        raise ValueError("the meal planner needs a context")
    tap = state["inbound"].tap
    if tap:
        return {"parts": [await _tapped(context, tap, ports)]}
    return {"parts": [await _HANDLERS[order.name](context, order, ports) for order in state["orders"]]}


async def _tapped(context: Context, tap: str, ports: Ports) -> Part:
    for name, handler in _TAPS.items():
        if tap == name or tap.startswith(f"{name}:"):
            return await handler(context, tap[len(name) + 1 :], ports)
    return Part("meal_planner", lines=(Line("stale-button"),))

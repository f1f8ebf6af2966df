"""The exercise coach: the programme, today's session, sets and activities, and the sleep plan."""

from langgraph.runtime import Runtime

from agents.domain.context import Context
from agents.nodes.workouts.activities import log_activity, log_sets
from agents.nodes.workouts.nights import make_sleep_plan, show_sleep
from agents.nodes.workouts.programmes import make_programme
from agents.nodes.workouts.sessions import show
from agents.ports import Ports
from agents.schemas import Intent
from agents.state import Line, Part, State

__all__ = ["exercise_coach", "make_programme", "make_sleep_plan", "show"]


async def exercise_coach(state: State, runtime: Runtime[Ports]) -> State:
    """One part for each order about moving or sleeping."""
    context, ports = state["context"], runtime.context
    if context is None:
        raise ValueError("the exercise coach needs a context")
    if state["inbound"].tap:
        return {"parts": [Part("exercise_coach", lines=(Line("stale-button"),))]}
    return {"parts": [await _part(context, order, ports) for order in state["orders"]]}


async def _part(context: Context, order: Intent, ports: Ports) -> Part:
    if order.name == "replan":
        return make_sleep_plan(context, ports) if order.payload == "sleep" else await make_programme(context, ports)
    if order.name == "log_sets":
        return log_sets(context, order, ports)
    if order.name == "log_activity":
        return log_activity(context, order, ports)
    if order.name == "sleep_view":
        return show_sleep(context)
    if order.name in ("swap_exercise", "shorten_workout", "move_workout"):
        return Part("exercise_coach", lines=(Line("bend-workout-how"),))
    return await show(context, order, ports)

"""The logistics specialist: today, tasks, reminders, quick logs and settings."""

from collections.abc import Awaitable, Callable

from langgraph.runtime import Runtime

from agents.domain.context import Context
from agents.nodes.logistics import calendar_file, logs, reminders, seeing, settings, tasks, today, weekly
from agents.ports import Ports
from agents.schemas import Intent
from agents.state import Part, State

Handler = Callable[[Context, Intent, Ports], Awaitable[Part]]

_HANDLERS: dict[str, Handler] = {
    "today": today.today,
    "plan_view": today.plan,
    "calendar_view": calendar_file.show,
    "why_plan": today.why,
    "goals_view": today.goals,
    "progress_view": seeing.show,
    "task_done": tasks.mark,
    "task_skip": tasks.mark,
    "task_snooze": tasks.snooze,
    "remind": reminders.add,
    "reminders_view": reminders.show,
    "reminder_cancel": reminders.cancel,
    "replan": reminders.reschedule,
    "pause": settings.pause,
    "resume": settings.resume,
    "quiet_hours": settings.quiet_hours,
    "units": settings.units,
    "timezone": settings.timezone,
    "language": settings.language,
    "settings_view": settings.show,
    "model_consent": settings.allow_model,
    "model_withdraw": settings.stop_model,
    "log_water": logs.water,
    "log_weight": logs.weight,
    "check_in": logs.check_in,
    "undo": tasks.undo,
    "cancel": settings.cancel,
}
_TAPS: dict[str, Callable[[Context, str, Ports], Awaitable[Part]]] = {
    "task": tasks.tapped,
    "firing": reminders.tapped,
    "undo": tasks.undo_tapped,
    "water": logs.water_tapped,
    "checkin": logs.check_in_tapped,
    "weighin": logs.weight_tapped,
    "see": seeing.tapped,
    "week": weekly.tapped,
}


async def logistics(state: State, runtime: Runtime[Ports]) -> State:
    """One part for each order of this message."""
    context, tap = state["context"], state["inbound"].tap
    if context is None:
        raise ValueError("logistics needs a context")
    if tap:
        prefix, _, rest = tap.partition(":")
        handler = _TAPS.get(prefix)
        if handler:
            return {"parts": [await handler(context, rest, runtime.context)]}
    return {"parts": [await _HANDLERS[order.name](context, order, runtime.context) for order in state["orders"]]}

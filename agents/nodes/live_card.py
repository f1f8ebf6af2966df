"""One live card of today: what is ticked anywhere is ticked there, and asking again moves it down (telegram.md TG-14).

Only where messages have numbers, and only today's card, so nothing that is older than a day is ever changed. One turn
changes it once at most.
"""

from dataclasses import replace

from langgraph.runtime import Runtime

from agents.domain.blocks import Checklist
from agents.domain.changes import TaskMarked
from agents.domain.context import Context
from agents.domain.turn import Draft, Inbound, MemoryUnavailable
from agents.nodes.logistics.today import today
from agents.nodes.phrase import draft_of
from agents.ports import Ports
from agents.schemas import Intent
from agents.state import Part, State


async def keep_up(state: State, runtime: Runtime[Ports]) -> State:
    """The drafts of this turn, and the change of today's card that follows from it, if any."""
    context, inbound = state["context"], state["inbound"]
    if context is None or not _is_numbered(inbound) or any(draft.level != "none" for draft in state["drafts"]):
        return {}
    return {"drafts": await _kept_up(state, context, runtime.context)}


async def _kept_up(state: State, context: Context, ports: Ports) -> tuple[Draft, ...]:
    drafts, inbound = state["drafts"], state["inbound"]
    topic = f"today:{context.today.isoformat()}"
    parts = state["vetted"]
    shown = next((part for part in parts if _is_today(part)), None)
    if shown is not None:
        drafts = tuple(replace(draft, live=topic) if _shows(draft, shown) else draft for draft in drafts)
    ticked = _ticked(context, parts)
    if shown is None and ticked is context:
        return drafts
    try:
        number = await ports.memory.live(topic)
        if number is None or number == inbound.tapped:
            return drafts
        if shown is not None:
            return (*drafts, _moved(context, ports, topic, number))
        return (*drafts, replace(await _fresh(ticked, ports), live=topic, edits=number))
    except MemoryUnavailable:
        return drafts  # the answer is worth more than the looks of an old card


def _is_numbered(inbound: Inbound) -> bool:
    """Whether the channel's messages have numbers by which they can be changed."""
    return inbound.tapped is not None or inbound.message_id is not None


def _is_today(part: Part) -> bool:
    return any(line.key == "today-head" for line in part.lines) and any(isinstance(c, Checklist) for c in part.cards)


def _shows(draft: Draft, part: Part) -> bool:
    return draft.edits is None and bool(part.cards) and part.cards[-1] in draft.cards


def _ticked(context: Context, parts: list[Part]) -> Context:
    """The same day after what this turn marks; the very same where none of its tasks changes."""
    marks = {c.task_id: c.status for part in parts for c in part.changes if isinstance(c, TaskMarked)}
    tasks = tuple(replace(task, status=marks.get(task.id, task.status)) for task in context.tasks)
    return context if tasks == context.tasks else replace(context, tasks=tasks)


async def _fresh(context: Context, ports: Ports) -> Draft:
    """The card as it would be shown now."""
    part = await today(context, Intent("today"), ports)
    return draft_of(part, ports.speech, context.profile.locale)


def _moved(context: Context, ports: Ports, topic: str, number: int) -> Draft:
    """What stands where the card was."""
    words = ports.speech.say(context.profile.locale, "today-moved", {})
    return Draft("logistics", "reply", words, live=f"{topic}:moved", edits=number)

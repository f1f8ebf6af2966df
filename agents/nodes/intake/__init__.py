"""The intake and safety specialist: onboarding, the profile, talk, and what to do with red flags in answers."""

from dataclasses import replace

from langgraph.runtime import Runtime

from agents.domain.profile import Profile
from agents.nodes.intake import profile_change, talk
from agents.nodes.intake.corrections import corrected
from agents.nodes.intake.onboarding import onboarding_turn
from agents.nodes.intake.privacy import privacy
from agents.nodes.intake.remembering import remembering
from agents.ports import Ports
from agents.state import Part, State


async def intake_safety(state: State, runtime: Runtime[Ports]) -> State:
    """Answer for intake; after a lock or a change of the profile the planners it touches run in the same turn."""
    context = state["context"]
    if context is None:
        raise ValueError("intake needs a context")
    inbound = state["inbound"]
    heard = replace(state["understanding"], intents=state["orders"])
    tap = inbound.tap
    aside = talk.asides(context, heard, inbound)
    if aside is not None:
        return {"parts": [aside]}
    heard = await corrected(context, heard, runtime.context.model)
    ports = runtime.context
    kept = [*await remembering(context, heard, tap, ports), *await privacy(context, heard, ports)]
    if not context.may_store_health or (context.onboarding.is_open and not context.profile.is_locked):
        spoken = [*profile_change.seen_so_far(context, heard), *talk.during_onboarding(context, heard), *kept]
        whole = state["understanding"].intents
        is_answered = any(intent.name != "unknown" and intent not in heard.intents for intent in whole) or bool(spoken)
        part, locked = onboarding_turn(context, heard, None if kept else tap, is_answered=is_answered)
        return _answer(state, [*spoken, part], locked, ("nutrition", "exercise", "sleep", "reminders"))
    change = await profile_change.profile_turn(context, heard, tap, ports.memory)
    is_answered = bool(change.parts or kept) or _is_flagged(state)
    parts = [*change.parts, *kept, *talk.talk(context, heard, inbound, is_answered=is_answered)]
    return _answer(state, parts, change.profile, change.replan)


def _is_flagged(state: State) -> bool:
    return state["triage"].level != "none"


def _answer(state: State, parts: list[Part], profile: Profile | None, replan: tuple[str, ...]) -> State:
    """The parts; with a new profile the plans it touches are made in this same turn."""
    context = state["context"]
    if profile is None or context is None or not replan:
        return {"parts": parts}
    return {"parts": parts, "context": replace(context, profile=profile), "replan": replan}

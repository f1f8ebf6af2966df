"""The intake and safety specialist: onboarding, the profile, talk, and what to do with red flags in answers."""

from dataclasses import replace
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command, Send

from agents.domain.profile import Profile
from agents.nodes.intake import profile_change, talk
from agents.nodes.intake.corrections import corrected
from agents.nodes.intake.onboarding import onboarding_turn
from agents.ports import Ports
from agents.schemas import Intent, Understanding
from agents.state import Part, State

Planner = Literal["meal_planner", "exercise_coach", "logistics"]


async def intake_safety(state: State, runtime: Runtime[Ports]) -> Command[Literal["vet"] | Planner]:
    """Answer for intake; after a lock or a change of the profile the planners it touches run in the same turn."""
    context = state["context"]
    if context is None:
        raise ValueError("intake needs a context")
    inbound = state["inbound"]
    heard = replace(state["understanding"], intents=state["orders"])
    tap = inbound.tap
    aside = talk.asides(context, heard, inbound)
    if aside is not None:
        return Command(update={"parts": [aside]}, goto="vet")
    heard = await corrected(context, heard, runtime.context.model)
    if not context.may_store_health or (context.onboarding.is_open and not context.profile.is_locked):
        spoken = talk.during_onboarding(context, heard)
        whole = state["understanding"].intents
        is_answered = any(intent.name != "unknown" and intent not in heard.intents for intent in whole) or bool(spoken)
        part, locked = onboarding_turn(context, heard, tap, is_answered=is_answered)
        return _to(state, [*spoken, part], locked, ("nutrition", "exercise", "sleep", "reminders"))
    change = await profile_change.profile_turn(context, heard, tap, runtime.context.memory)
    parts = [*change.parts, *talk.talk(context, heard, tap, is_answered=bool(change.parts) or _is_flagged(state))]
    return _to(state, parts, change.profile, change.replan)


def _is_flagged(state: State) -> bool:
    return state["triage"].level != "none"


def _to(
    state: State, parts: list[Part], profile: Profile | None, replan: tuple[str, ...]
) -> Command[Literal["vet"] | Planner]:
    """Go on to vet, or to the planners with the new profile first."""
    context = state["context"]
    if profile is None or context is None or not replan:
        return Command(update={"parts": parts}, goto="vet")
    renewed = replace(context, profile=profile)
    planners: dict[Planner, tuple[str, ...]] = {
        "meal_planner": ("nutrition",),
        "exercise_coach": ("exercise", "sleep"),
        "logistics": ("reminders",),
    }
    sends = []
    for node, kinds in planners.items():
        wanted = tuple(Intent("replan", payload=kind) for kind in kinds if kind in replan)
        if wanted:
            handed: State = {
                "inbound": replace(state["inbound"], tap=None),
                "context": renewed,
                "orders": wanted,
                "understanding": Understanding(intents=wanted),
            }
            sends.append(Send(node, handed))
    return Command(update={"parts": parts, "context": renewed}, goto=sends)

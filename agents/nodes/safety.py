"""Before and after the specialists: red flags first, and a veto over every proposal (fail closed)."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from langgraph.types import Command

from agents.domain.changes import ExercisePlanMade, NutritionPlanMade, SafetyNoted
from agents.domain.context import Context
from agents.domain.plan_vetting import exercise_findings, nutrition_findings
from agents.domain.safety import RiskContext, Triage, reply_for, triage
from agents.domain.turn import Button
from agents.state import Line, Part, State

QUIET_AFTER = {"emergency": timedelta(hours=24), "crisis": timedelta(hours=72)}  # science.md S-8
ENDS_THE_TURN = ("emergency", "crisis")


async def screen(state: State) -> Command[Literal["router", "vet"]]:
    """Judge the text before anything else sees it; emergency and crisis end the turn here (science.md S-2, S-8)."""
    context, inbound = state["context"], state["inbound"]
    flag = _triage(inbound.text, context) if not inbound.tap else Triage(level="none", rules=(), category="none")
    if context is None and flag.level not in ENDS_THE_TURN:
        unread = Part("intake_safety", lines=(Line("error-not-read"),))
        return Command(update={"triage": flag, "parts": [unread]}, goto="vet")
    if flag.level == "none":
        return Command(update={"triage": flag}, goto="router")
    part = _safety_part(flag, context)
    goto: Literal["router", "vet"] = "vet" if flag.level in ENDS_THE_TURN else "router"
    return Command(update={"triage": flag, "parts": [part]}, goto=goto)


def _triage(text: str, context: Context | None) -> Triage:
    if context is None:
        return triage(text)
    profile = context.profile
    medications = profile.medications or ()
    risk = RiskContext(
        age=profile.age,
        conditions=profile.conditions or (),
        pregnant=profile.has("pregnancy"),
        anticoagulant=any(m in ("warfarin", "anticoagulant") for m in medications),
        insulin="insulin" in medications,
    )
    return triage(text, recent=context.recent_texts, risk=risk, locale=profile.locale)


def _safety_part(flag: Triage, context: Context | None) -> Part:
    """The human-written answer and the record of it; a repeated flag inside the window keeps its lines visible."""
    country = context.profile.country if context else None
    locale = context.profile.locale if context else "en"
    reply = reply_for(flag, country=country, locale=locale)
    changes = ()
    if context is not None:
        quiet = QUIET_AFTER.get(flag.level)
        changes = (
            SafetyNoted(
                level=flag.level,
                category=flag.category,
                rule_ids=flag.rules,
                locale=locale,
                action="template_sent" if flag.level in ENDS_THE_TURN else "referred",
                quiet_until=context.now + quiet if quiet else None,
            ),
        )
    return Part(
        agent="intake_safety",
        changes=changes,
        fixed_text=reply.text,
        buttons=tuple((Button(label, data),) for label, data in reply.buttons),
        level=flag.level,
        rules=flag.rules,
        order=0,
    )


async def vet(state: State) -> State:
    """Drop every proposal that breaks a rule, and say so; a claim whose change was dropped goes with it."""
    context = state["context"]
    return {"vetted": [vetted(part, context) for part in state["parts"]] if context else list(state["parts"])}


def vetted(part: Part, context: Context) -> Part:
    """The part without the changes that break a rule, and with a sentence for each rule broken."""
    refused: list[tuple[object, str]] = []
    for change in part.changes:
        findings: tuple[str, ...] = ()
        if isinstance(change, NutritionPlanMade):
            findings = nutrition_findings(change, context.profile)
        elif isinstance(change, ExercisePlanMade):
            findings = exercise_findings(change, context.profile)
        refused.extend((change, rule) for rule in findings)
    if not refused:
        return part
    dropped = {id(change) for change, _ in refused}
    kept_lines = tuple(line for line in part.lines if not any(id(c) in dropped for c in line.claims))
    return replace(
        part,
        changes=tuple(c for c in part.changes if id(c) not in dropped),
        lines=(*kept_lines, Line("plan-refused", {"rules": ", ".join(sorted({rule for _, rule in refused}))})),
        cards=(),
        level="caution" if part.level == "none" else part.level,
        rules=tuple(dict.fromkeys((*part.rules, *(rule for _, rule in refused)))),
    )

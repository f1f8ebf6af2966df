"""Before and after the specialists: red flags first, and a veto over every proposal (fail closed)."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from langgraph.types import Command

from agents.domain import life_stage
from agents.domain.changes import Change, ProfileSaved, SafetyNoted
from agents.domain.context import Context
from agents.domain.note import Note
from agents.domain.plan_vetting import plan_findings
from agents.domain.safety import RiskContext, Triage, country_of_timezone, reply_for, triage, understood
from agents.domain.turn import Button
from agents.state import Line, Part, State

QUIET_AFTER = {"emergency": timedelta(hours=24), "crisis": timedelta(hours=72)}  # science.md S-8
BLOCKS_TRAINING = frozenset({"S-20", "S-21", "S-23", "S-25", "S-26", "S-32", "S-33"})  # science.md S-8
ENDS_THE_TURN = ("emergency", "crisis")
MOST_REASONS = 4  # one forbidden food is one sentence: a week of them would bury the answer


async def screen(state: State) -> Command[Literal["router", "vet"]]:
    """Judge the text before anything else sees it; emergency and crisis end the turn here (science.md S-2, S-8)."""
    context, inbound = state["context"], state["inbound"]
    flag = _triage(inbound.text, context) if not inbound.tap else Triage(level="none", rules=(), category="none")
    if context is None and flag.level not in ENDS_THE_TURN:
        unread = Part("intake_safety", lines=(Line("error-not-read"),))
        return Command(update={"triage": flag, "parts": [unread]}, goto="vet")
    if flag.level == "none":
        parts = _after_crisis(flag, context) if context is not None else []
        return Command(update={"triage": flag, "parts": parts}, goto="router")
    if context is not None and context.onboarding.is_open and _is_asked_anyway(flag):
        return Command(update={"triage": flag, "parts": []}, goto="router")
    part = _safety_part(flag, context)
    goto: Literal["router", "vet"] = "vet" if flag.level in ENDS_THE_TURN else "router"
    return Command(update={"triage": flag, "parts": [part]}, goto=goto)


def _triage(text: str, context: Context | None) -> Triage:
    if context is None:
        return triage(text)
    profile = context.profile
    known = understood(profile)  # a condition or a medicine may be on file in the person's own words
    groups = frozenset(known.medications or ())
    risk = RiskContext(
        age=profile.age,
        conditions=known.conditions or (),
        pregnant=life_stage.is_pregnant(profile),
        anticoagulant=not groups.isdisjoint(("warfarin", "anticoagulant")),
        insulin="insulin" in groups,
    )
    return triage(text, recent=context.recent_texts, risk=risk, locale=profile.locale)


def _is_asked_anyway(flag: Triage) -> bool:
    """Ordinary aches: onboarding asks about injuries itself, so a second question would only confuse."""
    return flag.level == "caution" and flag.category in ("pain", "injury", "muscle", "joint", "minor")


def _country(context: Context | None) -> str | None:
    """Profile country, else that of the time zone; never inferred from language (science.md S-10)."""
    if context is None:
        return None
    return context.profile.country or country_of_timezone(context.profile.timezone)


def _after_crisis(flag: Triage, context: Context) -> list[Part]:
    """For three days after a crisis the line stays visible under every answer (science.md S-65)."""
    if context.last_safety != "crisis":
        return []
    reply = reply_for(flag, country=_country(context), locale=context.profile.locale, in_followup=True)
    return [Part("intake_safety", fixed_text=reply.text, order=95)] if reply.text else []


def _blocks_training(flag: Triage, context: Context) -> list[ProfileSaved]:
    """After these routes training waits for a clinician's yes: kept as a sign, which the screening asks about (S-8)."""
    if flag.level != "emergency" or flag.about_other or not BLOCKS_TRAINING & set(flag.rules):
        return []
    profile = context.profile
    sign = f"emergency_{flag.category}"
    if not context.may_store_health or sign in (profile.symptoms or ()):
        return []
    after = replace(profile, symptoms=(*(profile.symptoms or ()), sign), clearance=None)
    return [ProfileSaved(profile, after)]


def _safety_part(flag: Triage, context: Context | None) -> Part:
    """The human-written answer and the record of it; a repeated flag inside the window keeps its lines visible."""
    locale = context.profile.locale if context else "en"
    in_followup = context is not None and context.last_safety == "crisis"
    reply = reply_for(flag, country=_country(context), locale=locale, in_followup=in_followup)
    changes: tuple[Change, ...] = ()
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
            *_blocks_training(flag, context),
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
    """The part without the changes that break a rule; the person reads why, the rule ids stay in `rules`."""
    refused: list[tuple[Change, Note]] = []
    for change in part.changes:
        refused.extend((change, note) for note in plan_findings(change, context.profile))
    if not refused:
        return part
    dropped = {id(change) for change, _ in refused}
    kept_lines = tuple(line for line in part.lines if not any(id(c) in dropped for c in line.claims))
    reasons = list(dict.fromkeys(note.message for _, note in refused))[:MOST_REASONS]
    return replace(
        part,
        changes=tuple(c for c in part.changes if id(c) not in dropped),
        lines=(*kept_lines, Line("plan-refused"), *(Line("plain", {"text": reason}) for reason in reasons)),
        cards=(),
        choices=(),
        level="caution" if part.level == "none" else part.level,
        rules=tuple(dict.fromkeys((*part.rules, *(note.rule for _, note in refused)))),
    )

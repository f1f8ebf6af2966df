"""Parts become worded messages: one for each specialist that has something to say."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from agents.domain.allergens import restrictions_for
from agents.domain.changes import AccountErased, ConsentWithdrawn
from agents.domain.context import Context
from agents.domain.digest import digest
from agents.domain.life_stage import spares_weight
from agents.domain.moves import PERSONAL, Move, move_for
from agents.domain.saying import Saying
from agents.domain.turn import LEVELS, Button, Draft
from agents.domain.wording import Basis
from agents.domain.wording.talk import ABOVE, OPENED, TALK
from agents.ports import Ports, Speech
from agents.state import Choice, Line, Part, Spoken, State

KNOWN_TOKENS: Final = 450  # of the 3,000 that a call may carry
# Questions that only typed words answer, and that nothing but words can follow.
TYPED: Final = frozenset({"weight-how", "food-how", "activity-how", "remind-how", "change-what", "task-which-snooze"})
_QUOTED: Final = re.compile(r'"[^"]*"|“[^”]*”')
_NOT_NOW = (AccountErased, ConsentWithdrawn)  # after these no word leaves the machine any more


async def phrase(state: State, runtime: Runtime[Ports]) -> Command[Literal["speak", "settle", "keep_up"]]:
    """Word every part from the catalogue of the person's language; fixed safety texts stay as they are.

    A tapped message has something to settle, and typed words may be worth a voice; the rest is ready to be written.
    """
    context = state["context"]
    locale = context.profile.locale if context else "en"
    ports = runtime.context
    parts = sorted(state["vetted"], key=lambda part: part.order)
    if state["inbound"].was_cut and parts:
        parts = [replace(parts[0], lines=(Line("text-was-cut", {"limit": "4000"}), *parts[0].lines)), *parts[1:]]
    worded = [(part, draft_of(part, ports.speech, locale)) for part in _merged(parts)]
    worded = [(part, draft) for part, draft in worded if draft.text or draft.cards]
    drafts = tuple(draft for _, draft in worded)
    if context is not None and _may_speak(state, context, ports) and (spoken := _spoken(state, context, worded, ports)):
        return Command(update={"drafts": drafts, "spoken": spoken}, goto="speak")
    return Command(update={"drafts": drafts}, goto="settle" if state["inbound"].tapped is not None else "keep_up")


def _merged(parts: Iterable[Part]) -> list[Part]:
    """Neighbouring parts of one specialist become one message; safety texts always stand alone."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last is None or last.agent != part.agent or last.fixed_text or part.fixed_text or last.kind != part.kind:
            merged.append(part)
            continue
        merged[-1] = Part(
            agent=part.agent,
            changes=(*last.changes, *part.changes),
            lines=(*last.lines, *part.lines),
            choices=part.choices or last.choices,
            cards=(*last.cards, *part.cards),
            kind=part.kind,
            level=max(last.level, part.level, key=LEVELS.index),
            rules=tuple(dict.fromkeys((*last.rules, *part.rules))),
            order=last.order,
        )
    return merged


def draft_of(part: Part, speech: Speech, locale: str) -> Draft:
    """One part in the words of the catalogue."""
    text = part.fixed_text or _said(part.lines, speech, locale)
    asked = part.lines[-1].key if part.lines and part.fixed_text is None else ""
    is_open = asked in TYPED and not (part.choices or part.buttons) and part.level == "none"
    worded = tuple(tuple(_button(choice, speech, locale) for choice in row) for row in part.choices)
    claims = tuple(claim for line in part.lines for claim in line.claims)
    return Draft(
        agent=part.agent,
        kind=part.kind,
        text=text,
        buttons=(*part.buttons, *worded),
        cards=part.cards,
        level=part.level,
        rules=part.rules,
        claims=claims,
        expects=speech.say(locale, f"type-{asked}", {}) if is_open else "",
    )


def _said(lines: Iterable[Line], speech: Speech, locale: str) -> str:
    return "\n".join(speech.say(locale, line.key, line.args) for line in lines)


def _button(choice: Choice, speech: Speech, locale: str) -> Button:
    return Button(speech.say(locale, choice.key, choice.args), choice.data, choice.style)


def _may_speak(state: State, context: Context, ports: Ports) -> bool:
    """Whether a model may put the talk of this answer into words: typed words, a consent, and nothing alarming."""
    inbound, parts = state["inbound"], state["vetted"]
    return (
        ports.voice is not None
        and bool(inbound.text)
        and not (inbound.tap or inbound.is_forwarded or inbound.text.startswith("/"))
        and context.may_store_health
        and context.allows_model(ports.model_host)
        and context.last_safety == "none"
        and state["triage"].level == "none"  # before what is below: an emergency ends before anything is understood
        and not state["understanding"].is_degraded  # what just failed is not asked again
        and all(part.level == "none" and part.fixed_text is None for part in parts)
        and not any(isinstance(change, _NOT_NOW) for part in parts for change in part.changes)
    )


def _spoken(state: State, context: Context, worded: list[tuple[Part, Draft]], ports: Ports) -> Spoken | None:
    """The answer that a voice is worth asking for: one that only talks, or that answers what no rule understood."""
    text, heard = state["inbound"].text, state["understanding"]
    changes = sum(len(part.changes) for part, _ in worded)
    move = move_for(text, [intent.name for intent in heard.intents], changes=changes)
    welcome = TALK | OPENED
    at = next((at for at, (part, _) in enumerate(worded) if any(line.key in welcome for line in part.lines)), None)
    if at is None and worded and (heard.is_from_model or move in PERSONAL):
        at = 0
    if at is None:
        return None
    part, draft = worded[at]
    saying, basis = _material(text, move, context, part, draft, ports)
    new_names = (str(fact.value) for fact in heard.facts if fact.field == "name")
    names = (*new_names, *filter(None, (context.profile.name,)))
    heard_as = _said((line for line in part.lines if line.key in ABOVE), ports.speech, context.profile.locale)
    return Spoken(at, replace(saying, names=names), basis, heard_as, spares_weight(context.profile))


def _material(text: str, move: Move, context: Context, part: Part, draft: Draft, ports: Ports) -> tuple[Saying, Basis]:
    """What the voice is told, and what its words may rest on."""
    locale, profile = context.profile.locale, context.profile
    facts = _said((line for line in part.lines if line.key in TALK), ports.speech, locale)
    follows = _said((line for line in part.lines if line.key not in TALK | ABOVE), ports.speech, locale)
    about = digest(context, most_tokens=KNOWN_TOKENS)
    ours = (_QUOTED.sub("", text) for text in (facts, follows, about))  # what the person said proves no figure
    basis = Basis((*ours, *_cells(draft)), restrictions_for(profile))
    return Saying(part.agent, move, text, facts, follows, about), basis


def _cells(draft: Draft) -> Iterable[str]:
    return (cell for card in draft.cards for row in getattr(card, "rows", ()) for cell in row)

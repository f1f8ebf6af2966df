"""Parts become worded messages: one for each specialist that has something to say."""

from collections.abc import Iterable
from dataclasses import replace

from langgraph.runtime import Runtime

from agents.domain.turn import LEVELS, Button, Draft
from agents.ports import Ports, Speech
from agents.state import Choice, Line, Part, State


async def phrase(state: State, runtime: Runtime[Ports]) -> State:
    """Word every part from the catalogue of the person's language; fixed safety texts stay as they are."""
    context = state["context"]
    locale = context.profile.locale if context else "en"
    speech = runtime.context.speech
    parts = sorted(state["vetted"], key=lambda part: part.order)
    if state["inbound"].was_cut and parts:
        parts = [replace(parts[0], lines=(Line("text-was-cut", {"limit": "4000"}), *parts[0].lines)), *parts[1:]]
    drafts = [_draft(part, speech, locale) for part in _merged(parts)]
    return {"drafts": tuple(draft for draft in drafts if draft.text or draft.cards)}


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


def _draft(part: Part, speech: Speech, locale: str) -> Draft:
    text = part.fixed_text or "\n".join(speech.say(locale, line.key, line.args) for line in part.lines)
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
    )


def _button(choice: Choice, speech: Speech, locale: str) -> Button:
    return Button(speech.say(locale, choice.key, choice.args), choice.data, choice.style)

"""A correction ("no, 82 not 28") becomes a fact: the new words are read as the answer to that field's question."""

from dataclasses import replace

from agents.domain.context import Context
from agents.nodes.intake.facts import QUESTION_OF_FIELD
from agents.ports import CoachModel
from agents.schemas import Correction, Fact, Moment, Understanding


async def corrected(context: Context, heard: Understanding, model: CoachModel) -> Understanding:
    """What was heard, with each correction that names a field as a fact. Without a field it stays a question."""
    found: list[Fact] = []
    for intent in heard.intents:
        wish = intent.payload
        if not isinstance(wish, Correction) or wish.field is None:
            continue
        if any(fact.field == wish.field for fact in heard.facts):
            continue  # the sentence said it in full: "change my weight to 80 kg"
        found += await _read(context, wish, model)
    return replace(heard, facts=(*heard.facts, *found)) if found else heard


async def _read(context: Context, wish: Correction, model: CoachModel) -> list[Fact]:
    asked = QUESTION_OF_FIELD.get(wish.field or "", wish.field)
    moment = Moment(now=context.local_now, expecting=asked, profile=context.profile, locale=context.profile.locale)
    again = await model.understand(wish.new, moment)
    return [fact for fact in again.facts if fact.field == wish.field]

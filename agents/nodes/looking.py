"""When a picture is looked at: when it came alone, or when the words beside it only point at it.

Words that say something of their own stand, and the picture is left alone: "drank 500 ml" needs no look at a bottle.
"""

import re
from dataclasses import replace
from typing import Final

from agents.domain.context import Context
from agents.domain.sight import PRODUCT_ASKED
from agents.domain.turn import Inbound
from agents.schemas import FillDay, Intent, LogFood, Photos, Target, Understanding

_POINTS: Final = re.compile(
    r"\b(?:this|these|that|those|it|its|they|them|here|look|see|photo|picture|pic|image|screenshot|label)\b"
)
_GRAMS: Final = re.compile(r"(?:about |around )?([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*(?:g|gr|grams?|grammes?|ml)?[.!]?")
_NOT_UNDERSTOOD: Final = frozenset({"unknown", "greeting", "small_talk", "thanks"})
# What words may say about a picture of food; other wishes have nothing to do with it.
_ABOUT_FOOD: Final = frozenset({"log_food", "fill_day", "question", "meals_view", "help", "give_facts"})
_STAYS: Final = frozenset({"give_facts"})  # "I'm allergic to nuts, can I eat this?" says both
_MEALS: Final = frozenset({"breakfast", "lunch", "dinner"})


def looked_at(heard: Understanding, inbound: Inbound, context: Context) -> Understanding:
    """The understanding with a look at the pictures in the place of what only pointed at them."""
    if not inbound.photos or not context.may_store_health or not _leaves_it_open(heard, inbound.text):
        return heard
    look = Intent("look", payload=Photos(inbound.photos, inbound.text, _slot(heard)))
    return replace(heard, intents=(*(intent for intent in heard.intents if intent.name in _STAYS), look))


def amount_meant(said: str, context: Context) -> str | None:
    """The tap that a typed amount stands for while it is asked how much of a product was eaten: "45 g", "45"."""
    question = context.question
    if question is None or question.code != PRODUCT_ASKED or not question.hears_words(context.now):
        return None
    amount = _GRAMS.fullmatch(said.strip().casefold())
    name = next(iter(question.data), "")
    return f"seen:eat:{name}:{amount[1].replace(',', '.')}" if amount and name else None


def _leaves_it_open(heard: Understanding, said: str) -> bool:
    names = {intent.name for intent in heard.intents}
    if not said.strip() or names <= _NOT_UNDERSTOOD:
        return True
    if not names <= _NOT_UNDERSTOOD | _ABOUT_FOOD:
        return False
    return bool(_POINTS.search(said.casefold())) or said.strip(" .!:").casefold() in _MEALS


def _slot(heard: Understanding) -> str | None:
    for intent in heard.intents:
        if isinstance(intent.payload, LogFood | FillDay) and intent.payload.slot:
            return intent.payload.slot
        if isinstance(intent.payload, Target) and intent.payload.words in _MEALS:
            return intent.payload.words
    return None

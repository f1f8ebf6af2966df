"""Whether words of a model may be said here and now: the guard, and what this answer and this person add to it."""

import re
from typing import Final

from agents.domain.wording.english import is_english
from agents.domain.wording.guard import Basis, faults

_NO_PROSE: Final = re.compile(r"[{}\[\]<>\\|=]")
_ASKS: Final = ("?", "？", "؟")
_WEIGHT: Final = re.compile(
    r"\b(?:(?:over|under)?weigh\w*|kilos?|kg|pounds|lbs?|stone|calori\w*|kcal|deficit|slim\w*|thin(?:ner|nest)?|fat(?:ter)?|"
    r"skinn\w*|diet(?:ing|s)?|lose|losing|loss|lost|burn\w*|bmi|scales?|size|figure|body|cut(?:ting)?)\b",
    re.IGNORECASE,
)


def unfit(text: str, basis: Basis, *, follows: str = "", spares_weight: bool = False) -> tuple[str, ...]:
    """Everything that speaks against saying this above `follows`; () when nothing does. Pure and total."""
    asks_twice = any(mark in text for mark in _ASKS) and any(mark in follows for mark in _ASKS)
    judged = (
        ("second_question", asks_twice),
        ("no_prose", _NO_PROSE.search(text) is not None),
        ("language", not is_english(text)),
        ("weight", spares_weight and _WEIGHT.search(text) is not None),
    )
    return (*faults(text, basis), *(name for name, is_so in judged if is_so))

"""Questions of everyday knowledge ("is coffee bad?"): asked of the table, where nothing more personal answers them."""

import re
from typing import Final

from agents.domain.knowledge import answer_to
from agents.schemas import Fact, Intent, Moment

_ASKS: Final = re.compile(
    r"\W*(?:so |and |but |hey |keel |ok |also )*(?:what|whats|why|how|hows|when|which|who|where|is|isnt|are|am|was|do|"
    r"does|did|can|could|should|shall|will|would|has|have)\b"
)
# The person's own figures and days, a diagnosis asked for, a value: no table of common knowledge answers those.
_OWN: Final = re.compile(
    r"\bhow (?:much|old|heavy|tall) (?:do|am|was|have|did) i\b(?! (?:need|have to|weigh myself))|"
    r"\bhave i (?:had|eaten|drunk|drank|logged|done|lost|gained|slept)\b|"
    r"\bmy (?:next|last|first|current|today'?s|tomorrow'?s) \w+|\bin my (?:fridge|pantry|freezer|cupboard|calendar)\b|"
    r"^\W*(?:do|could|might) i have\b(?! to\b)|\d{2,3}\s*/\s*\d{2,3}"
)
# What such a question is easily taken for; then it must nearly be one of the table's own.
_WEAK: Final = frozenset(("unknown", "question"))
_MISTAKEN: Final = frozenset(("log_food", "check_in", "task_skip", "meals_view", "workout_view"))


def known_question(
    text: str, wanted: tuple[Intent, ...], found: tuple[Fact, ...], moment: Moment
) -> tuple[Intent, ...]:
    """The question with the id of its entry, in place of what the message was taken for; else what was wanted."""
    names = {intent.name for intent in wanted}
    if found or not names or not (_ASKS.match(text.casefold()) or text.rstrip().endswith("?")):
        return wanted
    if not names <= _WEAK and (moment.expecting is not None or not names <= _WEAK | _MISTAKEN):
        return wanted
    if _OWN.search(text.casefold()):
        return wanted
    entry = answer_to(text, surely=not names <= _WEAK)
    return (Intent("question", payload=entry.id, quote=text.strip()),) if entry else wanted

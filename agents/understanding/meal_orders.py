"""Orders about planned meals: a different day, the rest of today, amounts for more people or less appetite."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from agents.schemas import FillDay, Intent, IntentName, Moment, Portions, Target
from agents.understanding import number_words, patterns, slots
from agents.understanding.clauses import Clause
from agents.understanding.targets import day_in

MOST_PEOPLE: Final = 20
A_BIT_MORE, A_BIT_LESS = 1.25, 0.75  # of a portion: what "a bigger lunch" is taken for, in quarters as cooks measure
_TOLD: Final = re.compile(r"(?:(?:i|we)(?:'ve| have)? )?(?:just |already )*(?:had|ate|eaten|made|cooked|finished)\b")
_TODAY: Final = re.compile(r"\b(?:today|todays|today's|tonight|tonight's|this (?:morning|afternoon|evening))\b")
_HEADS: Final = re.compile(
    r"\b(?:for|to|by|are|be|we're|there's) (?P<count>\d\d?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b"
    r"(?! ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|am|pm|o'clock|:))"
)
_SHARES: Final = (
    (re.compile(r"\bone and a half\b"), 1.5), (re.compile(r"\b(?:half|halve)\b"), 0.5),
    (re.compile(r"\bquarter\b"), 0.25), (re.compile(r"\b(?:doubled?|twice)\b"), 2.0), (re.compile(r"\btriple\b"), 3.0),
    (re.compile(r"\b(?:bigger|larger|more|big)\b"), A_BIT_MORE),
    (re.compile(r"\b(?:smaller|less|small)\b"), A_BIT_LESS),
)  # fmt: skip
_SERVINGS: Final = re.compile(
    r"\b(?P<count>\d\d?(?:\.\d)?|one|two|three|four|five|six) (?:portions?|servings?|helpings?)\b"
)


def meal_order(clause: Clause, moment: Moment) -> Intent | None:
    """renew_day, fill_day or scale_meal with its payload; None while onboarding asks, or when nothing is ordered."""
    if not _may_order(moment) or _TOLD.match(clause.plain):
        return None
    found = (_read(name, caught, clause, moment) for name, caught in _matches(clause))
    return next((intent for intent in found if intent is not None), None)


def _matches(clause: Clause) -> Iterator[tuple[IntentName, dict[str, str]]]:
    yield from patterns.each("meal_orders", clause.order)
    if clause.plain != clause.order:
        yield from patterns.each("meal_orders", clause.plain)


def _read(name: IntentName, caught: dict[str, str], clause: Clause, moment: Moment) -> Intent | None:
    quote = clause.text.strip()
    if name == "renew_day":
        return Intent(name, payload=Target(on=day_meant(clause.order, moment)), quote=quote)
    if name == "fill_day":
        return Intent(name, payload=FillDay(slot=slots.inside(clause.plain)), quote=quote)
    portions = _portions(clause.plain, caught.get("meal", ""), moment)
    return Intent(name, payload=portions, quote=quote) if portions else None


def day_meant(words: str, moment: Moment) -> date | None:
    """The day these words name, today and tonight too."""
    named = day_in(words, moment)
    return moment.now.date() if named is None and _TODAY.search(words) else named


def _may_order(moment: Moment) -> bool:
    """While a question of the profile is open, "for two" and "dinner for 7" may answer it."""
    return moment.profile.is_locked and (moment.expecting is None or moment.expecting.startswith("meal_"))


def _portions(words: str, meal: str, moment: Moment) -> Portions | None:
    slot = slots.inside(meal or words)
    if meal and slot is None:
        return None
    on = day_meant(words, moment)
    if heads := _HEADS.search(words):
        count = number_words.value_of(heads["count"])
        return Portions(float(count), count, slot or "", on) if 1 <= count <= MOST_PEOPLE else None
    factor = next((share for pattern, share in _SHARES if pattern.search(words)), None)
    if factor is None and (said := _SERVINGS.search(words)):
        count_said = said["count"]
        factor = float(count_said) if "." in count_said else float(number_words.value_of(count_said))
    return Portions(factor, None, slot or "", on) if factor and factor <= MOST_PEOPLE else None

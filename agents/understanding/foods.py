"""What was eaten: "2 eggs and a slice of toast with butter for breakfast" as items with quantity and unit.

A clause is a food log when it has a verb of eating, when it is a list of amounts of food, or when it names a meal and
its content ("lunch was a salad"). "had" alone is no proof ("had knee surgery"): then a food word, a unit of food or
"for breakfast" must stand with it.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from agents.schemas import FoodItem, Intent, LogFood, Moment
from agents.understanding import slots, word_lists
from agents.understanding.clauses import Clause
from agents.understanding.food_items import is_food, is_only_food, items

SURE, LIKELY, GUESSED = 0.95, 0.8, 0.5  # confidence: a verb of eating; a list of amounts; a bare food word

_WHEN: Final = r"(?:later |afterwards |today |yesterday |this morning |earlier |tonight |last night )?"
_SOON: Final = r"(?:just |already |also |then |only |finally )*"
_EATING: Final = re.compile(
    rf"{_WHEN}(?:(?:for|at) (?P<slot>[\w-]+(?: snack)?),? )?(?:i |we )?{_SOON}(?:'ve |have |'m |am |was )?{_SOON}"
    r"(?:(?P<sure>ate|eaten|scoffed|demolished|inhaled|wolfed(?: down)?|polished off|necked|tucked into|eating|"
    r"snacked(?: on)?|munched(?: on)?|devoured|cooked(?: and ate)?|drank|drunk|drinking|"
    r"sipped|log(?:ged)?|track(?:ed)?)|(?P<maybe>had|having|smashed|grabbed|got|finished|add(?:ed)?|record))\b:? ?"
)
_SLOT_FIRST: Final = re.compile(
    r"(?:for |my |today's |yesterday's |at )?(?P<slot>[a-z-]+(?: snack)?)(?: (?:today|yesterday|this morning))?"
    r"(?: ?[:=-] ?| (?:was|is|were|consisted of|i (?:had|ate)|we (?:had|ate)) (?:just |only )?|"
    r",? (?=\d|an? |half |some ))(?P<rest>.+)"
)
_AFTERTHOUGHT: Final = re.compile(
    rf"(?:,? ?\b(?:for (?:my |a |an |the )?(?P<slot>{slots.WORDS})|(?:as|at) (?:a |an |my )?(?P<slot2>{slots.WORDS})|"
    r"today|tonight|yesterday|earlier|just now|now|this (?:morning|afternoon|evening)|last night|"
    r"(?:(?:at|around|about) )+(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|o'clock|h)?|noon|midday|midnight|home|work|"
    r"the office|a restaurant)|(?:after|before|post|pre)[ -](?:my |the )?(?:workout|training|gym|run|bed|work|lunch|"
    rf"dinner|breakfast)|to my (?:log|diary|{slots.WORDS})|with (?:my )?(?:friends|family|wife|husband|kids)|"
    r"please|again|too|as well|instead of \w+))+$"
)
_CLOCK: Final = re.compile(r"\b(?:at|around) (\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|o'clock|h)?|noon|midday|midnight)\b")
_DAY_BEFORE: Final = re.compile(r"\b(?:yesterday|last night)\b")
_BODY_UNITS: Final = frozenset(("kg", "kilo", "kilogram", "lb", "pound", "l", "liter", "litre"))  # may measure a person

_TELLS: Final = re.compile(r"\b(?:is|are|was|were|told|tells?|said|says?|me|my|i|you|he|she|they|if|because|that)\b")

# How far the words around a list prove that it was eaten.
_VERB, _MEAL, _HAD_AT_A_MEAL, _AT_A_MEAL, _HAD, _BARE = 5, 4, 3, 2, 1, 0


def meal(clause: Clause, moment: Moment) -> Intent | None:
    """log_food for what was eaten; None for questions, habits, refusals and everything that is no food."""
    said = clause.plain
    if clause.asks and clause.order == said:
        return None  # only an order may end with a question mark: "can you log 2 eggs?"
    if word_lists.pattern("not_eaten").search(said):
        return None
    found = _eaten(clause.order, moment)
    if found is None:
        return None
    return Intent("log_food", payload=found[0], confidence=found[1], quote=clause.text.strip())


def listed(text: str, moment: Moment) -> LogFood | None:
    """The items of a text that is known to be about food (after /log, or an answer to "what did you eat?")."""
    plain = " ".join(text.lower().split()).strip(" .!?,")
    body, slot = _without_afterthought(plain)
    found = items(body)
    return LogFood(found, slot=slot, at=eaten_at(plain, slot, moment)) if found else None


def _eaten(said: str, moment: Moment) -> tuple[LogFood, float] | None:
    body, slot = _without_afterthought(said)
    body, named, proof = _unwrapped(body)
    slot = named or slot
    if slot is not None and proof in (_HAD, _BARE):
        proof = _HAD_AT_A_MEAL if proof == _HAD else _AT_A_MEAL
    if proof in (_BARE, _AT_A_MEAL) and moment.expecting is not None:
        return None  # a bare list answers the question; only a verb or a meal makes it a log
    found = items(body)
    if not found or not _is_proven(found, proof):
        return None
    amounts = len(found) > 1 or found[0].quantity is not None
    confidence = SURE if proof >= _HAD_AT_A_MEAL else LIKELY if proof or amounts else GUESSED
    return LogFood(found, slot=slot, at=eaten_at(said, slot, moment)), confidence


def _unwrapped(body: str) -> tuple[str, str | None, int]:
    """(the list itself, the meal named before it, how far the words prove that it was eaten)."""
    verb = _EATING.match(body)
    rest = body[verb.end() :] if verb else body
    named = _SLOT_FIRST.fullmatch(rest)
    if named and (slot := slots.code(named["slot"])):
        return named["rest"], slot, _VERB if verb else _MEAL
    if verb is None:
        return body, None, _BARE
    return rest, slots.code(verb["slot"] or ""), _VERB if verb["sure"] else _HAD


def _is_proven(found: tuple[FoodItem, ...], proof: int) -> bool:
    food = [is_food(item.name) for item in found]
    has_unit = any(item.unit is not None for item in found)
    counted = any(item.quantity is not None for item in found)
    if proof >= _MEAL:
        return True
    if proof == _HAD_AT_A_MEAL:
        return any(food) or counted or len(found) > 1
    if proof >= _HAD:
        return any(food) or has_unit
    if any(_TELLS.search(item.name) for item in found):
        return False  # "a friend told me eggs are bad" is no list of foods
    portion = any(item.unit is not None and item.unit not in _BODY_UNITS for item in found)
    return (counted and (any(food) or portion)) or all(is_only_food(item.name) for item in found)


def _without_afterthought(said: str) -> tuple[str, str | None]:
    """What is eaten without when, where and for which meal; the meal's code if it was said there."""
    match = _AFTERTHOUGHT.search(said)
    if match is None:
        return said, None
    return said[: match.start()].strip(" ,"), slots.code(match["slot"] or match["slot2"] or "")


def eaten_at(said: str, slot: str | None, moment: Moment) -> datetime | None:
    """When it was eaten, where the words tell more than "now": a clock time, yesterday, last night."""
    back = 1 if _DAY_BEFORE.search(said) else 0
    if clock := _CLOCK.search(said):
        return _at_clock(clock[1], back, moment)
    if not back:
        return None
    hour = slots.USUAL_HOUR.get(slot or ("dinner" if "last night" in said else ""), moment.now.hour)
    return (moment.now - timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


def _at_clock(words: str, days_back: int, moment: Moment) -> datetime | None:
    """The latest such wall time that is not in the future."""
    from agents.understanding.times import ClockTime, clock_time

    at = clock_time(words)
    if not isinstance(at, ClockTime):
        return None
    meant = datetime.combine(moment.now.date() - timedelta(days=days_back), at.time, moment.now.tzinfo)
    return meant if meant <= moment.now else meant - timedelta(days=1)

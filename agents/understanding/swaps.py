"""Another meal, another exercise: "swap dinner", "something else for breakfast", "the bench is taken"."""

import re
from typing import Final

from agents.schemas import Intent, Moment, Target
from agents.understanding import exercises, food_items, patterns, slots
from agents.understanding.clauses import Clause
from agents.understanding.meal_orders import day_meant

_EXERCISE: Final = re.compile(r"\b(?:exercises?|machine|movement|moves?|rack|bench|station|lift)\b")
_PLAN_WORDS: Final = frozenset("meal meals recipe dish menu food exercise exercises move movement lift".split())  # noqa: SIM905
_AFTERTHOUGHT: Final = re.compile(r" (?:i|we|give|can|could|please|something|anything)\b")
_THE: Final = re.compile(r"^(?:the|my|a|an) ")
_NEEDS_A_PLAN_WORD: Final = ("change", "switch", "different", "another", "other", "alternative")


def swap(clause: Clause, moment: Moment) -> Intent | None:
    """swap_meal or swap_exercise with Target words (a meal's slot code where one is named); None when neither."""
    found = (
        _swapped(caught, clause, moment)
        for words in dict.fromkeys((clause.order, clause.plain))
        for _, caught in patterns.each("swaps", words)
    )
    return next((intent for intent in found if intent is not None), None)


def _swapped(caught: dict[str, str], clause: Clause, moment: Moment) -> Intent | None:
    """What is swapped, from the words that one pattern caught; None where it is neither a dish nor a move."""
    thing = next((caught[group] for group in "abcdfgmxy" if caught.get(group)), "")
    thing = "" if thing in ("it", "that", "this", "that one", "this one") else thing
    if exercises.known_in(thing) or _EXERCISE.search(thing) or ("f" in caught and _EXERCISE.search(clause.plain)):
        return Intent("swap_exercise", payload=Target(words=thing), quote=clause.text.strip())
    if "f" in caught or "g" in caught or (thing and not _is_a_meal(thing)):
        return None
    is_named = bool(thing or slots.inside(clause.plain))
    if not is_named and ("d" in caught or ("a" not in caught and clause.order.startswith(_NEEDS_A_PLAN_WORD))):
        return None
    thing = _AFTERTHOUGHT.split(thing.removeprefix("to "))[0]
    words = slots.inside(thing) or slots.inside(clause.plain) or _THE.sub("", thing)
    sure = 0.95 if words else 0.6  # "something else" alone: of what is guessed
    target = Target(words=words, on=day_meant(clause.order, moment))
    return Intent("swap_meal", payload=target, confidence=sure, quote=clause.text.strip())


def _is_a_meal(thing: str) -> bool:
    return bool(slots.inside(thing) or food_items.is_food(thing) or set(thing.split()) & _PLAN_WORDS)

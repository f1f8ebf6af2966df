"""The front door: from one message to the facts it states about the person, and to a correction of an earlier one."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from agents.domain.profile import Injury, MealTime, Restriction
from agents.schemas import Correction, Fact, Moment, Rejected

if TYPE_CHECKING:
    from agents.understanding.findings import Found
    from agents.understanding.hearing import Heard

_OPENS_WITH_A_WEIGHT = re.compile(
    r"\s*(?:(?:maybe|about|around|roughly|under|below|to)\s+)?\d+(?:[.,]\d+)?\s*(?:kgs?|kilos?|lbs?|pounds?|st|stone)?\s*"
    r"(?:$|[.,;!]\s|(?:in|by|within|before|over|until)\b)",
    re.IGNORECASE,
)
_SAME_WITHIN = 0.02  # two numbers for one field that differ by less are one ("82 kg (181 lb)")
_MANY = frozenset(
    [
        "condition",
        "symptom",
        "medication",
        "injury",
        "allergy",
        "intolerance",
        "dislike",
        "religious",
        "exclusion",
        "cuisine",
        "equipment",
        "modality",
        "meal_time",
    ]
)


@cache
def _rules() -> tuple[Callable[["Heard", Moment], Iterator["Found"]], ...]:
    """The rules that need to know what surrounds the message. Their many patterns compile with the first message."""
    from agents.understanding import (
        allergies,
        births,
        body,
        clearances,
        goals,
        health,
        injuries,
        kitchen,
        medicines,
        places,
    )
    from agents.understanding import training_prefs as training

    return (
        births.births,
        body.body,
        goals.goals,
        allergies.allergies,
        injuries.injuries,
        health.health,
        clearances.clearances,
        medicines.medicines,
        training.training,
        kitchen.kitchen,
        places.places,
    )


@cache
def _plain_rules() -> tuple[Callable[["Heard"], Iterator["Found"]], ...]:
    """The rules for which the words are enough."""
    from agents.understanding import baselines, diet, intolerances, lifestyle

    return diet.diet, intolerances.intolerances, lifestyle.lifestyle, baselines.baselines


def facts(text: str, moment: Moment) -> tuple[tuple[Fact, ...], tuple[Rejected, ...]]:
    """The facts a message states about its writer, in its order, and what looked like one but cannot be.

    Pure and total: any text gives an answer. Forwarded text says nothing about the person.
    """
    if moment.is_forwarded or not any(character.isalnum() for character in text):
        return (), ()
    from agents.understanding import asked
    from agents.understanding.hearing import hear

    if moment.expecting == "target_weight_kg" and _OPENS_WITH_A_WEIGHT.match(text):
        text = f"target weight {text}"  # "78 kg in 16 weeks": the question said which weight is meant
    heard = hear(text, is_answer=moment.expecting is not None)
    found = asked.answer(heard, moment) if moment.expecting else []
    if not found:
        found = [each for rule in _rules() for each in rule(heard, moment)]
        found += [each for rule in _plain_rules() for each in rule(heard)]
        if moment.expecting:
            found += asked.choice(heard, moment, found)
    return _settled(found)


def correction(text: str, moment: Moment) -> Correction | None:
    """The correction a message makes ("no, 82 not 28"), or None."""
    from agents.understanding import corrections

    return corrections.correction(text, moment)


def _settled(found: Iterable["Found"]) -> tuple[tuple[Fact, ...], tuple[Rejected, ...]]:
    """Each fact once; two different values for one field are no fact but a question."""
    kept: dict[tuple[object, ...], Fact] = {}
    rejected: dict[tuple[str, str], Rejected] = {}
    doubtful: set[tuple[object, ...]] = set()
    for each in sorted(found, key=lambda entry: (entry.start, entry.end)):
        if isinstance(each.item, Rejected):
            rejected.setdefault((each.item.field, each.item.reason), each.item)
            continue
        key = _key(each.item)
        if key not in kept:
            kept[key] = each.item
        elif each.item.field in _MANY:
            kept[key] = _better(kept[key], each.item)
        elif not _agree(kept[key], each.item):
            if each.item.confidence > kept[key].confidence:
                kept[key] = each.item
            elif each.item.confidence == kept[key].confidence:
                doubtful.add(key)
    for key in doubtful:
        one = kept.pop(key)
        rejected.setdefault((one.field, "ambiguous"), Rejected(one.field, one.quote, "ambiguous"))
    return tuple(_without_none(kept.values())), tuple(rejected.values())


def _key(one: Fact) -> tuple[object, ...]:
    """What makes two facts the same entry."""
    value = one.value
    if one.op == "none":
        return one.field, "none"
    if isinstance(value, Restriction):
        return one.field, one.op, value.kind, value.code
    if isinstance(value, Injury):
        return one.field, one.op, value.region, value.side
    if isinstance(value, MealTime):
        return one.field, value.slot
    return (one.field, one.op, value) if one.field in _MANY else (one.field, one.op)


def _better(one: Fact, two: Fact) -> Fact:
    """Of two mentions of one entry the one that knows the severity, or else the surer one."""
    if isinstance(one.value, Restriction) and isinstance(two.value, Restriction):
        return two if one.value.severity is None and two.value.severity is not None else one
    return two if two.confidence > one.confidence else one


def _agree(one: Fact, two: Fact) -> bool:
    if one.value == two.value:
        return True
    if isinstance(one.value, int | float) and isinstance(two.value, int | float):
        return abs(one.value - two.value) <= _SAME_WITHIN * max(abs(one.value), abs(two.value))
    return False


def _without_none(kept: Iterable[Fact]) -> Iterator[Fact]:
    """ "No injuries, just a sore knee" names one: then the list is not empty."""
    everything = list(kept)
    added = {one.field for one in everything if one.op == "add"}
    return (one for one in everything if one.op != "none" or one.field not in added)

"""Allergies told by what happens: "I swell up if I eat prawns", "kiwi makes my throat itch", "hives from strawberries".

Nobody who tells this has to use the word allergy; a reaction of skin, face, throat or breath to a food is kept as one
(science.md N-30). A stomach that complains is an intolerance and is not read here.
"""

import re
from collections.abc import Iterator

from agents.domain.profile import AllergySeverity, Restriction
from agents.understanding.findings import Found, fact
from agents.understanding.food_lists import Item, allergens_of, food_code, items, items_before
from agents.understanding.hearing import Heard, hear

_FACE = r"(?:lips?|tongue|face|throat|mouth|eyes|airways?|skin|neck)"
_REACTS = (
    r"(?:swell(?:s|ing)?(?: right)?(?: up)?|puff(?:s|ing)? up|blow(?:s|ing)? up(?: like a balloon)?|"
    r"(?:come|break|comes|breaks) out in (?:an? )?(?:hives|rash(?:es)?|spots|bumps|welts)|"
    r"get (?:an? )?(?:hives|rash|itchy|swollen(?: \w+)?|tight throat|"
    rf"itchy (?:{_FACE})|tingly (?:{_FACE}))|go(?:es)? into (?:anaphyla\w+(?: shock)?|shock)|"
    r"can not breathe(?: properly)?|struggle to breathe|stop breathing|itch(?:es)?|tingles?|close[sd]?(?: up)?|"
    r"tighten[s]?(?: up)?|goes? (?:numb|tight))"
)
_WHO = rf"(?:\bi|\bmy {_FACE}(?: and {_FACE})?)"
_WHEN = re.compile(
    rf"{_WHO} (?:\w+ )?{_REACTS}(?: (?:really|very) (?:bad|badly))? "
    r"(?:(?:if|when|whenever|every time|after|each time) (?:i )?(?:even )?(?:eat|have|ate|eating|having|touch|"
    r"try|drink|am near)|(?:from|with|after)) (?=\w)"
)
_MAKES = re.compile(
    rf"\bmakes? (?:me (?:{_REACTS}|itchy|swollen|wheezy?|wheeze)|my {_FACE}(?: and {_FACE})? (?:{_REACTS}|"
    rf"swollen|itchy|"
    r"tight|numb|burn|tingle|sting))"
)
_IS_EATEN = re.compile(r"\b(?:eat|have|ate|eating|having|try|drink|makes?)\b")
_NO_FOOD = frozenset(
    ("stress", "pollen", "dust", "grass", "hay", "heat", "cold", "sun", "sunlight", "sweat", "exercise", "running",
     "cat", "cats", "dog", "dogs", "soap", "perfume", "latex", "nickel", "wool", "it", "that", "this", "they", "which",
     "weather", "smoke", "chlorine", "medicine", "aspirin", "ibuprofen", "penicillin", "everything", "anything",
     "something", "flying", "shampoo", "laundry", "mould", "mold", "jewellery", "swimming", "training", "walking",
     "he", "she", "fun", "time")
)  # fmt: skip
_LIFE = re.compile(r"\b(?:anaphyla\w+|shock|epi ?pen)\b")


def reactions(heard: Heard) -> Iterator[Found]:
    """The allergies these reactions tell. "If I eat" is no mere supposition here: it says when it happens."""
    for match in _WHEN.finditer(heard.text):
        said = heard.asserted[match.start() : match.start() + 1]
        if said == heard.text[match.start()] and not heard.scope.is_denied(match.start()):
            tail = hear(heard.text[match.end() : heard.sentence(match.start())[1]])
            for item in items(tail, 0):
                yield from _allergy(heard, item, match, (match.start(), match.end() + item.end))
    for match in _MAKES.finditer(heard.asserted):
        if not heard.scope.is_denied(match.start()):
            for item in items_before(heard, match.start())[:1]:
                yield from _allergy(heard, item, match, (item.start, match.end()))


def _allergy(heard: Heard, item: Item, match: re.Match[str], span: tuple[int, int]) -> Iterator[Found]:
    """One restriction for each allergen. A word no table knows is kept unless it is no food ("pollen")."""
    known = allergens_of(item.words, only_known=True) or food_code(item.words)
    if item.is_severity or not (known or (_IS_EATEN.search(match[0]) and _NO_FOOD.isdisjoint(item.words))):
        return
    severity: AllergySeverity | None = "anaphylaxis" if _LIFE.search(match[0]) else item.severity
    for code in allergens_of(item.words):
        value = Restriction("allergy", code, severity, heard.quote(*span))
        yield fact(heard, "allergy", value, span, op="add")

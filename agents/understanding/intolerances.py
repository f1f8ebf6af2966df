"""Intolerances: what the person does not digest, said as such or by what it does to them."""

import re
from collections.abc import Iterator

from agents.domain.profile import Restriction
from agents.understanding.allergies import listed
from agents.understanding.findings import Found, fact
from agents.understanding.food_lists import allergens_of, intolerance_codes, items, items_before
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import word_set

_INTOLERANT_TO = re.compile(
    r"\b(?:intoleran(?:t|ce|ces)|sensitiv(?:e|ity))\s+(?:to|of|for)\b|\bintoleranc(?:e|es)\s*:|\b(?:can not|do not|"
    r"not)\s+(?:really\s+)?(?:digest|tolerate)\b"
)
_INTOLERANT = re.compile(r"\bintoleran(?:t|ce|ces)\b(?!\s+(?:to|of|for)\b)|\b(?<=gluten )sensitiv(?:e|ity)\b")
_UPSETS = re.compile(
    r"\b(?P<food>\w+)\s+(?:products?\s+)?(?:upsets?|hurts?|bloats?|disagrees? with|messes with|makes me bloated)"
    r"\s+(?:my\s+)?(?:stomach|gut|tummy)\b"
)
_NONE = re.compile(r"\bno (?:known |food )*intolerances\b|\bnot intolerant to anything\b")
_FODMAP = re.compile(r"\blow[- ]?fodmap\b")
_COELIAC = re.compile(r"\bcoeliacs?\b(?: disease)?")


def intolerances(heard: Heard) -> Iterator[Found]:
    """Every intolerance said."""
    if any(
        cue in heard.asserted for cue in ("intoleran", "sensitiv", "stomach", "digest", "tolerate", "coeliac", "fodmap")
    ):
        if match := _NONE.search(heard.asserted):
            yield fact(heard, "intolerance", "", match.span(), op="none")
        yield from _to_a_list(heard)
        yield from _after_its_name(heard)
        yield from _by_its_effect(heard)


def _to_a_list(heard: Heard) -> Iterator[Found]:
    """ "intolerant to milk and wheat", "I can't digest beans"."""
    for match in _INTOLERANT_TO.finditer(heard.asserted):
        own_not = match[0].startswith(("can", "do", "not"))
        if own_not or not heard.scope.is_denied(match.start()):
            yield from listed(heard, list(items(heard, match.end())), "intolerance", match.start())


def _after_its_name(heard: Heard) -> Iterator[Found]:
    """ "lactose intolerant"."""
    for match in _INTOLERANT.finditer(heard.asserted):
        if heard.scope.is_denied(match.start()):
            continue
        for item in reversed(items_before(heard, match.start())):
            if not set(item.words) <= word_set("not_an_allergen"):
                yield from _found(heard, item.words, (item.start, item.end), (item.start, match.end()))


def _by_its_effect(heard: Heard) -> Iterator[Found]:
    """ "dairy upsets my stomach", and coeliac disease."""
    for match in _UPSETS.finditer(heard.asserted):
        known = allergens_of((match["food"],), only_known=True)
        if known and not heard.scope.is_denied(match.start()):
            yield from _found(heard, (match["food"],), match.span("food"), match.span())
    if (match_ := _FODMAP.search(heard.asserted)) and not heard.scope.is_denied(match_.start()):
        yield from _found(heard, ("fodmap",), match_.span(), match_.span())
    for match in _COELIAC.finditer(heard.asserted):
        if not heard.scope.is_denied(match.start()):
            yield from _found(heard, ("gluten",), match.span(), match.span())


def _found(heard: Heard, words: tuple[str, ...], label: tuple[int, int], span: tuple[int, int]) -> Iterator[Found]:
    for code in intolerance_codes(words):
        value = Restriction("intolerance", code, None, heard.quote(*label))
        yield fact(heard, "intolerance", value, span, op="add")

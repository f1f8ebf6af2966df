"""Typed words without what tells who wrote them: names, places, contacts, numbers of papers, dates of birth.

One way: a name becomes "[name]" and nothing brings it back. What a person's own rows say (their name) is always found;
what only stands in the words is found by how it is written and by what stands around it, so an unusual name without a
capital letter may slip through. Where both are possible, too much is taken out rather than too little. Deterministic.
"""

import re
from collections.abc import Iterable
from typing import Final

from agents.domain.pseudonyms.contacts import without_contacts
from agents.domain.pseudonyms.looks import Source, without_what_looks_like_names
from agents.domain.pseudonyms.names import without_names

__all__ = ["Source", "scrubbed"]

WEIGHT: Final = "[weight]"
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BODY_WEIGHT: Final = re.compile(
    r"(?<!\d)\d{1,6}(?:[.,]\d{1,4})?\s{0,3}(?:kgs?|kilos?|kilogra\w+|lbs?|pounds?|stones?|st|kcal|calories|cals?|bmi)\b|"
    r"\bbmi\D{0,8}\d{1,3}(?:[.,]\d{1,4})?",
    re.IGNORECASE,
)


def scrubbed(text: str, names: Iterable[str] = (), *, hides_weight: bool = False, source: Source = "talk") -> str:
    """The words with a mark for whatever names somebody or leads to them. `names` are those known of the person.

    `hides_weight` takes body weights and calories out as well. Line breaks stay.
    """
    text = without_contacts(without_names(_UNSEEN.sub("", text), names), keeps_dates=source == "order")
    if hides_weight:
        text = _BODY_WEIGHT.sub(WEIGHT, text)
    return without_what_looks_like_names(text, source)

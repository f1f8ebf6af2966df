"""Foods with their amounts: "a slice of toast with butter" as items. What is a food at all is decided in `foods`."""

import re
from functools import cache
from typing import Final

from agents.schemas import FoodItem
from agents.understanding import word_lists
from agents.understanding.amounts import GRAMS, MILLILITRES, NUMBER, number, singular

MOST_ITEMS: Final = 30
LONGEST_NAME_WORDS: Final = 6

_SIZE: Final = r"(?:(?:big|large|small|medium|little|huge|tiny|heaped|level|full|whole|nice|more|extra|fresh) )*"
_BETWEEN: Final = re.compile(
    r",(?!\d)\s*(?:and\s+|with\s+|plus\s+|then\s+)?|\s+(?:and|with|plus|&|\+|then)\s+|\s*\n\s*|;\s*"
)
_ARTICLES: Final = re.compile(
    r"^(?:(?:some|my|the|of|a|an|and|with|also|bit of|little bit of|lots? of|plenty of|leftover|home-?made) )+"
)
_ROUGHLY: Final = re.compile(r"^(?:(?:only|just|about|around|roughly|maybe|like|probably) )+(?=\S)")
_SENTENCE: Final = re.compile(r"(?:no|not|i|i'm|you|we|it|he|she|they|there|that|this|my weight|weight|weigh|meant)\b")
_NAME: Final = re.compile(r"[^\W\d_][\w' %&/.-]*")


def items(body: str) -> tuple[FoodItem, ...]:
    """The items of a list in lower case, cut at commas, "and" and "with"; known pairs ("mac and cheese") stay whole."""
    kept = _pairs().sub(lambda pair: pair[0].replace(" and ", " \x00 ").replace(" with ", " \x01 "), body)
    parts = [part.replace("\x00", "and").replace("\x01", "with") for part in _BETWEEN.split(kept)]
    found = [_item(part.strip(" .:-–•*")) for part in parts[:MOST_ITEMS] if part]
    return tuple(item for item in found if item is not None)


def is_food(name: str) -> bool:
    """Whether a phrase has a food word in it: a head such as "salad", "egg", "curry"."""
    known = _known()
    return any(word in known or singular(word) in known for word in re.findall(r"[^\W\d_]+", name))


def is_only_food(name: str) -> bool:
    """Whether every word of a phrase names or describes food ("grilled chicken salad"), so that no verb hides in it."""
    known, describing = _known(), word_lists.words("food_adjectives")
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name)
    return is_food(name) and all(word in known or singular(word) in known or word in describing for word in words)


@cache
def _known() -> frozenset[str]:
    return frozenset(word_lists.book("foods")["foods"])


@cache
def _pairs() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, word_lists.book("foods")["pairs"])) + r")\b")


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Amount behind the name ("rice 200 g"), and before it."""
    names = "|".join(word_lists.book("words")["food_units"])
    unit = rf"(?P<unit>(?:{names})\b\.?)"  # no word boundary before it: "200g"
    return (
        re.compile(rf"(?P<name>[a-z][a-z' -]*?)(?:,? | ?\()(?P<number>{NUMBER})\s?(?:{unit})?\)?"),
        re.compile(rf"(?:(?P<number>{NUMBER})(?: of)?\s?(?:x )?)?{_SIZE}(?:{unit}(?: of)? ?)?(?P<name>.*)"),
    )


def _item(part: str) -> FoodItem | None:
    part = _ROUGHLY.sub("", part)
    match = next((found for form in _forms() if (found := form.fullmatch(part))), None)
    if match is None:
        return None
    quantity = number(match["number"]) if match["number"] else None
    if match["number"] and not quantity:
        return None  # "1/0 cup", "0 eggs": nothing to log
    name = _ARTICLES.sub("", match["name"].strip(" .:-–()"))
    unit = singular(match["unit"].replace("fl.", "fl")) if match["unit"] else None
    if not name and unit and match["number"] is None:
        name, unit = part, None  # "soup bowl": the unit is the food's own name
    if not _can_be_a_name(name):
        return None
    return _measured(name, quantity, unit)


def _can_be_a_name(name: str) -> bool:
    if not _NAME.fullmatch(name) or _SENTENCE.match(name) or len(name.split()) > LONGEST_NAME_WORDS:
        return False
    return name not in word_lists.words("no_food_names") and not word_lists.words("nutrients").issuperset(name.split())


def _measured(name: str, quantity: float | None, unit: str | None) -> FoodItem:
    amount = 1.0 if quantity is None and unit else quantity
    grams = round(amount * GRAMS[unit], 1) if amount is not None and unit in GRAMS else None
    ml = round(amount * MILLILITRES[unit], 1) if amount is not None and unit in MILLILITRES else None
    return FoodItem(name, quantity=None if amount is None else round(amount, 3), unit=unit, grams=grams, ml=ml)

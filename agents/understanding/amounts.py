"""Numbers and measures in free words: "1½", "two and a half", "a couple of", "500 ml", "12 st 4" (libraries.md L-55).

Adds to `numbers` and `quantities` what food and drink need: vulgar fractions, articles, "a couple of",
glasses and bottles.
"""

import re
from typing import Final

from agents.understanding.numbers import value
from agents.understanding.quantities import GRAMS_PER_POUND

GLASS_ML: Final = 250.0  # a water glass
BOTTLE_ML: Final = 500.0  # a water bottle
CUP_ML: Final = 240.0  # the cup of food labels
KG_PER_LB: Final = GRAMS_PER_POUND / 1000
LB_PER_STONE: Final = 14

_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "⅕": 0.2}
_WORDS: Final = {
    "a": 1.0, "an": 1.0, "one": 1.0, "another": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0,
    "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0,
    "twenty": 20.0, "thirty": 30.0, "half": 0.5, "a half": 0.5, "half a": 0.5, "half an": 0.5, "half of a": 0.5,
    "a quarter": 0.25, "quarter of a": 0.25, "a quarter of a": 0.25, "a third of a": 1 / 3, "a couple": 2.0,
    "a couple of": 2.0, "couple of": 2.0, "a pair of": 2.0, "a few": 3.0, "a dozen": 12.0, "half a dozen": 6.0,
}  # fmt: skip
_WORD: Final = "|".join(sorted((re.escape(word) for word in _WORDS), key=len, reverse=True))
_DECIMAL: Final = r"\d{1,6}(?:[.,]\d{1,3})?"
NUMBER: Final = (
    rf"(?:\d{{1,3}}\s?[½¼¾⅓⅔⅛⅕]|[½¼¾⅓⅔⅛⅕]|\d{{1,3}} \d/\d\b|\d{{1,2}}/\d{{1,2}}\b|"
    rf"{_DECIMAL}(?:\s?(?:-|–|to)\s?{_DECIMAL})?|(?:one|two|three|four|five|six|\d+) and a half|(?:{_WORD})\b)"
)
_MIXED: Final = re.compile(r"(\d+)\s?([½¼¾⅓⅔⅛⅕])")
_FRACTION: Final = re.compile(r"(?:(\d+) )?(\d+)/(\d+)")
_RANGE: Final = re.compile(rf"({_DECIMAL})\s?(?:-|–|to)\s?({_DECIMAL})")
_AND_HALF: Final = re.compile(r"(\w+) and a half")

MILLILITRES: Final = {
    "ml": 1.0, "milliliter": 1.0, "millilitre": 1.0, "cl": 10.0, "dl": 100.0, "l": 1000.0, "liter": 1000.0,
    "litre": 1000.0, "lt": 1000.0, "fl oz": 29.5735, "fluid ounce": 29.5735, "cup": CUP_ML, "tbsp": 15.0,
    "tablespoon": 15.0, "tsp": 5.0, "teaspoon": 5.0, "glass": GLASS_ML,
}  # fmt: skip
GRAMS: Final = {
    "g": 1.0, "gr": 1.0, "gram": 1.0, "gramme": 1.0, "kg": 1000.0, "kilo": 1000.0, "kilogram": 1000.0,
    "oz": 28.3495, "ounce": 28.3495, "lb": GRAMS_PER_POUND, "pound": GRAMS_PER_POUND,
}  # fmt: skip
_SINGULAR: Final = {
    "glasses": "glass",
    "lbs": "lb",
    "kgs": "kg",
    "ozs": "oz",
    "grs": "g",
    "boxes": "box",
    "loaves": "loaf",
}


def number(words: str) -> float | None:
    """The value of one NUMBER match; a range gives its middle; None for what is no number or divides by zero."""
    words = " ".join(words.lower().split())
    if words in _VULGAR:
        return _VULGAR[words]
    if words in _WORDS:
        return _WORDS[words]
    if match := _MIXED.fullmatch(words):
        return int(match[1]) + _VULGAR[match[2]]
    if match := _FRACTION.fullmatch(words):
        return int(match[1] or 0) + int(match[2]) / int(match[3]) if int(match[3]) else None
    if match := _AND_HALF.fullmatch(words):
        return (number(match[1]) or 0) + 0.5
    if match := _RANGE.fullmatch(words):
        return (value(match[1]) + value(match[2])) / 2
    return value(words) if re.fullmatch(_DECIMAL, words) else None


def singular(unit: str) -> str:
    """A unit word in the singular and without a point: "glasses" → "glass", "tbsp." → "tbsp"."""
    unit = " ".join(unit.lower().rstrip(".").split())
    if unit in _SINGULAR:
        return _SINGULAR[unit]
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") and len(unit) > 2 else unit


def kilograms(value: float, unit: str | None) -> float:
    """A mass in kg from "kg", "lb" or "st"; without a unit the value is kg already."""
    name = singular(unit or "kg")
    if name in ("lb", "pound"):
        return round(value * KG_PER_LB, 2)
    if name in ("st", "stone"):
        return round(value * LB_PER_STONE * KG_PER_LB, 2)
    return value

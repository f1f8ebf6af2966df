"""Amounts with units, read by our own small parser (libraries.md L-55 says why no unit library).

Everything is brought to one unit a dimension: mass in g, length in m, volume in ml, energy in kcal, time in minutes.
Cups are the 240 ml of nutrition labels, fluid ounces American, stones 14 pounds.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from agents.understanding.numbers import NUMBER, value

Dimension = Literal["mass", "length", "volume", "energy", "time"]

GRAMS_PER_POUND = 453.59237
GRAMS_PER_STONE = 14 * GRAMS_PER_POUND
METRES_PER_INCH = 0.0254
METRES_PER_FOOT = 0.3048
KCAL_PER_KJ = 1 / 4.184

# unit -> (dimension, size in the dimension's base unit, spellings)
_UNITS: dict[str, tuple[Dimension, float, str]] = {
    "kg": ("mass", 1000.0, r"kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes"),
    "g": ("mass", 1.0, r"g|gr|gram|grams|gramme|grammes"),
    "lb": ("mass", GRAMS_PER_POUND, r"lb|lbs|pound|pounds"),
    "fl oz": ("volume", 29.5735295625, r"fl\.?\s?oz|fluid\s+ounces?"),
    "oz": ("mass", GRAMS_PER_POUND / 16, r"oz|ounce|ounces"),
    "cm": ("length", 0.01, r"cm|cms|centimet(?:er|re)s?"),
    "mm": ("length", 0.001, r"mm|millimet(?:er|re)s?"),
    "km": ("length", 1000.0, r"km|kms|kilomet(?:er|re)s?"),
    "mi": ("length", 1609.344, r"mi|mile|miles"),
    "min": ("time", 1.0, r"min|mins|minute|minutes"),
    "h": ("time", 60.0, r"h|hr|hrs|hour|hours"),
    "ml": ("volume", 1.0, r"ml|mls|millilit(?:er|re)s?"),
    "cl": ("volume", 10.0, r"cl|centilit(?:er|re)s?"),
    "dl": ("volume", 100.0, r"dl|decilit(?:er|re)s?"),
    "l": ("volume", 1000.0, r"l|lit(?:er|re)s?"),
    "cup": ("volume", 240.0, r"cup|cups"),
    "tbsp": ("volume", 15.0, r"tbsp|tbsps|tablespoons?"),
    "tsp": ("volume", 5.0, r"tsp|tsps|teaspoons?"),
    "kcal": ("energy", 1.0, r"kcal|kcals|cal|cals|calories?|kilocalories?"),
    "kJ": ("energy", KCAL_PER_KJ, r"kj|kilojoules?"),
    "ft": ("length", METRES_PER_FOOT, r"ft|foot|feet"),
    "in": ("length", METRES_PER_INCH, r"inch|inches"),
    "m": ("length", 1.0, r"m|met(?:er|re)s?"),
}
_BODY_UNITS = r"kgs?|kilos?|lbs?|pounds?|st|stone|cm|m|ft|years?|yo|yrs?|min|h"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount in a text: `amount` in the dimension's base unit, `number` in `unit`, and where it stands.

    `is_range` marks "6-7 hours", whose middle is taken.
    """

    dimension: Dimension
    amount: float
    number: float
    unit: str
    start: int
    end: int
    is_range: bool = False


@lru_cache(maxsize=16)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every amount with a unit, in order. The text is lower case with straight quotes."""
    return tuple(found for match in _pattern().finditer(text) if (found := _quantity(match)) is not None)


def amount(text: str, dimension: Dimension) -> Quantity | None:
    """The one amount of this dimension a text has, or None where there is none or several."""
    found = [each for each in quantities(text.lower()) if each.dimension == dimension]
    return found[0] if len(found) == 1 else None


@cache
def _pattern() -> re.Pattern[str]:
    """One linear pattern; the compound forms come first so that they win over their parts."""
    n = NUMBER
    not_unit = rf"(?![\d.,]*\d)(?!\s*(?:{_BODY_UNITS})\b)"
    simple = "|".join(f"(?P<u{i}>{spellings})" for i, (_, _, spellings) in enumerate(_UNITS.values()))
    return re.compile(
        r"(?<![\w.,'])(?<!\d/)(?:"
        rf"(?P<feet>\d{{1,2}})\s*(?:'(?!')|(?:ft|foot|feet)(?![a-z])\.?)\s*"
        rf"(?:(?:and\s+)?(?P<inches>1[01](?:[.,]\d)?|\d(?:[.,]\d+)?){not_unit}(?:\s*(?:\"|''|in\b|inch\b|inches\b))?)?"
        rf"|(?P<stones>\d{{1,2}}(?:\.\d+)?)\s*(?:st|stone|stones)(?![a-z])\.?"
        rf"(?:\s*(?:and\s+)?(?P<pounds>1[0-3](?:[.,]\d+)?|\d(?:[.,]\d+)?)(?![\d.,]*\d)"
        rf"(?:\s*(?:lbs?|pounds?)\b|(?!\s*(?:{_BODY_UNITS})\b)))?"
        rf"|(?P<metres>[0-2])\s?m(?:et(?:er|re)s?)?\s?(?:and\s)?(?P<centimetres>\d\d){not_unit}"
        rf"|(?P<hours>\d{{1,3}})\s*(?:h|hr|hrs|hours?)\s*(?:and\s+)?(?P<minutes>\d{{1,2}})(?!\d)\s*(?:m|min|mins|"
        r"minutes?)?\b"
        rf"|(?:(?P<low>{n})\s*(?:-|or)\s*)?(?P<number>(?:\d{{1,3}}\s)?\d{{1,3}}/\d{{1,3}}|{n}|half an?|(?:an? |"
        rf"3 )?quarters? of an?|an?)"
        rf"\s*-?\s*(?:{simple})(?![a-z\d])"
        r")",
    )


def _quantity(match: re.Match[str]) -> Quantity | None:
    start, end = match.start(), len(match[0].rstrip()) + match.start()
    if match["feet"]:
        metres = int(match["feet"]) * METRES_PER_FOOT + value(match["inches"] or "0") * METRES_PER_INCH
        return Quantity("length", metres, int(match["feet"]), "ft", start, end)
    if match["stones"]:
        if re.match(r"(?:[2-9]?1)st", match[0]) and not match["pounds"]:
            return None  # "1st", "21st": an ordinal
        grams = value(match["stones"]) * GRAMS_PER_STONE + value(match["pounds"] or "0") * GRAMS_PER_POUND
        return Quantity("mass", grams, value(match["stones"]), "st", start, end)
    if match["metres"]:
        metres = int(match["metres"]) + int(match["centimetres"]) / 100
        return Quantity("length", metres, metres, "m", start, end)
    if match["hours"]:
        minutes = int(match["hours"]) * 60 + int(match["minutes"])
        return Quantity("time", float(minutes), minutes / 60, "h", start, end)
    return _simple(match, start, end)


def _simple(match: re.Match[str], start: int, end: int) -> Quantity | None:
    unit = next(name for i, name in enumerate(_UNITS) if match[f"u{i}"])
    dimension, size, _ = _UNITS[unit]
    said = match["number"]
    if said in ("a", "an") and unit not in ("h", "l", "cup", "min", "mi"):
        return None  # "a g", "a m": not an amount
    top = _said(said)
    if top is None:
        return None
    middle = (value(match["low"]) + top) / 2 if match["low"] else top
    return Quantity(dimension, middle * size, middle, unit, start, end, is_range=bool(match["low"]))


def _said(said: str) -> float | None:
    if said.startswith("half"):
        return 0.5
    if "quarter" in said:
        return 0.75 if said.startswith("3") else 0.25
    if said in ("a", "an"):
        return 1.0
    if "/" in said:
        *whole, fraction = said.split()
        top, _, bottom = fraction.partition("/")
        return sum(map(value, whole)) + value(top) / value(bottom) if value(bottom) else None
    return value(said)

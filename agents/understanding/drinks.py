"""Water: "drank 2 glasses of water", "half a litre", "+250 ml". A glass is 250 ml, a bottle 500, a cup 240."""

import re
from typing import Final

from agents.schemas import Amount, Intent, Moment
from agents.understanding.amounts import BOTTLE_ML, CUP_ML, MILLILITRES, NUMBER, number, singular
from agents.understanding.clauses import Clause

_WATER_UNITS: Final = {**MILLILITRES, "bottle": BOTTLE_ML, "mug": CUP_ML, "oz": MILLILITRES["fl oz"],
                       "ounce": MILLILITRES["fl oz"], "pint": 568.0}  # fmt: skip
_UNIT: Final = (
    r"(?:ml|millilit(?:er|re)s?|cl|dl|l|lt|lit(?:er|re)s?|fl\.? ?oz|fluid ounces?|cups?|glass(?:es)?|bottles?|"
    r"mugs?|pints?|"
    r"oz|ounces?)\b"
)
_SIZE: Final = r"(?:(?:big|large|small|full|tall|more|whole|another) )*"
_AMOUNT: Final = rf"(?P<number>{NUMBER})\s?{_SIZE}(?P<unit>{_UNIT})"
_DRANK: Final = (
    r"(?:i(?:'ve| have)? )?(?:just |already |also )*(?:drank|drunk|had|finished|downed|sipped|got|log|logged|"
    r"track|add|"
    r"added|record|plus|drinking)(?: down)?(?: (?:about|around|another|roughly|like))?"
)
_WATER: Final = r"(?:of )?(?:(?:plain|still|cold|hot|warm|sparkling|tap|mineral|fresh|ice|iced|lemon) )*(?:water|h2o)"
_WHEN: Final = (
    r"(?: (?:more|so far|today|already|just now|now|this (?:morning|afternoon|evening)|with (?:breakfast|lunch|"
    r"dinner)|"
    r"(?:since|before|after|during) [\w' ]{2,30}))*"
)
_WITH_WATER: Final = re.compile(rf"(?:{_DRANK} )?\+?\s?{_AMOUNT} {_WATER}(?: down| done| drunk| in)?{_WHEN}")
_WATER_FIRST: Final = re.compile(rf"(?:{_DRANK} )?{_WATER}:? ?(?:\+ ?)?(?:{_AMOUNT}|(?P<bare>\d{{2,5}})){_WHEN}")
_NO_WATER_WORD: Final = re.compile(rf"(?:(?P<verb>{_DRANK}) |\+ ?|another )?\+?{_AMOUNT}(?: down)?{_WHEN}")
_ONLY_WATER: Final = re.compile(
    rf"(?:(?:log|track|add|record|drank|had)(?: some| my| the)? )?{_WATER}(?: intake)?{_WHEN}"
)
_COUNTED: Final = re.compile(r"^(pint|glass|bottle|cup|mug|lit(?:er|re)) (?=of )")  # "pint of water down"
_HABIT: Final = re.compile(r"\b(?:a day|per day|daily|every day|each day|usually|normally|goal|target)\b")
_BARE: Final = re.compile(rf"\+?(?:{_AMOUNT}|(?P<bare>\d{{2,5}}))(?: {_WATER})?")
_ALWAYS_A_DRINK: Final = frozenset(("l", "lt", "liter", "litre", "ml", "milliliter", "millilitre", "cl", "dl", "glass"))
_FOODLESS: Final = frozenset(("oz", "ounce", "cup", "mug"))  # may weigh food: need the word water or a drinking verb


def drink(clause: Clause, moment: Moment) -> Intent | None:
    """log_water with Amount in ml; without an amount ("water") the payload is None and it is asked."""
    words = _COUNTED.sub(r"a \1 ", clause.plain)
    if clause.asks or _HABIT.search(words) or moment.expecting == "water_target_ml":
        return None
    quote = clause.text.strip()
    if (match := _WITH_WATER.fullmatch(words)) or (match := _WATER_FIRST.fullmatch(words)):
        return Intent("log_water", payload=_amount(match), quote=quote)
    if match := _NO_WATER_WORD.fullmatch(words):
        if match["verb"] is None and (moment.expecting or singular(match["unit"]) not in _ALWAYS_A_DRINK):
            return None
        if "drank" not in words and "drunk" not in words and singular(match["unit"]) in _FOODLESS:
            return None
        return Intent("log_water", payload=_amount(match), confidence=0.8, quote=quote)
    if _ONLY_WATER.fullmatch(words) and not moment.expecting:
        return Intent("log_water", confidence=0.6, quote=quote)
    return None


def bare_amount(argument: str) -> Amount | None:
    """The argument of /water: "300" is millilitres, "2 glasses" and "half a litre" as said; None when unclear."""
    match = _BARE.fullmatch(" ".join(argument.lower().split()).strip(".! "))
    return _amount(match) if match else None


def _amount(match: re.Match[str]) -> Amount | None:
    groups = match.groupdict()
    if groups.get("bare"):
        return Amount(float(groups["bare"]), "ml")
    value = number(match["number"])
    if value is None:
        return None
    return Amount(round(value * _WATER_UNITS[singular(match["unit"].replace(".", ""))], 1), "ml")

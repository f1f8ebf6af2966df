"""Weight readings: "weighed 81.4 this morning", "I'm 180 lb today", "scale says 12 st 4"."""

import re
from typing import Final

from agents.schemas import Amount, Intent, Moment
from agents.understanding.amounts import LB_PER_STONE, kilograms
from agents.understanding.clauses import Clause
from agents.understanding.numbers import value as decimal

BARE_KG: Final = (43.0, 95.0)  # below are temperatures in °C and blood sugar, above are temperatures in °F
_AS_WEIGHED: Final = re.compile(r"\b(?:this morning|today)\b")
_ONE_DECIMAL: Final = re.compile(r"\d\d[.,]\d")
SAME_PERSON: Final = 0.15  # a bare number within this share of the known weight is in the unit that makes it so

_VALUE: Final = (
    r"(?P<value>\d{1,4}(?:[.,]\d{1,2})?)\s?(?P<unit>kgs?|kilos?|kilograms?|lbs?|pounds?|stones?|st)?\b"
    r"(?: ?(?P<rest>\d{1,2}(?:\.\d)?)(?: ?(?:lbs?|pounds?))?)?"
)
_WHEN: Final = (
    r"(?: (?:now|today|currently|this (?:morning|evening|week)|at the moment|right now|as of today|on the scale|"
    r"yesterday|again|after [\w ]{2,25}|before [\w ]{2,25}))*"
)
_NOW: Final = re.compile(r"\b(?:now|today|currently|this morning|at the moment|on the scale|again)\b")
_NUMB: Final = r"(?: (?:about|around|exactly|roughly|only|just|at|in at|is|was|:))*"
_WEIGHED: Final = re.compile(
    r"(?:(?:i(?:'ve)? )?(?:just )?weighed(?: myself| in)?(?: this morning| today)?|"
    r"(?:(?:my|today's|this morning's|morning|current|latest|new) )*weigh(?:t|-in| in|ing)"
    r"(?: today| this morning| now)?|"
    rf"(?:the )?scales? (?:says?|said|shows?|showed|reads?)|(?:log|record|track|add)(?: my)?(?: weight)?|"
    rf"weight)(?: (?:is|was))?:?{_NUMB}:? {_VALUE}{_WHEN}"
)
_AM: Final = re.compile(
    rf"(?:i(?:'m| am)|im|(?:i )?weigh|i(?:'m| am) (?:down|up|back) to|down to|up to|now at|(?:i'm )?(?:now "
    rf")?at){_NUMB} "
    rf"{_VALUE}{_WHEN}"
)
_BARE: Final = re.compile(rf"{_VALUE}{_WHEN}")  # "81.2 kg this morning": a reading only with its time
_ONLY_WEIGHT: Final = re.compile(
    r"(?:log|record|track|enter|add)(?: my)? (?:weight|weigh-in)|weigh-?in|(?:my )?new weight"
)


def weighing(clause: Clause, moment: Moment) -> Intent | None:
    """log_weight with Amount in kg. While the profile is being filled, "I'm 82 kg" is a fact instead of a reading."""
    if clause.asks:
        return None
    words, quote = clause.plain, clause.text.strip()
    if match := _WEIGHED.fullmatch(words):
        if "weigh" not in words and "scale" not in words and not match["unit"]:
            return None
        return Intent("log_weight", payload=Amount(_kg(match, moment), "kg"), quote=quote)
    match = _AM.fullmatch(words) or _BARE.fullmatch(words)
    if match and _is_mass(match, words) and _is_a_reading(words, moment):
        return Intent("log_weight", payload=Amount(_kg(match, moment), "kg"), confidence=0.9, quote=quote)
    return Intent("log_weight", quote=quote) if _ONLY_WEIGHT.fullmatch(words) else None


def _is_mass(match: re.Match[str], words: str) -> bool:
    """ "I'm 34 now" is an age: without a unit only the word weigh makes it a mass, or what no age, no temperature and
    no blood sugar looks like: "80.3 this morning".
    """
    if match["unit"] or "weigh" in words or "scale" in words:
        return True
    if _BARE.fullmatch(words) and not _AS_WEIGHED.search(words):
        return False
    low, high = BARE_KG
    return bool(_ONE_DECIMAL.fullmatch(match["value"])) and low <= decimal(match["value"]) <= high


def _is_a_reading(words: str, moment: Moment) -> bool:
    if _BARE.fullmatch(words) and not _NOW.search(words):
        return False
    return moment.profile.is_locked or (moment.expecting is None and bool(_NOW.search(words)))


def _kg(match: re.Match[str], moment: Moment) -> float:
    value, unit = decimal(match["value"]), match["unit"]
    if unit and unit.startswith("st"):
        return kilograms(value + float(match["rest"] or 0) / LB_PER_STONE, "st")
    return kilograms(value, unit or _likely_unit(value, moment))


def _likely_unit(value: float, moment: Moment) -> str:
    known = moment.profile.weight_kg
    if known:
        for unit in ("kg", "lb"):
            if abs(kilograms(value, unit) - known) <= SAME_PERSON * known:
                return unit
    return "lb" if moment.profile.units == "imperial" else "kg"

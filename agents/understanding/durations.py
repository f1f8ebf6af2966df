"""Lengths of time in English: "45 min", "1h30", "an hour and a half", "2-3 hours", "three quarters of an hour"."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from agents.understanding.number_words import NUMBER_WORD, value_of
from agents.understanding.sentence import tidy

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]

_MINUTES: dict[Unit, float] = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440, "week": 10080}
_MINUTES |= {"month": 43_200, "year": 525_600}  # only to compare sizes: calendar months are counted as months
_FRACTIONS = {
    "a half": 0.5,
    "half": 0.5,
    "1/2": 0.5,
    "a quarter": 0.25,
    "1/4": 0.25,
    "three quarters": 0.75,
    "3/4": 0.75,
}
_FEW = {
    "a couple of": 2,
    "a couple": 2,
    "couple of": 2,
    "a few": 3,
    "half a": 0.5,
    "half an": 0.5,
    "half": 0.5,
    "another": 1,
}
_WHOLE = {"a": 1, "an": 1} | _FEW

_FRACTION = r"(?:a half|half|a quarter|three quarters|[13]/[24])"
_AMOUNT = (
    rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?(?: [13]/[24])?|(?:{NUMBER_WORD}) and {_FRACTION}|[13]/[24]|{NUMBER_WORD}"
    r"|half an?|a couple(?: of)?|couple of|a few|half|an?|another)"
)
_UNIT_WORD = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|h|days?|weeks?|wks?|fortnights?|months?|years?|yrs?|(?<=\d)m|(?<=\d)s)"
)
_BETWEEN = r"(?:(?<=\d) ?- ?| to | or )"
DURATION = re.compile(
    r"(?<![\w.,:/-])(?:"
    r"(?:(?P<quarters>three|3) quarters|a quarter|quarter) (?:of )?an? hour"
    r"|(?P<h>\d{1,2}) ?h ?(?P<m>[0-5]?\d)(?: ?m(?:in(?:ute)?s?)?)?"
    rf"|(?:(?P<low>{_AMOUNT}){_BETWEEN})?(?P<amount>{_AMOUNT})[ -]?(?P<unit>{_UNIT_WORD})(?!\w)"
    rf"(?: or (?P<or>{NUMBER_WORD}|\d)(?! ?\w*(?:min|hour|day))(?!\w)"
    rf"|(?: and| plus)? (?P<fraction>{_FRACTION})(?! (?:an? )?\w*hour)"
    rf"|,?(?: and)? ?(?P<more>\d{{1,2}}|{NUMBER_WORD})"
    r"(?: ?(?P<more_unit>min(?:ute)?s?|m|sec(?:ond)?s?)(?!\w)|(?=$|[;!?)]|[.,](?!\d)| (?:to|and|of|that|long)\b)))?"
    r")(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length as found: `minutes` in all, `count` of the written `unit` (2 of "week")."""

    start: int
    end: int
    minutes: float
    count: float
    unit: Unit


def duration_minutes(text: str) -> int | None:
    """The first length in seconds, minutes or hours, in whole minutes; the middle of a range. None if none is said."""
    for duration in find_durations(tidy(text)):
        if duration.unit in ("second", "minute", "hour"):
            return math.floor(duration.minutes + 0.5)
    return None


def find_durations(text: str) -> list[Duration]:
    """All lengths of a tidied text."""
    return [read_duration(match) for match in DURATION.finditer(text)]


def read_duration(match: re.Match[str]) -> Duration:
    """The length that the pattern DURATION found."""
    if match["h"]:
        minutes = int(match["h"]) * 60 + int(match["m"])
        return Duration(*match.span(), minutes, minutes / 60, "hour")
    if not match["unit"]:
        minutes = 45 if match["quarters"] else 15
        return Duration(*match.span(), minutes, minutes / 60, "hour")
    count, unit = _count(match), _unit(match["unit"])
    if match["unit"].lower().startswith("fortnight"):
        count *= 2
    return Duration(*match.span(), count * _MINUTES[unit] + _more(match, unit), count, unit)


def _count(match: re.Match[str]) -> float:
    """How many of the unit: the middle of a range, with its fraction ("an hour and a half")."""
    count = _amount(match["amount"])
    if match["low"]:
        count = (_amount(match["low"]) + count) / 2
    elif match["or"]:
        count = (count + value_of(match["or"])) / 2
    return count + _FRACTIONS.get((match["fraction"] or "").lower(), 0)


def _more(match: re.Match[str], unit: Unit) -> float:
    """The smaller part of "2 hours 15 (minutes)", in minutes."""
    if not match["more"] or unit not in ("minute", "hour"):
        return 0
    smaller = (match["more_unit"] or "").lower()
    is_seconds = smaller.startswith("s") or (not smaller and unit == "minute")
    return value_of(match["more"]) / (60 if is_seconds else 1)


def _amount(words: str) -> float:
    words = words.lower()
    if words in _WHOLE:
        return _WHOLE[words]
    whole, _, fraction = words.replace(" and ", " ").partition(" ")
    if words in _FRACTIONS:
        return _FRACTIONS[words]
    if fraction in _FRACTIONS:
        return _amount(whole) + _FRACTIONS[fraction]
    if words[0].isdigit():
        return float(words.replace(",", "."))
    return value_of(words)


def _unit(word: str) -> Unit:
    word = word.lower()
    if word.startswith(("mo", "y")):
        return "month" if word.startswith("mo") else "year"
    units: dict[str, Unit] = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "f": "week"}
    return units[word[0]]

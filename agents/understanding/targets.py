"""What an order is about: the thing, its number in a list, everything, and the day."""

import re
from datetime import date
from typing import Final

from agents.schemas import Moment, Target

_TIME_WORDS: Final = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|evening|afternoon)|for|now|already|please|mine)\b|✅"
)
_THE: Final = re.compile(
    r"^(?:(?:the|my|today's|tonight's|task|number|no\.|item|of|all|a|an|doing|with|about|to)\b ?|# ?)+(?=\S)"
)
_EVERYTHING: Final = frozenset(("everything", "all", "all of them", "all of it", "both", "both of them", "them"))
_NOTHING_NAMED: Final = frozenset(("it", "that", "this", "one", "this one", "that one"))
_NAMES_A_DAY: Final = re.compile(
    r"\b(?:on|to|till|until|by|next|this) (?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b|"
    r"tomorrow|yesterday|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:next|last|this) (?:week|month|year)\b|"
    r"\b(?:days?|weeks?|months?|years?) ago\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d|"
    r"\d(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\bthe \d{1,2}(?:st|nd|rd|th)\b"
)


def target(words: str, moment: Moment) -> Target:
    """The Target of these words; `on` when a day is said."""
    on = day_in(words, moment)
    bare = " ".join(_TIME_WORDS.sub(" ", words.strip(" .,#")).split())
    bare = _THE.sub("", bare)
    if bare.isdigit():
        return Target(number=int(bare[:4]), on=on)
    if bare in _EVERYTHING:
        return Target(everything=True, on=on)
    return Target(words="" if bare in _NOTHING_NAMED else bare, on=on)


def day_in(words: str, moment: Moment, *, prefer_past: bool = False) -> date | None:
    """The day these words name, other than today, which is the rule and gives None."""
    if not _NAMES_A_DAY.search(words):
        return None
    from agents.understanding.times import DayRef, day

    found = day(words, today=moment.now.date(), prefer_past=prefer_past)
    return found.on if isinstance(found, DayRef) else None

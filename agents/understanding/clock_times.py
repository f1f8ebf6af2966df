"""Clock times in English: "7:30", "19.30", "22h", "half past eight", "8 in the evening", "seven thirty", "noon".

A bare number is a time only after a word that says so ("at 7"), beside another time ("8, 12:30 and 19:00"), or where a
time was asked for. What looks like a time but is none ("25:99") is kept as impossible, so that the answer can say so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Literal

from agents.understanding.number_words import HOUR_WORD, MINUTE_WORD, NUMBER_WORD, value_of
from agents.understanding.sentence import tidy

ProblemReason = Literal["impossible_time", "in_the_past", "no_time", "unsupported_repeat"]
DayHalf = Literal["am", "pm", "night"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why words about time give no time. `quote` is the part at fault, empty where nothing was said."""

    reason: ProblemReason
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A local wall time. Ambiguous: an hour up to 12 without a hint of morning or evening, read as written."""

    time: time
    quote: str
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as found, before what surrounds it decides between morning and evening.

    `half` is the half of the day if told; `is_ambiguous` says the words leave both open.
    """

    start: int
    end: int
    quote: str
    hour: int
    minute: int
    half: DayHalf | None
    is_ambiguous: bool
    is_possible: bool

    def at(self, *, prefer_pm: bool = False) -> time:
        """The wall time, `prefer_pm` deciding where the words leave both."""
        hour = self.hour
        if self.half == "night":  # 9 at night, 12 at night, 2 at night
            hour += 12 * (5 <= hour <= 12)
        elif self.half is not None and hour <= 12:
            hour = hour % 12 + 12 * (self.half == "pm")
        elif self.is_ambiguous and prefer_pm and hour < 12:
            hour += 12
        return time(hour % 24, self.minute)


_WEAK = r"(?:around|about|by|roughly|approximately|~) ?"
_CUE = rf"(?P<cue>(?:\bat |@ ?)(?:{_WEAK}|exactly |like )?)|(?P<weak>(?:\b|(?=~)){_WEAK})"
_MINUTES = rf"(?:(?:[1-9]|[12]\d) min(?:ute)?s?|{NUMBER_WORD}(?: minutes?)?)"
_PAST = rf"(?:half|(?:a )?quarter|{_MINUTES}|[1-9]|[12]\d)[ -](?:past|after)"
_TO = (  # "20 to 8" alone may be a range of numbers, "twenty to 8" is a time
    rf"(?:(?:a )?quarter|{_MINUTES}|(?<=\bat )(?:5|10|20|25))[ -](?:to|till|before)|(?:a )?quarter[ -]of"
)
_BARE = (
    rf"(?:(?P<digits>(?<!\d[.,])\d|\d\d)(?![\d:/]|[.,]\d(?!\d)|-\d\d?-\d)|(?P<word>{HOUR_WORD}))"
    rf"(?:[ -](?P<minutes>{MINUTE_WORD})\b)?(?!-? ?(?:year|week|day|hour|minute))"
)
_CLOCK = re.compile(
    rf"(?<![\w:.$€£#+])(?<!\d/)(?<!\d{{4}}-)(?<!\d{{4}}-\d\d-)(?:{_CUE})?(?:"
    r"(?P<name>noon|midday|midnight)\b"
    rf"|(?P<halfpast>half)[ -](?P<thirty>{HOUR_WORD}\b|(?:1[0-2]|[1-9])(?![\d:/]|[.,]\d))"
    rf"|(?P<shift>{_PAST}|{_TO})[ -](?P<base>{HOUR_WORD}\b|(?:1[0-2]|[1-9])(?!\d|[:.]\d))"
    r"|(?P<h>\d{1,3})(?P<sign>[:.]|h)(?P<m>\d\d)(?::\d\d)?(?![\d:/]|\.\d|,\d(?!\d))"
    r"|(?P<short>[1-9][0-5]\d)(?= ?[ap]\.?m\b)"
    r"|(?P<military>[0-2]\d[0-5]\d)(?P<hours> ?(?:h|hrs|hours)\b)?(?![\w:/-]|[.,]\d)"
    rf"|(?P<french>\d{{1,2}}) ?h\b|{_BARE}"
    r")(?P<ish>[ -]?ish\b)?(?P<clock> ?o'? ?clock\b)?(?: ?(?P<half>[ap])(?:m\b|\.m\b\.?))?(?!\w)"
    r"(?:,? (?:in the (?P<part>morning|afternoon|evening)|(?P<night>at night|tonight))\b"
    r"|(?:(?<=12)|(?<=twelve)) (?P<twelve>noon|midnight)\b)?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r" ?(?:%|°|(?:kgs?|g|mg|grams?|ml|l|lit(?:er|re)s?|cl|dl|oz|lbs?|cups?|glass(?:es)?|min(?:ute)?s?|m|sec(?:ond)?s?|"
    r"s|hrs?|hours?|days?|weeks?|months?|years?|km|k|cm|mm|miles?|steps?|times?|x|reps?|sets?|kcal|cal(?:orie)?s?|"
    r"degrees?|percent|people|pills?|tablets?|capsules?|drops?|st|nd|rd|th)\b)",
    re.IGNORECASE,
)
_MAY_FOLLOW = re.compile(
    r" ?(?:$|[^\w%°€$£ ]|\x00|(?:and|or|to|till?|until|on|in|every|each|daily|for|please|pls|then|so|remind|that|is|it|"
    r"am|i|usually|normally|mostly|most|sharp|or so|today|tomorrow|tonight|next|this|from|starting|but|by|works|"
    r"ideally|(?:mon|tue|wed|thu|fri|sat|sun)\w*|week\w+|breakfast|lunch|dinner|supper|snack|brunch)\b)",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(
    r"\b(?:today|tonight|tomorrow|daily|day|morning|afternoon|evening|night|weekdays?|weekends?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)(?: \x00+)* ?$",
    re.IGNORECASE,
)
_LIST_SIGN = re.compile(r",? ?(?:\b(?:and|or)\b|&|,|/|;|\+|-)? ?", re.IGNORECASE)


def clock_time(text: str, *, prefer_pm: bool | None = None) -> ClockTime | Problem:
    """The clock time in an answer to "when?". `prefer_pm` decides 1..11 without am or pm; None reads them as written.

    Problem("impossible_time") for "25:99", Problem("no_time") where no time is said.
    """
    text = tidy(text)
    clocks = find_clocks(text) or find_clocks(text, accept_bare=True)
    for clock in clocks:
        if clock.is_possible:
            is_open = clock.is_ambiguous and (prefer_pm is None or clock.hour == 12)
            return ClockTime(clock.at(prefer_pm=bool(prefer_pm)), clock.quote, is_open)
    return Problem("impossible_time", clocks[0].quote) if clocks else Problem("no_time")


def clock_times(text: str) -> tuple[ClockTime, ...]:
    """All clock times of a list, in order; a later one that would go back is the evening's ("8, 1 and 7")."""
    return ascending(clock for clock in find_clocks(tidy(text), accept_bare=True) if clock.is_possible)


def ascending(clocks: Iterable[Clock]) -> tuple[ClockTime, ...]:
    """Read a list of times as one going through the day."""
    found: list[ClockTime] = []
    for clock in clocks:
        at, is_open = clock.at(), clock.is_ambiguous
        if found and is_open and at <= found[-1].time < clock.at(prefer_pm=True):
            at, is_open = clock.at(prefer_pm=True), False
        found.append(ClockTime(at, clock.quote, is_open))
    return tuple(found)


def find_clocks(text: str, *, accept_bare: bool = False) -> list[Clock]:
    """All clock times of a tidied text. `accept_bare`: a time was asked for, so a number by itself is one too."""
    found: list[Clock] = []
    for match in _CLOCK.finditer(text):
        if (
            _says_time(match, text)
            or (accept_bare and _stands_alone(match, text))
            or (found and _continues_list(match, text, found[-1].end))
        ):
            found.append(_clock(match))
    return found


def _says_time(match: re.Match[str], text: str) -> bool:
    """Whether the words themselves, or the word before them, make it a time."""
    g = match.groupdict()
    if any(
        g[name] for name in ("name", "shift", "ish", "clock", "half", "part", "night", "twelve", "minutes", "hours")
    ):
        return True
    if g["h"]:
        is_decimal = g["sign"] == "." and (int(g["m"]) >= 60 or int(g["h"]) > 24)
        is_duration = g["sign"].lower() == "h" and not g["cue"] and int(g["h"]) < 13
        return not (is_decimal or is_duration or _UNIT.match(text, match.end()))
    if g["french"]:
        return bool(g["cue"]) or int(g["french"]) >= 13 or match.group() == text
    if _UNIT.match(text, match.end()):
        return False
    if g["halfpast"]:  # British: "half six" is 6:30
        return bool(g["cue"] or g["weak"]) or bool(_MAY_FOLLOW.match(text, match.end()))
    is_day_before = bool(_DAY_BEFORE.search(text, max(0, match.start() - 40), match.start()))
    return bool(g["cue"]) or ((bool(g["weak"]) or is_day_before) and _stands_alone(match, text))


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a bare number is followed by nothing it could count."""
    is_bare = bool(match["digits"] or match["word"] or match["military"] or match["halfpast"])
    return is_bare and not _UNIT.match(text, match.end()) and bool(_MAY_FOLLOW.match(text, match.end()))


def _continues_list(match: re.Match[str], text: str, previous_end: int) -> bool:
    return bool(_LIST_SIGN.fullmatch(text, previous_end, match.start())) and _stands_alone(match, text)


def _clock(match: re.Match[str]) -> Clock:
    hour, minute = _hour_and_minute(match)
    half = _half(match)
    is_written_24h = bool(match["name"] or match["military"] or match["french"]) or (match["sign"] or "").lower() == "h"
    is_open = (
        half is None
        and not is_written_24h
        and 1 <= hour <= 12
        and not (match["h"] or match["digits"] or "").startswith("0")
    )
    is_noon = hour == 12 and bool(minute or not (match["digits"] or match["word"]))
    return Clock(
        start=match.start(),
        end=match.end(),
        quote=match.group().strip(" ,"),
        hour=hour,
        minute=minute,
        half=half,
        is_ambiguous=is_open and not is_noon,
        is_possible=minute < 60 and (hour < 24 or (hour, minute) == (24, 0)) and not _contradicts(hour, half, match),
    )


def _hour_and_minute(match: re.Match[str]) -> tuple[int, int]:
    g = match.groupdict()
    if g["name"]:
        return (0 if g["name"].lower() == "midnight" else 12), 0
    if g["shift"]:
        return _shifted(g["shift"].lower().replace("-", " "), value_of(g["base"]))
    if g["military"] or g["short"]:
        return divmod(int(g["military"] or g["short"]), 100)
    if g["halfpast"]:
        return value_of(g["thirty"]), 30
    if g["h"]:
        return int(g["h"]), int(g["m"])
    return value_of(g["french"] or g["digits"] or g["word"]), value_of(g["minutes"] or "0")


def _shifted(shift: str, hour: int) -> tuple[int, int]:
    """ "quarter to" 9 -> 8:45, "ten past" 7 -> 7:10."""
    amount, direction = shift.rsplit(" ", 1)
    amount = amount.removeprefix("a ").removesuffix("s").removesuffix(" minute").removesuffix(" min")
    minutes = {"half": 30, "quarter": 15}.get(amount) or value_of(amount)
    if direction in ("past", "after"):
        return hour, minutes
    return (hour - 1 or 12), 60 - minutes


def _half(match: re.Match[str]) -> DayHalf | None:
    if match["half"]:
        return "am" if match["half"].lower() == "a" else "pm"
    if match["night"]:
        return "night"
    if match["twelve"]:
        return "pm" if match["twelve"].lower() == "noon" else "am"
    if match["part"]:
        return "am" if match["part"].lower() == "morning" else "pm"
    return None


def _contradicts(hour: int, half: DayHalf | None, match: re.Match[str]) -> bool:
    """ "13 am", "0 pm": a half of the day that the hour cannot have."""
    return bool(match["half"]) and ((half == "am" and hour > 12) or (half == "pm" and hour == 0))

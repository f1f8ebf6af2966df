"""What repeats in English: "every weekday", "every other tuesday", "every 2 hours", "nightly", "3 times a day"."""

import re
from dataclasses import dataclass

from agents.understanding.days import PART, DayPart, part_of
from agents.understanding.durations import DURATION, read_duration
from agents.understanding.number_words import NUMBER_WORD, value_of
from agents.understanding.sentence import Sentence
from agents.understanding.weekdays import GROUP, WEEKDAY, WEEKDAY_LIST, days_named, weekdays


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """One way of repeating; the first of these that is set says which.

    `is_unsupported`: months and years. `every_minutes`: hours and minutes. `every_days`: 1 is daily. `is_weekly`: on
    the days `dow`, which are empty where no day was named ("weekly"). `times_a_day` counts "twice a day". `is_mixed`:
    the days were named in several places ("mondays at 7 and thursdays at 7").
    """

    is_unsupported: bool = False
    every_minutes: int | None = None
    every_days: int | None = None
    is_weekly: bool = False
    dow: tuple[int, ...] = ()
    every_weeks: int = 1
    times_a_day: int | None = None
    is_mixed: bool = False
    part: DayPart | None = None


_EVERY = r"\b(?:every|each)(?: single)? "
_OTHER = r"(?P<other>other|second|2nd|alternate)"
_EXCEPT = (
    r"(?:,? (?:but(?: not)?|except(?: for)?|apart from|other than|excluding|not)(?: on)? "
    rf"(?:{WEEKDAY_LIST}|{GROUP}))?(?!\w)"
)
_UNSUPPORTED = re.compile(
    rf"{_EVERY}(?:\w+ )?(?:months?|years?|quarter|seconds)\b|\b(?:monthly|yearly|annually|quarterly)\b|"
    r"\b(?:of|in) (?:every|each|the) month\b|\b(?:once|twice|\w+ times) (?:a|per|every) (?:month|year)\b",
    re.IGNORECASE,
)
_START = re.compile(_EVERY, re.IGNORECASE)
_OTHER_UNIT = re.compile(rf"{_EVERY}{_OTHER} (?P<unit>hour|day|week|night|morning|evening|afternoon)\b", re.IGNORECASE)
_HOUR_AND = re.compile(rf"{_EVERY}hour and a (?P<fraction>half|quarter)\b", re.IGNORECASE)
_HOURLY = re.compile(rf"{_EVERY}hour\b(?! and)|\bhourly\b|\bonce an hour\b", re.IGNORECASE)
_WEEKS = rf"(?:{_OTHER}|(?:(?P<weeks>\d|{NUMBER_WORD}) weeks?(?: on)?))"
_WEEKLY = re.compile(
    rf"(?:{_EVERY}(?:{_WEEKS} )?(?:on )?(?P<every>{WEEKDAY_LIST})|(?:\bon )?(?P<listed>{WEEKDAY_LIST}))"
    rf"(?: (?P<part>{PART})s?\b)?(?!\w)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    rf"(?:\b(?:every|each|on|all|at)(?: the)? )?\b(?P<group>{GROUP})\b(?: (?P<part>{PART})s?\b)?{_EXCEPT}",
    re.IGNORECASE,
)
_EVERY_WEEK = re.compile(
    rf"(?:{_EVERY}(?:{_OTHER} )?week|(?P<two>\bbi-?weekly|\bfortnightly|{_EVERY}fortnight)|\bweekly|"
    r"\bonce (?:a|per|every) week)\b"
    rf"(?:,? (?:on )?(?P<days>{WEEKDAY_LIST}))?(?!\w)",
    re.IGNORECASE,
)
_TIMES_A_DAY = re.compile(
    rf"\b(?P<count>once|twice|thrice|(?:[1-9]|1[0-2]|{NUMBER_WORD}) ?(?:times|x)) (?:(?:a|per|each|every) day|daily)\b",
    re.IGNORECASE,
)
_DAILY = re.compile(
    rf"(?:\b(?:every ?(?:single )?day|each day|daily|any day|all days|(?P<nightly>nightly))\b"
    rf"|{_EVERY}(?P<part>{PART})\b|\b(?:in the )?(?P<parts>mornings|afternoons|evenings|nights)\b){_EXCEPT}",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"days\b", re.IGNORECASE)
_SEVERAL = re.compile(rf"{WEEKDAY}\b.*\b{WEEKDAY}\b", re.IGNORECASE)
_EXCEPTING = re.compile(r"\b(?:but|except|apart|other than|excluding|not)\b", re.IGNORECASE)


def read_repeat(sentence: Sentence) -> Repeat | None:
    """Take the way of repeating out of a sentence; None if nothing repeats."""
    if match := _UNSUPPORTED.search(sentence.rest):
        sentence.take_match(match)
        return Repeat(is_unsupported=True)
    return (
        _every_span(sentence)
        or _every_week(sentence)
        or _weekly(sentence)
        or _group(sentence)
        or _times_a_day(sentence)
        or _daily(sentence)
    )


def _every_span(sentence: Sentence) -> Repeat | None:
    """ "every 2 hours", "every 3 days", "every hour and a half", "every other day"."""
    for start in _START.finditer(sentence.rest):
        match = DURATION.match(sentence.rest, start.end())
        if match and not _starts_weekly(sentence.rest, match.end()):
            span = read_duration(match)
            sentence.take(start.start(), match.end())
            if span.unit in ("second", "month", "year") or span.minutes < 1:
                return Repeat(is_unsupported=True)
            if span.unit == "week":
                return Repeat(is_weekly=True, every_weeks=max(1, round(span.minutes / 10_080)))
            if span.unit == "day":
                return Repeat(every_days=max(1, round(span.count)))
            return Repeat(every_minutes=round(span.minutes))
    if match := _OTHER_UNIT.search(sentence.rest):
        if match["unit"].lower() == "week":
            return None
        sentence.take_match(match)
        unit = match["unit"].lower()
        return (
            Repeat(every_minutes=120)
            if unit == "hour"
            else Repeat(every_days=2, part=None if unit == "day" else part_of(unit))
        )
    if match := _HOUR_AND.search(sentence.rest):
        sentence.take_match(match)
        return Repeat(every_minutes=90 if match["fraction"].lower() == "half" else 75)
    if match := _HOURLY.search(sentence.rest):
        sentence.take_match(match)
        return Repeat(every_minutes=60)
    return None


def _starts_weekly(text: str, position: int) -> bool:
    """Whether "every 2 weeks" goes on with its days: then the weekly reader takes the whole."""
    return bool(re.compile(rf" (?:on )?{WEEKDAY}\b", re.IGNORECASE).match(text, position))


def _every_week(sentence: Sentence) -> Repeat | None:
    match = _EVERY_WEEK.search(sentence.rest)
    if match is None:
        return None
    sentence.take_match(match)
    return Repeat(
        is_weekly=True, dow=days_named(match["days"] or ""), every_weeks=2 if match["other"] or match["two"] else 1
    )


def _weekly(sentence: Sentence) -> Repeat | None:
    found: list[re.Match[str]] = []
    for match in _WEEKLY.finditer(sentence.rest):
        listed = match["listed"] or ""
        if (match["every"] or _PLURAL.search(listed) or _SEVERAL.search(listed)) and days_named(match.group()):
            found.append(match)
    if not found:
        return None
    for match in found:
        sentence.take_match(match)
    first = found[0]
    return Repeat(
        is_weekly=True,
        dow=tuple(sorted({day for match in found for day in days_named(match.group())})),
        every_weeks=2 if first["other"] else max(1, value_of(first["weeks"] or "1")),
        is_mixed=len(found) > 1,
        part=_part(first),
    )


def _group(sentence: Sentence) -> Repeat | None:
    """ "weekdays", "every weekend", "weekdays except friday"; "at the weekend" is a single one."""
    for match in _GROUP.finditer(sentence.rest):
        word, words = match["group"].lower(), match.group().lower()
        if word.endswith("s") or words.startswith(("every", "each", "all")) or word in ("weekday", "workday"):
            sentence.take_match(match)
            return Repeat(is_weekly=True, dow=weekdays(words) or (), part=_part(match))
    return None


def _times_a_day(sentence: Sentence) -> Repeat | None:
    match = _TIMES_A_DAY.search(sentence.rest)
    if match is None:
        return None
    sentence.take_match(match)
    word = match["count"].lower()
    count = {"once": 1, "twice": 2, "thrice": 3}.get(word) or value_of(re.sub(r" ?(?:times|x)$", "", word))
    return Repeat(every_days=1, times_a_day=count)


def _daily(sentence: Sentence) -> Repeat | None:
    match = _DAILY.search(sentence.rest)
    if match is None:
        return None
    sentence.take_match(match)
    words = match["part"] or (match["parts"] or "").removesuffix("s") or ("night" if match["nightly"] else "")
    part = part_of(words) if words else None
    if _EXCEPTING.search(match.group()):
        return Repeat(is_weekly=True, dow=weekdays(match.group()) or (), part=part)
    return Repeat(every_days=1, part=part)


def _part(match: re.Match[str]) -> DayPart | None:
    return part_of(match["part"]) if match["part"] else None

"""Days in English: "today", "next monday", "in 3 days", "the 5th", "10 dec", "10/12/2026", "three days ago"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from agents.understanding.calendar_days import Frame, day_of_month, move, on_date, on_weekday
from agents.understanding.clock_times import Problem
from agents.understanding.number_words import NUMBER_WORD, value_of
from agents.understanding.sentence import Sentence, tidy
from agents.understanding.weekdays import WEEKDAY, is_day_name, weekday_of

DayPart = Literal["morning", "noon", "afternoon", "evening", "night"]
PART = r"(?:morning|afternoon|evening|night|noon|midday|lunchtime)"

_PARTS: dict[str, DayPart] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AMOUNT = rf"(?P<amount>\d{{1,4}}|{NUMBER_WORD}|an?|a couple of|a few)"
_SMALL_AMOUNTS = {"a": 1, "an": 1, "a couple of": 2, "a few": 3}
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>\d{4})(?![\d:]))?"
_WITH_PART = rf"(?: (?P<part>(?:early |late )?{PART})\b)?"


@dataclass(frozen=True, slots=True)
class DayRef:
    """A calendar day that was meant, with the part of the day where the words tell ("tonight" is the night)."""

    on: date
    quote: str
    part: DayPart | None = None


@dataclass(frozen=True, slots=True)
class FoundDay:
    """Where a day was found; `on` is None where the calendar has no such day ("31 Feb")."""

    start: int
    end: int
    on: date | None
    part: DayPart | None


def day(text: str, *, today: date, locale: str = "en", prefer_past: bool = False) -> DayRef | Problem | None:
    """The first day named, counted from the local `today`; None if none is named, Problem for a day that is none.

    `locale` decides "10/12": day first, but month first for en-US and its like. `prefer_past` reads "on monday" as
    the one gone by.
    """
    text = tidy(text)
    for found in find_days(text, today=today, locale=locale, prefer_past=prefer_past):
        quote = text[found.start : found.end].strip()
        return DayRef(found.on, quote, found.part) if found.on else Problem("impossible_time", quote)
    from agents.understanding.foreign_times import foreign_moment

    foreign = foreign_moment(text, today=today, locale=locale, prefer_past=prefer_past)
    return DayRef(foreign.date(), text) if foreign else None


def find_days(text: str, *, today: date, locale: str = "en", prefer_past: bool = False) -> list[FoundDay]:
    """All days of a tidied text, in order."""
    frame = Frame.of(today, locale, prefer_past=prefer_past)
    sentence, found = Sentence(text), list[FoundDay]()
    for pattern, read in _READERS:
        for match in pattern.finditer(sentence.rest):
            if "first" in match.groupdict() and not (match["which"] or is_day_name(match, text)):
                continue
            found.append(FoundDay(*match.span(), read(match, frame), _part(match)))
            sentence.take_match(match)
    return sorted(found, key=lambda one: one.start)


def part_of(words: str) -> DayPart:
    """The part of the day that one of the PART words names."""
    return _PARTS.get(words.lower().split()[-1], "noon")


def _part(match: re.Match[str]) -> DayPart | None:
    if words := match.groupdict().get("part"):
        return part_of(words)
    return "night" if match.group().lower().endswith(("tonight", "last night")) else None


def _named(match: re.Match[str], frame: Frame) -> date | None:
    word = match["name"].lower()
    if "after" in word:
        return move(frame.today, 2, "day")
    if "before" in word:
        return move(frame.today, -2, "day")
    if word.startswith(("yesterday", "last")):
        return move(frame.today, -1, "day")
    return move(frame.today, int(word.startswith(("tom", "tmr"))), "day")


def _ahead(match: re.Match[str], frame: Frame) -> date | None:
    return move(frame.today, _amount(match), match["unit"])


def _ago(match: re.Match[str], frame: Frame) -> date | None:
    return move(frame.today, -_amount(match), match["unit"])


def _amount(match: re.Match[str]) -> int:
    words = match["amount"].lower()
    return _SMALL_AMOUNTS.get(words) or value_of(words)


def _next_unit(match: re.Match[str], frame: Frame) -> date | None:
    """ "next week" is its Monday, "this weekend" its Saturday, "next month" the same day of it."""
    step = {"next": 1, "last": -1}.get(match["which_unit"].lower(), 0)
    unit = match["unit"].lower()
    if unit in ("week", "weekend"):
        return move(frame.today, 7 * step - frame.today.weekday() + 5 * (unit == "weekend"), "day")
    return move(frame.today, step, unit)


def _iso(match: re.Match[str], frame: Frame) -> date | None:
    return on_date(frame, int(match["day"]), int(match["month"]), int(match["year"]))


def _numeric(match: re.Match[str], frame: Frame) -> date | None:
    first, second, year = int(match["a"]), int(match["b"]), match.groupdict().get("year")
    day_number, month = (second, first) if frame.is_month_first else (first, second)
    if month > 12:
        day_number, month = month, day_number
    return on_date(frame, day_number, month, None if year is None else int(year) + 2000 * (len(year) == 2))


def _written(match: re.Match[str], frame: Frame) -> date | None:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    return on_date(frame, int(match["day"]), month, int(match["year"]) if match["year"] else None)


def _ordinal(match: re.Match[str], frame: Frame) -> date | None:
    return day_of_month(frame, int(match["day"]))


def _weekday(match: re.Match[str], frame: Frame) -> date | None:
    return on_weekday(frame, weekday_of(match["first"]), (match["which"] or "").lower().strip())


_Reader = Callable[[re.Match[str], Frame], date | None]
_NAMES = (
    r"(?P<name>(?:the )?day after tomorrow|(?:the )?day before yesterday|today|tonight|last night|tomorrow|tomm?orr?ow|"
    rf"tmrw?|yesterday|this(?= {PART}\b))"
)
_BEFORE_SLASHED_DAY = r"(?:(?<=\bon )|(?<=\bby )|(?<=until )|(?<=from )|(?<=starting ))"
_COUNTED = r"(?! (?:set|rep|time|day|week|round|meal|glass|cup|floor|month|one)s?\b)"  # "the 5th set" is no day
_PATTERNS: tuple[tuple[str, _Reader], ...] = (
    (r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", _iso),
    (r"(?P<a>\d{1,2})(?P<sign>[/.-])(?P<b>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)", _numeric),
    (r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.", _numeric),
    (r"^(?P<a>\d{1,2})/(?P<b>\d{1,2})$", _numeric),
    (_BEFORE_SLASHED_DAY + r"(?P<a>\d{1,2})/(?P<b>\d{1,2})", _numeric),
    (rf"(?:the )?{_DAY_NUMBER}(?: of|-)? ?{_MONTH}{_YEAR}", _written),
    (rf"{_MONTH} (?:the )?{_DAY_NUMBER}(?![:.]\d| ?[ap]\.?m\b){_YEAR}", _written),
    (_NAMES + _WITH_PART, _named),
    (rf"in {_AMOUNT} {_UNIT}(?:' time)?", _ahead),
    (rf"{_AMOUNT} {_UNIT} (?:from (?:now|today)|later|hence)", _ahead),
    (rf"{_AMOUNT} {_UNIT} (?:ago|back)", _ago),
    (r"(?P<which_unit>next|last|this) (?P<unit>weekend|week|month|year)", _next_unit),
    (r"(?:at |on )the (?P<which_unit>)(?P<unit>weekend)", _next_unit),
    (rf"(?:the |on )(?P<day>\d{{1,2}})(?:st|nd|rd|th){_COUNTED}", _ordinal),
    (rf"(?P<which>(?:next|this(?: coming)?|coming|last|past) )?(?P<first>{WEEKDAY})\b\.?{_WITH_PART}", _weekday),
)
_READERS = tuple(
    (re.compile(rf"(?<![\w./:-])(?:(?:on|by) )?{pattern}(?!\w|/\d|:\d)", re.IGNORECASE), read)
    for pattern, read in _PATTERNS
)

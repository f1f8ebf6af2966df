"""Everything a sentence says about when: taken out part by part, in the order in which the parts could be confused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from agents.understanding.clock_times import Clock, find_clocks
from agents.understanding.days import PART, DayPart, FoundDay, find_days, part_of
from agents.understanding.durations import DURATION, Duration, read_duration
from agents.understanding.repeats import Repeat, read_repeat
from agents.understanding.sentence import Sentence

AFTER_ANCHOR_MINUTES = 30  # "after dinner" without a number
BEFORE_ANCHOR_MINUTES = 30  # "before bed" without a number


@dataclass(slots=True)
class TimeParts:
    """What was found. Instants are not decided here: see recurrences.py."""

    repeat: Repeat | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    lasts: Duration | None = None
    moment: datetime | None = None
    window: tuple[Clock | None, Clock] | None = None
    is_round_the_clock: bool = False
    on: FoundDay | None = None
    clocks: list[Clock] = field(default_factory=list)
    part: DayPart | None = None
    anchored: tuple[time, ...] = ()
    impossible: str | None = None

    @property
    def says_time(self) -> bool:
        """Whether a time of day, or the moment itself, is known from the words."""
        is_interval = self.repeat is not None and self.repeat.every_minutes is not None
        return bool(self.clocks or self.part or self.anchored or self.moment or is_interval or self.impossible)

    @property
    def says_day(self) -> bool:
        """Whether a day, a repetition or the moment itself is known from the words."""
        return bool(self.repeat or self.on or self.moment)


_START = re.compile(r"\b(?:starting|beginning|begin|start|as of|from|commencing)(?: from)? (?=\w)", re.IGNORECASE)
_UNTIL = re.compile(r",? ?\b(?:until|till|through|up to|up until|ending|ends?)(?: on)? (?=\w)", re.IGNORECASE)
_LASTS = re.compile(r"\bfor (?:the next |another )?", re.IGNORECASE)
_IN_BEFORE = re.compile(r"\b(?:in|after)(?: (?:about|around|like|just))? $", re.IGNORECASE)
_FROM_NOW = re.compile(r" (?:from now|later|hence)\b", re.IGNORECASE)
_ANCHOR_SIDE = re.compile(r" (?:before|after|from)\b", re.IGNORECASE)
_WINDOW_BEFORE = re.compile(r"\b(?:between|from) $", re.IGNORECASE)
_WINDOW_SIGN = re.compile(r"(?: (?:and|to|until|till|through)|-| -) ?(?:at )?", re.IGNORECASE)
_ROUND_THE_CLOCK = re.compile(
    r"\b(?:around the clock|round the clock|day and night|24/7|all day and night)\b", re.IGNORECASE
)
_DAYTIME = re.compile(
    r"\b(?:all day(?: long)?|during the day|throughout the day|while I'm awake|when I'm awake)\b", re.I
)
_PART = re.compile(
    rf"\b(?:(?:early |late )?in the|during the|this|at|by|around) (?:early |late )?(?P<part>{PART})\b", re.I
)
_FIRST_THING = re.compile(r"\bfirst thing(?: in the morning)?\b", re.IGNORECASE)
_NOT_WHEN = re.compile(r"\b(?:for|about|of|regarding|before|after|since|than) (?:the )?$", re.IGNORECASE)
_BETWEEN_CLOCKS = re.compile(r"(?:,? ?(?:and|or|&)|,|/|;|-)? ?", re.IGNORECASE)
_NEAR = 24  # characters after a day in which its clock time stands
_ANCHOR_WORDS = {
    "breakfast": r"breakfast",
    "lunch": r"lunch(?:time)?",
    "dinner": r"(?:dinner|supper)(?:time)?",
    "snack": r"(?:my )?snack",
    "meals": r"meals?(?:time)?s?",
    "wake": r"(?:I )?(?:wake(?:[- ]?up)?|waking(?: up)?|get(?:ting)? up|got up|am up)|I'm (?:up|awake)",
    "bed": r"(?:I )?(?:go(?:ing)? to (?:bed|sleep)|sleep|bed(?:time)?)",
    "workout": r"(?:I )?(?:(?:work(?: |-)?(?:ing )?out|workouts?|training|train|gym|exercis(?:e|ing)))(?: session)?",
}
_ANCHOR = re.compile(
    r"\b(?P<side>before|after|with|at|around|when|once|as soon as|during|by|on|upon)"
    r"(?: (?:my|the|(?P<each>every|each|all)(?: of my)?|having|eating|doing|I finish|I have|I eat))* (?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _ANCHOR_WORDS.items())
    + r")(?!\w|-\w)",
    re.IGNORECASE,
)


def read_time_parts(
    sentence: Sentence, *, now: datetime, anchors: Mapping[str, time], locale: str = "en", body_start: int | None = None
) -> TimeParts:
    """Take everything about time out of a sentence. From `body_start` on, "for friday" belongs to the title."""
    parts = TimeParts()
    parts.repeat = read_repeat(sentence)
    _take_bounds(sentence, parts, now.date(), locale)
    _take_window(sentence, parts)
    _take_moment(sentence, parts, now)
    _take_day(sentence, parts, now.date(), locale, len(sentence.text) if body_start is None else body_start)
    _take_anchor(sentence, parts, anchors, with_offset=True)
    _take_clocks(sentence, parts)
    if not (parts.clocks or parts.moment or parts.anchored):
        _take_anchor(sentence, parts, anchors, with_offset=False)
    _take_part(sentence, parts)
    return parts


def _take_bounds(sentence: Sentence, parts: TimeParts, today: date, locale: str) -> None:
    """ "starting monday", "until 10 dec", "for two weeks": the last two only bound something that repeats."""
    found = {day.start: day for day in find_days(sentence.rest, today=today, locale=locale)}
    for match in _START.finditer(sentence.rest):
        day = found.get(match.end())
        if day and day.on and (parts.repeat or not match.group().lower().startswith("from")):
            parts.starts_on = day.on
            sentence.take(match.start(), day.end)
            break
    if parts.repeat is None:
        return
    for match in _UNTIL.finditer(sentence.rest):
        day = found.get(match.end())
        if day and day.on:
            parts.ends_on = day.on
            sentence.take(match.start(), day.end)
            break
    for match in _LASTS.finditer(sentence.rest):
        length = DURATION.match(sentence.rest, match.end())
        if length and (lasts := read_duration(length)).unit in ("day", "week", "month"):
            parts.lasts = lasts
            sentence.take(match.start(), length.end())
            break


def _take_window(sentence: Sentence, parts: TimeParts) -> None:
    """The hours of an interval ("from 9 to 5", "until 6pm", "day and night"); of anything else only their beginning."""
    is_interval = parts.repeat is not None and parts.repeat.every_minutes is not None
    if is_interval and (match := _ROUND_THE_CLOCK.search(sentence.rest)):
        parts.is_round_the_clock = True
        sentence.take_match(match)
    elif is_interval and (match := _DAYTIME.search(sentence.rest)):
        sentence.take_match(match)
    clocks = [clock for clock in find_clocks(sentence.rest, accept_bare=True) if clock.is_possible]
    for first, last in pairwise(clocks):
        if _WINDOW_SIGN.fullmatch(sentence.rest, first.end, last.start):
            lead = _WINDOW_BEFORE.search(sentence.rest, max(0, first.start - 8), first.start)
            if is_interval or (lead and (parts.repeat or lead.group().lower().startswith("between"))):
                parts.window = (first, last)
                parts.clocks = [] if is_interval else [first]
                sentence.take(lead.start() if lead else first.start, last.end)
                return
    starts = {clock.start: clock for clock in clocks} if is_interval else {}
    for match in _UNTIL.finditer(sentence.rest):
        if clock := starts.get(match.end()):
            parts.window = (None, clock)
            sentence.take(match.start(), clock.end)
            return


def _take_moment(sentence: Sentence, parts: TimeParts, now: datetime) -> None:
    """ "in 20 minutes", "an hour from now": counted on the running clock, not on the wall."""
    for match in DURATION.finditer(sentence.rest):
        length = read_duration(match)
        if length.unit not in ("second", "minute", "hour"):
            continue
        before = _IN_BEFORE.search(sentence.rest, max(0, match.start() - 16), match.start())
        after = _FROM_NOW.match(sentence.rest, match.end())
        if (before or after) and not _ANCHOR_SIDE.match(sentence.rest, after.end() if after else match.end()):
            parts.moment = (now.astimezone(UTC) + timedelta(minutes=length.minutes)).astimezone(now.tzinfo)
            sentence.take(before.start() if before else match.start(), after.end() if after else match.end())
            return


def _take_day(sentence: Sentence, parts: TimeParts, today: date, locale: str, body_start: int) -> None:
    for day in find_days(sentence.rest, today=today, locale=locale):
        if day.start >= body_start and _NOT_WHEN.search(sentence.rest, max(0, day.start - 16), day.start):
            clocks = find_clocks(sentence.rest[day.end : day.end + _NEAR])
            sentence.hide(day.start, day.end + (clocks[0].end if clocks and clocks[0].start <= 2 else 0))
        elif parts.on is None:
            parts.on = day
            sentence.take(day.start, day.end)
            if day.on is None:
                parts.impossible = sentence.text[day.start : day.end].strip()


def _take_anchor(sentence: Sentence, parts: TimeParts, anchors: Mapping[str, time], *, with_offset: bool) -> None:
    """ "before bed", "30 minutes after dinner", "with every meal", from the person's own times."""
    for match in _ANCHOR.finditer(sentence.rest):
        offset = _offset_before(sentence, match.start())
        if (offset is not None) != with_offset or parts.anchored:
            continue
        name = next(name for name in _ANCHOR_WORDS if match[name])
        names = ("breakfast", "lunch", "dinner") if name == "meals" else (name,)
        times = [anchors[name] for name in names if name in anchors]
        is_each = bool(match["each"]) or len(times) > 1
        if times and not (is_each and name == "workout"):  # which days those are, the plan knows, not the sentence
            parts.repeat = parts.repeat or (Repeat(every_days=1) if is_each else None)
            parts.anchored = tuple(_shift(at, match["side"].lower(), offset) for at in times)
            sentence.take(offset.start if offset else match.start(), match.end())
            return


def _offset_before(sentence: Sentence, position: int) -> Duration | None:
    for match in DURATION.finditer(sentence.rest, max(0, position - 40), position):
        length = read_duration(match)
        if sentence.rest[match.end() : position] == " " and length.unit in ("minute", "hour"):
            return length
    return None


def _shift(at: time, side: str, offset: Duration | None) -> time:
    sign = {"before": -1, "after": 1}.get(side, 0)
    usual = {"before": BEFORE_ANCHOR_MINUTES, "after": AFTER_ANCHOR_MINUTES}.get(side, 0)
    minutes = offset.minutes if offset else usual
    return (datetime.combine(date(2000, 1, 1), at) + timedelta(minutes=sign * minutes)).time()


def _take_clocks(sentence: Sentence, parts: TimeParts) -> None:
    clocks = find_clocks(sentence.rest)
    parts.clocks += [clock for clock in clocks if clock.is_possible]
    if clocks and not parts.clocks:
        parts.impossible = parts.impossible or clocks[0].quote
    for first, last in pairwise(clocks):
        if _BETWEEN_CLOCKS.fullmatch(sentence.rest, first.end, last.start):
            sentence.take(first.end, last.start)
    for clock in clocks:
        sentence.take(clock.start, clock.end)


def _take_part(sentence: Sentence, parts: TimeParts) -> None:
    parts.part = (parts.on.part if parts.on else None) or (parts.repeat.part if parts.repeat else None)
    if match := _FIRST_THING.search(sentence.rest):
        parts.part = parts.part or "morning"
        sentence.take_match(match)
    elif match := _PART.search(sentence.rest):
        parts.part = parts.part or part_of(match["part"])
        sentence.take_match(match)

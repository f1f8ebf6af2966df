"""Sleep hours, wake and bed time, activity at work and at leisure (science.md K-4), water, check-in times, units."""

import re
from collections.abc import Iterator

from agents.schemas import ProfileField
from agents.understanding.findings import Found, fact, measured, refused
from agents.understanding.hearing import Heard
from agents.understanding.hours import is_impossible, time_in
from agents.understanding.lexicon import phrases
from agents.understanding.quantities import quantities

_SLEEP = re.compile(r"\bsleep(?:s|ing)?\b|\bof sleep\b|\bkip\b|\bshut-?eye\b")
_SLEEP_HOURS = re.compile(
    r"\bsleep(?:ing)?\b(?:\s+(?:is|only|about|around|for|roughly|usually|like|maybe|just|on average|average|"
    r"an average of|normally|at least|mostly|approx|for about))*\s*[:=]?\s*(?P<n>\d{1,2}(?:[.,]\d+)?)(?:\s*(?:-|to|"
    r"or)\s*(?P<m>\d{1,2}(?:[.,]\d+)?))?(?:\s*(?:h|hrs?|hours?)\b)?(?![\d:/%]|\s*(?:am|pm|o'?clock|/|out of|min|"
    r"to \d|kg|times))"
)
_RANGE_HOURS = re.compile(
    r"(?P<n>\d{1,2}(?:[.,]\d+)?)\s*(?:-|to|or)\s*(?P<m>\d{1,2}(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)\b"
)
_ONE_NIGHT = re.compile(r"\b(?:last night|tonight|yesterday|slept)\b")
_WANTED = re.compile(r"\b(?:want|need|should|goal|aim|would like|try|hope|wish)\b")
_CLOCK = (
    r"(?:(?:at|around|about|by|@|is|:|=|before|between|usually)\s*)*(?P<t>(?:noon|midnight|half past \w+|"
    r"(?:a )?quarter (?:past|to) \w+|\d{1,2}(?:[:.h]\d{1,2})?)\s*(?:a\.?m\b\.?|p\.?m\b\.?|o'?\s?clock)?"
    r"(?:\s+in the (?:morning|evening)|\s+at night)?)(?!\s*(?:kg|min|hours?|h\b|hrs|times?|x|%|days?|/))"
)
_MAY_STAND = (
    r"(?:\s+(?:time|usually|normally|mostly|always|is|early|late|up|every day|every morning|weekdays|on weekdays|"
    r"daily|typically|generally|most days|my|bed|asleep|sleep))*\s*[:=]?\s*"
)
_ROUTINES: tuple[tuple[ProfileField, re.Pattern[str], bool], ...] = (
    (
        "wake_time",
        re.compile(
            r"\b(?:wake(?:s)?(?: up)?|waking(?: up)?|wake-?up|get up|getting up|up|rise|alarm)\b"
            rf"{_MAY_STAND}{_CLOCK}"
        ),
        False,
    ),
    (
        "bed_time",
        re.compile(
            r"\b(?:go(?:ing)? to (?:bed|sleep)|bed ?-?time|in bed|to bed|lights out|fall asleep|asleep|turn in|"
            r"bed|sleep)\b"
            rf"{_MAY_STAND}(?=at\b|around\b|about\b|by\b|@|is\b|:|=|before\b|noon|midnight|half|"
            rf"\d{{1,2}}\s*(?:[:.]\d|[ap]\.?m|o')|\d{{2}}(?!\d|\s*h)){_CLOCK}"
        ),
        True,
    ),
    (
        "morning_brief_time",
        re.compile(
            r"\b(?:morning (?:brief(?:ing)?|message|summary|plan)|(?:daily )?brief(?:ing)?)\b"
            rf"{_MAY_STAND}{_CLOCK}"
        ),
        False,
    ),
    ("evening_checkin_time", re.compile(rf"\b(?:evening )?check-?\s?in\b{_MAY_STAND}{_CLOCK}"), True),
)
_SLEEP_SPAN = re.compile(
    r"\bsleep\s+(?:usually\s+)?(?:from|between)\s+(?P<bed>[\w:.]+(?:\s*[ap]m)?)\s*(?:to|until|till|-|and)"
    r"\s*(?P<wake>[\w:.]+(?:\s*[ap]m)?)"
)
_WORKISH = re.compile(
    r"\b(?:work|job|desk|office|feet|sit|sitting|stand|standing|i am an?|am an?|labour|labor|physical|as an?|"
    r"occupation|profession|computer|wfh|retail|construction|drive)\b"
)
_JOB_WORD = re.compile(
    r"\b(?:i am|am|work as|work|job|as|my job is|i|a|an|the|,|mostly)\s+(?:(?:an?|the|full time|part time|"
    r"self employed|freelance|busy|retired|senior|junior|software|night|primary|school|my|in|at|on|mostly|have)"
    r"\s+)*$"
)
_WATER = re.compile(r"\b(?:water|hydrat\w*|fluids?|drink)\b")
_WATER_GOAL = re.compile(r"\b(?:target|goal|aim|want|would like|need to|try(?:ing)? to|set|should|plan)\b")
_WATER_REMINDERS_OFF = re.compile(
    r"\b(?:no|not want(?: any)?|without|turn off|stop|do not need|do not send)\s+(?:me\s+)?(?:any\s+)?(?:water|"
    r"hydration|drink(?:ing)?)\s+reminders?\b|\bdo not remind me to drink\b|\bno reminders? (?:for|about|to drink)"
    r" water\b"
)
_WATER_REMINDERS_ON = re.compile(
    r"\b(?:want|like|yes to|turn on|please send|need|yes,?)\s+(?:the\s+|some\s+)?(?:water|hydration|drink(?:ing)?)"
    r"\s+reminders?\b"
)
_UNITS = re.compile(
    r"\b(?:use|using|switch to|prefer|show|in|change to|units?\s*[:=]?|think in|i use)\s+(?:(?P<i>imperial|pounds|"
    r"lbs?|feet|stone|us units)|(?P<m>metric|kilos?|kg|kilograms|si units|cm))\b(?:\s+(?:please|units|system|"
    r"and (?:inches|feet|pounds|cm)))?"
)


def lifestyle(heard: Heard) -> Iterator[Found]:
    """Everything said about the usual day."""
    yield from _sleep_hours(heard)
    yield from _routines(heard)
    yield from _work(heard)
    yield from _leisure(heard)
    yield from _water(heard)
    if (
        (match := _UNITS.search(heard.asserted))
        and not heard.scope.is_denied(match.start())
        and re.search(r"\b(?:use|switch|prefer|show|units?|change|think)\b", match[0])
    ):
        yield fact(heard, "units", "imperial" if match["i"] else "metric", match.span())


def _sleep_hours(heard: Heard) -> Iterator[Found]:
    text = heard.asserted
    for cue in _SLEEP.finditer(text):
        start, end = heard.clause(cue.start())
        clause = text[start:end]
        if _ONE_NIGHT.search(clause) or _WANTED.search(text, start, cue.start()):
            continue
        if match := _RANGE_HOURS.search(text, start, end) or _SLEEP_HOURS.search(text, start, end):
            hours = _middle(match)
            yield measured(heard, "sleep_hours", hours, match.span())
            return
        for each in quantities(clause):
            if each.unit == "h" and not re.search(r"\b(?:work|drive|before|screen|nap)\b", clause):
                yield measured(heard, "sleep_hours", round(each.amount / 60, 1), (start + each.start, start + each.end))
                return


def _middle(match: re.Match[str]) -> float:
    low = float(match["n"].replace(",", "."))
    return (low + float(match["m"].replace(",", "."))) / 2 if match["m"] else low


def _routines(heard: Heard) -> Iterator[Found]:
    text = heard.asserted
    if match := _SLEEP_SPAN.search(text):
        bed, wake = time_in("at " + match["bed"], prefer_pm=True), time_in("at " + match["wake"], prefer_pm=False)
        if bed and wake:
            yield fact(heard, "bed_time", bed, match.span())
            yield fact(heard, "wake_time", wake, match.span())
            return
    for field, pattern, prefer_pm in _ROUTINES:
        found = pattern.search(text)
        if found is None or heard.scope.is_logged(found.start()) or heard.scope.is_denied(found.start()):
            continue
        if re.search(
            r"\b(?:last night|yesterday|this morning|today|tomorrow)\b", text[slice(*heard.sentence(found.start()))]
        ):
            continue
        yield from timed(heard, field, found["t"], found.span(), prefer_pm=prefer_pm)


def timed(heard: Heard, field: ProfileField, words: str, span: tuple[int, int], *, prefer_pm: bool) -> Iterator[Found]:
    """The fact of a wall time, or the refusal of an impossible one."""
    at = time_in(
        "at " + words.replace("h", ":00") if words.strip().endswith("h") else "at " + words, prefer_pm=prefer_pm
    )
    if at is not None:
        yield fact(heard, field, at, span)
    elif is_impossible("at " + words):
        yield refused(heard, field, span, "impossible_time")


def _work(heard: Heard) -> Iterator[Found]:
    table = phrases("lifestyle", "work")
    if not table.touches(heard.stems) or not _WORKISH.search(heard.asserted):
        return
    for match in table.find(heard.asserted, heard.words):
        before = heard.before(match.start)
        one_word = " " not in match.phrase
        clause = heard.asserted[slice(*heard.clause(match.start))].strip(" ,.!\n")
        if heard.scope.is_denied(match.start) or (
            re.search(r"\b(?:my|a new|the|your)\s+(?:\w+\s+)?$", before)
            and one_word
            and not re.search(r"\bjob\b", before)
        ):
            continue
        if match.phrase == "i sit" and not re.search(r"\b(?:all day|most|work|lot)\b", clause):
            continue
        if one_word and not (_JOB_WORD.search(before) or clause == heard.asserted[match.start : match.end]):
            continue
        yield fact(heard, "work_activity", match.code, (match.start, match.end))
        return


def _leisure(heard: Heard) -> Iterator[Found]:
    table = phrases("lifestyle", "leisure")
    if not table.touches(heard.stems):
        return
    for match in table.find(heard.asserted, heard.words):
        own_not = match.phrase.startswith(("no ", "not ", "do not", "almost", "never", "hardly"))
        clause = heard.asserted[slice(*heard.clause(match.start))]
        if (heard.scope.is_denied(match.start) and not own_not) or heard.scope.is_logged(match.start):
            continue
        if re.search(r"\b(?:want|would like|hope|plan|should|need|trying|job|work|at work|desk)\b", clause):
            continue
        yield fact(heard, "leisure_activity", match.code, (match.start, match.end))
        return


def _water(heard: Heard) -> Iterator[Found]:
    text = heard.asserted
    if match := _WATER_REMINDERS_OFF.search(text):
        yield fact(heard, "water_reminders", value=False, span=match.span())
    elif match := _WATER_REMINDERS_ON.search(text):
        yield fact(heard, "water_reminders", value=True, span=match.span())
    if not _WATER.search(text):
        return
    for each in quantities(text):
        sentence = text[slice(*heard.sentence(each.start))]
        if (
            each.dimension == "volume"
            and _WATER.search(sentence)
            and _WATER_GOAL.search(sentence)
            and not heard.scope.is_logged(each.start)
        ):
            yield measured(heard, "water_target_ml", round(each.amount), (each.start, each.end))
            return

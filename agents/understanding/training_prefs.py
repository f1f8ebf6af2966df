"""How and when the person trains: days, minutes, time, level, and whether regularly."""

import re
from collections.abc import Iterator
from itertools import pairwise

from agents.schemas import Moment
from agents.understanding.findings import Found, fact, measured
from agents.understanding.hearing import Heard
from agents.understanding.hours import time_in
from agents.understanding.lexicon import phrases
from agents.understanding.quantities import quantities
from agents.understanding.training_means import OTHER_HABIT, TRAINING, equipment, modalities, place

_COUNT = re.compile(
    r"(?<![\d./-])(?P<n>\d{1,2})(?:\s*(?:-|to|or)\s*(?P<top>\d))?\s*(?:x|times?|days?|sessions?|workouts?|classes|"
    r"trainings?|nights?|mornings?|evenings?|runs?)?\s*(?:(?:a|per|each|every|/|in the|out of the)\s*(?:week|wk)\b|"
    r"weekly\b|/\s*w(?:ee)?k\b|pw\b)|"
    r"\b(?P<word>once|twice)\s+(?:a|per|each|every|/)?\s*week(?:ly)?\b|\b(?P<daily>every (?:single )?day|daily)\b"
)
_BARE_COUNT = re.compile(
    r"\b(?:train|work ?out|exercise|gym|lift)\s+(?:on\s+|for\s+)?(?P<n>[1-7])\s*(?:x|times|days)\b(?!\s*(?:a |"
    r"per )?(?:day|month|year|ago))"
)
_MINUTES_CONTEXT = re.compile(
    r"\b(?:cook\w*|prep\w*|kitchen|meals?|commut\w*|sleep|nap|lunch break|walk to|drive|meditat\w*|breakfast|dinner)\b"
)
_TIME_CUE = re.compile(
    r"\b(?:at|around|about|@|from|before|after|by)\s+(?P<t>(?:\d{1,2}(?:[:.h]\d{2})?|noon|midday|half past \w+)"
    r"\s*(?:a\.?m\.?|p\.?m\.?|o'?\s?clock|h\b)?)(?!\s*(?:kg|min|%|days?|weeks?|years?|times?|x|reps|sets|hours?|"
    r"meals?))"
)
_ONE_DAY = re.compile(r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|evening|afternoon|week|time))\b")
_HOW_LONG = re.compile(
    r"\b(?:per session|a session|each|per workout|a workout|sessions?|a day|per day|at a time|max|maximum|"
    r"workouts?|at most|to spare|available)\b"
)
_LEVEL_CONTEXT = re.compile(
    r"\b(?:i am|am|as|level|fitness|lifter|experience|lifting|trained|training|gym|i have|never|athlete|just|"
    r"complete|total|absolute|still|pretty|quite|very)\b"
)
_LEVEL_OTHER = re.compile(r"\b(?:cook|cooking|cooks|chef|in the kitchen|driver|speaker|french|spanish|english)\b")
_REGULAR_NO = re.compile(
    r"\b(?:(?:do not|does not|not|never|hardly|rarely|barely)\s+(?:currently\s+|really\s+|even\s+|"
    r"ever\s+)?(?:exercise|train|work ?out|been exercising|been training|exercised|trained|worked out|exercising|"
    r"training|working out|been to the gym)(?:\s+(?:regularly|at all|much|right now|at the moment|currently|for|"
    r"in))?|"
    r"(?:have not|not)\s+(?:exercised|trained|worked out|done any (?:sport|exercise))|no (?:regular )?exercise|"
    r"stopped (?:training|exercising|working out)|out of (?:shape|practice)|couch potato|starting from (?:zero|"
    r"scratch)|never been to a gym)\b"
)
_REGULAR_YES = re.compile(
    r"\b(?:(?:exercise|train|work ?out|run|lift|swim|cycle|exercising|training|running|lifting)\s+(?:very\s+|"
    r"pretty\s+|quite\s+)?regularly|regular(?:ly)? (?:exerciser|runner|gym ?goer|exercise|train|lift|work out)|"
    r"(?:been )?(?:training|exercising|lifting|working out|running|going to the gym)\s+(?:consistently\s+|"
    r"regularly\s+|(?:\d|once|twice)\s*(?:x|times|days)?\s*(?:a|per)\s*week\s+)?for\s+(?:the (?:past|last)"
    r"\s+)?(?:(?:\d+|several|many|a few|over a|a|half a)\s+(?:\d+\s+)?(?:months?|years?)|ages|years|months))\b"
)


def training(heard: Heard, moment: Moment) -> Iterator[Found]:
    """Everything said about training habits and means."""
    text = heard.asserted
    asked = moment.expecting or ""
    is_training = bool(TRAINING.search(text)) or asked.startswith(
        ("workout", "equipment", "location", "fitness", "regular")
    )
    if is_training:
        yield from _days(heard, moment)
        yield from _count(heard, is_asked=asked.startswith(("workout_days", "regular")))
        yield from _minutes(heard)
        yield from _time(heard)
    yield from equipment(heard)
    yield from place(heard, is_training=is_training, is_asked=asked == "location")
    yield from _level(heard)
    yield from modalities(heard)
    yield from _regular(heard)


def _parts(heard: Heard, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The sentences this pattern occurs in."""
    starts = (*heard.scope.sentence_starts, len(heard.asserted))
    for start, end in pairwise(starts):
        if pattern.search(heard.asserted, start, end):
            yield start, end


_DAY_NAMES = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs|urs|nes|r|day|days|sday|sdays|nesday|nesdays|rsday|rsdays|ursday|"
    r"ursdays|urday|urdays)?\b|\bweekends?\b|\bweekdays?\b|\bevery other day\b"
)


def _is_about_training(words: str) -> bool:
    return bool(TRAINING.search(words)) and not OTHER_HABIT.search(words)


def _spans(part: str) -> Iterator[str]:
    """The whole part, and from the last comma before its first day: "3 meals, gym mon wed fri"."""
    yield part
    first = _DAY_NAMES.search(part)
    if first:
        yield part[part.rfind(",", 0, first.start()) + 1 :]


def _days(heard: Heard, moment: Moment) -> Iterator[Found]:
    from agents.understanding.times import weekdays

    text = heard.asserted
    for start, end in _parts(heard, _DAY_NAMES):
        if moment.expecting != "workout_days" and not any(map(_is_about_training, _spans(text[start:end]))):
            continue
        named = [match for match in _DAY_NAMES.finditer(text, start, end) if not heard.scope.is_logged(match.start())]
        if not named or re.search(r"\b(?:this|next|last)\s+$", text[start : named[0].start()]):
            continue
        before = text[max(start, named[0].start() - 24) : named[0].start()]
        negated = re.search(r"\b(?:not|except|but|never|every day)\b[^,]*$", before)
        begin = start + (
            negated.start() + named[0].start() - start - len(before) if negated else named[0].start() - start
        )
        days = weekdays(text[begin : named[-1].end()])
        if days:
            yield fact(heard, "workout_days", days, (begin, named[-1].end()))
        return


def _count(heard: Heard, *, is_asked: bool) -> Iterator[Found]:
    text = heard.asserted
    for match in (*_COUNT.finditer(text), *_BARE_COUNT.finditer(text)):
        start, end = heard.sentence(match.start())
        clause = text[slice(*heard.clause(match.start()))]
        if (
            not (is_asked or TRAINING.search(text, start, end))
            or heard.scope.is_logged(match.start())
            or OTHER_HABIT.search(clause)
        ):
            continue
        groups = match.groupdict()
        if groups.get("daily"):
            if not TRAINING.search(text, max(start, match.start() - 24), match.end()) or re.search(
                r"\b(?:min|minutes|active|work|feet)\b", clause
            ):
                continue
            count = 7
        elif groups.get("word"):
            count = 1 if groups["word"] == "once" else 2
        else:
            count = int(groups["n"])
            if re.match(r"\s*(?:kg|km|lb|min|hours?|h\b|kcal|glass|l\b)", text[match.start() + len(groups["n"]) :]):
                continue
        yield measured(heard, "workout_days_count", count, match.span(), confidence=0.8 if groups.get("top") else 1.0)
        return


def _minutes(heard: Heard) -> Iterator[Found]:
    for each in quantities(heard.asserted):
        if each.dimension != "time" or heard.scope.is_logged(each.start):
            continue
        start, end = heard.sentence(each.start)
        clause = heard.asserted[slice(*heard.clause(each.start))]
        if (
            _MINUTES_CONTEXT.search(clause)
            or _ONE_DAY.search(clause)
            or not TRAINING.search(heard.asserted, start, end)
        ):
            continue
        after = heard.asserted[each.end : each.end + 18]
        if re.match(r"\s*(?:ago|away|late|early|drive|a week|per week|of sleep|/\s*week|walk\b)", after) or (
            re.search(r"\b(?:sleep|work)\b", heard.before(each.start)[-20:]) and not re.search(r"\bworkouts?\b", clause)
        ):
            continue
        if each.amount > 240 and not _HOW_LONG.search(clause):
            continue
        yield measured(heard, "workout_minutes", round(each.amount), (each.start, each.end))
        return


def _time(heard: Heard) -> Iterator[Found]:
    text = heard.asserted
    for match in _TIME_CUE.finditer(text):
        start, end = heard.sentence(match.start())
        clause = text[slice(*heard.clause(match.start()))]
        if (
            heard.scope.is_logged(match.start())
            or OTHER_HABIT.search(clause)
            or re.search(r"\b(?:wake|get up|bed|finish work|start work)\b", clause)
        ):
            continue
        if TRAINING.search(text, start, end) and (at := time_in("at " + match["t"])):
            yield fact(heard, "workout_time", at, match.span())
            return


def _level(heard: Heard) -> Iterator[Found]:
    table = phrases("training", "levels")
    if not table.touches(heard.stems):
        return
    for match in table.find(heard.asserted, heard.words):
        start, end = heard.clause(match.start)
        clause = heard.asserted[start:end]
        stands_alone = clause.strip(" ,.!\n") == heard.asserted[match.start : match.end]
        if heard.scope.is_denied(match.start) and match.phrase.split()[0] not in ("never", "no"):
            continue
        if _LEVEL_OTHER.search(clause) or re.match(
            r"\s*(?:friendly|workouts?|plans?|programmes?|programs?|yoga class|classes)", heard.asserted[match.end :]
        ):
            continue
        if stands_alone or _LEVEL_CONTEXT.search(clause):
            yield fact(heard, "fitness_level", match.code, (match.start, match.end))
            return


def _regular(heard: Heard) -> Iterator[Found]:
    if match := _REGULAR_NO.search(heard.asserted):
        yield fact(heard, "regular_exercise", value=False, span=match.span())
    elif (match := _REGULAR_YES.search(heard.asserted)) and not heard.scope.is_denied(match.start()):
        yield fact(heard, "regular_exercise", value=True, span=match.span())

"""Meals and the kitchen: how many meals and when, cuisines, cooking skill, time to cook, money for food."""

import re
from collections.abc import Iterator
from itertools import pairwise

from agents.schemas import Moment
from agents.understanding.findings import Found, fact, measured
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import phrases
from agents.understanding.numbers import NUMBER, value
from agents.understanding.quantities import quantities

_MEALS = re.compile(
    r"(?<![\d./-])(?P<n>-?\d{1,3})(?:\s*(?:-|to|or)\s*(?P<top>\d))?\s*(?:main |big |small |"
    r"proper )?meals?\b(?!\s+(?:plan|prep|for|per week|a week|each week))|\beat(?:ing)?\s+(?P<m>\d{1,2}|once|twice)"
    r"\s*(?:x|times)?\s*(?:a|per|each)\s*day\b|\bomad\b"
)
_COOKING = re.compile(
    r"\b(?:cook(?:s|ing)?|prep(?:ping|aration|are|aring)?|kitchen|meal prep|make (?:dinner|lunch|food|meals)|"
    r"food prep|stove)\b"
)
_ONE_TIME = re.compile(r"\b(?:took|takes|today|tonight|tomorrow)\b")
_BUDGET = re.compile(
    rf"(?P<sign>[$€£])\s?(?P<a>{NUMBER})|(?P<b>{NUMBER})\s?(?:[$€£]|euros?|eur|dollars?|bucks|usd|quid|gbp|pln|zl|"
    r"chf|francs?|rupees|inr)(?![a-z])"
)
_PER = re.compile(
    r"\s*(?:for food\s*|on food\s*|max\s*)?(?:a|per|each|every|/)\s*(?P<unit>day|week|month)|\s*(?P<daily>daily|"
    r"weekly|monthly)"
)
_FOOD_MONEY = re.compile(r"\b(?:food|budget|groceries|grocery|eat(?:ing)?|spend|shopping|meals?|cook)\b")
_CUISINE = re.compile(
    r"\b(?:food|cuisines?|cooking|dishes|love|like|enjoy|favou?rite|prefer|kitchen|fan of|recipes|into)\b"
)
_NOT_LIKED = re.compile(r"\b(?:hate|dislike|not|never|no|avoid|without)\b[^,.;]*$")
_NOT_A_KITCHEN = re.compile(
    r"\s*(?:guy|man|woman|passport|wife|husband|girl|boy|language|class|time|lessons?|bulldog|shepherd|fries|toast|"
    r"and i live|citizen)\b"
)
_MEAL = re.compile(
    r"\b(?:breakfast|brunch|lunch|dinner|supper|snack|evening meal|suhoor|iftar|tea(?=\s*(?:is|at|around|about|"
    r"by|@|:)?\s*\d))\b"
)
_FOR_PEOPLE = re.compile(r"\bfor \d{1,2}\b(?!\s*(?:[ap]\.?m|o'?clock|[:.h]\d))")  # "dinner for 4" is no time
_ONE_DAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|ate|had|eaten|skip\w*|remind|grams?|kcal|swap|log|cook\w*|min(?:utes)?)\b"
)
_DAYS = {"day": 1.0, "week": 7.0, "month": 365.2425 / 12, "daily": 1.0, "weekly": 7.0, "monthly": 365.2425 / 12}


def kitchen(heard: Heard, moment: Moment) -> Iterator[Found]:
    """Everything said about meals and cooking."""
    text = heard.asserted
    yield from _meals(heard)
    yield from meal_times(heard)
    yield from _cuisines(heard)
    yield from _skill(heard)
    if _COOKING.search(text):
        yield from _prep_minutes(heard)
    if re.search(
        r"[$€£]|\b(?:euros?|eur|dollars?|bucks|usd|quid|gbp|pln|zl|chf|rupees|inr)\b|\d(?:euros?|eur|usd|gbp|zl|pln)\b",
        text,
    ):
        yield from _budget(heard, is_asked=moment.expecting == "budget_per_day")


def _meals(heard: Heard) -> Iterator[Found]:
    for match in _MEALS.finditer(heard.asserted):
        if heard.scope.is_logged(match.start()) or heard.scope.is_denied(match.start()):
            continue
        said = match["n"] or match["m"] or "1"
        count = {"once": 1, "twice": 2}.get(said) or int(match["top"] or said)
        yield measured(heard, "meals_per_day", count, match.span(), confidence=0.8 if match["top"] else 1.0)
        return


def meal_times(heard: Heard) -> Iterator[Found]:
    """ "breakfast at 8, lunch 12:30, dinner at 7": the usual times of named meals."""
    from agents.understanding.times import meal_times as times_of

    starts = (*heard.scope.sentence_starts, len(heard.asserted))
    for start, end in pairwise(starts):
        part = _FOR_PEOPLE.sub(lambda match: " " * len(match.group()), heard.asserted[start:end])
        meal = _MEAL.search(part)
        if meal is None or not re.search(r"\d|\bnoon\b|\bmidday\b", part) or _ONE_DAY.search(part):
            continue
        span = (start + min(meal.start(), _first_clock(part)), end)
        for each in times_of(part):
            yield fact(heard, "meal_time", each, span, op="add")


def _first_clock(part: str) -> int:
    clock = re.search(r"\d", part)
    return clock.start() if clock else len(part)


def _cuisines(heard: Heard) -> Iterator[Found]:
    table = phrases("diets", "cuisines")
    if not table.touches(heard.stems):
        return
    for match in table.find(heard.asserted, heard.words):
        clause = heard.asserted[slice(*heard.sentence(match.start))]
        after = heard.asserted[match.end :]
        if not _CUISINE.search(clause) or _NOT_LIKED.search(heard.before(match.start)) or _NOT_A_KITCHEN.match(after):
            continue
        if match.code == "mediterranean" and re.match(r"\s*(?:diet|style)", after):
            continue
        if re.search(r"\bi am\s+$", heard.before(match.start)):
            continue
        yield fact(heard, "cuisine", match.code, (match.start, match.end), op="add")


def _skill(heard: Heard) -> Iterator[Found]:
    table = phrases("diets", "cooking")
    if not _COOKING.search(heard.asserted) and "chef" not in heard.stems:
        return
    for match in table.find(heard.asserted, heard.words):
        if (
            heard.scope.is_denied(match.start)
            and "not" not in match.phrase
            and not match.phrase.startswith(("hardly", "never"))
        ):
            continue
        yield fact(heard, "cooking_skill", match.code, (match.start, match.end))
        return


def _prep_minutes(heard: Heard) -> Iterator[Found]:
    for each in quantities(heard.asserted):
        if each.dimension != "time" or heard.scope.is_logged(each.start):
            continue
        clause = heard.asserted[slice(*heard.clause(each.start))]
        if (
            _COOKING.search(clause)
            and not _ONE_TIME.search(clause)
            and not re.match(r"\s*(?:a week|per week|on sundays?|ago)", heard.asserted[each.end :])
        ):
            yield measured(heard, "max_prep_minutes", round(each.amount), (each.start, each.end))
            return


def _budget(heard: Heard, *, is_asked: bool) -> Iterator[Found]:
    for match in _BUDGET.finditer(heard.asserted):
        per = _PER.match(heard.asserted, match.end())
        sentence = heard.asserted[slice(*heard.sentence(match.start()))]
        if not is_asked and (per is None or not _FOOD_MONEY.search(sentence)):
            continue
        days = _DAYS[per["unit"] or per["daily"]] if per else 1.0
        end = per.end() if per else match.end()
        yield measured(heard, "budget_per_day", round(value(match["a"] or match["b"]) / days, 2), (match.start(), end))
        return

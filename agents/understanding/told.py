"""What somebody tells of their life without asking that it be kept: an event, what is hard, what is fixed, a rhythm.

Only where nothing else was understood in these words: what counts for the plans is a fact of the profile and not this.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from agents.domain.remembering import LONGEST, FactKind, unfit
from agents.schemas import Intent, Moment, Remember
from agents.understanding.clauses import Clause
from agents.understanding.facts import facts

CONFIDENCE: Final = 0.8  # nobody asked for it to be kept
_FEWEST_WORDS: Final = 3
_EVENT: Final = (
    r"(?:wedding|(?:half[- ]?)?marathon|triathlon|(?:charity |fun |trail )?(?:race|run)|competition|tournament|"
    r"championship|match|exams?|finals|interview|graduation|reunion|anniversary|party|birthday(?: party)?|holidays?|"
    r"vacation|trip|hike|flight|concert|festival|conference|presentation|deadline|ceremony|cruise|retreat)"
)
_I: Final = r"(?:i|we)"
_IS: Final = r"(?:is|are|'s|starts?|begins?|takes place|falls|will be|comes up)"
_HAVE: Final = (
    r"(?:'ve got| have(?: got)?|'m having|'re having|'m doing|'m running|'m playing|(?:'ve)? signed up for|"
    r"(?:'ve)? booked)"
)
_UPCOMING: Final = re.compile(
    rf"(?:my|our|the) (?:[\w'-]+ ){{0,4}}?{_EVENT} {_IS}\b.+|"
    rf"{_I}{_HAVE} (?:an?|my|our|the|some) (?:[\w'-]+ ){{0,4}}?{_EVENT}\b.+|"
    rf"{_I}(?:'m| am|'re| are) (?:getting married|flying to|travell?ing to|moving (?:house|in|out|to)|off to)\b.+|"
    rf"{_I} (?:get married|move house|fly to|travel to|graduate)\b.+"
)
_WEEKDAYS: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|mornings?|evenings?)"
_FIXED: Final = re.compile(
    rf"{_I} (?:will |would |could |can )?never (?:give up|skip|miss|go without|train|work out|work|exercise|cook|shop)"
    r" .+|"
    r".+ (?:is|are) (?:non-?negotiable|sacred|holy(?: to me)?|off[- ]limits|untouchable|a no-?go)|"
    rf"(?:my |our )?{_WEEKDAYS} (?:is|are) (?:for )?(?:my |the |our )?(?:family|kids|children|friends|church|rest)\b.*|"
    rf"{_I} (?:don't|do not|won't|will not|can't|cannot) (?:train|work out|exercise|do sports?|cook|shop)"
    r" (?:on|before|after|during|in the|at) .+"
)
_VERY: Final = r"(?:really |so |very |too |always )?"
_HARD: Final = re.compile(
    r"i (?:(?:really|just|always|often|usually|honestly|absolutely|do|still) )*(?:hate|can't stand|dread|loathe|"
    r"struggle (?:with|to)|have (?:a lot of |big |real )?(?:trouble|a hard time|difficulty|difficulties|problems) \w+|"
    rf"find it {_VERY}(?:hard|difficult|tough) to|suck at|keep (?:forgetting|failing) to|"
    r"never (?:manage|find (?:the )?time|have (?:the )?time|get round) to|lose motivation) .+|"
    r"i(?:'m| am) (?:terrible|bad|awful|useless|rubbish|hopeless) (?:at|with) .+|"
    rf".+ (?:is|are) {_VERY}(?:the )?(?:hard|difficult|tough|hardest|a struggle|worst)(?: thing| part| time| day)?"
    r" for me"
)
_RHYTHM: Final = re.compile(
    rf"{_I} (?:work|do|have|am on|are on|look after) (?:[\w']+ ){{0,3}}?(?:nights?|night shifts?|shifts?|late shifts?|"
    r"early shifts?|weekends|on call|the kids|my kids)\b.*|"
    r"i(?:'m| am) (?:on call|a shift worker|on (?:nights?|night shifts?|late shifts?|shifts))\b.*|"
    r"i (?:work|travel|commute)(?: for work)? (?:every|each|most) .+"
)
_TOLD: Final[tuple[tuple[FactKind, re.Pattern[str]], ...]] = (
    ("upcoming_event", _UPCOMING), ("non_negotiable", _FIXED), ("difficulty", _HARD), ("memory", _RHYTHM),
)  # fmt: skip
_OWN_BIRTHDAY: Final = re.compile(r"\bmy birthday\b(?! party)")
_ABOUT_US: Final = re.compile(r"\b(?:you|your|keel|bot|app|this plan|the plan|it|that|this)\b")
_MONTH: Final = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_SOME_TIME: Final = re.compile(
    rf"\b(?:in|at|this|next|early|late|mid|end of) (?:{_MONTH}|spring|summer|autumn|fall|winter|christmas|easter|"
    r"\w+ (?:weeks|months|days)|weekend|week|month|year)\b|\btomorrow\b"
)


def told(clause: Clause, moment: Moment) -> Intent | None:
    """remember, for a clause that tells such a thing; None while a question is open, or where anything else fits."""
    if moment.expecting is not None or clause.asks or len(clause.text) > LONGEST:
        return None
    text = clause.text.strip(" \t\n.,;!…-–—")
    kind = kind_of(text, moment) if len(text.split()) >= _FEWEST_WORDS else None
    if kind is None or _ABOUT_US.search(clause.plain) or unfit(text):
        return None
    found, rejected = facts(text, replace(moment, options=()))
    if found or rejected:
        return None
    wish = Remember(text, kind, on=day_of(text, kind, moment), confidence=CONFIDENCE)
    return Intent("remember", payload=wish, confidence=CONFIDENCE, quote=text)


def kind_of(text: str, moment: Moment) -> FactKind | None:
    """Which of the kinds these words are by their form; an event needs its time."""
    said = " ".join(text.lower().replace("’", "'").split()).strip(" .,!")
    if _OWN_BIRTHDAY.search(said):
        return None
    kind = next((kind for kind, pattern in _TOLD if pattern.fullmatch(said)), None)
    if kind == "upcoming_event" and day_of(text, kind, moment) is None and not _SOME_TIME.search(said):
        return None
    return kind


def day_of(text: str, kind: FactKind, moment: Moment) -> date | None:
    """The day an event is on, where the words name one that is still to come."""
    if kind != "upcoming_event":
        return None
    from agents.understanding.times import DayRef, day

    found = day(text, today=moment.now.date(), locale=moment.locale)
    return found.on if isinstance(found, DayRef) and found.on >= moment.now.date() else None

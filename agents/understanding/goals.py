"""Goals: what the person wants, to which weight, by how much, by when."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from agents.schemas import Moment, ProfileField
from agents.understanding.findings import Found, fact, measured, refused
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import phrases, word_set

Role = Literal["current", "target", "loss", "gain"]

WEEKS_PER_MONTH = 365.2425 / 12 / 7
WEEKS_PER_YEAR = 365.2425 / 7

_NEAR = 30  # characters
_ABOUT = (
    r"(?:\s+(?:about|around|approx|roughly|maybe|at least|another|some|like|up to|only|just|my|the|last|a|an))*\s*$"
)
_LOSS = re.compile(r"\b(?:lose|losing|loose|drop|dropping|shed|shedding|cut|take off|get rid of|burn)" + _ABOUT)
_GAIN = re.compile(r"\b(?:gain|gaining|put on|putting on|add|adding)" + _ABOUT)
_TARGET = re.compile(
    r"\b(?:target(?: weight)?|goal(?: weight)?|aim(?:ing)?|ideal(?: weight)?|dream(?: weight)?|reach|hit|"
    r"get (?:back |down |up )?to|"
    r"getting (?:back |down |up )?to|(?:back|down) to|(?:drop|cut|slim|bulk|go|come|lose weight)(?: back| down|"
    r" up)? to|"
    r"(?:want|like|love|hope|hoping|need|wish|going|prefer) to (?:be|weigh)|be at|get under|go under|"
    r"from \d[\d., ]*(?:kg|kgs|kilos?|lbs?|pounds?|st|stone)?\s*to)"
    r"(?:\s+(?:is|at|for|of|to|about|around|under|below|be|weight|my|a|the|weigh|roughly|approx|somewhere))*\s*:?\s*$"
)
_CURRENT = re.compile(
    r"\b(?:i am|weigh(?:ing|ed)?(?: in)?|weight(?: is)?|currently|now|at|scales? (?:says?|shows?)|bw|bodyweight|"
    r"from|still|starting)"
    r"(?:\s+(?:is|at|about|around|approx|roughly|only|just|now|currently|almost|nearly|a|an|in|still|to|today|"
    r"exactly|over|under|maybe|probably))*\s*[:=]?\s*-?$"
)
_RATE = re.compile(r"\s*(?:a|per|each|every|/)\s*(?:day|week|month|year)")
_CAUTION = re.compile(r"\b(?:lost|gained)\b")
_WANTED = re.compile(
    r"\b(?:want(?:ing)?|wish|like|love|goal|goals|aim|aiming|hoping|hope|need|trying|try|looking|plan|planning|"
    r"interested|focus|here|help me|"
    r"working on|objective|target|wanted|mainly|primarily|for)\b"
)
_IN_WEEKS = re.compile(
    r"\b(?:in|within|over|by|for)\s+(?:the\s+)?(?:next\s+)?(?:about\s+|around\s+)?(?P<n>\d{1,4}|an?)"
    r"\s*-?\s*(?P<unit>day|week|month|year)s?\b(?!\s+ago)"
)
_BY = re.compile(
    r"\b(?:by|before|until|till|for|in time for)\s+(?:the\s+)?(?:end\s+of\s+|beginning\s+of\s+|"
    r"start\s+of\s+)?(?:this\s+|next\s+|the\s+|my\s+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<when>summer|autumn|fall|winter|spring|christmas|xmas|"
    r"new year|the year|year|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\b(?:\s+(?P<later>\d{1,2})(?:st|nd|rd|th)?\b)?"
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SEASONS = {"spring": (3, 1), "summer": (6, 1), "autumn": (9, 1), "fall": (9, 1), "winter": (12, 1)}
_SOUTH = frozenset(
    ["AU", "NZ", "ZA", "AR", "CL", "UY", "PY", "BO", "PE", "BR", "ZW", "ZM", "NA", "BW", "MZ", "MG", "LS", "SZ", "FJ"]
)


def role(heard: Heard, start: int, end: int) -> Role | None:
    """What the weight standing here is to the person, by the words around it; None where they do not tell."""
    before = heard.before(start)
    if _RATE.match(heard.asserted[end : end + 16]) or _CAUTION.search(before):
        return None
    if _LOSS.search(before):
        return "loss"
    if _GAIN.search(before):
        return "gain"
    if _TARGET.search(before):
        return "target"
    return "current" if _CURRENT.search(before) else None


def weight_found(
    heard: Heard, what: Role, kilograms: float, span: tuple[int, int], *, confidence: float = 1.0
) -> Found:
    """The fact of a weight in its role, kilograms to two decimals, or its refusal."""
    fields: dict[Role, ProfileField] = {
        "current": "weight_kg",
        "target": "target_weight_kg",
        "loss": "target_change_kg",
        "gain": "target_change_kg",
    }
    signed = -kilograms if what == "loss" else kilograms
    return measured(heard, fields[what], round(signed, 2), span, confidence=confidence)


def goals(heard: Heard, moment: Moment) -> Iterator[Found]:
    """The goals named, the first as primary and the second as secondary, and the time they shall take."""
    named = _named(heard) or _bare(heard)
    fields: tuple[ProfileField, ...] = ("primary_goal", "secondary_goal")
    if moment.expecting == "secondary_goal" and len(named) == 1:
        fields = ("secondary_goal",)
    for field, (code, span) in zip(fields, named[:2], strict=False):
        yield fact(heard, field, code, span)
    if not named and (moment.profile.primary_goal is None):
        yield from _implied(heard)
    yield from _weeks(heard, moment, has_goal=bool(named))


def _named(heard: Heard) -> list[tuple[str, tuple[int, int]]]:
    table = phrases("goals", "goals")
    found: list[tuple[str, tuple[int, int]]] = []
    if not table.touches(heard.stems):
        return found
    for match in table.find(heard.asserted, heard.words):
        if heard.scope.is_denied(match.start) or heard.scope.is_logged(match.start):
            continue
        if match.code not in {code for code, _ in found} and _is_wish(heard, match.start, match.phrase):
            found.append((match.code, (match.start, match.end)))
    return found


_GOAL_IS = re.compile(
    r"\b(?:goals?|aim|objective|focus)\b\s*(?:is|are|:|would be|on)?\s*(?:to\s+|mainly\s+|mostly\s+)*"
)


def _bare(heard: Heard) -> list[tuple[str, tuple[int, int]]]:
    """ "my goal is strength": the noun right after the word goal."""
    for cue in _GOAL_IS.finditer(heard.asserted):
        words = heard.words_between(cue.end(), cue.end() + _NEAR)
        match = next(phrases("goals", "bare").find(heard.asserted, words), None)
        if match and match.start == cue.end() and match.phrase != "weight":
            return [(match.code, (match.start, match.end))]
    return []


def _is_wish(heard: Heard, start: int, phrase: str) -> bool:
    """A verb ("lose fat") is a wish by itself; a bare noun ("marathon") needs a word of wanting before it."""
    if phrase.split(maxsplit=1)[0] not in word_set("goal_nouns"):
        return not re.search(
            r"\b(?:will|would|does|do|to help|how|tips to|without|since|when|while|after)\s+(?:\w+\s+)?$",
            heard.before(start),
        )
    sentence = heard.sentence(start)[0]
    return bool(_WANTED.search(heard.asserted[sentence:start]))


def _implied(heard: Heard) -> Iterator[Found]:
    """ "lose 10 kg" says fat loss without naming it."""
    for match in re.finditer(
        r"\b(?P<verb>lose|losing|loose|drop|shed|gain|put on)\s+(?:\w+\s+){0,2}?(?P<n>\d[\d.,]*)\s*(?:kg|kgs|"
        r"kilos?|lbs?|pounds?|stone|st)\b",
        heard.asserted,
    ):
        if (
            heard.scope.is_denied(match.start())
            or heard.scope.is_logged(match.start())
            or _RATE.match(heard.asserted[match.end() :])
        ):
            continue
        gains = match["verb"] in ("gain", "put on")
        yield fact(heard, "primary_goal", "muscle_gain" if gains else "fat_loss", match.span(), confidence=0.8)
        return


def _weeks(heard: Heard, moment: Moment, *, has_goal: bool) -> Iterator[Found]:
    for pattern in (_IN_WEEKS, _BY):
        for match in pattern.finditer(heard.asserted):
            start, _ = heard.sentence(match.start())
            wish = heard.asserted[start : match.start()]
            if not (moment.expecting == "target_weeks" or _is_weight_wish(wish) or (has_goal and _WANTED.search(wish))):
                continue
            weeks = weeks_in(match) if pattern is _IN_WEEKS else weeks_until(match, moment)
            if weeks is None:
                yield refused(heard, "target_weeks", match.span(), "impossible_time")
            else:
                yield measured(
                    heard, "target_weeks", weeks, match.span(), confidence=1.0 if pattern is _IN_WEEKS else 0.8
                )
            return


def _is_weight_wish(words: str) -> bool:
    return bool(
        re.search(r"\b(?:lose|gain|reach|get to|down to|up to|target|goal|weigh|drop|shed|put on|be|from)\b.*\d", words)
    )


def weeks_in(match: re.Match[str]) -> int:
    """The weeks in "12 weeks", "4 months", "a year"."""
    count = int(match["n"]) if match["n"].isdigit() else 1
    size = {"day": 1 / 7, "week": 1.0, "month": WEEKS_PER_MONTH, "year": WEEKS_PER_YEAR}[match["unit"]]
    return round(count * size)


def weeks_until(match: re.Match[str], moment: Moment) -> int | None:
    """Whole weeks from today to "summer" or "the 1st of June"; None for an impossible day."""
    today = moment.now.date()
    when = match["when"]
    try:
        month, day = _month_and_day(when, match["day"] or match["later"], moment)
        target = date(today.year, month, day)
    except ValueError:
        return None
    if target <= today:
        target = date(today.year + 1, month, min(day, 28) if month == 2 else day)
    return max(1, (target - today) // timedelta(weeks=1))


def _month_and_day(when: str, day: str | None, moment: Moment) -> tuple[int, int]:
    if when in _SEASONS:
        month, first = _SEASONS[when]
        if moment.profile.country in _SOUTH:
            month = (month + 5) % 12 + 1
        return month, first
    if when in ("christmas", "xmas"):
        return 12, 24
    if when in ("new year", "year", "the year"):
        return 12, 31
    return _MONTHS.index(when) + 1, int(day or 1)

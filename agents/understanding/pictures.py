"""Which picture somebody wants to see, and how far back: "my weight over the last year", "how was my week"."""

import re
from typing import Final

from agents.schemas import Target
from agents.understanding import number_words

_TOTALS: Final = re.compile(
    r"\b(?:left|remaining|today|tonight|so far|yet|this (?:morning|evening|afternoon)|eaten|drunk|drank|had|burned|"
    r"water|steps|totals?)\b"
)
_SUBJECTS: Final = tuple(
    (subject, re.compile(rf"\b(?:{words})\b"))
    for subject, words in (
        ("achievements", r"achievements?|badges?|milestones?|earned"),
        ("cycle", r"cycles?|periods?|menstrua\w*"),
        ("sleep", r"sleep\w*|slept|nights?|energy"),
        ("strength", r"strength|stronger|lift(?:s|ed)?|prs?|personal records|one rep max|e?1rm|bench|squat|deadlift"),
        ("weight", r"weights?|weigh|weighed|kg|kilos?|pounds|lbs?|lost|lose|losing|gain\w*|bmi|body mass index"),
        ("macros", r"macros?|calories|cals?|kcal|protein|carbs?|fat|nutrition|diet|food|eating|meals"),
        ("adherence", r"adherence|streaks?|heat-?map|consisten\w*|plan|habits?|workouts?|training|sessions?"),
        ("week", r"weeks?|weekly|report|summary"),
    )
)
_SHOW: Final = (
    r"(?:(?:can|could|may) (?:i|you) )?(?:(?:show|see|draw|plot|view|give|send|get)(?: me)? )?"
    r"(?:(?:a|an|the|my|me) )*"
)
_LOOK: Final = r"(?:charts?|graphs?|pictures?|plots?|curves?|trends?|stats|progress|heat-?map)"
_TIME: Final = (
    r"(?: (?:(?:over|for|in|of|from|since) )?(?:(?:the|this|last|past) )*(?:\d{1,3} |[a-z]+ )?"
    r"(?:days?|weeks?|months?|years?|night|so far|lately))?"
)
_DRAWN: Final = r"(?:sleep|energy|sleep and energy|cycle|period|macros?|calories?|weight|adherence)"
_ASKED: Final = re.compile(
    rf"{_SHOW}(?:{_LOOK} of (?:my |the )*)?(?:strength|lifts|e?1rms?|one rep max(?:es)?|achievements|badges|milestones)"
    rf"(?: {_LOOK})?{_TIME}|"
    rf"{_SHOW}{_DRAWN} {_LOOK}{_TIME}|"
    rf"{_SHOW}{_LOOK} of (?:my |the )*(?:{_DRAWN}|progress|week){_TIME}|"
    r"how (?:was|is|were|has|have|did|does|are) (?:my|this|the|the last|last|the past|my last|my past) (?:week|month)"
    r"(?: (?:been|go|gone|going|look|looking|like|so far))*|"
    r"(?:what have i|have i) (?:earned|achieved)(?: (?:so far|yet))?|"
    r"(?:sum up|summari[sz]e|review|recap) (?:my|this|the|last) (?:week|month)|"
    rf"{_SHOW}(?:week|weekly) (?:in review|review|recap|summary|report)"
)
_SPAN: Final = re.compile(
    r"\b(?:last|past|over|for|in|of) (?:the )?(?:last |past )?(?:(?P<count>\d{1,3}|[a-z]+) )?"
    r"(?P<unit>day|week|month|year)s?\b|"
    r"\b(?:this|last) (?P<this>week|month|year)\b"
)
_BODY: Final = re.compile(r"\b(?:weight|kilos?|kg)\b")
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST_DAYS: Final = 5 * 365


def asks(said: str) -> bool:
    """Whether these words ask for a picture that no other page shows."""
    return _ASKED.fullmatch(said) is not None


def picture(said: str) -> Target:
    """What is to be seen as `words` ("" for all at a glance, "today" for the day's totals), `days` where said."""
    days = _days(said)
    found = next((subject for subject, pattern in _SUBJECTS if pattern.search(said)), "")
    if _TOTALS.search(said) and found in ("", "macros", "weight") and not _BODY.search(said):
        return Target(words="today")
    return Target(words=found, days=days)


def _days(said: str) -> int | None:
    match = _SPAN.search(said)
    if match is None:
        return None
    unit = match["this"] or match["unit"]
    count = match["count"]
    times = 1 if not count else int(count) if count.isdecimal() else number_words.value_of(count) or 1
    return min(MOST_DAYS, times * _DAYS[unit])

"""Days of the week in English: "mon wed fri", "mondays and thursdays", "Mon-Fri", "any day but sunday"."""

import re

from agents.understanding.sentence import tidy

_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_SHORT = r"(?:mons?|tues?|weds?|thurs?|thus?|fris?|sats?|suns?)"
WEEKDAY = rf"(?:{_FULL}|{_SHORT})"
_RANGE_SIGN = r"(?: ?- ?| to | through | thru )"
_LIST_SIGN = r"(?:,? (?:and|or|&|\+) (?:on )?| ?[,/&+] ?(?:on )?| )"
WEEKDAY_LIST = rf"{WEEKDAY}\b\.?(?:(?:{_RANGE_SIGN}|{_LIST_SIGN}){WEEKDAY}\b\.?)*"
GROUP = r"(?:(?:work|week)(?:ing )?days?|weekends?)"

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BEFORE = re.compile(rf"\b{WEEKDAY}\.?(?:,? (?:and|or) | ?[,/&+-]? ?)$", re.IGNORECASE)
_AFTER = re.compile(rf"\.?(?:,? (?:and|or) | ?[,/&+-]? ?){WEEKDAY}\b", re.IGNORECASE)
_PIECE = re.compile(
    rf"\b(?P<first>{WEEKDAY})\b\.?(?:{_RANGE_SIGN}(?P<last>{WEEKDAY})\b)?|\b(?P<group>{GROUP})\b", re.IGNORECASE
)
_EVERY_DAY = re.compile(
    r"\b(?:every ?(?:single )?day|each day|daily|all (?:seven |7 )?(?:week|days)|any ?day|(?:7|seven) days|"
    r"whole week)\b",
    re.IGNORECASE,
)
_EVERY_OTHER = re.compile(r"\b(?:every (?:other|second|2nd|alternate) day|alternate days)\b", re.IGNORECASE)
_BUT = re.compile(
    r"\b(?:but(?: not)?|except(?: for)?|apart from|other than|excluding|without|not|never|can't|cannot)\b(?: on| do)?",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"(?:sat|sun|wed|mon)", re.IGNORECASE)  # also English words or names
_SAYS_DAY = re.compile(
    r"(?:^|\b(?:on|every|each|next|this|last|by|and|or|but|except|not|from|until|till|starting) |[,/&+-] ?)$", re.I
)


def weekdays(text: str) -> tuple[int, ...] | None:
    """The days of the week named, Monday 0, sorted; None if none is named.

    "Every other day" is given as Monday, Wednesday and Friday: a week cannot alternate, and these three never touch.
    """
    text = tidy(text)
    if _EVERY_OTHER.search(text):
        return (0, 2, 4)
    but = _BUT.search(text)
    named = days_named(text[: but.start()] if but else text)
    if but is None:
        return named or (tuple(range(7)) if _EVERY_DAY.search(text) else None)
    excluded = days_named(text[but.end() :])
    if not excluded:
        return named or None
    is_all = not named or bool(_EVERY_DAY.search(text[: but.start()]))
    return tuple(day for day in (range(7) if is_all else named) if day not in excluded) or None


def days_named(text: str) -> tuple[int, ...]:
    """The days that the words list, without any "every day" or "except"."""
    found: set[int] = set()
    for match in _PIECE.finditer(text):
        if match["group"]:
            found.update((5, 6) if match["group"].lower().startswith("weekend") else range(5))
        elif match["last"]:
            found.update(_span(weekday_of(match["first"]), weekday_of(match["last"])))
        elif is_day_name(match, text):
            found.add(weekday_of(match["first"]))
    return tuple(sorted(found))


def weekday_of(name: str) -> int:
    """Monday 0 .. Sunday 6 of a name or its abbreviation."""
    return _NAMES.index(name[:3].lower())


def is_day_name(match: re.Match[str], text: str) -> bool:
    """Whether a word like "sat" or "sun" stands where a day stands: alone, after "on", in a list."""
    if not _DOUBTFUL.fullmatch(match["first"]):
        return True
    before, after = text[: match.start()], text[match.end() :]
    neighbours = _BEFORE.search(before[-16:]) or _AFTER.match(after)
    return bool(_SAYS_DAY.search(before[-12:]) or neighbours or len(text.split()) <= 2)


def _span(first: int, last: int) -> tuple[int, ...]:
    """From one day to another, over the weekend where the second comes first."""
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))

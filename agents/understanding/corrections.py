"""Corrections: "no, 82 not 28", "sorry I meant 82", "82*", "not vegan, vegetarian", "change my weight to 80"."""

import re
from functools import cache
from typing import cast

from agents.schemas import Correction, Moment, ProfileField
from agents.understanding.hearing import Heard, hear
from agents.understanding.lexicon import phrases, table
from agents.understanding.numbers import number
from agents.understanding.quantities import quantities

_VALUE = r"[^,;.!?\n*]{1,40}?(?:[.,]\d{1,2})?"
_END = r"(?=\s*(?:$|[;!?\n*]|[.,](?!\d)))"
_LEAD = (
    r"(?:\W|\b(?:no|nope|sorry|oops|ups|whoops|wait|actually|ah|oh|hm+|i|mean|meant|it is|its|that is|was|"
    r"should be|it should be|correction|typo|my bad|wrong|please|make it|make that|scratch that|er|um|rather)\b)*"
)
_APOLOGY = re.compile(
    r"\b(?:no|nope|sorry|oops|whoops|wait|actually|i meant?|correction|typo|my bad|wrong|scratch that|make (?:it|"
    r"that)|should be|rather)\b"
)
_NEW_NOT_OLD = re.compile(
    rf"(?P<lead>{_LEAD})(?P<new>{_VALUE})\s*,?\s+(?:and )?(?:not|instead of|rather than)\s+(?P<old>{_VALUE}){_END}"
)
_NOT_OLD_NEW = re.compile(
    r"(?P<lead>(?:\W|\b(?:no|sorry|oops|wait|actually|i am|i said|it is|that is|i meant?)\b)*)"
    rf"\bnot\s+(?P<old>{_VALUE})\s*(?:,|\bbut\b|;|\.|:)\s*(?:but\s+|it is\s+|i am\s+|rather\s+|"
    rf"actually\s+)*(?P<new>{_VALUE}){_END}"
)
_SAID_MEANT = re.compile(
    rf"\bi said\s+(?P<old>{_VALUE})\s*,?\s*(?:but|and)?\s*(?:i\s+)?(?:meant|mean)\s+(?P<new>{_VALUE}){_END}"
)
_MEANT = re.compile(rf"{_LEAD}\bi\s+mean(?:t)?\s*(?:to say|to write|to type|was)?\s*:?\s+(?P<new>{_VALUE}){_END}")
_ACTUALLY = re.compile(
    r"(?P<lead>(?:\W|\b(?:no|nope|sorry|oops|whoops|wait|actually|ah|oh|correction|typo|my bad|wrong|make it|"
    r"make that|scratch that|it is|its|that is|i am|it should be|should be|should have been|rather)\b)+)"
    rf"\s*(?P<new>{_VALUE})(?:\s+(?:actually|sorry|i meant))?\W*"
)
_STAR = re.compile(r"\s*(?:\*\s*(?P<one>[^*\n]{1,40}?)|(?P<two>[^*\n]{1,40}?)\s*\*)\s*")
_LEADING = re.compile(r"^(?:it is|its|i am|a|an|the|that is|about|to|it was)\s+")
_MARKED = frozenset(
    [
        "no",
        "nope",
        "sorry",
        "oops",
        "whoops",
        "wait",
        "actually",
        "correction",
        "typo",
        "wrong",
        "bad",
        "scratch",
        "make",
        "should",
        "rather",
    ]
)
_NUMERIC: tuple[ProfileField, ...] = (
    "age", "height_cm", "weight_kg", "target_weight_kg", "target_weeks", "workout_minutes", "max_prep_minutes",
    "meals_per_day", "sleep_hours",
)  # fmt: skip
_UNIT_FIELDS: dict[str, ProfileField] = {
    "kg": "weight_kg", "lb": "weight_kg", "st": "weight_kg", "cm": "height_cm", "m": "height_cm", "ft": "height_cm",
}  # fmt: skip


@cache
def _field_words() -> dict[str, ProfileField]:
    """What people call the fields of the profile."""
    fields = table("corrections")["fields"]
    return {word: cast("ProfileField", field) for field, words in fields.items() for word in words}


@cache
def _field_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "change my weight to 80", and "my weight is 80, not 82"."""
    names = "|".join(sorted(map(re.escape, _field_words()), key=len, reverse=True))
    change = re.compile(
        r"(?:\W|\b(?:please|can you|could you|hey|hi|i want to|i need to|i would like to|just)\b)*\b(?:change|set|"
        rf"update|correct|fix|edit|make|adjust)\s+(?:my|the)\s+(?P<field>{names})\s+(?:from\s+(?P<old>{_VALUE})"
        rf"\s+)?(?:to|=|as|at|:)\s*(?P<new>{_VALUE}){_END}"
    )
    stated = re.compile(
        rf"{_LEAD}\b(?:my\s+(?P<field>{names})\s+(?:is|was|should be)|(?:my\s+|the\s+)?(?P<bare>{names})\s+should\s+"
        rf"(?:be|say|read|have been))\s+(?:actually\s+|really\s+)?(?P<new>{_VALUE})"
        rf"(?:\s*,?\s*(?:and\s+)?not\s+(?P<old>{_VALUE}))?{_END}"
    )
    return change, stated


def correction(text: str, moment: Moment) -> Correction | None:
    """The correction a message makes, or None.

    A value must be recognisable (a number, an amount, a word of the profile) unless the words say "I meant" or there is
    the star of a typo: "not today, tomorrow" corrects nothing in the profile.
    """
    if moment.is_forwarded or len(text) > 200 or not any(character.isalnum() for character in text):
        return None
    heard = hear(text, is_answer=True)
    if heard.text.rstrip().endswith("?"):
        return None
    return (
        _named(heard)
        or _starred(heard, moment)
        or _contrasted(heard, moment)
        or _meant(heard, moment)
        or _marked(heard, moment)
    )


def _named(heard: Heard) -> Correction | None:
    """ "change my weight to 80", "sorry, my age is 34 not 43"."""
    change, stated = _field_patterns()
    match = change.match(heard.text)
    if match is None:
        match = stated.match(heard.text)
        if match is None or not (match["old"] or match["bare"] or _APOLOGY.search(heard.text)):
            return None
    new = _words(heard, match, "new")
    return (
        Correction(
            new, _words(heard, match, "old") or None, _field_words()[match.groupdict().get("bare") or match["field"]]
        )
        if new
        else None
    )


def _starred(heard: Heard, moment: Moment) -> Correction | None:
    match = _STAR.fullmatch(heard.text)
    if match is None:
        return None
    new = _words(heard, match, "one" if match["one"] else "two")
    if not re.search(r"\w", new) or len(new.split()) > 4:
        return None
    return Correction(new, None, _field(new, None, moment))


def _contrasted(heard: Heard, moment: Moment) -> Correction | None:
    """A new value against an old one; both must be of a kind."""
    for pattern in (_SAID_MEANT, _NOT_OLD_NEW, _NEW_NOT_OLD):
        match = pattern.search(heard.text) if pattern is _SAID_MEANT else pattern.fullmatch(heard.text.rstrip(" .!*"))
        if match is None:
            continue
        new, old = _words(heard, match, "new"), _words(heard, match, "old")
        if new and old and (pattern is _SAID_MEANT or (_kind(new) and _kind(new) == _kind(old))):
            return Correction(new, old, _field(new, old, moment))
    return None


def _meant(heard: Heard, moment: Moment) -> Correction | None:
    match = _MEANT.match(heard.text)
    if match is None:
        return None
    new = _words(heard, match, "new")
    rest = re.match(r"\s*,?\s*not\s+(.+?)\W*$", heard.text[match.end("new") :])
    if not new or len(new.split()) > 6 or re.match(r"(?:it|that|to|what|the|i|you|this|like)\b(?!\s*\d)", new.lower()):
        return None
    old = rest[1] if rest else None
    if rest is None and " not " in new:
        new, _, old = new.partition(" not ")
    return Correction(new, old, _field(new, old, moment))


def _marked(heard: Heard, moment: Moment) -> Correction | None:
    """ "actually it's 5 ft 6", "sorry, 82": a value alone after a word that takes something back."""
    match = _ACTUALLY.fullmatch(heard.text)
    if match is None:
        return None
    marks = set(re.findall(r"[a-z]+", match["lead"])) & _MARKED
    new = _words(heard, match, "new")
    if not new or not _kind(new) or (marks <= {"no"} and _kind(new) != "amount"):
        return None
    if not marks:
        return None
    return Correction(new, None, _field(new, None, moment))


def _words(heard: Heard, match: re.Match[str], group: str) -> str:
    """The person's own words of a group, without "it's" and the like."""
    if not match[group]:
        return ""
    lead = _LEADING.match(match[group])
    start = match.start(group) + (lead.end() if lead else 0)
    return (
        heard.quote(start, match.end(group)).strip(" \t\"'.!:") if heard.text[start : match.end(group)].strip() else ""
    )


@cache
def _vocabulary() -> tuple[tuple[ProfileField, str, str], ...]:
    return (
        ("diet_type", "diets", "types"), ("fitness_level", "training", "levels"), ("primary_goal", "goals", "goals"),
        ("location", "training", "bare_locations"), ("cuisine", "diets", "cuisines"),
    )  # fmt: skip


def _kind(words: str) -> str | None:
    """What kind of value these words are: an amount, a word of some profile field, or None."""
    low = hear(words).text.strip()
    if number(low) is not None or quantities(low) or (re.fullmatch(r"[\d\s'\".:/,-]+", low) and re.search(r"\d", low)):
        return "amount"
    if low in ("female", "male", "woman", "man"):
        return "sex"
    if re.fullmatch(r"(?:left|right|both)(?: \w+)?", low):
        return "side"
    split = tuple(low.split())
    return next((field for field, name, section in _vocabulary() if phrases(name, section).code(split)), None)


def _field(new: str, old: str | None, moment: Moment) -> ProfileField | None:
    """The field, where the words or the old value tell it."""
    said = quantities(hear(new).text) or quantities(hear(old or "").text)
    if said:
        return _UNIT_FIELDS.get(said[0].unit)
    kind = _kind(new)
    if kind == "sex":
        return "sex"
    if kind not in (None, "amount", "side"):
        return next(field for field, _, _ in _vocabulary() if field == kind)
    before = number(hear(old).text) if old else None
    if before is None:
        return None
    matching = [
        field
        for field in _NUMERIC
        if getattr(moment.profile, field) is not None and getattr(moment.profile, field) == before
    ]
    return matching[0] if len(matching) == 1 else None

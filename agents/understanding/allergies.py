"""Allergies and intolerances: what, how badly, and what is over (science.md N-30, N-36, N-37).

An allergy is never dropped: a word without an allergen key is kept as its own code. A severity that relaxes the rules
("mild") counts only for the food it stands beside.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from agents.domain.profile import AllergySeverity, Restriction, RestrictionKind
from agents.schemas import Moment, ProfileField
from agents.understanding.findings import Found, fact, refused
from agents.understanding.food_lists import (
    Item,
    allergens_of,
    food_code,
    intolerance_codes,
    items,
    items_before,
    severity_of,
)
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import word_set
from agents.understanding.swellings import reactions

_NONE = re.compile(
    r"\b(?:no|zero|without)\s+(?:known\s+|food\s+|other\s+|real\s+|particular\s+|dietary\s+)*allerg(?:y|ies)"
    r"\b(?!\s+(?:(?:to|except|apart|other)\b|but\s+(?!i\b|my\b)[a-z]))|"
    r"\b(?:do not|does not|have not)\s+(?:really\s+)?(?:have|got)\s+(?:any|an)?\s*(?:known\s+|food\s+)*allerg(?:y|"
    r"ies)\b(?!\s+(?:(?:to|except|apart)\b|but\s+(?!i\b|my\b)[a-z]))|"
    r"\b(?:not|am not)\s+allergic\s+to\s+anything\b|\bnothing\s+i\s+am\s+allergic\b|\ballergic\s+to\s+(?:nothing|"
    r"none)\b|"
    r"\ballerg(?:y|ies)\s*(?::|-|is|are)?\s*(?:none|no|nil|nope|nothing|n/a)\b(?!\s+\w+\s+but)"
)
_EXCEPT = re.compile(
    r"\bno\s+(?:\w+\s+)?allerg(?:y|ies)\s*,?\s*(?:except|but(?!\s+(?:i|my|am)\b)|apart from|other than)"
    r"(?:\s+(?:for|to))?\b(?!\s*\.)"
)
_OVER = re.compile(
    r"\b(?:no longer|not)\s+(?:allergic|intolerant)\s+to\b(?=.*)|\b(?:outgrew|outgrown|grew out of|got over)"
    r"\s+(?:my|an?|the)\s+"
)
_BECAUSE = re.compile(
    r"\b(?:because|since|as|so|cause)\b(?:(?!\bnot\b)[^.!?]){0,12}\ballergic\b(?!\s+to\b)|\bdue to (?:an|my) allergy\b"
)
_AVOIDS = re.compile(r"\b(?:avoid(?:ing)?|(?:do|can) not (?:eat|have|drink|touch)|never (?:eat|have)|no)\b")
_UNNAMED = re.compile(r"\s*(?:everything|something|some (?:things|foods?)|stuff|many things|a lot|lots)\b")
_OUTGROWN = re.compile(r"\b(?:outgrew|outgrown|grew out of|got over|no longer)\b")
_AGAIN = re.compile(r"\bcan\s+(?:now\s+)?(?:eat|have|drink|tolerate)\s+(?P<list>[^.,;!?\n]{2,60}?)\s+(?:again|now)\b")
_TO = re.compile(
    r"\b(?:allergic(?: reactions?)?|anaphylactic|allergy|allergies|anaphylaxis|react(?: very)? (?:badly|strongly|"
    r"severely)|epipen)\s+"
    r"(?:to|from|with|for|when i eat|are|is|include|includes)\b|\ballerg(?:y|ies)\s*[:=-]\s*"
)
_NAMED = re.compile(
    r"\ballerg(?:y|ies)\b(?!\s+(?:to|are|is|from|include|season|test|pill|med|tablet))|"
    r"\ballergic\b(?=\s*(?:[,.;)\n]|$|and\b))"
)
_GIVES = re.compile(
    r"\b(?:gives?|cause[s]?|put[s]? me (?:in|into)|send[s]? me (?:in|into)|bring[s]? (?:me )?(?:out|up)?(?: in)?|"
    r"trigger[s]?)\s+(?:me\s+)?(?:an?\s+|the\s+|in\s+)?"
    r"(?P<how>severe\s+|mild\s+|bad\s+)?(?P<what>anaphyla\w+|hives|rash(?:es)?|itch\w*|swelling|allergic reaction|"
    r"swollen \w+)"
)
# What somebody may want done with an allergy names none: "ignore any allergy", "hide the allergy warning".
_ORDERS = frozenset(
    ("ignore", "ignoring", "hide", "hiding", "remove", "removed", "removing", "skip", "delete", "deleted", "disable",
     "forget", "override", "bypass", "cancel", "drop", "clear", "disregard", "lift", "your", "eater", "user", "reader")
)  # fmt: skip
_NO_INTOLERANCE = re.compile(r"\b(?:no|any|or|and)\s+(?:food\s+|known\s+)?intolerances?\b")


def allergies(heard: Heard, moment: Moment) -> Iterator[Found]:
    """Every allergy and intolerance said, taken back or denied as a whole."""
    if heard.stems.isdisjoint(word_set("about_allergies")) and "allerg" not in heard.asserted:
        return
    text = heard.asserted
    yield from _none(heard)
    over = [match for match in _OVER.finditer(text) if _is_over(heard, match)]
    for match in over:
        yield from _removed(heard, items(heard, match.end()), match.start(), moment)
    for match in _AGAIN.finditer(text):
        yield from _removed(heard, items(heard, match.start("list")), match.start(), moment, end=match.end("list"))
    spans = [match.span() for match in over]
    for match in _TO.finditer(text):
        if not heard.scope.is_denied(match.start()) and not any(s <= match.start() < e for s, e in spans):
            yield from _allergic_to(heard, match)
    for match in _EXCEPT.finditer(text):
        yield from listed(heard, list(items(heard, match.end())), "allergy", match.start())
    yield from _named_before(heard)
    yield from _reactions(heard)
    yield from reactions(heard)
    yield from _avoided(heard)


def _none(heard: Heard) -> Iterator[Found]:
    match = _NONE.search(heard.asserted)
    if match and not _EXCEPT.search(heard.asserted) and not _is_partial(heard, match.end()):
        yield fact(heard, "allergy", "", match.span(), op="none")
        if _NO_INTOLERANCE.search(heard.asserted[match.start() : heard.sentence(match.start())[1]]):
            yield fact(heard, "intolerance", "", match.span(), op="none")


def _is_partial(heard: Heard, end: int) -> bool:
    return bool(re.match(r"\s*,?\s*(?:just|only|except|apart from|other than)\b", heard.asserted[end:]))


def _is_over(heard: Heard, match: re.Match[str]) -> bool:
    """ "not allergic to eggs" denies; "no longer", "not … anymore", "not … now" takes back."""
    if match[0].startswith(("no longer", "out", "grew", "got")):
        return True
    return bool(re.search(r"\b(?:any ?more|any longer|now)\b", heard.after(match.end())))


def _removed(
    heard: Heard, listed: Iterator[Item], start: int, moment: Moment, *, end: int | None = None
) -> Iterator[Found]:
    for item in listed:
        if item.is_severity or (end is not None and item.start >= end):
            continue
        label = heard.quote(item.start, item.end)
        for kind, code in _on_file(item, moment):
            value = Restriction(kind, code, label=label)
            yield fact(heard, _FIELDS[kind], value, (start, item.end), op="remove")


_FIELDS: dict[RestrictionKind, ProfileField] = {
    "allergy": "allergy", "intolerance": "intolerance", "dislike": "dislike", "exclusion": "exclusion",
    "religious": "religious",
}  # fmt: skip


def _on_file(item: Item, moment: Moment) -> list[tuple[RestrictionKind, str]]:
    """How this food is on file; as an allergy where it is not at all (lifting one is asked back later)."""
    keys = allergens_of(item.words)
    codes = {*keys, *intolerance_codes(item.words), food_code(item.words)} | ({"lactose"} if "milk" in keys else set())
    kept = [(each.kind, each.code) for each in moment.profile.restrictions if each.code in codes]
    return kept or [("allergy", key) for key in keys]


def _allergic_to(heard: Heard, match: re.Match[str]) -> Iterator[Found]:
    before = heard.before(match.start()).split()
    early = next((how for word in reversed(before[-3:]) if (how := severity_of(word, is_before=True))), None)
    if match[0].startswith(("anaphyla", "epipen")):
        early = "anaphylaxis"
    elif match[0].startswith("react"):
        early = early or "severe"
    named = list(items(heard, match.end()))
    if all(item.is_severity for item in named) and _UNNAMED.match(heard.asserted, match.end()):
        yield refused(heard, "allergy", match.span(), "unknown_word")
    yield from listed(heard, named, "allergy", match.start(), early)


def listed(
    heard: Heard, named: list[Item], kind: RestrictionKind, start: int, early: AllergySeverity | None = None
) -> Iterator[Found]:
    """The restrictions of a list. Something worse than mild said at its end counts for every item before it."""
    rated: list[Item] = []
    for item in named:
        if not item.is_severity:
            rated.append(replace(item, severity=early))
        elif rated and item.severity == "mild" and "both" not in heard.asserted and "all " not in heard.asserted:
            rated[-1] = replace(rated[-1], severity="mild")
        elif rated:
            rated = [replace(each, severity=each.severity or item.severity) for each in rated]
            rated[-1] = replace(rated[-1], severity=item.severity)
        else:
            early = item.severity
    for at, item in enumerate(rated):
        yield from _restrictions(heard, item, kind, start if at == 0 else item.start)


def _restrictions(heard: Heard, item: Item, kind: RestrictionKind, start: int) -> Iterator[Found]:
    if item.words[0] in word_set("not_an_allergen") and len(item.words) == 1:
        return
    label = heard.quote(item.start, item.end)
    field: ProfileField = "allergy" if kind == "allergy" else "intolerance"
    for code in allergens_of(item.words) if kind == "allergy" else intolerance_codes(item.words):
        yield fact(heard, field, Restriction(kind, code, item.severity, label), (start, item.end), op="add")


def _named_before(heard: Heard) -> Iterator[Found]:
    """ "nut allergy", "mild peanut and sesame allergies", "egg allergy (severe)"."""
    for match in _NAMED.finditer(heard.asserted):
        if heard.scope.is_denied(match.start()) or _OUTGROWN.search(heard.before(match.start())):
            continue
        listed = items_before(heard, match.start())
        first = heard.clause(match.start())[0]
        around = heard.asserted[first : match.start()].split()[-5:]
        severity = next((how for word in reversed(around) if (how := severity_of(word, is_before=True))), None)
        later = re.match(
            r"\s*[,(:-]?\s*(?:it is |is |but |and )?(\w+)\s*(?:$|[,.;!)]|one\b|and\b|reaction)",
            heard.asserted[match.end() :],
        )
        severity = severity or (severity_of(later[1]) if later else None)
        for item in reversed(listed):
            if set(item.words) <= word_set("not_an_allergen"):
                continue
            trimmed = replace(item, severity=severity)
            label = heard.quote(item.start, item.end)
            named = tuple(word for word in item.words if word not in _ORDERS)
            for code in allergens_of(named) if named else ():
                value = Restriction("allergy", code, trimmed.severity, label)
                yield fact(heard, "allergy", value, (item.start, match.end()), op="add")


def _avoided(heard: Heard) -> Iterator[Found]:
    """ "I avoid nuts because I'm allergic": the reason makes it an allergy."""
    for reason in _BECAUSE.finditer(heard.asserted):
        start = heard.sentence(reason.start())[0]
        cue = _AVOIDS.search(heard.asserted, start, reason.start())
        if cue and not heard.scope.is_denied(reason.start()):
            yield from listed(heard, list(items(heard, cue.end())), "allergy", cue.start())


def _reactions(heard: Heard) -> Iterator[Found]:
    """ "shellfish gives me anaphylaxis", "strawberries give me hives"."""
    for match in _GIVES.finditer(heard.asserted):
        how = severity_of((match["how"] or "").strip())
        severity = "anaphylaxis" if match["what"].startswith("anaphyla") else how
        for item in items_before(heard, match.start())[:1]:
            for code in allergens_of(item.words):
                value = Restriction("allergy", code, severity, heard.quote(item.start, item.end))
                yield fact(heard, "allergy", value, (item.start, match.end()), op="add")

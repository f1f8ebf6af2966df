"""Bare answers to questions about lists: "none", "peanuts and sesame", "left knee", "dumbbells, a mat"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from agents.domain.profile import AllergySeverity, MealTime, Restriction, RestrictionKind
from agents.schemas import Moment, ProfileField
from agents.understanding import asked_conditions, medicines
from agents.understanding.diet import disliked_code
from agents.understanding.findings import Found, fact, refused
from agents.understanding.food_lists import Item, allergens_of, intolerance_codes, items, severity_of
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import phrases, word_set
from agents.understanding.named_conditions import OTHER

# Question code -> field of the list it fills.
LISTS: dict[str, ProfileField] = {
    "conditions": "condition", "condition": "condition", "symptoms": "symptom", "symptom": "symptom",
    "medications": "medication", "medication": "medication", "injuries": "injury", "injury": "injury",
    "allergies": "allergy", "allergy": "allergy", "intolerances": "intolerance", "intolerance": "intolerance",
    "dislikes": "dislike", "dislike": "dislike", "religious": "religious", "exclusions": "exclusion",
    "exclusion": "exclusion", "equipment": "equipment", "cuisines": "cuisine", "cuisine": "cuisine",
    "modalities": "modality", "modality": "modality", "meal_times": "meal_time", "meal_time": "meal_time",
}  # fmt: skip
_NEGATIVE = frozenset(
    ["no", "none", "nope", "nothing", "nah", "nil", "not", "zero", "never", "n/a", "nada", "negative", "nowt", "zilch"]
)
_ALL_FOOD = frozenset(("everything", "anything", "all", "whatever"))
_EATS = frozenset(
    ("i", "eat", "like", "love", "will", "would", "can", "really", "pretty", "much", "just", "about", "most", "things",
     "am", "not", "fussy", "picky", "honestly")
)  # fmt: skip
_WELL = re.compile(
    r"\W*(?:(?:i am|all|everything|it is|perfectly|totally|completely|fully|very|nah|nope|no|so far|"
    r"yeah)\W+)*(?:all clear|"
    r"clear|healthy|fit and well|fit as a fiddle|good health|in good health|clean bill of health)\W*"
)
_UNSURE = re.compile(r"\b(?:know|sure|idea|maybe|think)\b")
_KNOWN = re.compile(
    r"\b(?:that i know|as far as i know|i know of|none known|not known|no known|i (?:do not )?think so)\b"
)
_INTRO = re.compile(
    r"\W*(?:(?:yes|yeah|yep|i am|i have|i have got|i hate|i do not like|allergic|to|only|just|well|my|um|hmm|ok|"
    r"probably|maybe|mostly|it is|that would be|a|an|the)\b\W*)*"
)
_LONGEST_ANSWER = 60  # words


def answer(heard: Heard, moment: Moment, found: Iterable[Found] = ()) -> list[Found]:
    """The entries of a bare list, or that it is empty. Nothing where the message is no answer. `found`: what else the
    message states.
    """
    field = LISTS.get(moment.expecting or "")
    if field is None or not heard.words or len(heard.words) > _LONGEST_ANSWER or "?" in heard.text:
        return []
    if field in ("condition", "symptom") and _WELL.fullmatch(heard.text):
        return [fact(heard, field, "", (0, len(heard.text)), op="none")]
    if _none_but_a_taste(heard, field, found):
        return [fact(heard, field, "", (0, heard.clause(0)[1]), op="none")]
    if _is_none(heard, field):
        return [fact(heard, field, "", (0, len(heard.text)), op="none")]
    if heard.asserted != heard.text:
        return []
    if field == "condition":
        return [] if _is_chat(heard) or _UNSURE.search(heard.text) else list(asked_conditions.entries(heard, found))
    return list(_entries(heard, field))


def _none_but_a_taste(heard: Heard, field: ProfileField, found: Iterable[Found]) -> bool:
    """ "none but I hate coriander": empty, where all the rest of the message is a matter of taste."""
    fields = {each.item.field for each in found}
    if not fields or not fields <= {"dislike", "diet_type", "cuisine"} or len(heard.scope.clause_starts) < 2:
        return False
    first = {word.text for word in heard.words_between(0, heard.clause(0)[1])}
    return bool(first) and first <= word_set("beside_none") and not first.isdisjoint(_NEGATIVE) and field not in fields


def _is_none(heard: Heard, field: ProfileField) -> bool:
    said = {word.text for word in heard.words}
    if said <= {"not", "now", "right"} or (field == "dislike" and said & _ALL_FOOD and said <= _ALL_FOOD | _EATS):
        return field == "dislike"
    if field == "injury":  # "nothing major" hides no injury that needs a plan of its own; a condition might
        said -= {"major", "serious", "much", "really", "bad", "big", "significant"}
    if not said <= word_set("beside_none") | {"now"} or said.isdisjoint(_NEGATIVE):
        return False
    return not _UNSURE.search(heard.text) or bool(_KNOWN.search(heard.text))


def _entries(heard: Heard, field: ProfileField) -> Iterator[Found]:
    if field in ("allergy", "intolerance", "dislike", "exclusion", "religious"):
        yield from _foods(heard, field)
    elif field == "medication":
        if not _is_chat(heard):
            yield from medicines.listed(heard)
    elif field in ("equipment", "cuisine", "modality"):
        section, name = {
            "equipment": ("training", "equipment"),
            "cuisine": ("diets", "cuisines"),
            "modality": ("training", "modalities"),
        }[field]
        for match in phrases(section, name).find(heard.asserted, heard.words):
            if not heard.scope.is_denied(match.start):
                yield fact(heard, field, match.code, (match.start, match.end), op="add")
    elif field == "meal_time":
        yield from _bare_times(heard)
    else:
        yield from _unknown(heard, field)


def _is_chat(heard: Heard) -> bool:
    return {word.text for word in heard.words} <= word_set("small_talk") | {
        "i",
        "am",
        "do",
        "you",
        "to",
        "for",
        "it",
        "me",
    }


def _foods(heard: Heard, field: ProfileField) -> Iterator[Found]:
    intro = _INTRO.match(heard.asserted)
    rated: list[Item] = []
    for item in items(heard, intro.end() if intro else 0):
        if item.is_severity and rated:
            last = rated.pop()
            rated.append(Item(last.words, last.start, last.end, item.severity))
        elif not item.is_severity and len(item.words) <= 3 and not set(item.words) <= _no_food():
            rated.append(item)
    if rated and (overall := _overall(heard, rated[-1].end)):
        rated = [replace(item, severity=item.severity or overall) for item in rated]
    for item in rated:
        label = heard.quote(item.start, item.end)
        for code in _codes(field, item):
            value = Restriction(_KINDS[field], code, item.severity if field == "allergy" else None, label)
            yield fact(heard, field, value, (item.start, item.end), op="add")


def _no_food() -> frozenset[str]:
    """Words of small talk, and of an answer to another question: "lock it in", "the first one", "looks good"."""
    return word_set("small_talk") | word_set("agreeing")


def _overall(heard: Heard, end: int) -> AllergySeverity | None:
    """ "PEANUTS!!! VERY SEVERE": a closing remark that is nothing but how bad it is."""
    rest = [word.text for word in heard.words_from(end)]
    levels = [level for word in rest if (level := severity_of(word))]
    known = all(severity_of(word, is_before=True) or word in _REMARK for word in rest)
    return levels[-1] if levels and known else None


_REMARK = frozenset(
    ("it", "is", "a", "an", "that", "all", "both", "they", "are", "and", "allergy", "reaction", "one", "i")
)
_KINDS: dict[ProfileField, RestrictionKind] = {
    "allergy": "allergy", "intolerance": "intolerance", "dislike": "dislike", "exclusion": "exclusion",
    "religious": "religious",
}  # fmt: skip


def _codes(field: ProfileField, item: Item) -> tuple[str, ...]:
    if field == "allergy":
        return allergens_of(item.words)
    if field == "intolerance":
        return intolerance_codes(item.words)
    return (disliked_code(item),)


def _bare_times(heard: Heard) -> Iterator[Found]:
    """ "8, 12:30 and 19:00": the times of the day's meals in their order."""
    from agents.domain.onboarding import slots
    from agents.understanding.times import clock_times

    if re.search(r"\b(?:breakfast|lunch|dinner|snack|supper|tea|brunch)\b", heard.text):
        return
    said = clock_times(heard.asserted)
    if not 2 <= len(said) <= 8:
        return
    for slot, at in zip(slots(len(said)), said, strict=True):
        yield fact(heard, "meal_time", MealTime(slot, at.time), (0, len(heard.text)), op="add")


def _unknown(heard: Heard, field: ProfileField) -> Iterator[Found]:
    """An answer no table knows: a sign counts as "other"; an injury is asked again."""
    span = (0, len(heard.text))
    if _is_chat(heard) or _UNSURE.search(heard.text) or len(heard.words) > 8 or re.fullmatch(r"[\W\d]*", heard.text):
        return
    if field == "symptom" and not list(phrases("health", "symptoms").find(heard.asserted, heard.words)):
        yield fact(heard, field, OTHER, span, op="add", confidence=0.6)
    elif field == "injury" and not any(phrases("injuries", name).touches(heard.stems) for name in ("regions", "named")):
        yield refused(heard, field, span, "unknown_word")

"""How somebody says they are: sleep, energy, mood, stress, soreness, digestion; `checkin_scales` holds R-1."""

import re
from dataclasses import fields, replace
from typing import Any, Final

from agents.schemas import CheckIn, Intent, Moment
from agents.understanding import checkin_scales, word_lists
from agents.understanding.amounts import NUMBER, number
from agents.understanding.clauses import Clause

FIELDS: Final = frozenset(item.name for item in fields(CheckIn))
CERTAIN, DOUBTFUL = 0.9, 0.5  # confidence: about now; may be a standing fact ("stress 7")
LITTLE, MIDDLE, MUCH = 3, 6, 9  # science.md R-1: soreness mild, moderate, severe
STRESSED, A_BIT_STRESSED, CALM = 8, 5, 3  # science.md R-1: stress high, medium, low
POOR, GOOD = 3, 7  # science.md R-1: sleep quality poor, good; digestion alike
_PROFILE_FIELDS: Final = frozenset(("energy_level", "stress_level", "sleep_quality", "sleep_hours"))
_BARE_MOODS: Final = frozenset(
    ("happy", "tired", "stressed", "anxious", "sad", "angry", "calm", "relaxed", "motivated", "overwhelmed")
)  # said alone they are a check-in; "fine" or "good" alone answers something else

_HOURS: Final = re.compile(
    rf"\b(?:slept|sleep|got|had)(?: (?:for|about|around|only|just|like|roughly|maybe|a solid|a total of|"
    rf"last night))* "
    rf"(?P<a>{NUMBER}) ?(?:hours?|hrs?|h)\b(?: ?(?P<minutes>\d{{1,2}}) ?(?:m|min|minutes)?\b)?|"
    rf"(?P<b>{NUMBER}) ?(?:hours?|hrs?|h) (?:of )?(?:sleep|slept)\b"
)
_PAST_SLEEP: Final = re.compile(r"\b(?:slept|last night|of sleep|night was)\b")
_BAD_NIGHT: Final = re.compile(
    r"\b(?:bad|rough|terrible|poor|awful|sleepless) night\b|\b(?:didn't|did not|couldn't) sleep\b|"
    r"\bbarely slept\b|\bslept (?:so )?little\b"
)
_GOOD_NIGHT: Final = re.compile(r"\ba (?:good|great) night(?:'s sleep)?\b")
_SORE: Final = re.compile(r"\b(?:sore|soreness|doms|achy muscles|aching muscles|stiff)\b")
_WRECKED: Final = re.compile(
    r"\b(?:legs?|arms?|quads?|glutes?|hamstrings?|calves|chest|abs|body|muscles) (?:is|are|feels?)(?: like)?(?: \w+)? "
    r"(?:in bits|in pieces|wrecked|jelly|trashed|battered|fried|toast|destroyed|ruined|dead|mush)\b|\bdead legs\b"
)
_ALSO_HOURS: Final = re.compile(
    rf"(?:maybe|about|around|only|just|like|barely|roughly|probably| )*(?P<a>{NUMBER}) ?(?:hours?|hrs?|h)"
    r"(?: (?:maybe|max|tops|at best|at most|i think|in total|total))*"
)
# A joint, or one side only, is an injury to train around; muscles on both sides are soreness (science.md T-60).
_SORE_JOINT: Final = re.compile(
    r"\b(?:knees?|ankles?|wrists?|elbows?|achilles|(?:left|right) (?:\w+ )?(?:shoulder|hip|foot|heel))\b"
)
_NOT_SORE: Final = re.compile(r"\b(?:no soreness|not (?:\w+ )?sore|no doms|not stiff)\b")
_GUT: Final = re.compile(
    r"\b(?:bloated|bloating|constipated|gassy|upset stomach|stomach (?:is )?upset|heartburn|indigestion)\b"
)
_STRESSED: Final = re.compile(r"\b(?:stressed|stressful|overwhelmed)\b")
_CALM: Final = re.compile(r"\b(?:not (?:\w+ )?stressed|no stress|stress[- ]free)\b")
_A_LOT: Final = re.compile(r"\b(?:very|really|super|so|extremely|badly|terribly|incredibly)\b")
_A_BIT: Final = re.compile(r"\b(?:a bit|a little|slightly|somewhat|bit|mildly|kinda|kind of)\b")
_FEEL: Final = re.compile(
    r"(?:(?:today|right now|this morning|tonight) )?(?:i )?(?:i'm|i am|im|feel|feeling|i've been|felt|i was|been)?"
    r"(?: (?:feel|feeling|doing|a bit|a little|bit|very|really|so|super|pretty|quite|rather|kinda|kind of|too|also|"
    r"extremely|still|just|totally|completely|today|currently))* ?(?P<word>[a-z-]+(?: (?:out|rested|of energy|"
    r"energy))?)"
    r"(?: (?:today|now|tonight|this morning|right now|lately|at the moment|after work|again))*"
)
_BETWEEN: Final = re.compile(r",|;|\band\b|\bbut\b|\.\s|\n|\+")


def check_in(clause: Clause, moment: Moment) -> Intent | None:
    """check_in with what the clause tells; None for wishes, habits and questions."""
    quote = clause.text.strip()
    if asked := _asked(clause, moment):
        return Intent("check_in", payload=asked, quote=quote)
    if clause.asks or (told := states(clause.plain)) is None:
        return None
    return Intent(
        "check_in", payload=told, confidence=CERTAIN if _is_now(told, clause.plain) else DOUBTFUL, quote=quote
    )


def states(words: str) -> CheckIn | None:
    """Everything one or several comma-separated phrases tell, or None when they tell nothing."""
    told = CheckIn()
    for phrase in _BETWEEN.split(words):
        if phrase.strip() and not word_lists.pattern("not_a_report").search(phrase):
            told = _merged(told, _phrase(phrase.strip()))
    if told.sleep_hours is None and told.sleep_quality is not None:
        told = replace(told, sleep_hours=_hours_beside(words))
    if told.mood is None and told.mood_label is not None:
        told = replace(told, mood=checkin_scales.mood(told.mood_label))
    return None if told == CheckIn() else told


def _hours_beside(words: str) -> float | None:
    """The hours of "slept like crap, maybe 5 hours"."""
    beside = (_ALSO_HOURS.fullmatch(phrase.strip()) for phrase in _BETWEEN.split(words))
    return next((number(match["a"]) for match in beside if match), None)


def _is_now(told: CheckIn, words: str) -> bool:
    """Whether these words can only be about now: a past night, feelings, soreness; "stress 7" may be lasting."""
    felt = (told.mood, told.mood_label, told.soreness_level, told.digestion)
    return any(value is not None for value in felt) or bool(_PAST_SLEEP.search(words) or _BAD_NIGHT.search(words))


def _phrase(phrase: str) -> CheckIn:
    told: dict[str, Any] = {field: checkin_scales.graded(field, phrase) for field in checkin_scales.SUBJECTS}
    told["sleep_hours"] = _sleep_hours(phrase)
    graded = _merged(CheckIn(**told), _spoken(phrase))
    return _merged(graded, _feeling(phrase)) if graded == CheckIn() or "feel" in phrase else graded


def _spoken(phrase: str) -> CheckIn:
    """Words that name a state by themselves: sore, stressed, bloated, a bad night."""
    stress = _stress(phrase)
    return CheckIn(
        soreness_level=_soreness(phrase),
        stress_level=stress,
        mood_label="stressed" if stress in (STRESSED, A_BIT_STRESSED) else None,
        digestion=POOR if _GUT.search(phrase) else None,
        sleep_quality=POOR if _BAD_NIGHT.search(phrase) else GOOD if _GOOD_NIGHT.search(phrase) else None,
    )


def _soreness(phrase: str) -> int | None:
    if _NOT_SORE.search(phrase):
        return 0
    if _WRECKED.search(phrase):
        return MUCH
    if not _SORE.search(phrase) or _SORE_JOINT.search(phrase):
        return None
    return MUCH if _A_LOT.search(phrase) else LITTLE if _A_BIT.search(phrase) else MIDDLE


def _stress(phrase: str) -> int | None:
    if _CALM.search(phrase):
        return CALM
    if not _STRESSED.search(phrase):
        return None
    return A_BIT_STRESSED if _A_BIT.search(phrase) else STRESSED


def _feeling(phrase: str) -> CheckIn:
    match = _FEEL.fullmatch(phrase)
    if match is None:
        return CheckIn()
    word = match["word"].strip()
    is_mood = checkin_scales.mood(word) is not None and (phrase != word or word in _BARE_MOODS)
    return CheckIn(energy_level=checkin_scales.energy(word), mood_label=word if is_mood else None)


def _asked(clause: Clause, moment: Moment) -> CheckIn | None:
    """The answer to an open check-in question; while the profile is being filled its own fields are facts instead."""
    field = moment.expecting
    if field not in FIELDS or (not moment.profile.is_locked and field in _PROFILE_FIELDS):
        return None
    if field == "note":
        return CheckIn(note=clause.text.strip())
    value = _bare_hours(clause.plain) if field == "sleep_hours" else checkin_scales.grade(field, clause.plain)
    told: dict[str, Any] = {field: value}
    return CheckIn(**told) if value is not None else None


def _bare_hours(words: str) -> float | None:
    match = re.fullmatch(rf"(?P<n>{NUMBER}) ?(?:hours?|hrs?|h)?", words)
    hours = number(match["n"]) if match else None
    return hours if hours is not None and 0 <= hours <= 24 else None


def _sleep_hours(phrase: str) -> float | None:
    match = _HOURS.search(phrase)
    if match is None or "sle" not in phrase:
        return None
    hours = number(match["a"] or match["b"])
    total = (hours or 0) + int(match["minutes"] or 0) / 60
    return round(total, 2) if hours is not None and 0 <= total <= 24 else None


def _merged(one: CheckIn, other: CheckIn) -> CheckIn:
    """The first value of every field; later phrases fill what is still open."""
    if other == CheckIn():
        return one
    filled: dict[str, Any] = {name: getattr(other, name) for name in FIELDS if getattr(one, name) is None}
    return replace(one, **filled)

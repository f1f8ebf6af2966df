"""Answers to what was asked: a button in words, and yes, no, skip, back, later, don't know, why, cancel, undo."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, cast

from agents.schemas import Intent, IntentName, Moment
from agents.understanding import chat, patterns, word_lists
from agents.understanding.clauses import Clause

SIMILAR_ENOUGH: Final = 88.0  # rapidfuzz ratio, 0..100, for a mistyped button; below it nothing is guessed
SHORT_LABEL: Final = 5  # labels below this many characters must be typed exactly: "yes" is too near "yeast"
LONGEST_REPLY_WORDS: Final = 6  # a longer sentence is a message of its own, not the name of a button

SCALES: Final = frozenset(["energy_level", "stress_level", "sleep_quality", "soreness_level", "mood", "digestion"])
_TIMES: Final = frozenset(
    ["workout_time", "wake_time", "bed_time", "morning_brief_time", "evening_checkin_time", "meal_times"]
)
_DAYTIMES: Final = frozenset(("morning", "evening", "night"))
_TICKS: Final = frozenset(("✅", "✔️", "✔"))  # yes to a question, done without one
_DECLINED: Final = frozenset(("rather not", "i'd rather not", "id rather not", "i would rather not", "prefer not to"))
_PRAISE: Final = frozenset(("great", "cool", "nice", "awesome", "amazing"))

_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_POSITION: Final = re.compile(
    r"(?:i(?:'d)? (?:choose|pick|take|go with|say) |let's do |let's take )?(?:the )?(?:option |number |nr\.? |"
    r"no\.? |#)?"
    r"(?P<digit>\d{1,2}|[a-h])?(?P<word>" + "|".join((*_ORDINALS, *_NUMBERS, "last")) + r")?(?:st|nd|rd|th)?"
    r"(?: one| option| choice| button)?(?: please)?"
)
_SEVERAL: Final = re.compile(r"\d{1,2}(?:\s*(?:,|and|&|\+)\s*\d{1,2}){1,9}")
# Where a summary is shown, "looks right" confirms it; where agreement is asked, only a refusal may be put loosely.
_MAY_BE_LOOSE: Final = {"yes": frozenset(("review",)), "no": frozenset(("review", "consent", "confirm", "guardian"))}
MOST_THANKS: Final = 2
_THANKS: Final = re.compile(
    r"[\s,]+(?:please|pls|plz|thanks|thank you|thx|cheers|mate|buddy|coach|sorry|tbh|then|honestly|to be honest|really|"
    r"lol|haha|for now|just now)$"
)
_NEGATIONS: Final = frozenset(
    ["not", "no", "don't", "never", "without", "neither", "nor", "isn't", "but", "except", "unless", "stopped"]
)
# A day or a number beside a button's own words makes another answer: three named days are not "Monday to Friday".
_OF_ITS_OWN: Final = re.compile(r"\d|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?$")
_TOKEN: Final = re.compile(r"[\w'+:/.-]*\w", re.UNICODE)


@cache
def phrases() -> dict[str, IntentName]:
    """Whole replies that mean one thing, from the word list beside this file."""
    table = cast("dict[IntentName, list[str]]", word_lists.book("phrases"))
    return {phrase: name for name, words in table.items() for phrase in words}


def phrase(clause: Clause, moment: Moment) -> Intent | None:
    """The intent of a clause that is, as a whole, a known reply or piece of talk."""
    known = phrases()
    if clause.said != clause.plain and patterns.matches("greetings", chat.spelled_out(clause.said)):
        return Intent("greeting", confidence=0.9, quote=clause.text.strip())  # "yo what's up" asks nothing
    spoken = (clause.said, clause.plain, clause.order, _once(clause.said), *_shorter(clause.plain))
    words = next((w for w in spoken if w in known), None)
    if words is None:
        match = patterns.found("answers", clause.plain) or _taken_back(clause)
        return _reply(clause, moment) or _said_so(clause, match)
    name = _in_context(words, known[words], moment)
    return Intent(name, quote=clause.text.strip()) if name else None


def _said_so(clause: Clause, match: tuple[IntentName, dict[str, str]] | None) -> Intent | None:
    return Intent(match[0], confidence=0.9, quote=clause.text.strip()) if match else None


def _taken_back(clause: Clause) -> tuple[IntentName, dict[str, str]] | None:
    """ "Could you reverse what you just did" orders an undo as politely as anything is ordered."""
    match = patterns.found("answers", clause.order)
    return match if match is not None and match[0] in ("undo", "cancel") else None


def _reply(clause: Clause, moment: Moment) -> Intent | None:
    """What is only a reply because a question is open: "depends", "go back one", "not comfortable saying".

    What only sounds like a yes or a no is one where a summary is shown, and a plain refusal where agreement is asked.
    """
    if moment.expecting is None:
        return None
    for words in dict.fromkeys((clause.plain, clause.order)):
        for name, caught in patterns.each("replies", words):
            if name in ("yes", "no") and moment.expecting not in _MAY_BE_LOOSE[name]:
                continue
            return _said_so(clause, (name, caught))
    return None


def _shorter(plain: str) -> Iterator[str]:
    """The words without one thanks or please behind them, then without two: "not right now thanks"."""
    for _ in range(MOST_THANKS):
        shorter = _THANKS.sub("", plain)
        if shorter == plain:
            return
        plain = shorter
        yield plain


def chosen(text: str, moment: Moment) -> tuple[Intent, ...]:
    """The buttons a reply names: by label, data, position ("2", "the second one", "1 and 3") or likeness."""
    spoken = " ".join(text.lower().split()).strip(".!, ")
    if not moment.options or not spoken or text.rstrip().endswith("?"):
        return ()
    data = _exact(spoken, moment) or _positions(spoken, moment)
    if not data and spoken not in phrases():
        data = _like(spoken, moment)
    return tuple(Intent("answer", payload=d, quote=text.strip()) for d in dict.fromkeys(data))


def is_a_button(text: str, moment: Moment) -> bool:
    """Whether the text is a button's label, its data or its number, and not only like one."""
    spoken = " ".join(text.lower().split()).strip(".!, ")
    return bool(_exact(spoken, moment) or _positions(spoken, moment))


def named_by_a_short_reply(text: str, moment: Moment) -> tuple[Intent, ...]:
    """ "yes" for a button "Yes, save it": a known reply that begins exactly one label."""
    spoken = " ".join(text.lower().split()).strip(".!, ")
    found = [data for label, data in moment.options if _tokens(label)[:1] == [spoken] and spoken in ("yes", "no")]
    return (Intent("answer", payload=found[0], quote=text.strip()),) if len(found) == 1 else ()


def _once(said: str) -> str:
    """ "no no no" and "👍👍" said once."""
    unit = said.split(maxsplit=1)[0] if " " in said else said[:1]
    return unit if unit and not said.replace(unit, "").strip(" ,!.") else said


def _in_context(words: str, name: IntentName, moment: Moment) -> IntentName | None:
    asked = moment.expecting is not None or bool(moment.options)
    result: IntentName | None = name
    if words == "stop" and not asked:
        result = "pause"  # what STOP means to every messaging service
    elif words == "back" and not asked:
        result = None  # "to work and back"
    elif (words in _TICKS and not asked) or (words in _DAYTIMES and moment.expecting in _TIMES):
        result = None
    elif moment.expecting in SCALES and (name in ("greeting", "small_talk") or _is_a_grade(words, name)):
        result = None  # "good" and "fine" are grades here
    elif words in _DECLINED and moment.expecting in word_lists.words("numeric_questions") | {"sex", "name"}:
        result = "skip"
    elif asked and words in _PRAISE:
        result = "yes"
    return result


def _is_a_grade(words: str, name: IntentName) -> bool:
    return name in ("yes", "no") and not words.startswith(("y", "no"))


def _exact(spoken: str, moment: Moment) -> list[str]:
    tokens = _tokens(spoken)
    for label, data in moment.options:
        if spoken in (label.lower(), data.lower()) or (tokens and tokens == _tokens(label)):
            return [data]
    return []


def _positions(spoken: str, moment: Moment) -> list[str]:
    if _SEVERAL.fullmatch(spoken) and moment.expecting not in word_lists.words("numeric_questions"):
        places = [int(n) for n in re.findall(r"\d+", spoken)]
    elif (place := _position(spoken, moment)) is not None:
        places = [place]
    else:
        return []
    valid = all(1 <= place <= len(moment.options) for place in places)
    return [moment.options[place - 1][1] for place in places] if valid else []


def _position(spoken: str, moment: Moment) -> int | None:
    match = _POSITION.fullmatch(spoken)
    if match is None or bool(match["digit"]) == bool(match["word"]):
        return None
    bare = spoken in (match["digit"], match["word"]) and match["word"] not in (*_ORDINALS, "last")
    labels_count = any(label[:1].isdigit() for label, _ in moment.options)
    if bare and (moment.expecting in word_lists.words("numeric_questions") or (labels_count and spoken.isdigit())):
        return None
    if word := match["word"]:
        return len(moment.options) if word == "last" else (_ORDINALS + _NUMBERS).index(word) % 8 + 1
    digit = match["digit"]
    return int(digit) if digit.isdigit() else ord(digit) - ord("a") + 1


def _like(spoken: str, moment: Moment) -> list[str]:
    words = [token for token in _tokens(spoken) if token not in word_lists.words("reply_fillers")]
    if not words or len(_tokens(spoken)) > LONGEST_REPLY_WORDS:
        return []
    labels = [(set(_tokens(label)) - word_lists.words("reply_fillers"), data) for label, data in moment.options]
    inside = [data for label, data in labels if set(words) <= label]
    if len(inside) == 1:
        return inside
    if not _NEGATIONS & set(words):
        around = [data for label, data in labels if label and label <= set(words)]
        around = [data for label, data in labels if data in around and not _says_more(set(words) - label)]
        if around:
            return around if len(around) == 1 else []
    return _mistyped(spoken, moment)


def _says_more(words: set[str]) -> bool:
    return any(_OF_ITS_OWN.match(word) for word in words)


def _mistyped(spoken: str, moment: Moment) -> list[str]:
    from rapidfuzz import fuzz

    scored = [(fuzz.ratio(spoken, label.lower()), data) for label, data in moment.options if len(label) >= SHORT_LABEL]
    best = max(scored, default=(0.0, ""))
    return [best[1]] if best[0] >= SIMILAR_ENOUGH else []


def _tokens(words: str) -> list[str]:
    return _TOKEN.findall(words.lower())

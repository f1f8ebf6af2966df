"""Free activities: "ran 5k in 27:30", "walked 40 min", "30 minutes of yoga", "5k in 27:30"."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from agents.schemas import Intent, LogActivity, Moment
from agents.understanding import word_lists
from agents.understanding.amounts import number
from agents.understanding.clauses import Clause
from agents.understanding.durations import DURATION, find_durations
from agents.understanding.numbers import value as decimal

METRES_PER_MILE: Final = 1609.344
_METRES: Final = {"m": 1.0, "k": 1000.0, "km": 1000.0, "mi": METRES_PER_MILE, "y": 0.9144, "l": 0.0}
_NAMED_DISTANCES_M: Final = {"half marathon": 21097.5, "marathon": 42195.0}

_DISTANCE: Final = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5}(?:[.,]\d{1,2})?|half a|a|one|two|three|four|five|six|ten) ?-?"
    r"(?P<unit>km|k|kms|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?|m|yards?)\b"
)
_CLOCK: Final = re.compile(r"\b(?:in|time:?|took(?: me)?|-) (?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)\b")
_EFFORTS: Final[tuple[tuple[Literal["light", "moderate", "hard"], re.Pattern[str]], ...]] = (
    (
        "hard",
        re.compile(r"\b(?:hard|tough|intense|brutal|vigorous|fast|all[- ]out|heavy|exhausting|hiit|tempo|sprint)\b"),
    ),
    ("light", re.compile(r"\b(?:easy|light|gentle|slow|leisurely|relaxed|chill|recovery|short little)\b")),
    ("moderate", re.compile(r"\b(?:moderate|steady|medium|brisk|normal pace)\b")),
)
_DONE_VERB: Final = (
    r"(?:(?:i|we)(?:'ve| have|'m)? )?(?:just |already |also |then |finally |only )*"
    r"(?:did|done|had|finished|completed|logged?|track|record|add|went(?: out)?(?: for)?|been(?: for)?|got(?: in)?|"
    r"played|taken|took|managed|practi[cs]ed|attended|back from|enjoyed)"
)
_SIZES: Final = (
    r"(?: (?:a|an|my|some|another|the|of|quick|long|short|nice|little|good|great|small|evening|morning|lunch)\b)*"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns made from the word list: what says the activity was done, and what only names it."""

    past: dict[str, str]
    nouns: dict[str, str]
    done: re.Pattern[str]
    noun: re.Pattern[str]


@cache
def _words() -> _Words:
    table: dict[str, dict[str, list[str]]] = word_lists.book("activities")
    past = {word: name for name, forms in table.items() for word in forms["past"]}
    nouns = {word: name for name, forms in table.items() for word in (name, *forms["nouns"])}
    return _Words(past, nouns, _any(past), _any(nouns))


def activity(clause: Clause, moment: Moment) -> Intent | None:
    """log_activity for something done; a wish, a habit or a bare name without time or distance is none."""
    words = clause.plain
    if clause.asks or moment.expecting == "modality" or word_lists.pattern("not_done").search(words):
        return None
    name, said_done = _named(words)
    minutes, metres = minutes_in(words), metres_in(words)
    if name is None and metres and minutes and _CLOCK.search(words):
        name, said_done = "run", True  # a distance in a time, on its own, is a runner's note
    if name is None or not (said_done or minutes or metres):
        return None
    if not said_done and not _begins_with_it(words):
        return None
    done = LogActivity(name, minutes=minutes, distance_m=metres, effort=_effort(words))
    return Intent("log_activity", payload=done, confidence=0.9 if minutes or metres else 0.7, quote=clause.text.strip())


def minutes_in(words: str) -> float | None:
    """Minutes said in plain words or as a time taken ("in 27:30"); None when none are."""
    if clock := _CLOCK.search(words):
        hours, minutes, seconds = (int(clock[key] or 0) for key in "hms")
        return round(hours * 60 + minutes + seconds / 60, 2)
    return next((each.minutes for each in find_durations(words) if each.unit in ("second", "minute", "hour")), None)


def metres_in(words: str) -> float | None:
    """Metres said as km, "5k", miles or metres; "half marathon" and "marathon" by name; None when none are."""
    if match := _DISTANCE.search(words):
        unit = match["unit"]
        key = "k" if unit.startswith("k") else "mi" if unit.startswith("mi") else unit[0]
        value = number(match["n"]) if match["n"][0].isalpha() else decimal(match["n"])
        return round((value or 0) * _METRES[key], 1) or None
    return next((metres for name, metres in _NAMED_DISTANCES_M.items() if name in words), None)


def noun_in(words: str) -> str | None:
    """The canonical name of an activity these words mention."""
    match = _words().noun.search(words)
    return _words().nouns[match[0]] if match else None


def _named(words: str) -> tuple[str | None, bool]:
    table = _words()
    if match := table.done.match(_ME.sub("", words)):
        return table.past[match[1]], True
    match = table.noun.search(words)
    if match is None:
        return None, False
    return table.nouns[match[0]], bool(_DID.match(words)) and _has_own_article(words)


_ME: Final = re.compile(
    r"^(?:today |yesterday |this morning |earlier |last night )?(?:(?:i|we)(?:'ve| have)? )?(?:(?:just|already|"
    r"also|then) )*"
)
_DID: Final = re.compile(_DONE_VERB + _SIZES + r"\b")


def _has_own_article(words: str) -> bool:
    """ "did my run", "finished the walk" tick a planned task off; "did a run" logs a new one."""
    return not re.search(r"\b(?:did|done|finished|completed)(?: with)? (?:my|the|today's)\b", words)


def _begins_with_it(words: str) -> bool:
    """Whether a phrase without a verb is only the activity and its size: "yoga 30 min", "20 minute easy jog"."""
    rest = _words().noun.sub(" ", DURATION.sub(" ", _DISTANCE.sub(" ", _CLOCK.sub(" ", words))))
    return all(word in word_lists.words("activity_sizes") for word in rest.replace(",", " ").split())


def _effort(words: str) -> Literal["light", "moderate", "hard"] | None:
    return next((effort for effort, pattern in _EFFORTS if pattern.search(words)), None)


def _any(words: dict[str, str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(map(re.escape, ordered)) + r")\b")

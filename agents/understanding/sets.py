"""Sets in gym notation: "bench 60x8 @8, 3x5x100, bw+10x6", "squats 3 sets of 10 at 60 kg", "plank 3x45s".

How an unlabelled number is read: one with kg or lb is the load. Of three, the larger of the first and the last is the
load (3x5x100 = 3 sets of 5 at 100; 100x5x3 = the same). Of two, a small first number that is not above the second is
sets × reps (3x10, 5x5); else the larger one is the load (60x8 = 60 kg for 8 reps, 8x60 as well). Body-weight moves
have no load. After "@" comes effort up to 10 (RPE), a load above. RIR n is RPE 10 − n (science.md T-2).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from agents.schemas import Intent, LogSets, Moment, SetEntry
from agents.understanding import exercises
from agents.understanding.amounts import kilograms
from agents.understanding.clauses import Clause
from agents.understanding.numbers import value as decimal

MOST_SETS, MOST_REPS, MOST_KG, LONGEST_SECONDS = 30, 300, 600.0, 7200  # beyond these it is not a set
LONGEST_CLAUSE: Final = 1000  # characters; a longer clause is no notation
SETS_AT_MOST: Final = 10  # in "AxB" a first number above this is a load, not a number of sets
REPS_AT_MOST: Final = 30  # in "AxB" a second number above this is a load, not repetitions

_N: Final = r"\d{1,4}(?:[.,]\d{1,2})?"
_LOAD: Final = r"kgs?|kilos?|lbs?|pounds?"
_TIME: Final = r"s|secs?|seconds?|mins?|minutes?"
_TAIL: Final = (
    rf"(?P<tail>(?:\s*,?\s*(?:@|at|with|rpe|rir)\s*(?:rpe|rir)?\s*:?\s*{_N}\s*(?:{_LOAD})?\b(?:\s*rir)?|"
    rf"\s*\d\s?rir\b|,?\s+{_N}\s?(?:{_LOAD})\b(?!\s*[x×*]))*)"
)
_CROSS: Final = re.compile(
    rf"(?P<bw>bw|bodyweight|body weight)?\s*\+?\s*(?<![\d.,x×])(?P<a>{_N})\s?(?P<au>{_LOAD})?\s*(?:[x×*]|for|by)\s*"
    rf"(?P<b>{_N})\s?(?P<bu>{_LOAD}|{_TIME}|reps?)?(?:\s*[x×*]\s*(?P<c>{_N})\s?(?P<cu>{_LOAD}|{_TIME}|sets?)?)?"
    rf"(?![\w])(?:\s?reps?)?{_TAIL}"
)
_BODYWEIGHT: Final = re.compile(rf"(?:bw|bodyweight|body weight)\s*[x×*]\s*(?P<reps>\d{{1,3}})\b{_TAIL}")
_SETS_OF: Final = re.compile(
    rf"(?P<sets>\d{{1,2}}|one|two|three|four|five|six)\s+(?:sets?|rounds?)\s+(?:of|x)\s+(?P<reps>\d{{1,3}})\s?"
    rf"(?P<time>{_TIME})?(?![\w])(?:\s?reps?)?(?:\s*(?:at|@|with|x|"
    rf"of)\s*(?P<load>{_N})\s?(?P<unit>{_LOAD})?\b)?{_TAIL}"
)
_REPS_AT: Final = re.compile(
    rf"(?P<reps>\d{{1,3}})\s?(?:reps?)?\s+(?:at|@|with)\s+(?P<load>{_N})\s?(?P<unit>{_LOAD})\b{_TAIL}"
)
_LOAD_FIRST: Final = re.compile(rf"(?P<load>{_N})\s?(?P<unit>{_LOAD})\b,?\s+(?P<reps>\d{{1,3}})\s?reps?\b{_TAIL}")
_ONE_REPS: Final = re.compile(rf"(?P<reps>\d{{1,3}})\s?reps?\b{_TAIL}")
_SETS_ONLY: Final = re.compile(r"(?P<sets>\d{1,2}|one|two|three|four|five|six)\s+sets?\b(?!\s+of\s+\d)")
_COUNTED: Final = re.compile(r"(?<![\w.,:/-])(?P<reps>\d{1,3})(?=\s+[a-z]|$)")
_RATING: Final = re.compile(rf"(?P<kind>rpe|rir)?\s*:?\s*(?P<n>{_N})\s*(?P<unit>{_LOAD})?\s*(?P<after>rir)?")
_NAME: Final = re.compile(r"[a-z][a-z' -]*$")
_COULD_BE: Final = re.compile(r"\d|\bsets?\b")
_NUMBER_WORDS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NOT_SETS: Final = re.compile(
    r"\b(?:week|weeks|times a|a day|per day|daily|month|remind|kcal|calories|minute walk|mg|pills?)\b"
)


def sets(clause: Clause, moment: Moment) -> Intent | None:
    """log_sets for a clause that holds at least one set in notation; None otherwise."""
    words = clause.plain
    if clause.asks or len(words) > LONGEST_CLAUSE or _NOT_SETS.search(words) or not _COULD_BE.search(words):
        return None
    entries = tuple(_entries(words, moment))
    return Intent("log_sets", payload=LogSets(entries), quote=clause.text.strip()) if entries else None


def _entries(words: str, moment: Moment) -> Iterator[SetEntry]:
    name: str | None = None
    at = 0
    while (found := _next(words, at)) is not None:
        match, kind = found
        told = exercises.named_before(words[at : match.start()])
        told = told or (exercises.named_after(words[match.end() :]) if name is None or kind == "count" else None)
        entry = _entry(match, kind, moment, told or name)
        if entry is not None:
            yield replace(entry, exercise=_carried(entry, told, name))
            name = told or name
        at = match.end()


def _carried(entry: SetEntry, told: str | None, name: str | None) -> str | None:
    """An exercise named earlier goes on, but not from a loaded lift to a body-weight set or back."""
    if told or name is None:
        return told
    return name if exercises.is_bodyweight(name) == entry.is_bodyweight else None


def _next(words: str, at: int) -> tuple[re.Match[str], str] | None:
    """The first notation from here on; of two that begin together the one listed first."""
    found = [(match, kind) for kind, pattern in _KINDS if (match := pattern.search(words, at))]
    return min(found, default=None, key=lambda item: item[0].start())


_KINDS: Final = (
    ("bodyweight", _BODYWEIGHT),
    ("sets_of", _SETS_OF),
    ("cross", _CROSS),
    ("load_first", _LOAD_FIRST),
    ("reps_at", _REPS_AT),
    ("sets_only", _SETS_ONLY),
    ("reps", _ONE_REPS),
    ("count", _COUNTED),
)


def _entry(match: re.Match[str], kind: str, moment: Moment, name: str | None) -> SetEntry | None:
    if kind == "cross":
        entry = _cross(match, moment, name)
    elif kind == "sets_of":
        entry = _sets_of(match, moment, name)
    elif kind in ("sets_only", "count"):
        return _counted(match, kind, name)
    else:
        entry = _single(match, kind, moment, name)
    return _rated(entry, match["tail"] or "", moment) if entry and _plausible(entry) else None


def _counted(match: re.Match[str], kind: str, name: str | None) -> SetEntry | None:
    """ "3 sets of squats" and "20 push-ups": only with an exercise, the bare count only without a load."""
    own = exercises.is_bodyweight(name)
    if kind == "count":
        reps = int(match["reps"])
        return SetEntry(name, 1, reps, is_bodyweight=True) if own and 1 <= reps <= MOST_REPS else None
    count = _NUMBER_WORDS.get(match["sets"]) or int(match["sets"])
    is_known = name in exercises.names().values()
    return SetEntry(name, count, None, is_bodyweight=own) if is_known and 1 <= count <= MOST_SETS else None


def _single(match: re.Match[str], kind: str, moment: Moment, name: str | None) -> SetEntry | None:
    load = _kg(match["load"], match["unit"], moment) if kind in ("reps_at", "load_first") else None
    own = load is None and (kind == "bodyweight" or exercises.is_bodyweight(name))
    if kind == "reps" and name is None:
        return None
    return SetEntry(name, 1, int(match["reps"]), weight_kg=load, is_bodyweight=own)


def _sets_of(match: re.Match[str], moment: Moment, name: str | None) -> SetEntry:
    count = _NUMBER_WORDS.get(match["sets"]) or int(match["sets"])
    load = _kg(match["load"], match["unit"], moment) if match["load"] else None
    seconds = _seconds(match["reps"], match["time"]) if match["time"] else None
    own = load is None and exercises.is_bodyweight(name)
    reps = None if seconds else int(match["reps"])
    return SetEntry(name, count, reps, weight_kg=load, is_bodyweight=own, duration_seconds=seconds)


def _cross(match: re.Match[str], moment: Moment, name: str | None) -> SetEntry | None:
    a, b, c = (decimal(match[key]) if match[key] else None for key in "abc")
    au, bu, cu = (match[key] or "" for key in ("au", "bu", "cu"))
    if a is None or b is None:
        return None
    if match["bw"]:
        return SetEntry(name, int(c or 1), int(b), weight_kg=_kg(match["a"], au, moment), is_bodyweight=True)
    if bu[:1] in ("s", "m"):
        return SetEntry(name, int(a), None, is_bodyweight=True, duration_seconds=_seconds(match["b"], bu))
    own = exercises.is_bodyweight(name) and not (_is_load(au) or _is_load(bu) or c)
    count, reps, load = _roles(a, b, c, (_is_load(au), _is_load(bu), _is_load(cu)), bodyweight=own)
    unit = next((u for u in (au, bu, cu) if _is_load(u)), "")
    if count != int(count) or reps != int(reps):
        return None
    return SetEntry(
        name, int(count), int(reps), weight_kg=None if load is None else _kg(str(load), unit, moment), is_bodyweight=own
    )


def _roles(
    a: float, b: float, c: float | None, loaded: tuple[bool, bool, bool], *, bodyweight: bool
) -> tuple[float, float, float | None]:
    """(sets, reps, load) of two or three numbers, as the module's docstring says."""
    if c is not None:
        first = loaded[0] or (a > c and not loaded[2])
        return (c, b, a) if first else (a, b, c)
    if bodyweight:
        return min(a, b), max(a, b), None
    if loaded[0] or loaded[1]:
        return (1, b, a) if loaded[0] else (1, a, b)
    if a <= min(b, SETS_AT_MOST) and b <= REPS_AT_MOST:
        return a, b, None
    return (1, b, a) if a >= b else (1, a, b)


def _rated(entry: SetEntry, tail: str, moment: Moment) -> SetEntry:
    kind_before = ""
    for match in _RATING.finditer(tail):
        value, kind = decimal(match["n"]), match["kind"] or match["after"] or kind_before
        if match["unit"] or (value > 10 and not kind):
            entry = replace(entry, weight_kg=_kg(match["n"], match["unit"], moment), is_bodyweight=False)
        elif kind == "rir":
            entry = replace(entry, rpe=max(0.0, 10 - value))
        elif value <= 10:
            entry = replace(entry, rpe=value)
    return entry


def _plausible(entry: SetEntry) -> bool:
    if not 1 <= entry.sets <= MOST_SETS or (entry.weight_kg or 0) > MOST_KG:
        return False
    if entry.duration_seconds is not None:
        return 1 <= entry.duration_seconds <= LONGEST_SECONDS
    return 1 <= (entry.reps or 0) <= MOST_REPS


def _is_load(unit: str) -> bool:
    return unit[:1] in ("k", "l", "p")


def _seconds(value: str, unit: str) -> int:
    return round(decimal(value) * (60 if unit.startswith("m") else 1))


def _kg(value: str, unit: str | None, moment: Moment) -> float:
    return kilograms(decimal(value), unit or ("lb" if moment.profile.units == "imperial" else "kg"))

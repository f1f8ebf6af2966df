"""Conditions in people's words to the codes the rules know (science.md S-100, S-103, S-161, E6, S-132).

A form holds "type 1 diabetes" where the chat holds the code; both must meet the same rules. What nobody knows stays as
it was said: an unknown diagnosis is an unanswered question, never a "no".
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Final

from agents.domain.profile import Injury, Profile
from agents.domain.safety.illness import ILLNESS_CODES
from agents.domain.safety.lexicon import load
from agents.domain.safety.medicines import medicine_groups
from agents.domain.safety.normalise import normalise

OTHER: Final = "other"  # known, and no rule of its own
PLACED: Final = f": {OTHER}"  # ends an entry nobody knew, once the person said what it concerns
_LEAST_SLIP_LENGTH: Final = 7
_IMMUNE_MEDICINES: Final = frozenset({"transplant_drug", "immune_medicine"})  # S-7
_NEARLY: Final = 0.9  # "diabtes type 2" is still diabetes; a word further away is asked about
_RELATIVES: Final = re.compile(r"\b(?:family|mother|father|mum|mom|dad|brother|sister|grand\w+|parents?|aunt|uncle)\b")
_DENIED: Final = re.compile(r"(?:no|not|never|without|denies)\b")
_QUALIFIERS: Final = re.compile(
    r"\b(?:i|have|had|has|a|an|the|my|am|in|on|of|with|and|for|mild|moderate|severe|slight|chronic|acute|active|current|"
    r"early|bad|some|well|poorly|un|controlled|uncontrolled|managed|treated|untreated|stable|unstable|diagnosed|"
    r"diagnosis|history|previous|past|suffer|suffering|from|stage|grade|class|type|since|year|years|ago|old|left|"
    r"right|both|recurrent|occasional|seasonal|disease|disorder|condition|problem|problems|issue|issues|\d+\w*)\b"
)
# An illness of now says more with every word beside it ("vomiting blood"), so only these few may stand there unread.
_BESIDE_AN_ILLNESS: Final = re.compile(
    r"\b(?:i|am|m|i'm|i've|ve|we|have|having|had|got|get|getting|been|feel|feeling|caught|down|coming|with|and|or|also|a|an|"
    r"the|my|some|bit|little|of|slight|slightly|mild|light|bad|nasty|awful|acute|active|right|now|today|currently|at|"
    r"moment|again|still|since|yesterday|this|week|morning|last|night|just|very|really|quite|so|too|ongoing|present|"
    r"confirmed|tested|positive|for|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_LONG_OVER: Final = re.compile(
    r"\b(?:history of|(?:(?:\d+|one|two|three|four|five|ten|few|couple|several|many) )?(?:of )?"
    r"(?:months?|years?|decades?) ago|last year|as a (?:child|kid|baby)|(?:in )?childhood|in the past|previous(?:ly)?|"
    r"in (?:19|20)\d\d)\b"
)
_NOW: Final = re.compile(r"\b(?:now|today|currently|again|still|since|this|yesterday)\b")
_LASTING: Final = re.compile(r"\b(?:chronic(?:ally)?|long term|terminal(?:ly)?|lifelong|always)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """What one entry names: condition codes, hurt regions of T-31, and whether all of it was understood.

    Known without codes and regions: it names nothing ("none", a relative's illness). An illness of now with words
    nobody understands beside it has its codes and is not known: both count.
    """

    codes: tuple[str, ...] = ()
    is_known: bool = True
    regions: tuple[str, ...] = ()


def named(entry: str) -> Named:
    """The codes in one entry of a condition list, "well controlled type 2 diabetes" -> diabetes_t2.

    A relative's illness and a denied one name nothing. What is only like an everyday condition stays unknown, until it
    was asked what it concerns: "Wilson's disease: other" is known to be none of those that have rules (S-103).
    """
    if entry.endswith(PLACED):
        return Named((OTHER,))
    words = " ".join(re.sub(r"[^\w']+", " ", normalise(entry).replace("_", " ")).split())
    if words in _nothing() or not words:
        return Named()
    if words in _phrases():
        return _of((words,))
    if _RELATIVES.search(words):
        return Named()
    if _DENIED.match(words):
        return _beside_a_denial(words)
    inside, rest = _inside(words)
    found = _of(inside)
    if not ILLNESS_CODES.isdisjoint(found.codes):
        return _ill(found, words, rest)
    if found.regions or any(code != OTHER for code in found.codes):
        return found
    if inside and not _QUALIFIERS.sub(" ", rest).strip():
        return found
    near = get_close_matches(words, _long_phrases(), n=1, cutoff=_NEARLY) if len(words) >= _LEAST_SLIP_LENGTH else []
    return _of(near) if near else Named(is_known=False)


def unread(entry: str) -> str:
    """What an entry says beside the conditions it names: "asthma and chest pain" -> "and chest pain".

    Empty for a relative's illness and for an entry without a known condition.
    """
    words = " ".join(re.sub(r"[^\w']+", " ", normalise(entry).replace("_", " ")).split())
    inside, rest = _inside(words)
    return " ".join(rest.split()) if inside and not _RELATIVES.search(words) else ""


def _beside_a_denial(words: str) -> Named:
    """Nothing, but for what follows a "but", and for an illness of now after an "and": "no appetite and vomiting"."""
    _, exception, excepted = words.partition(" but ")
    if exception:
        return named(excepted)
    _, *others = re.split(r"\b(?:and|with)\b", words, maxsplit=1)
    found = named(others[0]) if others else Named()
    return Named() if ILLNESS_CODES.isdisjoint(found.codes) else found


def _ill(found: Named, words: str, rest: str) -> Named:
    """An illness of now (S-190). One that is long over says nothing of today, one that lasts is no passing illness."""
    others = tuple(code for code in found.codes if code not in ILLNESS_CODES)
    is_over = _LONG_OVER.search(words) is not None and _NOW.search(words) is None
    unread = _BESIDE_AN_ILLNESS.sub(" ", _LONG_OVER.sub(" ", rest) if is_over else rest).strip(" '")
    if is_over and not unread:
        return replace(found, codes=others or (OTHER,))
    if not is_over and _LASTING.search(words):
        return replace(found, codes=others, is_known=False)
    return replace(found, is_known=not unread)


def understood(profile: Profile) -> Profile:
    """The profile with conditions as codes and medicines as class codes; words nobody knows stay as they were said.

    A complaint about a region ("sciatica") becomes a hurt of unknown severity there, unless one is on file (T-31).
    Medicines that hold the immune system down say so themselves (S-7); conditions nobody asked for stay unasked.
    """
    medications = _each(profile.medications, lambda entry: medicine_groups(entry) or (entry,))
    conditions = _each(profile.conditions, _codes_or_words)
    if conditions is not None and not _IMMUNE_MEDICINES.isdisjoint(medications or ()):
        conditions = tuple(dict.fromkeys((*conditions, "immunosuppressed")))
    return replace(profile, conditions=conditions, medications=medications, injuries=_with_regions(profile))


def unknown_conditions(profile: Profile) -> tuple[str, ...]:
    """The entries nobody understands, as they were said."""
    return tuple(entry for entry in profile.conditions or () if not named(entry).is_known)


def _each(entries: tuple[str, ...] | None, words: Callable[[str], tuple[str, ...]]) -> tuple[str, ...] | None:
    return None if entries is None else tuple(dict.fromkeys(name for entry in entries for name in words(entry)))


def _codes_or_words(entry: str) -> tuple[str, ...]:
    found = named(entry)
    return found.codes if found.is_known else (*found.codes, entry.strip())


def _with_regions(profile: Profile) -> tuple[Injury, ...] | None:
    regions = dict.fromkeys(region for entry in profile.conditions or () for region in named(entry).regions)
    on_file = {injury.region for injury in profile.injuries or ()}
    added = tuple(Injury(region) for region in regions if region not in on_file)
    return (*(profile.injuries or ()), *added) if added else profile.injuries


def _of(phrases: Iterable[str]) -> Named:
    """Everything these phrases of the table stand for."""
    meant = [_phrases()[phrase] for phrase in phrases]
    codes = dict.fromkeys(code for codes, _ in meant for code in codes)
    return Named(tuple(codes), regions=tuple(dict.fromkeys(region for _, regions in meant for region in regions)))


def _inside(words: str) -> tuple[list[str], str]:
    """Every phrase of the table in the words, the longest first, and what is left of the words."""
    found: list[str] = []
    for phrase in _by_length():
        if f" {phrase} " in f" {words} ":
            found.append(phrase)
            words = f" {words} ".replace(f" {phrase} ", " | ").strip()
    return found, words.replace("|", " ")


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Phrase -> condition codes and hurt regions; every code is a phrase for itself."""
    data = load("conditions")
    keys: dict[str, list[str]] = data["codes"]
    regions: dict[str, list[str]] = data["regions"]
    codes = {code for key in keys for code in key.split("+")}
    return (
        {code.replace("_", " "): ((code,), ()) for code in codes}
        | {phrase: (tuple(key.split("+")), ()) for key, entries in keys.items() for phrase in entries}
        | {phrase: ((OTHER,), (region,)) for region, entries in regions.items() for phrase in entries}
    )


@cache
def _by_length() -> tuple[str, ...]:
    return tuple(sorted(_phrases(), key=lambda phrase: (-len(phrase), phrase)))


@cache
def _long_phrases() -> tuple[str, ...]:
    return tuple(phrase for phrase in _by_length() if len(phrase) >= _LEAST_SLIP_LENGTH)


@cache
def _nothing() -> frozenset[str]:
    words: list[str] = load("conditions")["none"]
    return frozenset(words)

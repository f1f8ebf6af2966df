"""The guard: reasons why words of a model must not be sent. One reason is enough; then the template speaks alone.

Fail closed: what cannot be judged counts as a fault. Nothing here repairs a text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agents.domain.allergens import scan_text
from agents.domain.profile import Restriction
from agents.domain.safety.vet import vet_text
from agents.domain.wording.figures import unknown

MOST_WORDS = 60  # around the cards, which are ours (product.md, Voice)
MOST_QUESTIONS = 1
Fault = Literal[
    "empty", "too_long", "questions", "figure", "allergen", "safety", "link", "claim", "markup", "persona", "leak"
]
_LINK = re.compile(
    r"(?:https?|ftp|tg|javascript|data)\s*:|www\.|\b[\w-]+\.(?:com|org|net|io|me|ru|info|app|dev|co|ai|gg|ly|xyz|link|"
    r"site|online|[a-z]{2}/)\b|(?<!\w)@[A-Za-z]\w{3,}|\bt\.me\b|\d{1,3}(?:\.\d{1,3}){3}",
    re.IGNORECASE,
)
# Words that say something was done. Only a committed row may be behind them (promise P1).
_CLAIM = re.compile(
    r"\bi(?:'ve|'ll|'m going to| have| just| already| will| can)*\s+(?:now |also |just )*(?:log|logg|sav|not|record|"
    r"set|schedul|add|chang|updat|delet|remov|mov|swapp?|book|sen[dt]|cancel|creat|remind|adjust|mark|plann?|cut|lower|rais)"
    r"(?:ed|e|es|ing)?\b|"
    r"\b(?:is|are|was|were|been|got|all) (?:now )?(?:logged|saved|noted|recorded|set|scheduled|added|changed|updated|"
    r"deleted|removed|moved|swapped|booked|sent|cancelled|created|done|adjusted)\b|"
    r"^\W*(?:done|noted|saved|logged|updated|scheduled|got it, (?:saved|noted))\b",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z!][^>]*>|```|~~~|\*\*|__|^#{1,6}\s|\[[^\]]+\]\([^)]*\)|\$\w+|\{\{|\x00", re.MULTILINE
)
_PERSONA = re.compile(
    r"\b(?:i(?:'m| am) (?:a |an |your )?(?:real |human|person|doctor|physician|nurse|dietitian|dietician|nutritionist|"
    r"therapist|psychologist|trainer|registered|licensed|certified)|as (?:a|your) (?:doctor|physician|nurse|dietitian|"
    r"therapist|human)|as an? (?:ai |large )*(?:language )?(?:ai|model)|system prompt|my instructions|"
    r"i was (?:told|instructed))",
    re.IGNORECASE,
)
# "Why not have prawns?" offers them; what is refused behind it ("why not skip the prawns?") stays refused.
_INVITATION = re.compile(r"\bwhy (?:not|don['\u2019]?t (?:you|we|i))\b", re.IGNORECASE)
LEAKED_RUN = 8  # words in a row that stand in the instructions


@dataclass(frozen=True, slots=True)
class Basis:
    """What the words may rest on: the engines' own texts of this turn, the person's message, the foods that are proven.

    `has_receipts`: the turn's own lines already report a committed change. `secrets`: texts that must not come out.
    """

    texts: tuple[str, ...]
    restrictions: Sequence[Restriction] = ()
    proven_foods: tuple[str, ...] = ()
    has_receipts: bool = False
    secrets: tuple[str, ...] = ()


def faults(text: str, basis: Basis) -> tuple[Fault, ...]:
    """Everything that speaks against sending this text, in a fixed order; () when nothing does. Pure and total."""
    words = text.split()
    judged: tuple[tuple[Fault, bool], ...] = (
        ("empty", not words),
        ("too_long", len(words) > MOST_WORDS),
        ("questions", text.count("?") + text.count("？") + text.count("؟") > MOST_QUESTIONS),
        ("markup", _MARKUP.search(text) is not None),
        ("link", _LINK.search(text) is not None),
        ("persona", _PERSONA.search(text) is not None),
        ("claim", not basis.has_receipts and _CLAIM.search(text) is not None),
        ("figure", bool(unknown(text, basis.texts))),
        ("allergen", bool(scan_text(_INVITATION.sub(" ", text), basis.restrictions, basis.proven_foods))),
        ("safety", bool(vet_text(text))),
        ("leak", _leaks(words, basis.secrets)),
    )
    return tuple(fault for fault, is_so in judged if is_so)


def _leaks(words: Sequence[str], secrets: Sequence[str]) -> bool:
    """Whether a run of words stands in one of the secrets, whatever the case and signs."""
    said = _runs(words)
    return any(not said.isdisjoint(_runs_of(secret)) for secret in secrets)


@lru_cache(maxsize=16)
def _runs_of(secret: str) -> frozenset[str]:
    """The runs of a text that is judged against again and again: the instructions of a prompt."""
    return _runs(secret.split())


def _runs(words: Sequence[str]) -> frozenset[str]:
    bare = [_bare(word) for word in words]
    return frozenset(" ".join(bare[at : at + LEAKED_RUN]) for at in range(len(bare) - LEAKED_RUN + 1))


def _bare(word: str) -> str:
    return re.sub(r"\W+", "", word.casefold())

"""The table of allergen words and the one way words are made comparable (science.md N-30, N-34..N-37).

English only: words of another language match nothing, and what matches nothing stays unknown, never clear (N-31).
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

KEYS = (
    "milk", "egg", "fish", "crustacean", "mollusc", "tree_nut", "peanut", "wheat", "gluten", "soy", "sesame", "celery",
    "mustard", "lupin", "sulphite", "coconut", "mammal",
)  # fmt: skip
# Letters that NFKD leaves whole, and signs that only join a word.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "", "'": "", "`": "", "&": " and ", "_": " "})
_WORD = re.compile(r"\w+")
_HARD_STOP = re.compile(r"[.;!?\n\r|•]")
_SOFT_STOP = re.compile(r"[,:()\[\]/+–—*\"“”]")
# "leaves out" is a verb, so the leaf follows the leaves and not the other way round.
_IRREGULAR = {"octopi": "octopus", "leaf": "leave", "loaf": "loave", "half": "halve"}

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word made comparable; `stop` is what stands before it: nothing, "soft" (comma) or "hard" (full stop)."""

    word: str
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A food word and what it says about allergens.

    `is_single` marks an ingredient that hides no other (N-31). `inherent` are the keys its very name tells
    ("almond milk" is made of almonds), which no declaration beside it can take away.
    """

    name: str
    contains: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    clear: frozenset[str] = frozenset()
    rule: str = "N-35"
    is_single: bool = False
    inherent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Everything of data/allergens.json, indexed by comparable words."""

    version: str
    terms: Mapping[Words, Term]
    by_first_word: Mapping[str, tuple[Words, ...]]  # longest first
    fillers: frozenset[str]
    claims: Mapping[str, tuple[str, ...]]  # "nut" -> what "nut-free" denies
    words: Mapping[Words, tuple[str, ...]]  # what a person's word means (N-37)
    questions: Mapping[Words, str]


def tokenise(text: str) -> tuple[Token, ...]:
    """NFKD, casefold, marks stripped, singular; the stops between words are kept, a hyphen is only a gap."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    plain = "".join(char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    tokens: list[Token] = []
    end = 0
    for match in _WORD.finditer(plain):
        tokens.append(Token(singular(match.group()), _stop(plain[end : match.start()])))
        end = match.end()
    return tuple(tokens)


def words_of(text: str) -> Words:
    """The comparable words of a short name ("Brazil nuts" → brazil, nut)."""
    return tuple(token.word for token in tokenise(text))


def singular(word: str) -> str:
    """One form for singular and plural. It need not be a real word, as long as both end up the same."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith(("ies", "ie")):
        return word[: word.rindex("ie")] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "oes", "uses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    return word[:-1] if word.endswith(("che", "sse")) else word


def holds(haystack: Sequence[str], needle: Words) -> bool:
    """Whether these words stand together, in this order."""
    size = len(needle)
    return size > 0 and any(tuple(haystack[i : i + size]) == needle for i in range(len(haystack) - size + 1))


@cache
def table() -> Table:
    """The table, read once."""
    data = json.loads((resources.files("agents.domain") / "data" / "allergens.json").read_text("utf-8"))
    terms = _terms(data)
    return Table(
        version=data["version"],
        terms=terms,
        by_first_word=index(terms),
        fillers=frozenset(word for name in data["fillers"] for word in words_of(name)),
        claims={" ".join(words_of(name)): tuple(keys) for name, keys in data["claims"].items()},
        words={words_of(name): tuple(keys) for name, keys in data["words"].items()},
        questions={words_of(name): question for name, question in data["questions"].items()},
    )


def index(names: Iterable[Words]) -> dict[str, tuple[Words, ...]]:
    """Names by their first word, longest first, so that the longest match is found first (N-34)."""
    found: dict[str, list[Words]] = {}
    for name in names:
        found.setdefault(name[0], []).append(name)
    return {first: tuple(sorted(same, key=len, reverse=True)) for first, same in found.items()}


def _stop(between: str) -> str:
    if _HARD_STOP.search(between):
        return "hard"
    return "soft" if _SOFT_STOP.search(between) else ""


def _terms(data: Mapping[str, Any]) -> dict[Words, Term]:
    single = {words_of(name) for name in data["single"]}
    found: dict[Words, Term] = {name: Term(" ".join(name), rule="N-31", is_single=True) for name in single}
    for group in data["terms"]:
        keys = frozenset(group["keys"])
        for name in group["contains"]:
            _add(found, name, Term("", contains=keys), is_single=words_of(name) in single)
        for name in group["may"]:
            _add(found, name, Term("", may=keys), is_single=words_of(name) in single)
    for group in data["false_friends"]:
        friend = Term("", frozenset(group["contains"]), frozenset(group["may"]), frozenset(group["clear"]), rule="N-36")
        for name in group["terms"]:
            _add(found, name, friend, is_single=words_of(name) in single)
    return {words: replace(term, inherent=_inherent(words, term, found)) for words, term in found.items()}


def _inherent(words: Words, term: Term, terms: Mapping[Words, Term]) -> frozenset[str]:
    size = len(words)
    inside = (words[start:end] for start in range(size) for end in range(start + 1, size + 1))
    parts = [terms[name] for name in inside if name in terms and terms[name].is_single]
    return frozenset(key for key in term.contains if any(key in part.contains for part in parts))


def _add(found: dict[Words, Term], name: str, more: Term, *, is_single: bool) -> None:
    """Several groups may speak of one word: the stronger statement about a key stands."""
    words = words_of(name)
    old = found.get(words, more)
    contains = old.contains | more.contains
    may = (old.may | more.may) - contains
    clear = (old.clear | more.clear) - contains - may
    rule = "N-36" if "N-36" in (old.rule, more.rule) else "N-35"
    found[words] = Term(" ".join(words), contains, may, clear, rule, is_single)

"""The table of allergen words and the one way words are made comparable (science.md N-30, N-34..N-37).

English, with the common words of German, Spanish, French, Italian and Portuguese (data/allergen_languages.json). Words
of another language match nothing, and what matches nothing stays unknown, never clear (N-31).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
# "E-322", "E 322i" and "INS 322" are one additive; "e 250 g" is Italian for "and 250 g".
_ADDITIVE = re.compile(r"\b(?:e|ins)[ \-‐‑]?(\d{3,4}[a-h]?)(?:i{1,3}|iv|v)?\b(?!\s*(?:g|gr|kg|ml)\b)")
_ELISION = re.compile(r"\b(d|l|dell|all|nell|sull)['’](?=\w)")  # "huile d'arachide", "pasta all'uovo"
_LESS = re.compile(r"\b(egg|dairy|milk|nut|peanut|gluten|wheat|soy|fish|meat)less\b")  # "eggless" is "egg free"
# "leaves out" is a verb, so the leaf follows the leaves and not the other way round.
_IRREGULAR = {"octopi": "octopus", "leaf": "leave", "loaf": "loave", "half": "halve"}
_LEAST_REST = 3  # letters beside the stem: "Fischer" is no fish

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
    fronts: Mapping[str, frozenset[str]]  # how compounds begin: "Milchreis"
    backs: Mapping[str, frozenset[str]]  # and end: "Weizenbrot"
    fillers: frozenset[str]
    claims: Mapping[str, tuple[str, ...]]  # "nut" -> what "nut-free" denies
    words: Mapping[Words, tuple[str, ...]]  # what a person's word means (N-37)
    questions: Mapping[Words, str]


def tokenise(text: str) -> tuple[Token, ...]:
    """NFKD, casefold, marks stripped, singular; the stops between words are kept, a hyphen is only a gap."""
    plain = text.casefold() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    plain = _ELISION.sub(r"\1 ", plain).translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(
            char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
        )
    plain = _LESS.sub(r"\1 free", _ADDITIVE.sub(r"e\1", plain))
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
    return bool(needle) and any(tuple(haystack[i : i + len(needle)]) == needle for i in range(len(haystack)))


@cache
def table() -> Table:
    """The table, read once."""
    data, other = _read("allergens.json"), _read("allergen_languages.json")
    terms = _terms(data, other["languages"].values())
    return Table(
        version=f"{data['version']}.{other['version']}",
        terms=terms,
        by_first_word=index(terms),
        fronts={stem: frozenset(keys) for stem, keys in other["stems"]["front"].items()},
        backs={stem: frozenset(keys) for stem, keys in other["stems"]["back"].items()},
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


def compound(word: str) -> Term | None:
    """What a closed compound tells by its first and last part ("Weizenvollkornbrot"), longest stem first, or None."""
    front = _stem(table().fronts, word, word.startswith)
    back = _stem(table().backs, word, word.endswith)
    return Term(word, contains=front | back) if front | back else None


def _stem(stems: Mapping[str, frozenset[str]], word: str, stands: Callable[[str], bool]) -> frozenset[str]:
    fitting = [stem for stem in stems if len(word) >= len(stem) + _LEAST_REST and stands(stem)]
    return stems[max(fitting, key=len)] if fitting else frozenset()


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.files("agents.domain") / "data" / name).read_bytes())
    return found


def _stop(between: str) -> str:
    if _HARD_STOP.search(between):
        return "hard"
    return "soft" if _SOFT_STOP.search(between) else ""


def _terms(data: Mapping[str, Any], languages: Iterable[Mapping[str, Any]]) -> dict[Words, Term]:
    single = {words_of(name) for name in data["single"]}
    found: dict[Words, Term] = {name: Term(" ".join(name), rule="N-31", is_single=True) for name in single}
    for group in data["terms"]:
        for state in ("contains", "may"):
            _add(found, group[state], {state: group["keys"]})
    _add_stated(found, data["false_friends"], is_friend=True)
    for language in languages:
        _add_stated(found, language["terms"])
        _add_stated(found, language["false_friends"], is_friend=True)
    names = index(found)
    found = {words: _with_parts(words, term, found, names) for words, term in found.items()}
    found = {words: replace(term, inherent=_inherent(words, term, found)) for words, term in found.items()}
    closed = {(singular("".join(words)),): term for words, term in found.items() if len(words) == 2}  # "oatmilk"
    return closed | found


def _add_stated(found: dict[Words, Term], groups: Iterable[Mapping[str, Any]], *, is_friend: bool = False) -> None:
    for group in groups:
        _add(found, group["terms"], group, is_friend=is_friend)


def _add(
    found: dict[Words, Term], names: Iterable[str], stated: Mapping[str, Collection[str]], *, is_friend: bool = False
) -> None:
    """Several groups may speak of one word: the stronger statement about a key stands."""
    for words in map(words_of, names):
        old = found.get(words, Term(" ".join(words)))
        contains = old.contains.union(stated.get("contains", ()))
        may = old.may.union(stated.get("may", ())) - contains
        clear = old.clear.union(stated.get("clear", ())) - contains - may
        rule = "N-36" if is_friend or old.rule == "N-36" else "N-35"
        found[words] = replace(old, contains=contains, may=may, clear=clear, rule=rule)


def _with_parts(words: Words, term: Term, terms: Mapping[Words, Term], names: Mapping[str, Sequence[Words]]) -> Term:
    """What its parts hold, the term holds as well ("bulgur wheat"), unless it says otherwise ("butter bean")."""
    parts = [terms[part] for part in _parts_inside(words, names)]
    stated = term.contains | term.may | term.clear
    contains = term.contains | {key for part in parts for key in part.contains - stated}
    guessed = () if term.is_single else parts  # a curated ingredient holds no more than is stated
    may = term.may | {key for part in guessed for key in part.may - stated - contains}
    return replace(term, contains=contains, may=may)


def _parts_inside(words: Words, names: Mapping[str, Sequence[Words]]) -> list[Words]:
    """The shorter terms in a term, read as a text is: the longest first, each word once."""
    found: list[Words] = []
    position = 0
    while position < len(words):
        here = (name for name in names.get(words[position], ()) if words[position : position + len(name)] == name)
        part = next((name for name in here if name != words), ())
        found += [part] if part else []
        position += max(len(part), 1)
    return found


def _inherent(words: Words, term: Term, terms: Mapping[Words, Term]) -> frozenset[str]:
    ends = range(len(words) + 1)
    inside = (words[start:end] for start in ends for end in ends)
    parts = [terms[name] for name in inside if name in terms and terms[name].is_single]
    return frozenset(key for key in term.contains if any(key in part.contains for part in parts))

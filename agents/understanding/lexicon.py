"""Word tables: phrases and the codes they stand for, matched on whole words whatever their number.

The tables are the JSON files beside this module (`data/<name>.json`: section -> code -> phrases), read once.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

_IRREGULAR = {
    "cookies": "cookie", "pies": "pie", "knives": "knife", "loaves": "loaf", "halves": "half", "feet": "foot",
    "geese": "goose", "mice": "mouse", "children": "child", "women": "woman", "men": "man", "brownies": "brownie",
    "smoothies": "smoothie", "molasses": "molasses", "swiss": "swiss", "lens": "lens", "diabetes": "diabetes",
    "shoes": "shoe", "toes": "toe", "rabies": "rabies", "herpes": "herpes", "always": "always", "biceps": "biceps",
    "triceps": "triceps", "calves": "calf", "leaves": "leaf", "anchovies": "anchovy", "movies": "movie",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, its singular, and where it stands."""

    text: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of a table found in a text."""

    code: str
    phrase: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """The singular of an English noun, good enough to compare words and to name an ingredient."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oes", "xes", "ches", "shes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]


_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a lower-case text; a number is a word too."""
    return tuple(Word(m[0], singular(m[0]), m.start(), m.end()) for m in _WORD.finditer(text))


class Phrases:
    """A table of phrases that finds the longest one at each place; a found phrase hides the phrases inside it."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        index: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for code, phrases in table.items():
            for phrase in phrases:
                stems = tuple(word.stem for word in words_of(phrase))
                index.setdefault(stems[0], []).append((stems, code, phrase))
        self._index = {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in index.items()}
        self._codes = {stems: code for rows in index.values() for stems, code, _ in rows}

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Match]:
        """The phrases in these words of this text, left to right, longest first, never overlapping."""
        at = 0
        while at < len(words):
            match = self._at(text, words, at) if words[at].stem in self._index else None
            if match is None:
                at += 1
                continue
            found, taken = match
            yield found
            at += taken

    def code(self, words: Sequence[str]) -> str | None:
        """The code of exactly these words, or None."""
        return self._codes.get(tuple(singular(word) for word in words))

    def touches(self, stems: frozenset[str]) -> bool:
        """Whether any phrase could begin in a text with these stems: the cheap test before `find`."""
        return not stems.isdisjoint(self._index.keys())

    def _at(self, text: str, words: Sequence[Word], at: int) -> tuple[Match, int] | None:
        for stems, code, phrase in self._index[words[at].stem]:
            last = at + len(stems)
            here = words[at:last]
            if tuple(word.stem for word in here) == stems and _is_joined(text, here):
                return Match(code, phrase, here[0].start, here[-1].end), len(stems)
        return None


def _is_joined(text: str, words: Sequence[Word]) -> bool:
    """Whether only spaces, hyphens, slashes or apostrophes stand between these words."""
    return all(
        not text[one.end : two.start].strip(" -/'\t") and "\n" not in text[one.end : two.start]
        for one, two in pairwise(words)
    )


@cache
def table(name: str) -> dict[str, dict[str, list[str]]]:
    """The data file `name`: sections of code -> phrases."""
    text = files("agents.understanding").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = json.loads(text)
    return loaded


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of words from the data file word_sets."""
    return frozenset(table("word_sets")["words"][name])


@cache
def phrases(name: str, section: str) -> Phrases:
    """One section of a data file as a phrase table."""
    return Phrases(table(name)[section])


@cache
def _spellings() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The words that are never changed, and the repairable words by each form with one letter left out."""
    data = table("spelling")
    targets = data["words"]["repair"]
    by_deletion: dict[str, set[str]] = {}
    for target in targets:
        for form in _shortened(target):
            by_deletion.setdefault(form, set()).add(target)
    known = frozenset(targets) | frozenset(data["words"]["keep"])
    return known, {form: frozenset(found) for form, found in by_deletion.items()}


def _shortened(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


@lru_cache(maxsize=4096)
def corrected(word: str) -> str | None:
    """The long everyday word one edit away ("vegetarain"), or None. Names of allergens are never in the table."""
    known, by_deletion = _spellings()
    if not 6 <= len(word) <= 18 or word in known or singular(word) in known:
        return None
    candidates = {target for form in _shortened(word) for target in by_deletion.get(form, ()) if target[0] == word[0]}
    if not candidates:
        return None
    from rapidfuzz.distance import OSA

    close = [target for target in candidates if OSA.distance(word, target, score_cutoff=1) <= 1]
    return close[0] if len(close) == 1 else None

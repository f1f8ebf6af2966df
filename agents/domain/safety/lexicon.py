"""The words and patterns of all languages, compiled once at first use from the data files beside this module."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any, Final

from agents.domain.safety.normalise import Words, normalise, split_words
from agents.domain.safety.patterns import Match, Pattern, compile_pattern, find

LANGUAGES: Final = ("en", "es", "de", "fr", "pt", "ru", "hi", "id", "ar", "tr", "it")
_TYPO_LENGTHS: Final = range(5, 19)  # shorter words have too many honest neighbours, longer ones are junk
_SWAP_ONLY_LENGTH: Final = 5  # at this length only two swapped letters are forgiven ("chset")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@cache
def load(name: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The parsed data file `name`.json of this package."""
    return json.loads(resources.files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8"))


@dataclass(slots=True)
class _Vocabulary:
    """Word classes under construction: a class per distinct slot text."""

    classes: Mapping[str, Sequence[str]]
    ids: dict[str, int] = field(default_factory=dict)
    words: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def class_of(self, slot: str) -> int:
        """The id of the class a slot stands for; its words are registered on first sight."""
        if slot not in self.ids:
            self.ids[slot] = len(self.ids)
            for word in self._members(slot):
                self.words[word].add(self.ids[slot])
        return self.ids[slot]

    def _members(self, slot: str) -> Iterator[str]:
        for part in slot.split("|"):
            if part.startswith("<"):
                for member in self.classes[part[1:-1]]:
                    yield from self._members(member)
            else:
                yield normalise(part)


class Lexicon:
    """All patterns, indexed by their rarest class, and the word classes of a token with typing errors forgiven."""

    def __init__(self, concepts: Mapping[str, Sequence[str]], classes: Mapping[str, Sequence[str]]) -> None:
        """Compile `concepts` (name -> pattern sources) over `classes` (name -> words)."""
        context = load("context")
        vocabulary = _Vocabulary(classes)
        self.expansions = {word: tuple(full.split()) for word, full in context["expand"].items()}
        self.fillers = frozenset(context["fillers"])
        self._honest = frozenset(context["not_typos"])
        self._forgiven = frozenset(normalise(word) for word in context["forgiven"])
        self.patterns = [
            pattern
            for name, sources in concepts.items()
            for source in sources
            for pattern in compile_pattern(name, source, vocabulary.class_of)
        ]
        self.class_ids = {name: vocabulary.class_of(f"<{name}>") for name in classes}
        self._number, self._year = vocabulary.class_of("#"), vocabulary.class_of("#year")
        self._words = {word: tuple(sorted(ids)) for word, ids in vocabulary.words.items()}
        self._seen: dict[str, tuple[int, ...]] = {}

    @cached_property
    def _by_anchor(self) -> dict[int, list[Pattern]]:
        """Patterns by the class that fewest patterns share: most are never looked at for a given message."""
        uses: dict[int, int] = defaultdict(int)
        for pattern in self.patterns:
            for slot in set(pattern.slots):
                uses[slot] += 1
        index: dict[int, list[Pattern]] = defaultdict(list)
        for pattern in self.patterns:
            index[min(pattern.slots, key=uses.__getitem__)].append(pattern)
        return index

    @cached_property
    def _typos(self) -> dict[str, list[str]]:
        """The alarm words, whole and with one letter left out, for the look-up of near misses."""
        near: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._forgiven & self._words.keys()):
            if len(word) in _TYPO_LENGTHS:
                for form in (word, *_shortened(word)):
                    near[form].append(word)
        return near

    def words(self, text: str) -> Words:
        """The words of normalised text."""
        return split_words(text, self.expansions, self.fillers)

    def classes(self, token: str) -> tuple[int, ...]:
        """The word classes of a token: its own, or those of the alarm word it is a slip of the finger away from."""
        known = self._words.get(token, ())
        if token[0].isdigit():
            return (*known, self._number, self._year) if _YEAR.fullmatch(token) else (*known, self._number)
        if known:
            return known
        if token not in self._seen:
            if len(self._seen) > 20_000:  # junk must not fill the memory
                self._seen.clear()
            self._seen[token] = self._words.get(self._meant(token), ())
        return self._seen[token]

    def _meant(self, token: str) -> str:
        """The alarm word within one slip of `token`, or the token itself."""
        if token in self._honest:
            return token
        single = re.sub(r"(.)\1", r"\1", token)
        if single in self._forgiven:
            return single
        if len(token) not in _TYPO_LENGTHS:
            return token
        for form in (token, *_shortened(token)):
            for word in self._typos.get(form, ()):
                if word[0] == token[0] and _is_slip(word, token):
                    return word
        return token

    def positions(self, words: Words) -> dict[int, list[int]]:
        """Where each word class occurs."""
        found: dict[int, list[int]] = defaultdict(list)
        for position, token in enumerate(words.tokens):
            for class_id in self.classes(token):
                found[class_id].append(position)
        return found

    def matches(self, positions: Mapping[int, Sequence[int]], sentences: Sequence[int]) -> Iterator[Match]:
        """Every match of every pattern whose classes all occur."""
        for class_id in tuple(positions):
            for pattern in self._by_anchor.get(class_id, ()):
                if all(slot in positions for slot in pattern.slots):
                    yield from find(pattern, positions, sentences)


def _shortened(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _is_slip(word: str, token: str) -> bool:
    """Whether two swapped neighbours, or in longer words one letter more, less or other, turn `word` into `token`."""
    start = 0
    while start < min(len(word), len(token)) and word[start] == token[start]:
        start += 1
    wanted, typed = word[start:], token[start:]
    if wanted[:2] == typed[:2][::-1] and wanted[2:] == typed[2:]:
        return True
    if min(len(word), len(token)) <= _SWAP_ONLY_LENGTH:
        return False
    return wanted[1:] == typed[1:] or wanted[1:] == typed or wanted == typed[1:]


@cache
def lexicon() -> Lexicon:
    """The one lexicon: English concepts and word classes plus the surface forms of every other language."""
    classes: dict[str, list[str]] = defaultdict(list)
    concepts: dict[str, list[str]] = defaultdict(list)
    for name in ("context", *(f"words_{language}" for language in LANGUAGES), "words_crisis"):
        data = load(name)
        for target, source in ((classes, data.get("words", {})), (concepts, data.get("concepts", {}))):
            for key, entries in source.items():
                target[key].extend(entries)
    return Lexicon(concepts, classes)

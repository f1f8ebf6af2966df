"""The words and patterns of all languages, compiled once at first use from the data files beside this module."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from agents.domain.safety.normalise import Words, split_words
from agents.domain.safety.patterns import Match, Pattern, Positions, compile_pattern, find
from agents.domain.safety.vocabulary import Slots, Vocabulary

LANGUAGES: Final = ("en", "es", "de", "fr", "pt", "ru", "hi", "id", "ar", "tr", "it")


@cache
def load(name: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The parsed data file `name`.json of this package."""
    return json.loads(resources.files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8"))


class Lexicon:
    """All patterns, indexed by their rarest class, and the vocabulary they are written in."""

    def __init__(self, concepts: Mapping[str, Sequence[str]], classes: Mapping[str, Sequence[str]]) -> None:
        """Compile `concepts` (name -> pattern sources) over `classes` (name -> words)."""
        context = load("context")
        slots = Slots(classes)
        self.patterns = [
            pattern
            for name, sources in concepts.items()
            for source in sources
            for pattern in compile_pattern(name, source, slots.class_of, slots.lengths.__getitem__)
        ]
        self.class_ids = {name: slots.class_of(f"<{name}>") for name in classes}
        self.vocabulary = Vocabulary(slots, honest=context["not_typos"], forgiven=context["forgiven"])
        self._expansions = {word: tuple(full.split()) for word, full in context["expand"].items()}
        self._fillers = frozenset(context["fillers"])
        self._by_anchor = _indexed(self.patterns, slots)

    def words(self, text: str) -> Words:
        """The words of normalised text."""
        return split_words(text, self._expansions, self._fillers)

    def positions(self, words: Words) -> Positions:
        """Where each word class occurs."""
        return Positions(self.vocabulary.of_text(words.tokens))

    def matches(self, positions: Positions, sentences: Sequence[int]) -> Iterator[Match]:
        """Every match of every pattern whose classes all occur."""
        present = positions.present
        for class_id in present & self._by_anchor.keys():
            for pattern in self._by_anchor[class_id]:
                if pattern.needed <= present:
                    yield from find(pattern, positions, sentences)


def _indexed(patterns: Sequence[Pattern], slots: Slots) -> dict[int, list[Pattern]]:
    """Patterns by the class whose words are least common, so that most are never looked at for a given message.

    How common a word is, is read off the number of classes it is in: "my" and "not" are in hundreds.
    """
    common: dict[int, int] = defaultdict(int)
    for ids in slots.words.values():
        for class_id in ids:
            common[class_id] += len(ids)
    index: dict[int, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        index[min(pattern.slots, key=common.__getitem__)].append(pattern)
    return dict(index)


@cache
def lexicon() -> Lexicon:
    """The one lexicon: English concepts and word classes plus the surface forms of every other language."""
    classes: dict[str, list[str]] = defaultdict(list)
    concepts: dict[str, list[str]] = defaultdict(list)
    for name in ("context", *(f"words_{language}" for language in LANGUAGES), "words_shared", "words_crisis"):
        data = load(name)
        for target, source in ((classes, data.get("words", {})), (concepts, data.get("concepts", {}))):
            for key, entries in source.items():
                target[key].extend(entries)
    return Lexicon(concepts, classes)

"""The word classes of a token: its own, those of a phrase it begins, or those of the alarm word it misspells."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from agents.domain.safety.normalise import normalise

_TYPO_LENGTHS: Final = range(5, 19)  # shorter words have too many honest neighbours, longer ones are junk
_SWAP_ONLY_LENGTH: Final = 5  # at this length only two swapped letters are forgiven ("chset")
_NUMBER: Final = "#"  # any number
_YEAR_SLOT: Final = "#year"
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_UMLAUTS: Final = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}  # how they are typed without the keys
_SHORTEST_STEM: Final = 3
_ARABIC_PREFIX: Final = re.compile(r"(?:لل|[وفبلك]?(?:ال)?)(?=[\u0620-\u064a]{3})")
_MOST_REMEMBERED: Final = 20_000  # unknown tokens; junk must not fill the memory

Classes = frozenset[int]
_NO_CLASSES: Final[Classes] = frozenset()


@dataclass(slots=True)
class Slots:
    """Word classes under construction: a class per distinct slot text such as `pain|<hurt>`."""

    members: Mapping[str, Sequence[str]]
    ids: dict[str, int] = field(default_factory=dict)
    words: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    lengths: dict[int, int] = field(default_factory=lambda: defaultdict(lambda: 1))

    def class_of(self, slot: str) -> int:
        """The id of the class a slot stands for; its words and phrases are registered on first sight."""
        if slot not in self.ids:
            class_id = self.ids[slot] = len(self.ids)
            for word in self._members(slot):
                self.words[word].add(class_id)
                self.lengths[class_id] = max(self.lengths[class_id], word.count(" ") + 1)
        return self.ids[slot]

    def _members(self, slot: str) -> Iterator[str]:
        for part in slot.split("|"):
            if part.startswith("<"):
                for member in self.members[part[1:-1]]:
                    yield from self._members(member)
            else:
                yield normalise(part)
                if not _UMLAUTS.keys().isdisjoint(map(ord, part)):
                    yield normalise(part.translate(_UMLAUTS))


class Vocabulary:
    """The word classes of tokens; the first and the last word of a phrase ("out of nowhere") stand for its class.

    A member such as "desmay*" is a stem: every word that begins with it.
    """

    def __init__(self, slots: Slots, *, honest: Collection[str], forgiven: Collection[str]) -> None:
        """Take over finished `slots`; `forgiven` are the words whose typing errors count, `honest` never is one."""
        self._number = frozenset(slots.words[_NUMBER] | {slots.class_of(_NUMBER)})
        self._year = self._number | slots.words[_YEAR_SLOT] | {slots.class_of(_YEAR_SLOT)}
        self._words: dict[str, Classes] = {}
        self._stems: dict[str, Classes] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], Classes]]] = defaultdict(list)
        for text, ids in slots.words.items():
            first, *rest = text.split()
            if rest:
                self._phrases[first].append((tuple(rest), frozenset(ids)))
            elif text.endswith("*"):
                self._stems[text[:-1]] = frozenset(ids)
            else:
                self._words[text] = frozenset(ids)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._honest = frozenset(honest)
        self._forgiven = frozenset(map(normalise, forgiven))
        self._seen: dict[str, Classes] = {}

    def classes(self, token: str) -> Classes:
        """The word classes of a token: its own and its stem's, or those of the alarm word it is a slip away from."""
        if token[0].isdigit():
            known = self._words.get(token, _NO_CLASSES)
            return known | (self._year if _YEAR.fullmatch(token) else self._number)
        if token not in self._seen:
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.clear()
            self._seen[token] = self._looked_up(token)
        return self._seen[token]

    def _looked_up(self, token: str) -> Classes:
        found = self._words.get(token, _NO_CLASSES).union(*self._of_stems(token))
        bare = token[match.end() :] if (match := _ARABIC_PREFIX.match(token)) else token
        return found or self._words.get(bare) or self._words.get(self._meant(token), _NO_CLASSES)

    def _of_stems(self, token: str) -> Iterator[Classes]:
        """The classes of every stem ("desmay*") the token begins with."""
        for length in range(_SHORTEST_STEM, min(len(token), self._longest_stem) + 1):
            if token[:length] in self._stems:
                yield self._stems[token[:length]]

    def of_text(self, tokens: Sequence[str]) -> list[Classes]:
        """The word classes at every position of a text, phrases included."""
        found = list(map(self.classes, tokens))
        for position, token in enumerate(tokens):
            for rest, ids in self._phrases.get(token, ()):
                end = position + len(rest)
                if tuple(tokens[position + 1 : end + 1]) == rest:
                    found[position] |= ids
                    found[end] |= ids
        return found

    @cached_property
    def _typos(self) -> dict[str, list[str]]:
        """The alarm words, whole and with one letter left out, for the look-up of near misses."""
        near: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._forgiven & self._words.keys()):
            if len(word) in _TYPO_LENGTHS:
                for form in (word, *_shortened(word)):
                    near[form].append(word)
        return near

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

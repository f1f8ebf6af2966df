"""A message made ready for the rules: plain letters, spelled-out contractions, numbers in digits, one typo repaired.

Every rule works on this canonical text; the way back to the person's own words is kept, so that a quote is verbatim.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from agents.understanding import chat, numbers
from agents.understanding.lexicon import Word, corrected, words_of
from agents.understanding.scope import Scope, scope

_CHARACTERS = {
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "″": '"', "„": '"', "–": "-",
    "‑": "-", "‐": "-", "−": "-", "—": ",", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\0": " ", "，": ",",
    "、": ",", "。": ".", "؟": "?", "？": "?", "！": "!", "；": ";", "：": ":", "×": "x", "\u200e": " ", "\u200f": " ",
    "\u200b": " ", "\ufeff": " ", "\r": "\n",
}  # fmt: skip
_CONTRACTIONS = {
    "im": "i am", "ive": "i have", "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not",
    "cannot": "can not", "can't": "can not", "won't": "will not", "wont": "will not", "isnt": "is not",
    "arent": "are not", "havent": "have not", "wasnt": "was not", "shouldnt": "should not", "ain't": "am not",
    "wanna": "want to", "gonna": "going to", "gotta": "have to", "let's": "let us", "it's": "it is",
    "that's": "that is", "what's": "what is", "who's": "who is", "he's": "he is", "she's": "she is", "y/o": "yo",
    "celiac": "coeliac", "shan't": "shall not", "id": "i would", "yrs": "years", "wks": "weeks",
}  # fmt: skip
_ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am"}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LONGEST_LIST = 40  # words
_HALF = re.compile(r"(\d?)\s?(½|¼|¾)")
_AND_A_HALF = re.compile(r"(?<=\d)(?<![.,:/]\d)(?<![.,:/]\d\d) and a half\b")
_SPACES = re.compile(r"\s{2,}")
_FEET_BY_INCHES = re.compile(r"(?<![\d'\"])([3-7])\"(?=1[01]\b|\d\b)")  # 5"7 is meant as 5'7
_AFTER_IS = frozenset(
    (
        "killing",
        "hurting",
        "sore",
        "aching",
        "swollen",
        "playing",
        "acting",
        "bad",
        "dodgy",
        "in",
        "still",
        "really",
        "knackered",
        "fine",
        "better",
        "ok",
        "okay",
        "not",
        "been",
        "throbbing",
        "giving",
        "bothering",
        "buggered",
        "busted",
        "painful",
        "stiff",
        "so",
        "very",
        "a",
        "all",
        "too",
        "only",
        "now",
    )
)  # "my knee's killing me" is no possessive
_GLUED = re.compile(
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(one|two|three|four|five|six|seven|eight|nine)"
)
_HALVES = {"½": "5", "¼": "25", "¾": "75"}
# "the one", "no one": not a number. "one" alone counts before anything else.
_NOT_COUNTED_AFTER = re.compile(r"\b(?:no|the|this|that|which|any|every|some|each|other|last|next|only|my|another)\s+$")


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the rules read it.

    `text` is the canonical text; `asserted` is the same with everything blanked (".") that is not said about the person
    here and now: questions, other people, the past, conditions, orders. Positions are the same in both.
    """

    raw: str
    text: str
    scope: Scope
    words: tuple[Word, ...]
    stems: frozenset[str] = field(repr=False)
    _starts: tuple[int, ...] | None = field(default=None, repr=False)
    _ends: tuple[int, ...] | None = field(default=None, repr=False)

    @property
    def asserted(self) -> str:
        """The text with everything blanked that is not asserted about the person."""
        return self.scope.asserted

    def quote(self, start: int, end: int) -> str:
        """The person's own words for a stretch of the canonical text."""
        if self._starts is None or self._ends is None:
            return self.raw[start:end].strip()
        if end <= start:
            return ""
        return self.raw[self._starts[start] : self._ends[end - 1]].strip()

    def clause(self, position: int) -> tuple[int, int]:
        """Start and end of the clause this position is in."""
        at = bisect_right(self.scope.clause_starts, position) - 1
        following = self.scope.clause_starts[at + 1 :][:1]
        return self.scope.clause_starts[at], following[0] if following else len(self.text)

    def before(self, position: int) -> str:
        """The asserted words of the clause before this position."""
        return self.asserted[self.clause(position)[0] : position]

    def after(self, position: int) -> str:
        """The asserted words of the clause from this position on."""
        start, end = self.clause(max(position - 1, 0))
        return self.asserted[position:end] if start <= position else ""

    def sentence(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence this position is in."""
        starts = self.scope.sentence_starts
        at = bisect_right(starts, position) - 1
        return starts[at], starts[at + 1] if at + 1 < len(starts) else len(self.text)

    def words_from(self, position: int) -> Iterator[Word]:
        """The words that begin at or after this position."""
        return islice(self.words, self._index(position), None)

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words wholly inside this stretch."""
        inside = self.words[self._index(start) : self._index(end)]
        return inside[:-1] if inside and inside[-1].end > end else inside

    def words_until(self, position: int) -> tuple[Word, ...]:
        """The last words that begin before this position, as many as a list may have."""
        end = self._index(position)
        return self.words[max(0, end - _LONGEST_LIST) : end]

    def _index(self, position: int) -> int:
        return bisect_left(self.words, position, key=_start)


def _start(word: Word) -> int:
    return word.start


def hear(text: str, *, is_answer: bool = False) -> Heard:
    """Make a message ready. `is_answer`: a question is open, so that a bare "82?" counts as said."""
    low = _FEET_BY_INCHES.sub(r"\1'", _lowered(text))
    edits = list(_edits(low))
    canonical, starts, ends = _rewritten(low, edits) if edits else (low, None, None)
    limits = scope(canonical, is_answer=is_answer)
    words = words_of(limits.asserted)
    return Heard(text, canonical, limits, words, frozenset(word.stem for word in words), starts, ends)


@cache
def _character_map() -> dict[int, str]:
    digits = {zero + i: str(i) for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10, 0x1D7CE) for i in range(10)}
    return {**{ord(old): new for old, new in _CHARACTERS.items()}, **digits}


def _lowered(text: str) -> str:
    """Lower case and plain punctuation, one character for one, so that positions stay."""
    if text.isascii():
        return text.lower().replace("\0", " ").replace("\r", "\n").replace("`", "'")
    plain = text.translate(_character_map())
    low = plain.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _edits(low: str) -> Iterator[tuple[int, int, str]]:
    """The replacements that make the text canonical, in order and without overlap."""
    halves = [(m.start(), m.end(), f"{m[1] or '0'}.{_HALVES[m[2]]}") for m in _HALF.finditer(low)]
    halves += [(m.start(), m.end(), ".5") for m in _AND_A_HALF.finditer(low)]
    skipped = {position for start, end, _ in halves for position in range(start, end)}
    matches = list(_WORD.finditer(low))
    words = [match[0] for match in matches]
    at = 0
    found = halves + [
        (m.start(), m.end(), "\n" if "\n" in m[0] else " ") for m in _SPACES.finditer(low) if m.start() not in skipped
    ]
    while at < len(matches):
        edit, taken = _edit_at(low, matches, words, at)
        if edit is not None and matches[at].start() not in skipped:
            found.append((matches[at].start(), matches[at + taken - 1].end(), edit))
        at += taken
    yield from sorted(found)


def _edit_at(low: str, matches: list[re.Match[str]], words: list[str], at: int) -> tuple[str | None, int]:
    word = words[at]
    if word in numbers.WORDS or (word == "a" and words[at + 1 : at + 2] == ["hundred"]):
        return _figures(low, matches, words, at)
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word], 1
    if (typed := _typed(low, matches[at], word, words[at + 1 : at + 2])) is not None:
        return typed, 1
    if word.endswith("'s") and words[at + 1 : at + 2] and words[at + 1] in _AFTER_IS:
        return word[:-2] + (" has" if words[at + 1] == "been" else " is"), 1
    if "'" in word:
        for ending, full in _ENDINGS.items():
            if word.endswith(ending) and len(word) > len(ending):
                return word[: -len(ending)] + full, 1
    return corrected(word), 1


def _typed(low: str, match: re.Match[str], word: str, following: list[str]) -> str | None:
    """What a word of chat stands for; "" for a filler and for the "ish" of "5ish"."""
    if word in chat.fillers() or (word == "ish" and match.start() and low[match.start() - 1].isdigit()):
        return ""
    if word in chat.words():
        return chat.words()[word].replace("'s", " is").replace("i'm", "i am")
    if word == "cos" and following != ["lettuce"]:
        return "because"
    if glued := _GLUED.fullmatch(word):
        figures, _ = numbers.spoken(glued.groups())
        return figures[0]
    return None


def _figures(low: str, matches: list[re.Match[str]], words: list[str], at: int) -> tuple[str | None, int]:
    """A number said in words, as digits; only words with a space or a hyphen between them belong together."""
    last = at + 1
    while last < min(len(words), at + 8) and low[matches[last - 1].end() : matches[last].start()] in (" ", "-"):
        last += 1
    figures, taken = numbers.spoken(words[at:last])
    start = matches[at].start()
    glued = start > 0 and low[start - 1].isdigit()
    if (
        not taken
        or glued
        or (words[at] == "one" and taken == 1 and _NOT_COUNTED_AFTER.search(low[max(0, start - 12) : start]))
    ):
        return None, max(taken, 1)
    return " ".join(figures), taken


def _rewritten(low: str, edits: list[tuple[int, int, str]]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The text with the edits made, and for each of its characters where it began and ended before."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, new in [*edits, (len(low), len(low), "")]:
        pieces += (low[at:start], new)
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        starts.extend([start] * len(new))
        ends.extend([end] * len(new))
        at = end
    return "".join(pieces), tuple(starts), tuple(ends)

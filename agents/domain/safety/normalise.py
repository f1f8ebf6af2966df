"""Bringing a message into the shape the red-flag patterns expect (science.md S-4). Linear in the length of the text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_QUOTES: Final = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("“”«»„", '"'))
_REPEATED: Final = re.compile(r"([^\W\d_])\1{2,}")
_STARRED: Final = re.compile(r"(?<=[^\W\d_])\*+(?=[^\W\d_])")
_SPELLED_OUT: Final = re.compile(r"\b(?:[^\W\d_][ .*_-]{1,2}){2,}[^\W\d_]\b")
_DISGUISED: Final = re.compile(r"[^\W_]*[01345@$!7][^\W_@$!]*[\w@$!]*")
_LEET: Final = str.maketrans("013457@$!", "oieastasi")
_LETTER: Final = r"(?:[^\W\d_]|[\u0900-\u0963])"  # vowel signs of Devanagari belong to its words
_TOKEN: Final = re.compile(rf"\d+(?:[.,/:]\d+)*|{_LETTER}+(?:'{_LETTER}+)*|\.\.+|…|\s[-–—]+\s|[.,;:!?\n\"()%—–।؟،]")
_FEET: Final = re.compile(r"(?<!\d)([4-7])\s?'\s?(1[01]|\d)(?!\d)\"?")
_SENTENCE_ENDS: Final = frozenset(".!?;\n।؟")
_SAME_LETTER: Final = {"ı": "i", "ة": "ه", "ى": "ي", "ـ": "", "\u0901": "\u0902", "\u093c": ""}
_CARRIES_ON: Final = frozenset(("it", "this", "that", "they", "which"))


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    """One character without its marks; invisible and control characters vanish or become a space."""
    if char in _SAME_LETTER:
        return _SAME_LETTER[char]
    category = unicodedata.category(char)
    if char == "\n" or (category in ("Mn", "Mc") and "\u0900" <= char <= "\u0963"):
        return char
    if category in ("Cf", "Mn", "Mc", "Me"):
        return ""
    return " " if category in ("Cc", "Cs", "Co", "Cn", "So", "Sk") else char


def variants(text: str) -> tuple[str, ...]:
    """The different readings of a text that S-4 asks for: plain, undisguised, and stretched letters as single ones."""
    plain = normalise(text)
    found = [plain, undisguised(plain)]
    if _REPEATED.search(text.lower()):
        found.append(undisguised(normalise(_REPEATED.sub(r"\1", text.lower()))))
    return tuple(dict.fromkeys(found))


def normalise(text: str) -> str:
    """First pass of S-4: compatibility forms, case, invisible characters, marks, quotes, stretched letters."""
    text = text.translate(_QUOTES)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKD", text)
    elif not text.isprintable():
        text = text.lower()
    else:
        return _squeezed(text.lower())
    return _squeezed("".join(map(_plain_char, text)))


def _squeezed(text: str) -> str:
    if "'" in text:
        text = _FEET.sub(r"\1 ft \2", text)
    return _STARRED.sub("", _REPEATED.sub(r"\1\1", text))


def undisguised(text: str) -> str:
    """Second pass of S-4 over normalised text: digits and signs inside words read as letters, spelled-out words joined.

    Returns the text unchanged where nothing was disguised, so that callers can skip the second look.
    """
    text = _SPELLED_OUT.sub(lambda found: re.sub(r"[ .*_-]", "", found[0]), text)
    return _DISGUISED.sub(lambda found: _letters(found[0]), text)


def _letters(word: str) -> str:
    """`word` with look-alike signs as letters, if it has letters at all; numbers with a unit stay what they are."""
    core = word.rstrip("!")
    if core.isdigit() or not any(char.isalpha() for char in core) or core[:1].isdigit():
        return word
    return core.translate(_LEET) + word[len(core) :]


@dataclass(frozen=True, slots=True)
class Words:
    """A message as words with the sentence and clause each stands in. All tuples have the same length."""

    tokens: tuple[str, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    quoted: tuple[bool, ...]


def split_words(text: str, expansions: Mapping[str, tuple[str, ...]], fillers: frozenset[str]) -> Words:
    """Words of normalised text: contractions written out, fillers dropped, punctuation turned into positions.

    A sentence that begins with "it", "this", "that" or "they" belongs to the one before ("My chest! It hurts").
    """
    tokens: list[str] = []
    sentences: list[int] = []
    clauses: list[int] = []
    quoted: list[bool] = []
    sentence = clause = 0
    is_quoted = at_start = False
    for piece in _TOKEN.findall(text):
        first = piece[0]
        if first.isalnum():
            if at_start:
                at_start = False
                sentence += piece not in _CARRIES_ON
            new = expansions.get(piece) or piece.removesuffix("'s").split("'")
            for token in new:
                if token not in fillers:
                    tokens.append(token)
                    sentences.append(sentence)
                    clauses.append(clause)
                    quoted.append(is_quoted)
        elif first == '"':
            is_quoted = not is_quoted
        elif piece != "%":
            clause += 1
            if piece in _SENTENCE_ENDS:
                at_start = bool(tokens)
    return Words(tuple(tokens), tuple(sentences), tuple(clauses), tuple(quoted))

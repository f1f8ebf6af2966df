"""Whether words are English: the guard reads English best, so words of a model in another tongue are not sent."""

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_COMMON: Final = frozenset((
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "before", "but", "by",
    "can", "do", "don't", "for", "from", "get", "good", "had", "has", "have", "how", "i", "if", "in", "is", "it",
    "it's", "just", "keep", "like", "make", "me", "more", "much", "my", "no", "not", "now", "of", "on", "one", "or",
    "other", "our", "out", "over", "so", "some", "such", "take", "than", "that", "that's", "the", "their", "them",
    "then", "there", "these", "they", "this", "those", "to", "too", "up", "us", "was", "way", "we", "well", "were",
    "what", "when", "which", "while", "who", "why", "will", "with", "would", "you", "you're", "you've", "your",
    "yours",
))  # fmt: skip
_FEWEST: Final = 4  # words from which on a share says something
_LEAST_SHARE: Final = 0.2


def is_english(text: str) -> bool:
    """Latin letters throughout, and the small words of English among them. Pure; a few words of Latin script pass."""
    words = _WORD.findall(text)
    if any(
        not unicodedata.name(letter, "").startswith("LATIN") for word in words for letter in word if letter.isalpha()
    ):
        return False
    common = sum(word.casefold().replace("’", "'") in _COMMON for word in words)
    return len(words) < _FEWEST or common / len(words) >= _LEAST_SHARE

"""Languages: which one a text is written in (coarsely), and which one somebody asks for by name."""

import re
from functools import cache
from typing import Final

from agents.understanding import word_lists

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")), ("uk", re.compile("[іїєґІЇЄҐ]")), ("ru", re.compile("[\u0400-\u04ff]")),
    ("fa", re.compile("[پچژگ]")), ("ar", re.compile("[\u0600-\u06ff]")), ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")), ("th", re.compile("[\u0e00-\u0e7f]")), ("el", re.compile("[\u0370-\u03ff]")),
)  # fmt: skip
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?", re.UNICODE)
ENOUGH_FOREIGN_WORDS: Final = 2  # one word ("la") may stand in any sentence


def guess(text: str, default: str = "en") -> str:
    """A language code by script, else by stop words; `default` where the words do not tell. Coarse on purpose."""
    letters = [character for character in text[:400] if character.isalpha()]
    for language, pattern in _SCRIPTS if letters and not text.isascii() else ():
        if len(pattern.findall(text[:400])) * 2 > len(letters) or (
            language in ("uk", "ja", "fa") and pattern.search(text)
        ):
            return language
    words = [word.lower() for word in _TOKEN.findall(text[:1000])]
    score = {language: sum(word in known for word in words) for language, known in _stop_words().items()}
    best = max(score, key=lambda language: score[language])
    if score[best] >= ENOUGH_FOREIGN_WORDS and score[best] > score["en"]:
        return best
    return "en" if score["en"] else default


def code(words: str) -> str | None:
    """The code of a language named in any usual way ("german", "Deutsch", "de"); None for no language."""
    words = words.strip().lower()
    names: dict[str, str] = word_lists.book("languages")["names"]
    if words in names.values():
        return words
    return next((names[word] for word in _TOKEN.findall(words) if word in names), None)


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in word_lists.book("languages")["stop_words"].items()}

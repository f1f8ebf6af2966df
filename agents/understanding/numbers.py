"""Numbers as people write them: "82,5", "1,800", "½", "eighty two", "one eighty", "five and a half"."""

import re
from collections.abc import Sequence

# A number in digits. A comma before exactly three digits groups thousands, any other comma is a decimal sign.
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.])|\d+(?:[.,]\d+)?"

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
WORDS = frozenset(_UNITS) | frozenset(_TENS) | {"hundred"}

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ONLY_NUMBER = re.compile(rf"\s*([-+]?)\s*({NUMBER})\s*")
_MAX_DIGITS = 15


def value(digits: str) -> float:
    """The value of a text that matches NUMBER; absurdly long digit runs become infinity, which no limit admits."""
    if len(digits) > _MAX_DIGITS:
        return float("inf")
    if _GROUPED.fullmatch(digits):
        return float(digits.replace(",", ""))
    return float(digits.replace(",", "."))


def number(text: str) -> float | None:
    """The number a text consists of, in digits or words, with its sign; None where there is anything else."""
    match = _ONLY_NUMBER.fullmatch(text)
    if match:
        return -value(match[2]) if match[1] == "-" else value(match[2])
    words = re.findall(r"[a-z]+", text.lower())
    if not words or re.sub(r"[a-z\s-]+", "", text.lower()):
        return None
    figures, used = spoken(words)
    return value(figures[0]) if used == len(words) and len(figures) == 1 else None


def spoken(words: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Numbers said in words at the start of `words`, as digits, and how many words they took.

    "eighty two" is ("82",), "one eighty" ("180",), "five ten" ("5", "10"), "six and a half" ("6.5",).
    """
    figures: list[str] = []
    at = 0
    while at < len(words):
        whole, taken = _whole(words[at:])
        if not taken:
            break
        fraction, more = _fraction(words[at + taken :])
        figures.append(f"{whole}{fraction}")
        at += taken + more
    return tuple(figures), at


def _whole(words: Sequence[str]) -> tuple[int, int]:
    """A whole number below 1000 at the start of `words` and how many words it took (0: there is none)."""
    if words[:2] == ["a", "hundred"] or words[:1] == ["hundred"]:
        return _after_hundred(100, words, 2 if words[0] == "a" else 1)
    low, taken = _below_hundred(words)
    if not taken:
        return 0, 0
    if words[taken : taken + 1] == ["hundred"]:
        return _after_hundred(low * 100, words, taken + 1)
    if taken == 1 and 1 <= low <= 9:  # "one eighty", "two fifty": a hundred is understood
        rest, more = _below_hundred(words[1:])
        if more and rest >= 20:
            return low * 100 + rest, 1 + more
    return low, taken


def _after_hundred(hundreds: int, words: Sequence[str], taken: int) -> tuple[int, int]:
    joined = 1 if words[taken : taken + 1] == ["and"] else 0
    rest, more = _below_hundred(words[taken + joined :])
    return (hundreds + rest, taken + joined + more) if more else (hundreds, taken)


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    if not words:
        return 0, 0
    if words[0] in _TENS:
        tens = _TENS[words[0]]
        follows = _UNITS.get(words[1], 0) if len(words) > 1 else 0
        return (tens + follows, 2) if 1 <= follows <= 9 else (tens, 1)
    return (_UNITS[words[0]], 1) if words[0] in _UNITS else (0, 0)


def _fraction(words: Sequence[str]) -> tuple[str, int]:
    if list(words[:3]) == ["and", "a", "half"]:
        return ".5", 3
    if list(words[:1]) == ["point"]:
        digits: list[str] = []
        for word in words[1:4]:
            if not 0 <= _UNITS.get(word, -1) <= 9:
                break
            digits.append(str(_UNITS[word]))
        if digits:
            return "." + "".join(digits), 1 + len(digits)
    return "", 0

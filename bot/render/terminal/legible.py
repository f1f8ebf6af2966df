"""Words a terminal can show: no control characters, nothing its encoding lacks."""

import re
import unicodedata

_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # can show words in false order
_SPELLED = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "×": "x", "≤": "<=",
    "≥": ">=", "≈": "~", "±": "+/-", "·": "-", "•": "*", "→": "->", "½": "1/2", "✓": "x", "○": "o",
    "\u00a0": " ", "\u202f": " ",
}  # fmt: skip


def legible(text: str, encoding: str = "utf-8") -> str:
    """The text without control characters, with what the encoding lacks spelled as near as it can be."""
    lines = (re.sub(r"\s", " ", line) if "\t" in line else line for line in text.splitlines())
    shown = "\n".join("".join(mark for mark in line if _is_visible(mark)) for line in lines)
    try:
        shown.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelled(mark, encoding) for mark in shown)
    return shown


def _is_visible(mark: str) -> bool:
    return unicodedata.category(mark) != "Cc" and mark not in _DIRECTION_MARKS


def _spelled(mark: str, encoding: str) -> str:
    """The mark itself, else its plain spelling, else the letter under its accent, else a question mark."""
    for candidate in (mark, _SPELLED.get(mark, ""), unicodedata.normalize("NFKD", mark)[:1]):
        if candidate and candidate.encode(encoding, errors="ignore"):
            return candidate
    return "?"

"""What somebody typed, without what could hide or move words: control signs, turned text, towers of accents (F-23)."""

import unicodedata

MOST_ACCENTS = 6  # on one letter; living scripts stack four
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they show words in another order
_INVISIBLE = frozenset("\ufeff\u00ad\u2060\u180e")


def readable(text: str) -> str:
    """The same words; joiners of emoji and the marks of right-to-left scripts stay."""
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    accents = 0
    for mark in text:
        accents = accents + 1 if unicodedata.combining(mark) else 0
        if accents <= MOST_ACCENTS and not _is_hidden(mark):
            kept.append(mark)
    return "".join(kept)


def _is_hidden(mark: str) -> bool:
    if mark in "\n\t":
        return False
    return mark in _TURNS or mark in _INVISIBLE or unicodedata.category(mark) in ("Cc", "Cs")

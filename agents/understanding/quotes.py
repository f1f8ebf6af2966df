"""Where quoted words stand in a message: whole words only, any case, any white space between them."""

import re
from typing import Final

Span = tuple[int, int]

LONGEST_QUOTE: Final = 4096  # characters: no message is longer
_WORD_BEFORE: Final = r"(?<![^\W_])(?<!\d[.,:])"  # "2" is not quoted from "82" nor from "1.2"
_WORD_BEHIND: Final = r"(?![^\W_])(?![.,:]\d)"


def spans(quote: str, text: str) -> tuple[Span, ...]:
    """Every place of these words in the text; empty when they do not stand there as whole words."""
    words = quote[:LONGEST_QUOTE].split()
    if not words or not any(character.isalnum() for character in quote):
        return ()
    pattern = r"\s+".join(re.escape(word) for word in words)
    before = _WORD_BEFORE if words[0][0].isalnum() else ""
    behind = _WORD_BEHIND if words[-1][-1].isalnum() else ""
    return tuple(match.span() for match in re.finditer(before + pattern + behind, text, re.IGNORECASE))


def overlaps(one: Span, two: Span) -> bool:
    """Whether two stretches share a character."""
    return one[0] < two[1] and two[0] < one[1]

"""Figures in a message: the value of a number as people write it, and the words that stand around it."""

import re
from collections.abc import Sequence
from typing import Final

from agents.domain.safety.context import Reading
from agents.domain.safety.lexicon import lexicon

_PLAIN_GROUPS: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_COMMA_DECIMALS: Final = frozenset(("es", "de", "fr", "pt", "ru", "id", "tr", "it"))


def number(token: str, locale: str = "en") -> float | None:
    """The value of a number token; `locale` decides whether 1.200 is a thousand or one and a bit."""
    if not token[:1].isdigit() or len(token) > 12:
        return None
    is_comma_locale = locale.replace("_", "-").split("-")[0].lower() in _COMMA_DECIMALS
    if _PLAIN_GROUPS.fullmatch(token) and ("." if is_comma_locale else ",") in token:
        return float(re.sub(r"[.,]", "", token))
    try:
        return float(token.replace(",", "."))
    except ValueError:
        return None


class Near:
    """Which word classes stand around a number, within its sentence."""

    def __init__(self, reading: Reading) -> None:
        self.tokens = reading.words.tokens
        self.sentences = reading.words.sentences
        self.clauses = reading.words.clauses
        self._positions = reading.positions
        self._class_ids = lexicon().class_ids

    def at(self, name: str) -> Sequence[int]:
        """The positions of a word class."""
        return self._positions[self._class_ids[name]]

    def has(self, name: str, i: int, before: int = 99, after: int = 99) -> bool:
        """Whether a word of the class stands in the window around position `i`, in the same sentence."""
        return any(
            i - before <= j <= i + after and self.sentences[j] == self.sentences[i] and j != i for j in self.at(name)
        )

    def unit(self, i: int, units: Sequence[str], after: int = 1) -> str | None:
        """The first of these units that follows position `i` directly (or within `after` words)."""
        return next((unit for unit in units if self.has(f"unit_{unit}", i, 0, after)), None)

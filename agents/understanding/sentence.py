"""A message as the time grammar reads it: tidied text whose understood parts are taken out one by one.

Every reader works on `rest`, in which the parts already taken are blanked at the same positions, so that the 7 of
"7 Dec" is never read again as a clock time, and what nobody took is left over as the title of a reminder.
"""

import re
import unicodedata
from dataclasses import dataclass, field

_BLANK = "\x00"
_SIGNS = str.maketrans(
    {
        "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "：": ":",
        "½": " 1/2", "¼": " 1/4", "¾": " 3/4",
        "\x00": " ", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\u00ad": "",
    }
)  # fmt: skip


def tidy(text: str) -> str:
    """One line, single spaces, plain quotes and dashes; the words stay as written."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).split())


@dataclass(slots=True)
class Sentence:
    """Tidied text and what is left to read of it; `rest` has the length of `text`, with blanks that no word matches."""

    text: str
    rest: str = ""
    taken: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = self.rest or self.text

    def hide(self, start: int, end: int) -> None:
        """Keep a part from being read; it stays among the words left over."""
        self.rest = self.rest[:start] + _BLANK * (end - start) + self.rest[end:]

    def take(self, start: int, end: int) -> None:
        """Take a part out: it is understood."""
        self.hide(start, end)
        self.taken.append((start, end))

    def take_match(self, match: re.Match[str]) -> None:
        """Take what a pattern found."""
        self.take(*match.span())

    def left_over(self) -> str:
        """The words nobody took, in order, with single spaces."""
        pieces, position = list[str](), 0
        for start, end in sorted(self.taken):
            pieces.append(self.text[position:start])
            position = max(position, end)
        return " ".join(" ".join([*pieces, self.text[position:]]).split())

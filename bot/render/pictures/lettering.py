"""Words in a picture: one font that ships with the library, so that a picture is the same on every machine.

The font knows Latin, Greek, Cyrillic, Hebrew and Arabic letters; others stay out of the picture and are read in the
words beside it.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

REGULAR, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"


def legible(text: str, instead: str = "") -> str:
    """The words without what the font cannot show; `instead` where nothing is left of them."""
    known = _letters()
    kept = "".join(mark for mark in unicodedata.normalize("NFC", text) if ord(mark) in known and _is_seen(mark))
    words = " ".join(kept.split())
    is_whole = sum(map(str.isalnum, words)) * 2 >= sum(map(str.isalnum, text))
    return words if words and is_whole else instead


def _is_seen(mark: str) -> bool:
    """Neither a control nor a sign that only chooses how the one before it looks."""
    return unicodedata.category(mark)[0] != "C" and not "\ufe00" <= mark <= "\ufe0f"


@cache
def font(size: float, *, is_bold: bool = False) -> "FontProperties":
    """The font in this size (points)."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_folder() / (BOLD if is_bold else REGULAR), size=size)


@cache
def _letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_folder() / REGULAR)).get_charmap())


def _folder() -> Path:
    from matplotlib import get_data_path

    return Path(get_data_path()) / "fonts" / "ttf"

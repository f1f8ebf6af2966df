"""The colours of all pictures: one set for light and dark screens alike.

A calm dark ground does not glare at night and stands out on a white page. The colours for data are of Okabe and Ito's
set, lightened for the ground, so that they differ for every kind of colour sight; signs and patterns differ too.
"""

from typing import Final

GROUND: Final = "#1f2a33"
INK: Final = "#f2f4f5"  # contrast to the ground 13 : 1
SOFT: Final = "#b4c0c8"  # of scales and small words, 8 : 1
RULE: Final = "#3a4853"  # of lines across
MAIN: Final = "#56b4e9"  # sky blue
GOAL: Final = "#f0e442"  # yellow
PARTS: Final = ("#56b4e9", "#e69f00", "#f5d7a8", "#009e73")
LINES: Final = ("#56b4e9", "#e69f00", "#2fc79a", "#f0e442")
SIGNS: Final = ("o", "s", "^", "D")
PATTERNS: Final = ("", "//", "..", "xx")
EMPTY: Final = "#2b3842"  # a field of the calendar on which nothing was done


def shade(share: float) -> tuple[float, float, float]:
    """From the empty field (0) to the full colour (1), as red, green and blue."""
    part = min(1.0, max(0.0, share))
    red, green, blue = (
        (int(EMPTY[at : at + 2], 16) * (1 - part) + int(MAIN[at : at + 2], 16) * part) / 255 for at in (1, 3, 5)
    )
    return red, green, blue

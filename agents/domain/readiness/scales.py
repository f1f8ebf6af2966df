"""How people answer, and the 0 to 10 that is stored for it (science.md R-1).

Energy, mood, sleep quality and digestion: 10 is best. Stress, soreness and pain: 10 is worst. A word becomes a number
inside its own band, so that "poor" stays below 5 and "high" or "severe" above 7, where the triggers are.
"""

from math import isfinite
from typing import Final, Literal

Measure = Literal["stress", "sleep_quality", "energy", "soreness", "mood", "digestion", "pain"]
LEAST, MOST = 0.0, 10.0
FIVE: Final = 5  # the other common scale runs from 1 to 5

SCORES: Final[dict[Measure, dict[str, int]]] = {
    "stress": {"low": 3, "medium": 5, "high": 8},
    "sleep_quality": {"poor": 3, "fair": 5, "good": 7, "excellent": 9},
    "energy": {"low": 3, "medium": 6, "high": 9},
    "soreness": {"none": 0, "mild": 3, "moderate": 6, "severe": 9},
    "mood": {
        "happy": 8, "calm": 7, "neutral": 5, "tired": 4, "stressed": 4, "anxious": 3, "sad": 3, "angry": 3,
    },
}  # fmt: skip
# The highest score of each band, for the way back; everything above the last belongs to the last word.
_BANDS: Final[dict[Measure, tuple[tuple[float, str], ...]]] = {
    "stress": ((3, "low"), (7, "medium"), (MOST, "high")),
    "energy": ((3, "low"), (7, "medium"), (MOST, "high")),
    "sleep_quality": ((4, "poor"), (6, "fair"), (8, "good"), (MOST, "excellent")),
    "soreness": ((0, "none"), (4, "mild"), (7, "moderate"), (MOST, "severe")),
}


def in_range(value: float, most: float = MOST) -> float:
    """The value itself where it lies from 0 to `most`; ValueError otherwise, also for what is no number."""
    if isinstance(value, bool) or not isfinite(value) or not LEAST <= value <= most:
        raise ValueError(f"a score lies from 0 to {most:g}, not {value}")
    return float(value)


def score_of(measure: Measure, word: str) -> float | None:
    """The score of a word; None for a word nobody agreed on, which is then asked about and never guessed."""
    found = SCORES.get(measure, {}).get(word.strip().casefold())
    return None if found is None else float(found)


def from_five(value: float) -> float:
    """A score of the scale 1 to 5, doubled; ValueError outside it."""
    if isinstance(value, bool) or not 1 <= value <= FIVE:
        raise ValueError(f"a score lies from 1 to {FIVE}, not {value}")
    return 2.0 * value


def label(measure: Measure, score: float) -> str | None:
    """The word whose band holds this score; None where the measure has no words. ValueError outside 0 to 10.

    A score between two bands (7.5 of stress) belongs to the higher one, as the triggers read it ("above 7").
    """
    value = in_range(score)
    bands = _BANDS.get(measure)
    if bands is None:
        return None
    if measure == "sleep_quality" and value < FIVE:  # R-2 is strict: below 5 is poor
        return "poor"
    return next(word for most, word in bands if value <= most)

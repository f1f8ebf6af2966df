"""How many sets a muscle gets next: what was done and how sore it was, bounded (science.md T-10, T-5)."""

from typing import Final

GOOD_COMPLETION: Final = 0.85
COMPLETION_SPAN: Final = 0.15
SORE_FROM: Final = 5.0  # of 10
SORE_SPAN: Final = 5.0
GAIN: Final = 0.2
MOST_SHARE, MOST_SETS = 0.2, 2.0
SETS_A_WEEK: Final = {"beginner": (6, 10), "intermediate": (10, 16), "advanced": (12, 20)}  # T-5, direct sets


def volume_change(sets: int, completion: float, soreness: float, level: str) -> int:
    """T-10: how many sets a week more or fewer for one muscle, after two weeks.

    `completion` is the share of planned sets that were done, `soreness` 0 to 10. Stays inside what T-5 gives the level:
    whoever is outside is led back, never further out. Raises KeyError for an unknown level.
    """
    least, most = SETS_A_WEEK[level]
    error = max(-1.0, min(1.0, (completion - GOOD_COMPLETION) / COMPLETION_SPAN))
    error -= max(0.0, (soreness - SORE_FROM) / SORE_SPAN)
    limit = min(MOST_SHARE * sets, MOST_SETS)
    wanted = sets + round(max(-limit, min(limit, GAIN * error * sets)))
    if wanted > sets:
        return max(sets, min(wanted, most)) - sets
    return min(sets, max(wanted, least)) - sets

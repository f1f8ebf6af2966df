"""The five levels of science.md S-1 and how they combine."""

from typing import Final, Literal

Level = Literal["none", "caution", "urgent", "emergency", "crisis"]

LEVELS: Final[tuple[Level, ...]] = ("none", "caution", "urgent", "emergency", "crisis")


def worst(a: Level, b: Level) -> Level:
    """The higher of two levels (S-1: the result is the maximum over all rules that fire)."""
    return max(a, b, key=LEVELS.index)


def at_most(level: Level, cap: Level) -> Level:
    """`level`, but not above `cap` (S-5b: resolved history is at most `caution`)."""
    return min(level, cap, key=LEVELS.index)


def one_higher(level: Level) -> Level:
    """The next level, up to `emergency` (S-7). A crisis stays a crisis, nothing becomes one."""
    if level in ("emergency", "crisis"):
        return level
    return LEVELS[LEVELS.index(level) + 1]

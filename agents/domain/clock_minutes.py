"""Wall times as minutes of a day that goes round."""

from datetime import time

MINUTES_PER_DAY = 24 * 60


def before(at: time, minutes: int) -> time:
    """The wall time so many minutes earlier (later where negative)."""
    total = (at.hour * 60 + at.minute - minutes) % MINUTES_PER_DAY
    return time(total // 60, total % 60)


def minutes_between(start: time, end: time) -> int:
    """Minutes from one wall time to the next occurrence of the other, 0 to 1,439."""
    return (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % MINUTES_PER_DAY

"""Clock times in a stretch of a message, read by the one parser of clock times."""

from datetime import time


def time_in(words: str, *, prefer_pm: bool | None = None) -> time | None:
    """The wall time said in these words; None where none or an impossible one is said."""
    from agents.understanding.times import ClockTime, clock_time

    said = clock_time(words.strip(" ."), prefer_pm=prefer_pm)
    return said.time if isinstance(said, ClockTime) else None


def is_impossible(words: str) -> bool:
    """Whether the words hold what looks like a time and is none ("25:99")."""
    from agents.understanding.times import Problem, clock_time

    said = clock_time(words.strip(" ."))
    return isinstance(said, Problem) and said.reason == "impossible_time"

"""The server's clock: the machine's own, or one that a test moves."""

import time


class Clock:
    """The machine's. `now` counts seconds that never jump, `wall` is Unix time."""

    def now(self) -> float:
        """Seconds since some instant."""
        return time.monotonic()

    def wall(self) -> float:
        """Unix time."""
        return time.time()


class HandClock(Clock):
    """Stands still until it is moved. Begins at a Unix time."""

    def __init__(self, start: float) -> None:
        self._wall, self._now = start, 0.0

    def now(self) -> float:
        """Seconds since this clock was made."""
        return self._now

    def wall(self) -> float:
        """Unix time."""
        return self._wall + self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds

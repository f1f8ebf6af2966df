"""The simulation's clock: it stands where it is put, also earlier, as a badly set machine's does."""

from datetime import UTC, datetime


class SimulatedClock:
    """An instant that the simulation sets. Shared by every process of the simulated world."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def __call__(self) -> datetime:
        """Now."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Put it to an aware instant, forward or back."""
        if instant.tzinfo is None:
            raise ValueError("a clock needs an instant with an offset")
        self._now = instant.astimezone(UTC)

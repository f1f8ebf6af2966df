"""Time as an argument: the real clock, and one that a tester or a simulation moves."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Gives aware UTC instants."""

    def __call__(self) -> datetime:
        """Now."""
        ...


def system_clock() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is moved. It never goes backwards."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an instant with an offset")
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """Now."""
        return self._now

    def advance_to(self, instant: datetime) -> None:
        """Move to an instant; an earlier one leaves the clock where it is."""
        self._now = max(self._now, instant.astimezone(UTC))

    def advance(self, by: timedelta) -> None:
        """Move on by a duration."""
        self.advance_to(self._now + by)


class OffsetClock:
    """The machine's clock moved forward by what `/advance` added up to."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def __call__(self) -> datetime:
        """Now."""
        return system_clock() + self._offset

    def advance_to(self, instant: datetime) -> None:
        """Move to an instant; an earlier one leaves the clock where it is."""
        self._offset = max(self._offset, instant - system_clock())

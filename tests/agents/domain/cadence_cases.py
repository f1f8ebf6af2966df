"""People and reminders of one November day in Berlin, for the tests of the cadence."""

from datetime import UTC, datetime, timedelta

from agents.domain.cadence import DueItem, PersonState

BERLIN = "Europe/Berlin"


def at(clock: str, day: int = 18) -> datetime:
    """A wall time of November 2026 in Berlin (UTC+1), as UTC."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def person(**changes) -> PersonState:
    return PersonState(**({"zone": BERLIN} | changes))


def item(kind="custom", due="12:00", **changes) -> DueItem:
    return DueItem(kind=kind, due_at=at(due), **changes)


def nudge(**changes) -> DueItem:
    return item("check_in", is_chosen=False, **changes)


NOON = at("12:00")

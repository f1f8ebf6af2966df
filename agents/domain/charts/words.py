"""How charts get their words: by key, from the catalogue of the person's language."""

from datetime import date
from typing import Protocol


class Say(Protocol):
    """One sentence of the catalogue."""

    def __call__(self, key: str, **args: str | int | float) -> str:
        """The words for this key. Raises KeyError for an unknown one."""
        ...


def months(say: Say) -> tuple[str, ...]:
    """Twelve short names."""
    return tuple(say("see-months").split())


def weekdays(say: Say) -> tuple[str, ...]:
    """Seven short names, Monday first."""
    return tuple(say("see-weekdays").split())


def day(on: date, say: Say, *, with_year: bool = False) -> str:
    """ "3 Nov", or "3 Nov 2026"."""
    named = say("see-day", day=str(on.day), month=months(say)[on.month - 1])
    return say("see-day-year", day=named, year=str(on.year)) if with_year else named

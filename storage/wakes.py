"""Wakes: who waits for committed work is told at once, in this process and, on PostgreSQL, in every other.

A write says in its transaction what it brings (`promise`); after the commit whoever asked for that is called, and one
NOTIFY a process and name goes out, however many commits it stands for: NOTIFY inside each transaction would make their
commits wait for one another. A process that dies in between tells nobody; that is why everybody also looks by itself
from time to time. What is told is a name and which process told it, nothing about people.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

INBOX, OUTBOX, LEASES, STOPS = "inbox", "outbox", "leases", "stops"
_KEY = "wakes"


def promise(session: Session, name: str) -> None:
    """Once this transaction is committed, `name` is called out."""
    session.info.setdefault(_KEY, set()).add(name)


def promised(session: Session) -> frozenset[str]:
    """What this transaction brings, if it is committed."""
    return frozenset(session.info.get(_KEY, ()))


class Wakes:
    """Who wants to hear what. Callbacks run in the event loop and must only take note, not work."""

    def __init__(self) -> None:
        self._sleepers: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self._carry: Callable[[frozenset[str]], None] | None = None

    def on(self, name: str, callback: Callable[[], None]) -> None:
        """Call this whenever `name` is called out here or in another process."""
        self._sleepers[name].append(callback)

    def carry(self, carry: Callable[[frozenset[str]], None] | None) -> None:
        """Whatever is called out here is handed to `carry` too, which tells the other processes."""
        self._carry = carry

    def call(self, names: Iterable[str]) -> None:
        """Something of these names was committed here."""
        told = frozenset(names)
        self.hear(told)
        if told and self._carry is not None:
            self._carry(told)

    def hear(self, names: Iterable[str]) -> None:
        """Something of these names was committed somewhere."""
        for name in names:
            for callback in self._sleepers[name]:
                callback()

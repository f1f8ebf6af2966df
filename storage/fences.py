"""A fence: what a transaction must still hold when it writes, looked at inside that transaction.

Who works under a lease may be slow, frozen or cut off while somebody else takes the lease over. Asking "is it still
mine?" before writing is too early; a fence asks at the start of the transaction and keeps the answer true until its
end, because it locks the row that carries the lease. `Database` checks the open fence in every writing transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from sqlalchemy import Connection

from storage.errors import StorageError


class LeaseLost(StorageError):
    """Somebody else holds by now what this work was done under; nothing of it was written."""


class Fence(Protocol):
    """A lease that can tell inside a transaction whether it is still held."""

    def check(self, connection: Connection) -> None:
        """Raises LeaseLost when it is not. When it is, nobody takes it over before this transaction has ended."""
        ...


_open: ContextVar[Fence | None] = ContextVar("keel_fence", default=None)


@contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """Every writing transaction in this block, and in tasks started from it, holds only while the fence does."""
    token = _open.set(fence)
    try:
        yield
    finally:
        _open.reset(token)


@contextmanager
def lifted() -> Iterator[None]:
    """What is written in this block holds without the fence around it."""
    token = _open.set(None)
    try:
        yield
    finally:
        _open.reset(token)


def current() -> Fence | None:
    """The open fence, if any."""
    return _open.get()

"""What one turn cost: model calls and tokens, counted where they happen and read where the turn ends.

A turn runs in tasks of its own, so the count travels in a context variable: tasks started inside `metered` share it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final


@dataclass(slots=True)
class Usage:
    """Calls to a model and their tokens, as the server counted them."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


_CURRENT: Final[ContextVar[Usage | None]] = ContextVar("usage", default=None)


@contextmanager
def metered() -> Iterator[Usage]:
    """Count every call inside the block, tasks started in it included."""
    used = Usage()
    token = _CURRENT.set(used)
    try:
        yield used
    finally:
        _CURRENT.reset(token)


def note_call() -> None:
    """One request is about to be made; it counts whatever becomes of it."""
    if (used := _CURRENT.get()) is not None:
        used.calls += 1


def note_tokens(*, tokens_in: int, tokens_out: int) -> None:
    """What one answer cost."""
    if (used := _CURRENT.get()) is not None:
        used.tokens_in += tokens_in
        used.tokens_out += tokens_out

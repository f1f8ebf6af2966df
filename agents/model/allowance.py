"""What one turn may spend on models, and what it has spent: calls, tokens, seconds.

A turn runs in tasks of its own, so this travels in a context variable: tasks started inside `metered` share it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final, Protocol
from uuid import UUID

from agents.domain.sent import Sent
from agents.model.asking import Kind, Purpose
from agents.model.failure import FailureKind

MOST_CALLS: Final = 2  # architecture.md, "One turn"; a retry of a call that never answered is no other call
TURN_SECONDS: Final = 25.0  # for everything a turn asks of models together


@dataclass(frozen=True, slots=True)
class Spent:
    """What became of one call. `finish` is "ok" or how it failed."""

    tokens_in: int
    tokens_out: int
    latency_ms: int
    finish: FailureKind | str = "ok"


class Meter(Protocol):
    """One person's allowance: tokens are reserved before a call and settled after it."""

    async def reserve(self, kind: Kind, purpose: Purpose, prompt: tuple[str, str], tokens: int) -> UUID | None:
        """A reservation of so many tokens for a prompt (id, sha256); None when the day's allowance is spent."""
        ...

    async def settle(self, reservation: UUID, spent: Spent) -> None:
        """Give back what was reserved and write what was spent."""
        ...


@dataclass(slots=True)
class Usage:
    """Calls to a model and their tokens, as the server counted them, and what is left for the rest of the turn."""

    meter: Meter | None = None
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    sent: list[Sent] = field(default_factory=list)  # what left this machine, word for word
    ends_at: float = field(default_factory=lambda: time.monotonic() + TURN_SECONDS)  # on the monotonic clock

    @property
    def seconds_left(self) -> float:
        """How long the turn may still wait for models; 0.0 when it may not."""
        return max(0.0, self.ends_at - time.monotonic())


_CURRENT: Final[ContextVar[Usage | None]] = ContextVar("usage", default=None)


@contextmanager
def metered(meter: Meter | None = None) -> Iterator[Usage]:
    """Count every call inside the block, tasks started in it included."""
    used = Usage(meter)
    token = _CURRENT.set(used)
    try:
        yield used
    finally:
        _CURRENT.reset(token)


def current() -> Usage | None:
    """The allowance of the turn that is running; None outside of turns."""
    return _CURRENT.get()


def prolong(seconds: float) -> None:
    """The turn may wait this much longer: for so long nobody was asked."""
    if (used := _CURRENT.get()) is not None:
        used.ends_at += seconds


def note_call() -> None:
    """One request is about to be made; it counts whatever becomes of it."""
    if (used := _CURRENT.get()) is not None:
        used.calls += 1


def note_sent(sent: Sent) -> None:
    """One question went out."""
    if (used := _CURRENT.get()) is not None:
        used.sent.append(sent)


def note_tokens(*, tokens_in: int, tokens_out: int) -> None:
    """What one answer cost."""
    if (used := _CURRENT.get()) is not None:
        used.tokens_in += tokens_in
        used.tokens_out += tokens_out

"""Ids: UUIDv7 from the application's clock (RFC 9562), written as 26 Crockford base-32 characters for people.

Byte order is time order, so `ORDER BY id` is chronological. Within one millisecond ids of one factory still ascend;
two processes within one millisecond are unordered (libraries.md L-60).
"""

import random
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from uuid import UUID

from agents.domain.crockford import decode as from_text
from agents.domain.crockford import encode as to_text

__all__ = ["IdFactory", "earliest", "from_text", "to_text"]

_RANDOM_BITS = 74
_STEP_BITS = 32  # within a millisecond the random part grows by a random step, so ids stay unguessable


class IdFactory:
    """Makes ids. `clock` gives aware instants; `rng` makes them repeatable in simulations and tests."""

    def __init__(self, clock: Callable[[], datetime], rng: random.Random | None = None) -> None:
        self._clock = clock
        self._rng = rng or random.SystemRandom()
        self._lock = Lock()
        self._last_ms = -1
        self._last_random = 0

    def __call__(self) -> UUID:
        """A new id, larger than every id this factory made before, even when the clock was set back."""
        now_ms = int(self._clock().timestamp() * 1000)
        with self._lock:
            if now_ms > self._last_ms:
                self._last_ms, self._last_random = now_ms, self._rng.getrandbits(_RANDOM_BITS)
            else:
                self._last_random += 1 + self._rng.getrandbits(_STEP_BITS)
                if self._last_random >> _RANDOM_BITS:
                    self._last_ms, self._last_random = self._last_ms + 1, self._rng.getrandbits(_RANDOM_BITS)
            return _assemble(self._last_ms, self._last_random)


def earliest(at: datetime) -> UUID:
    """The smallest id that can have been made at this instant (aware): a bound for rows since then."""
    return _assemble(int(at.timestamp() * 1000), 0)


def _assemble(ms: int, rand: int) -> UUID:
    high, low = rand >> 62, rand & ((1 << 62) - 1)
    return UUID(int=(ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

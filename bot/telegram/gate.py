"""The gate everybody passes: so many a second, the most urgent first, and nobody waits for ever (telegram.md TG-70).

Urgency is patience: what is more urgent and comes within so long after a message may go before it, what comes later
may not. So nobody waits for ever.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from itertools import count

SAFETY, REPLY, REMINDER, BROADCAST = 0, 10, 50, 90  # the priorities of the outbox that begin a class
_PATIENCE = ((SAFETY, -86_400.0), (REPLY, 0.0), (REMINDER, 30.0), (70, 60.0), (BROADCAST, 300.0))
_CLASSES = [priority for priority, _ in _PATIENCE]


def patience_s(priority: int) -> float:
    """How long after a message something more urgent may come and overtake it; safety overtakes all that waits."""
    return _PATIENCE[max(0, bisect_right(_CLASSES, priority) - 1)][1]


class Gate:
    """Opens `per_s` times a second, never before `opens_at()`. `now` and `sleep` count seconds of a monotonic clock."""

    def __init__(
        self,
        per_s: float,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        opens_at: Callable[[], float],
    ) -> None:
        self._gap_s, self._now, self._sleep, self._opens_at = 1 / per_s, now, sleep, opens_at
        self._next = 0.0
        self._line: list[tuple[float, int, asyncio.Future[None]]] = []
        self._tickets = count()
        self._porter: asyncio.Task[None] | None = None

    async def enter(self, priority: int) -> None:
        """Wait for one's turn."""
        if self.slip_in():
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._line, (self._now() + patience_s(priority), next(self._tickets), turn))
        if self._porter is None or self._porter.done():
            self._porter = asyncio.create_task(self._let_in())
        await turn

    def slip_in(self) -> bool:
        """Pass if nobody waits and the gate is open this moment."""
        now = self._now()
        if self._line or now < max(self._next, self._opens_at()):
            return False
        self._next = now + self._gap_s
        return True

    def close(self) -> None:
        """Nobody passes any more."""
        if self._porter is not None:
            self._porter.cancel()
        for _, _, turn in self._line:
            turn.cancel()
        self._line.clear()

    async def _let_in(self) -> None:
        while self._line:
            wait_s = max(self._next, self._opens_at()) - self._now()
            if wait_s > 0:
                await self._sleep(wait_s)
                continue
            _, _, turn = heappop(self._line)
            if not turn.done():
                self._next = self._now() + self._gap_s
                turn.set_result(None)
                await asyncio.sleep(0)  # whoever passed goes on before the next one is chosen

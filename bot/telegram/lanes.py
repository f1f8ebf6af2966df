"""One task a key: what belongs to one person happens in order, different people go on side by side."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from contextvars import copy_context
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
log = logging.getLogger(__name__)


class Lanes(Generic[K]):
    """`serve(key)` does one thing for a key and says whether there may be more; it never runs twice at once for one.

    At most `at_once` run. Who waits for a place is let in by `urgency(key)`, lowest first, asked at that moment.
    """

    def __init__(
        self, serve: Callable[[K], Awaitable[bool]], at_once: int, urgency: Callable[[K], int] = lambda _key: 0
    ) -> None:
        self._serve, self._urgency = serve, urgency
        self._places = _Places(at_once)
        self._tasks: dict[K, asyncio.Task[None]] = {}
        self._again: set[K] = set()
        self._is_closing = False
        self._context = copy_context()  # whoever wakes a lane lends it neither a key scope nor a fence

    def wake(self, key: K) -> None:
        """There may be something to do for this key."""
        if self._is_closing:
            return
        if key in self._tasks:
            self._again.add(key)
            self._places.hurry(key, self._urgency(key))
            return
        self._tasks[key] = asyncio.create_task(self._run(key), context=self._context.copy())

    async def _run(self, key: K) -> None:
        try:
            has_more = True
            while has_more:
                await self._places.take(key, self._urgency(key))
                self._again.discard(key)
                try:
                    has_more = not self._is_closing and await self._serve(key)
                finally:
                    self._places.leave()
                has_more = not self._is_closing and (has_more or key in self._again)
        except Exception:  # the last edge of a lane: its rows stay in the database, and the next beat wakes it again
            log.exception("a lane stopped; what is left in it is taken up again at the next beat")
        finally:
            del self._tasks[key]

    async def settle(self, within_s: float) -> None:
        """Wait until nothing runs, but no longer than this."""
        if tasks := list(self._tasks.values()):
            await asyncio.wait(tasks, timeout=within_s)

    async def close(self, within_s: float) -> None:
        """Finish what runs, start nothing new; what takes longer is cancelled."""
        self._is_closing = True
        await self.settle(within_s)
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Places:
    """A semaphore whose waiters stand in order of urgency, and of coming where that is the same."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._tickets = count()
        self._line: list[tuple[int, int, asyncio.Future[None]]] = []
        self._waiting: dict[Hashable, tuple[int, asyncio.Future[None]]] = {}

    async def take(self, key: Hashable, urgency: int) -> None:
        if self._free:
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._stand(key, urgency, place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.leave()  # the place was given at the same moment: it goes to the next one
            raise
        finally:
            self._waiting.pop(key, None)

    def hurry(self, key: Hashable, urgency: int) -> None:
        """Somebody who waits has become more urgent."""
        waiting = self._waiting.get(key)
        if waiting is not None and urgency < waiting[0]:
            self._stand(key, urgency, waiting[1])

    def leave(self) -> None:
        while self._line:
            _, _, place = heappop(self._line)
            if not place.done():
                place.set_result(None)
                return
        self._free += 1

    def _stand(self, key: Hashable, urgency: int, place: asyncio.Future[None]) -> None:
        heappush(self._line, (urgency, next(self._tickets), place))
        self._waiting[key] = (urgency, place)

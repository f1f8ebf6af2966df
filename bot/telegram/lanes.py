"""One task a key: what belongs to one person happens in order, different people go on side by side."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
log = logging.getLogger(__name__)


class Lanes(Generic[K]):
    """`serve(key)` does one thing for a key and says whether there may be more; it never runs twice at once for one."""

    def __init__(self, serve: Callable[[K], Awaitable[bool]], at_once: int) -> None:
        self._serve = serve
        self._gate = asyncio.Semaphore(at_once)
        self._tasks: dict[K, asyncio.Task[None]] = {}
        self._again: set[K] = set()
        self._is_closing = False

    def wake(self, key: K) -> None:
        """There may be something to do for this key."""
        if self._is_closing:
            return
        if key in self._tasks:
            self._again.add(key)
            return
        self._tasks[key] = asyncio.create_task(self._run(key))

    async def _run(self, key: K) -> None:
        try:
            has_more = True
            while has_more:
                self._again.discard(key)
                async with self._gate:
                    has_more = not self._is_closing and await self._serve(key)
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

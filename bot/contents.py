"""The port `Contents`: a file is fetched from where its channel has it, when the turn wants it, and kept by nobody."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from agents.domain.sight import Photo, Recording
from agents.domain.turn import Attachment, ContentUnavailable
from bot import pictures, recordings

FETCH_SECONDS: Final = 10.0
LOOK_SECONDS: Final = 8.0  # a thread cannot be ended: what takes longer is left to itself, two at a time
AT_ONCE: Final = 2
Fetch = Callable[[Attachment, int], Awaitable[bytes]]  # at most so many bytes; raises ContentUnavailable
T = TypeVar("T")


class Workbench:
    """Where files are opened: in threads, so that a turn of somebody else does not wait, and few at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)

    async def opened(self, work: Callable[[bytes], T], content: bytes) -> T:
        """What `work` makes of the content. Raises ContentUnavailable, also when it takes too long."""
        await self._places.acquire()
        task = asyncio.create_task(asyncio.to_thread(work, content))
        task.add_done_callback(lambda _: self._places.release())
        try:
            return await asyncio.wait_for(asyncio.shield(task), LOOK_SECONDS)
        except TimeoutError:
            task.add_done_callback(_heeded)
            raise ContentUnavailable("unreadable") from None


class Opened:
    """The files of one message."""

    def __init__(self, fetch: Fetch, bench: Workbench) -> None:
        self._fetch, self._bench = fetch, bench

    async def photo(self, file: Attachment) -> Photo:
        """A picture, checked, made small and free of metadata. Raises ContentUnavailable."""
        return await self._bench.opened(pictures.looked_into, await self._content(file, pictures.MOST_BYTES))

    async def recording(self, file: Attachment) -> Recording:
        """A voice note, its type and length checked. Raises ContentUnavailable."""
        if file.size_bytes > recordings.MOST_BYTES:
            raise ContentUnavailable("too_long")
        return await self._bench.opened(recordings.listened_into, await self._content(file, recordings.MOST_BYTES))

    async def _content(self, file: Attachment, most_bytes: int) -> bytes:
        if file.problem:
            raise ContentUnavailable(file.problem)
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                content = await self._fetch(file, most_bytes)
        except TimeoutError:
            raise ContentUnavailable("not_fetched") from None
        if not content:
            raise ContentUnavailable("empty")
        if len(content) > most_bytes:
            raise ContentUnavailable("too_large")
        return content


def _heeded(task: "asyncio.Task[object]") -> None:
    """What came too late is looked at by nobody, and its failure is nobody's surprise."""
    if not task.cancelled():
        task.exception()

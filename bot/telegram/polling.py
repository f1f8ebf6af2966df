"""Polling: asking for updates, handing them over to be written down, and only then confirming them (TG-64)."""

import asyncio
import logging
import time
from collections.abc import Sequence

from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter, TelegramUnauthorizedError

from bot.telegram.administration import Administration
from bot.telegram.ear import Identity, Menus
from bot.telegram.envelope import NotAnUpdate, Raw, envelope_of, update_id_of
from bot.telegram.reception import Accept

log = logging.getLogger(__name__)
POLL_S = 25  # how long Telegram holds a question that has no answer yet
GRACE_S = 10  # on top of it, for the way there and back
BATCH = 100
CONFLICT_S = 30.0  # another process uses this token (telegram.md 8.2)
LONGEST_WAIT_S = 60.0
FORGET_AFTER_S = (
    86_400.0  # after a quiet week ids may start anew, even lower (TG-80): then an old offset would hide them
)


class Polling:
    """One consumer of one token's updates."""

    def __init__(self, token: str, api_base: str | None = None) -> None:
        self._telegram = Administration(token, api_base)
        self._acks: set[asyncio.Task[None]] = set()

    async def open(self) -> Identity:
        """Who we are; a webhook that was set is taken away, what waits there comes to us."""
        return await self._telegram.poll_from_here()

    async def offer(self, menus: Menus) -> None:
        """The menus of commands."""
        await self._telegram.offer(menus)

    async def listen(self, accept: Accept) -> None:
        """Ask, write down, confirm, for ever. What could not be written down is asked for again."""
        offset: int | None = None
        last_heard, failures = time.monotonic(), 0
        while True:
            try:
                updates = await self._ask(offset)
                new = await accept(updates)
            except Exception as error:  # whatever breaks here, the next question comes, and nothing was confirmed
                failures += 1
                await self._rest(error, failures)
                continue
            failures = 0
            if updates:
                offset, last_heard = max(update["update_id"] for update in updates) + 1, time.monotonic()
                self._acknowledge(updates, new)
            elif time.monotonic() - last_heard > FORGET_AFTER_S:
                offset = None

    async def close(self) -> None:
        """Let go of the connections."""
        for task in self._acks:
            task.cancel()
        await asyncio.gather(*self._acks, return_exceptions=True)
        await self._telegram.close()

    async def _ask(self, offset: int | None) -> list[Raw]:
        """The next batch; what is no update at all is left out, so that it does not hide the others (TG-86)."""
        found = []
        for plain in await self._telegram.updates(offset, BATCH, POLL_S, POLL_S + GRACE_S):
            try:
                update_id_of(plain)
            except NotAnUpdate:
                log.warning("something that is no update was left out")
            else:
                found.append(plain)
        return found

    async def _rest(self, error: Exception, failures: int) -> None:
        """Back off; the message of an error may hold what somebody wrote, so only its class is logged."""
        log.warning("no updates: %s, for the %d. time in a row", type(error).__name__, failures)
        wait_s = min(LONGEST_WAIT_S, 0.5 * 2 ** min(failures - 1, 7))
        if isinstance(error, TelegramRetryAfter):
            wait_s = max(wait_s, float(error.retry_after))
        if isinstance(error, TelegramConflictError):
            log.error("another process asks for updates with this token; only one may")
            wait_s = CONFLICT_S
        if isinstance(error, TelegramUnauthorizedError):
            log.error("Telegram no longer knows this token")
            wait_s = LONGEST_WAIT_S
        await asyncio.sleep(wait_s)

    def _acknowledge(self, updates: Sequence[Raw], new: frozenset[int]) -> None:
        """Answer each new tap at once, before any work is done for it (TG-15)."""
        for envelope in (envelope_of(update) for update in updates if update["update_id"] in new):
            if envelope.callback_id is not None:
                task = asyncio.create_task(self._telegram.acknowledge(envelope.callback_id))
                self._acks.add(task)
                task.add_done_callback(self._acks.discard)

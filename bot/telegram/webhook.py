"""The webhook: Telegram calls us with each update, and hears 200 only when it is written down (telegram.md TG-65).

Everything asked of Telegram goes through python-telegram-bot here, which every process has anyway: a process that only
receives needs no aiogram (libraries.md L-20). What was set stays set when the process ends, so that nothing is lost
while another one starts.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter

from bot.telegram.ear import Identity, Menus
from bot.telegram.envelope import NotAnUpdate, envelope_of, update_id_of
from bot.telegram.reception import Accept
from bot.telegram.registration import Registration
from bot.web.telegram import Unwritable, doorway
from storage.errors import StorageError

log = logging.getLogger(__name__)
LONGEST_WAIT_S = 60.0


class Webhook:
    """`url` is our public address without "/telegram/…"; `mount` opens our paths on the process's web server."""

    def __init__(self, registration: Registration, url: str, secret: str, mount: Callable[[APIRouter], None]) -> None:
        self._telegram = registration
        self._url, self._secret, self._mount = url.rstrip("/"), secret, mount
        self._accept: Accept | None = None
        self._acks: set[asyncio.Task[None]] = set()
        self._me: Identity | None = None

    async def open(self) -> Identity:
        """Who we are; from now on our paths answer, "not yet" until somebody listens."""
        me = await self._telegram.open()
        if self._me is None:
            self._mount(doorway(me.bot_id, self._secret, self._take))
        self._me = me
        return me

    async def offer(self, menus: Menus) -> None:
        """The menus of commands."""
        await self._telegram.offer(menus)

    async def listen(self, accept: Accept) -> None:
        """Let Telegram call, until cancelled."""
        if self._me is None:
            raise RuntimeError("open comes first")
        self._accept = accept
        try:
            await self._be_called(f"{self._url}/telegram/{self._me.bot_id}")
            await asyncio.Event().wait()
        finally:
            self._accept = None

    async def close(self) -> None:
        """Let go of the connections; Telegram keeps calling, and whoever starts next answers."""
        for task in self._acks:
            task.cancel()
        await asyncio.gather(*self._acks, return_exceptions=True)
        await self._telegram.close()

    async def _be_called(self, address: str) -> None:
        wait_s = 1.0
        while True:
            try:
                await self._telegram.call_us_at(address, self._secret)
            except ConnectionError as error:
                log.warning("the webhook could not be set (%s); trying again in %d s", error, wait_s)
                await asyncio.sleep(wait_s)
                wait_s = min(LONGEST_WAIT_S, wait_s * 2)
            else:
                return

    async def _take(self, plain: Any) -> bool:  # noqa: ANN401 - whatever came
        """Write one update down. False when it is none. Raises Unwritable."""
        try:
            number = update_id_of(plain)
        except NotAnUpdate:
            return False
        if self._accept is None:
            raise Unwritable
        try:
            new = await self._accept([plain])
        except StorageError as error:
            log.warning("an update could not be written down: %s", type(error).__name__)
            raise Unwritable from error
        callback_id = envelope_of(plain).callback_id
        if number in new and callback_id is not None:
            task = asyncio.create_task(self._telegram.acknowledge(callback_id))
            self._acks.add(task)
            task.add_done_callback(self._acks.discard)
        return True

"""Brings updates to the bot's webhook: in parallel, again and again until somebody says 2xx (TG-6, TG-81)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.support.telegram.updates import Letter, Updates, Webhook
from tests.support.telegram.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LONGEST_REST_SECONDS = 60.0
Answer = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Delivery:
    """One try, as a test may want to see it. Status 0: nobody answered."""

    update_id: int
    status: int
    at: float


class Courier:
    """`fronts` maps the beginning of a public address to what stands behind it on this machine, as a proxy would."""

    def __init__(self, world: World, updates: Updates, answer: Answer) -> None:
        self._world, self._updates, self._answer = world, updates, answer
        self.fronts: dict[str, str] = {}
        self.first_rest_seconds = 0.1  # doubled from try to try
        self.patience_seconds = 60.0
        self.deliveries: list[Delivery] = []
        self._wake = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    def heard(self) -> None:
        """In the server's loop: there may be something to bring."""
        self._wake.set()

    async def open(self) -> None:
        """Go to work."""
        self._work = asyncio.create_task(self._run())

    async def close(self) -> None:
        """What is under way is broken off."""
        tasks = [self._work, *self._under_way]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                self._wake.clear()
                self._begin(session)
                await self._rest()

    def _begin(self, session: aiohttp.ClientSession) -> None:
        """As many at once as the bot allows."""
        hook = self._updates.webhook
        if not hook.url or self._updates.is_closing:
            return
        for letter in self._updates.due()[: max(0, hook.max_connections - len(self._under_way))]:
            letter.is_under_way = True
            task = asyncio.create_task(self._bring(session, hook, letter))
            self._under_way.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._wake.set()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05 if self._updates.webhook.url else 1.0):
                await self._wake.wait()

    async def _bring(self, session: aiohttp.ClientSession, hook: Webhook, letter: Letter) -> None:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        limit = aiohttp.ClientTimeout(self.patience_seconds)
        status, why, reply = 0, "", None
        try:
            async with session.post(
                self._behind(hook.url), json=letter.update, headers=headers, allow_redirects=False, timeout=limit
            ) as response:
                status, why, reply = response.status, response.reason or "", await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            why = "Connection timed out" if isinstance(error, TimeoutError) else "Connection refused"
        finally:
            letter.is_under_way = False
        self.deliveries.append(Delivery(letter.update_id, status, self._world.clock.now()))
        if 200 <= status < 300:
            self._updates.delivered(letter)
            await self._reply(response, reply)
        else:
            self._postpone(hook, letter, f"Wrong response from the webhook: {status} {why}" if status else why)

    async def _reply(self, response: aiohttp.ClientResponse, body: bytes | None) -> None:
        """A bot may answer with a call; Keel never does (TG-61), so a test can look for it."""
        if body and response.content_type == "application/json":
            said = await response.json()
            if isinstance(said, dict) and "method" in said:
                await self._answer(said)

    def _postpone(self, hook: Webhook, letter: Letter, why: str) -> None:
        letter.tries += 1
        rest = min(LONGEST_REST_SECONDS, self.first_rest_seconds * 2 ** (letter.tries - 1))
        letter.not_before = self._world.clock.now() + rest
        hook.last_error = (int(self._world.clock.wall()), why)

    def _behind(self, url: str) -> str:
        """Never leaves this machine: an address without a front is refused by a port on which nobody listens."""
        for public, local in self.fronts.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        is_local = urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")
        return url if is_local else "http://127.0.0.1:9/"

"""The parts of one running process, which of them run for its role, and the order in which they start and stop.

On SQLite everything runs here. On PostgreSQL any number of processes share the work: every worker answers, one at a
time is the scheduler, one sends, one asks for updates (bot.election), and whoever writes wakes whoever waits.
"""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from bot import heartbeat, roles
from bot.app import App
from bot.election import Alone, Elected, Election
from bot.scheduler import Scheduler
from bot.telegram.buttons import Seal
from bot.telegram.desk import KEEP_S, Desk
from bot.telegram.ear import Ear, Identity
from bot.telegram.ears import ear_for, server_for
from bot.telegram.gauges import measured_for, traced_for
from bot.telegram.menu import menus
from bot.telegram.mouth import Mouth
from bot.telegram.post import Post
from bot.telegram.reception import WAITING, Reception
from prompts.loader import Catalogue
from storage import wakes
from storage.errors import StorageError
from storage.fences import LeaseLost
from storage.floods import Limits

log = logging.getLogger(__name__)
T = TypeVar("T")
DRAIN_S = 1.0  # how often the outbox is looked through by itself; nobody waits for that as a rule
REST_S = 0.01  # between two looks: what comes meanwhile is found with the next
STANDBY_S = 2.0  # after this long without being elected the operator is told that another process listens
LONGEST_WAIT_S = 30.0  # between two tries to reach Telegram at a start
TURNS_S, SENDS_S, TOLD_S, CANCEL_S = 4.0, 3.0, 0.5, 0.5  # what is left to finish when stopping; ten seconds in all


class House:
    """One process of a bot. `run` it until it is cancelled."""

    def __init__(self, app: App, token: str, announce: Callable[[str], None]) -> None:
        self._app, self._announce, self._role = app, announce, app.settings.role
        self._mouth = Mouth(
            token,
            app.settings.telegram_api_base,
            seal=Seal(app.ring.keys),
            paid_per_s=app.settings.paid_broadcasts_a_second,
        )
        self._server = server_for(app)
        self._tracing = traced_for(app)
        self._measured, self._metrics_server = measured_for(app, self._server)
        self._ear = ear_for(app.settings, token, self._server)
        self._holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._wire = app.database.wire()
        self._election: Election = Elected(app.database, self._holder) if app.database.is_postgres else Alone()
        self._drained, self._is_elected = asyncio.Event(), asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Start, work, and stop in the opposite order when cancelled. Raises TokenRefused."""
        try:
            await patiently(self._mouth.open)
            self._furnish(Identity(*self._mouth.who()))
            await self._start()
            done, _ = await asyncio.wait(self._tasks.values(), return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
        finally:
            await self._stop()
            if self._tracing is not None:
                await asyncio.to_thread(self._tracing.close)
            for server in (self._server, self._metrics_server):
                if server is not None:
                    server.close()
            parts = (self._ear, self._mouth) if self._ear is not None else (self._mouth,)
            await asyncio.gather(*(part.close() for part in parts), return_exceptions=True)

    def _furnish(self, me: Identity) -> None:
        app, speech = self._app, Catalogue()
        self._me, self._speech = me, speech
        self._poller, self._sender = f"poller:{me.bot_id}", f"outbox_sender:{me.bot_id}"
        term = partial(self._election.term, self._sender)
        self._post = Post(app.database, app.ring, app.clock, self._mouth, self._holder, term=term)
        self._desk = Desk(app, me, self._mouth, self._post, speech, self._holder)
        app.turns.fetch_by("telegram", self._mouth.fetched)
        limits = Limits(app.settings.messages_a_minute, app.settings.messages_an_hour, WAITING)
        wake = self._desk.wake if self._wire is None else _nobody
        self._reception = Reception(
            app.database, app.ring, app.clock, me.bot_id, limits,
            wake=wake, straight=self._post.straight,
        )  # fmt: skip

    async def _start(self) -> None:
        """What an earlier process left is settled before anything new is asked for."""
        is_alone = self._wire is None
        self._go("alive", self._alive())
        self._go("election", self._election.run())
        if self._wire is not None:
            self._go("wire", self._wire.run())
        if roles.speaks(self._role):
            self._app.database.wakes.on(wakes.OUTBOX, self._drained.set)
            self._go("sending", self._election.while_elected(self._sender, self._sending))
        if roles.works(self._role):
            await asyncio.to_thread(self._prepare)
            if is_alone:
                await self._desk.recover()
            else:
                self._app.database.wakes.on(wakes.INBOX, self._desk.nudge)
            self._app.database.wakes.on(wakes.STOPS, self._desk.heed_stops)
            self._go("answering", self._desk.attend())
            self._go("keeping", self._keeping())
            self._go("clockwork", self._election.while_elected("scheduler", self._clockwork))
        if self._server is not None:
            self._go("serving", self._server.run())
        if self._measured is not None:
            self._go("measuring", self._measured.measure())
        if self._metrics_server is not None:
            self._go("showing metrics", self._metrics_server.run())
        if self._ear is not None:
            self._hear(self._ear, is_alone=is_alone)
        else:
            self._announce(f"Running as {self._role} for @{self._me.username}. Stop with Ctrl-C.")

    def _prepare(self) -> None:
        """Seconds of imports, in a thread: in the loop they would look like the end of this process."""
        from bot.telegram import reading  # noqa: F401 - aiogram's models

        self._app.turns.prepare()

    def _hear(self, ear: Ear, *, is_alone: bool) -> None:
        """Everybody may be called by Telegram at once; only one at a time may ask it."""
        if self._app.settings.telegram_webhook_url:
            self._go("hearing", self._hearing(ear))
            return
        self._go("hearing", self._election.while_elected(self._poller, partial(self._hearing, ear)))
        if not is_alone:
            self._go("standing by", self._standing_by())

    async def _hearing(self, ear: Ear) -> None:
        self._is_elected.set()
        await patiently(ear.open)
        await ear.offer(await asyncio.to_thread(menus, self._speech))
        self._announce(f"Listening as @{self._me.username}. Stop with Ctrl-C.")
        await ear.listen(self._reception.accept)

    async def _standing_by(self) -> None:
        """Never ends: the end of a part is the end of the house."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_elected.wait(), STANDBY_S)
        if not self._is_elected.is_set():
            self._announce(f"Standing by for @{self._me.username}: another process listens. Stop with Ctrl-C.")
        await asyncio.Event().wait()

    async def _sending(self) -> None:
        """The outbox is looked through when something was committed to it, and from time to time."""
        is_recovered = False
        while True:
            self._drained.clear()
            try:
                if not is_recovered:
                    await self._post.recover()
                    is_recovered = True
                await self._post.drain()
            except LeaseLost:
                raise
            except StorageError as error:
                log.warning("the outbox cannot be looked through: %s", error)
            await asyncio.sleep(REST_S)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._drained.wait(), DRAIN_S)

    async def _clockwork(self) -> None:
        async def tick() -> None:
            try:
                with self._election.term("scheduler"):
                    await self._app.tick()
            except LeaseLost:
                log.info("another process is the scheduler by now")
            except StorageError as error:
                log.warning("a tick was interrupted: %s", error)

        scheduler = Scheduler()
        scheduler.every(self._app.settings.tick_seconds, tick, "tick")
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.stop()

    async def _keeping(self) -> None:
        while True:
            await asyncio.sleep(KEEP_S)
            with suppress(StorageError):
                await self._desk.keep()

    async def _alive(self) -> None:
        """An operator's check sees by the age of a file that this loop turns (bot.heartbeat)."""
        while True:
            with suppress(OSError):
                heartbeat.beat(self._app.settings.heartbeat)
            await asyncio.sleep(heartbeat.EVERY_S)

    def _go(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks[name] = asyncio.create_task(work, name=name)

    async def _end(self, *names: str) -> None:
        tasks = [self._tasks.pop(name) for name in names if name in self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _stop(self) -> None:
        """Nothing new comes in, running turns end, their answers go out; the rest waits for whoever runs next."""
        await self._end("hearing", "standing by", "clockwork", "answering")
        if hasattr(self, "_desk"):
            await self._desk.close(TURNS_S)
            await self._say_what_is_left()
        await self._end("sending", "keeping")
        await self._election.resign()
        if self._wire is not None:
            await self._wire.told(TOLD_S)
        await self._end(*self._tasks)

    async def _say_what_is_left(self) -> None:
        if "sending" in self._tasks:
            with suppress(Exception):  # a database out of reach must not keep the process from ending
                await self._post.drain()
        await self._post.settle(SENDS_S)
        await self._post.close(CANCEL_S)


async def patiently(step: Callable[[], Awaitable[T]]) -> T:
    """Until it works: a machine often starts before its network does."""
    wait_s = 1.0
    while True:
        try:
            return await step()
        except ConnectionError as error:
            log.warning("Telegram cannot be reached (%s); trying again in %d s", error, wait_s)
            await asyncio.sleep(wait_s)
            wait_s = min(LONGEST_WAIT_S, wait_s * 2)


def _nobody(_sender: bytes) -> None:
    """Whoever answers is told by what the commit calls out, here or in another process."""

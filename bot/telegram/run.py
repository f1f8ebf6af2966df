"""`keel run`: start in a fixed order, listen until told to stop, stop within ten seconds (telegram.md TG-87)."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from bot.app import App, bootstrap
from bot.scheduler import Scheduler
from bot.settings import Settings, SettingsError
from prompts.loader import Catalogue

if TYPE_CHECKING:
    from bot.telegram.desk import Desk
    from bot.telegram.ear import Ear
    from bot.telegram.mouth import Mouth
    from bot.telegram.post import Post

log = logging.getLogger(__name__)
T = TypeVar("T")
DRAIN_S = 1.0  # how often the outbox is looked through; a finished turn does not wait for it
RESUME_S = 5.0  # how often updates that were put off are looked for
LONGEST_WAIT_S = 30.0  # between two tries to reach Telegram at a start
TURNS_S, SENDS_S, CANCEL_S = 4.0, 3.0, 0.5  # what is left to finish when stopping; ten seconds in all
MISSING = (
    "there is no Telegram token: put it into a file and set KEEL_TELEGRAM_TOKEN_FILE to its path (docs/telegram.md), "
    "or talk here with `keel chat`"
)
REFUSED = "Telegram does not accept this token: copy it again from BotFather (docs/telegram.md)"


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM. Raises SettingsError without a token, or for one that Telegram refuses."""
    token = settings.telegram_token.get_secret_value().strip() if settings.telegram_token else ""
    if not token:
        raise SettingsError(MISSING)
    from bot.telegram.log import set_up

    set_up(settings.log_level, token)
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as timedelta, which is what the library will do one day
    app = bootstrap(settings)
    asyncio.run(_until_stopped(app, token, announce))


async def _until_stopped(app: App, token: str, announce: Callable[[str], None]) -> None:
    from bot.telegram.mouth import TokenRefused

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    house = asyncio.create_task(_House(app, token, announce).run())
    waiting = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({house, waiting}, return_when=asyncio.FIRST_COMPLETED)
        house.cancel()
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await house
    except TokenRefused:
        raise SettingsError(REFUSED) from None
    finally:
        await app.close()


class _House:
    """The parts of one running bot."""

    def __init__(self, app: App, token: str, announce: Callable[[str], None]) -> None:
        self._app, self._token, self._announce = app, token, announce
        self._scheduler = Scheduler()

    async def run(self) -> None:
        """Start, listen, and stop in the opposite order when cancelled."""
        from bot.telegram.ear import Ear
        from bot.telegram.mouth import Mouth

        base = self._app.settings.telegram_api_base
        ear, mouth = Ear(self._token, base), Mouth(self._token, base)
        try:
            await self._serve(ear, mouth)
        finally:
            await asyncio.gather(ear.close(), mouth.close(), return_exceptions=True)

    async def _serve(self, ear: "Ear", mouth: "Mouth") -> None:
        """What an earlier process left is settled before anything new is asked for."""
        from bot.telegram.desk import Desk
        from bot.telegram.menu import menu
        from bot.telegram.post import Post

        app, speech = self._app, Catalogue()
        me = await _patiently(ear.open)
        await _patiently(mouth.open)
        await ear.offer(menu(speech))
        holder = f"{socket.gethostname()[:40]}:{os.getpid()}"
        post = Post(app.database, app.ring, app.clock, mouth, holder)
        desk = Desk(app, me, mouth, post, speech, holder)
        await asyncio.to_thread(app.turns.prepare)
        try:
            await desk.recover()
            await post.recover()
            await post.drain()
            await desk.resume()
            self._start_clockwork(desk, post)
            self._announce(f"Listening as @{me.username}. Stop with Ctrl-C.")
            await ear.listen(desk.accept)
        finally:
            await self._stop(desk, post)

    def _start_clockwork(self, desk: "Desk", post: "Post") -> None:
        async def tick() -> None:
            await self._app.tick()
            await post.drain()

        self._scheduler.every(self._app.settings.tick_seconds, tick, "tick")
        self._scheduler.every(DRAIN_S, post.drain, "drain")
        self._scheduler.every(RESUME_S, desk.resume, "resume")
        self._scheduler.start()

    async def _stop(self, desk: "Desk", post: "Post") -> None:
        """The ear is closed already: running turns end, their answers go out, the rest waits for the next start."""
        self._scheduler.stop()
        await desk.close(TURNS_S)
        with suppress(Exception):  # a database out of reach must not keep the process from ending
            await post.drain()
        await post.settle(SENDS_S)
        await post.close(CANCEL_S)


async def _patiently(step: Callable[[], Awaitable[T]]) -> T:
    """Until it works: a machine often starts before its network does."""
    wait_s = 1.0
    while True:
        try:
            return await step()
        except ConnectionError as error:
            log.warning("Telegram cannot be reached (%s); trying again in %d s", error, wait_s)
            await asyncio.sleep(wait_s)
            wait_s = min(LONGEST_WAIT_S, wait_s * 2)

"""`keel run`: check what it needs, run until told to stop, stop within ten seconds (telegram.md TG-87)."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from bot.app import App, bootstrap
from bot.settings import Settings, SettingsError
from storage.engines import is_sqlite
from storage.errors import DatabaseAway
from storage.sole import Sole

log = logging.getLogger(__name__)
PATIENCE_S, AGAIN_S = 60.0, 3.0  # with a database server that cannot be reached at a start
MISSING = (
    "there is no Telegram token: put it into a file and set KEEL_TELEGRAM_TOKEN_FILE to its path (docs/telegram.md), "
    "or talk here with `keel chat`"
)
REFUSED = "Telegram does not accept this token: copy it again from BotFather (docs/telegram.md)"
ONE_PROCESS = "KEEL_ROLE: one process does everything on SQLite; several need PostgreSQL (docs/operations.md)"
ONE_KEY = "several processes need one and the same key: set KEEL_MASTER_KEY_FILE for each of them (docs/operations.md)"


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM. Raises SettingsError without a token, or for one that Telegram refuses."""
    token = settings.telegram_token.get_secret_value().strip() if settings.telegram_token else ""
    if not token:
        raise SettingsError(MISSING)
    _check_role(settings)
    from bot.telegram.log import set_up

    set_up(settings.log_level, token)
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as timedelta, which is what the library will do one day
    with _alone_on(settings.database_url):
        asyncio.run(_until_stopped(_built(settings, announce), token, announce))


def _built(settings: Settings, announce: Callable[[str], None]) -> App:
    """A database server often starts together with us, or a little later. Raises DatabaseAway when it stays away."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return bootstrap(settings)
        except DatabaseAway as error:
            if time.monotonic() >= until:
                raise
            announce(f"{error}; trying again")
            time.sleep(AGAIN_S)


def _check_role(settings: Settings) -> None:
    if settings.role == "all":
        return
    if is_sqlite(settings.database_url):
        raise SettingsError(ONE_PROCESS)
    if settings.master_key is None:
        raise SettingsError(ONE_KEY)


@contextmanager
def _alone_on(url: str) -> Iterator[None]:
    """On SQLite no second process runs the bot on the same file. Raises DatabaseBusy."""
    if not is_sqlite(url):
        yield
        return
    sole = Sole(url)
    try:
        yield
    finally:
        sole.release()


async def _until_stopped(app: App, token: str, announce: Callable[[str], None]) -> None:
    from bot.telegram.house import House
    from bot.telegram.mouth import TokenRefused

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        house = asyncio.create_task(House(app, token, announce).run())
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait({house, waiting}, return_when=asyncio.FIRST_COMPLETED)
        house.cancel()
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await house
    except TokenRefused:
        raise SettingsError(REFUSED) from None
    finally:
        await app.close()

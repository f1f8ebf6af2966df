"""From a person's update to the first message they get: `keel run` on its own against the Bot API server of the tests.

Everything is real but Telegram: sockets, polling, inbox, turn, outbox, mouth. One message is on its way at a time, and
nobody is written to more often than Telegram allows, so no waiting for limits is measured. The baseline is the least a
bot can do with the same ear: say it back.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import bootstrap
from bot.clock import system_clock
from bot.settings import load_settings
from storage.people import Contact
from tests.benchmarks import script
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.onboarding import meet
from tests.support.telegram.process import KeelRun
from tests.support.telegram.rates import speaks
from tests.support.telegram.server import TelegramServer

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = range(100, 124)
EARLIER = timedelta(hours=2)  # what was said then is no flood now
APART_S = 1.2  # between two messages of one person: a chat gets one a second
WARM_UP = len(PEOPLE)
PATIENCE_S = 60.0


def run(turns: int) -> list[Figure]:
    """So many messages to Keel and to the bare bot. Raises OSError where one of them does not answer."""
    try:
        keel, bare = _keel(turns), _bare(turns)
    except (AssertionError, TimeoutError) as error:
        raise OSError(f"latency: {str(error)[:300]}") from error
    return [
        Figure(
            "update to sent message over sockets, p50", percentile(keel, 0.5), budget=40, baseline=percentile(bare, 0.5)
        ),
        Figure(
            "update to sent message over sockets, p99",
            percentile(keel, 0.99),
            budget=150,
            baseline=percentile(bare, 0.99),
        ),
    ]


def _keel(turns: int) -> list[float]:
    with TemporaryDirectory(prefix="keel-bench-") as folder, TelegramServer() as server:
        database = Path(folder) / "keel.sqlite3"
        asyncio.run(_onboard(database))
        with KeelRun(server, database, is_cold=True, KEEL_LOG_LEVEL="info", KEEL_TICK_SECONDS="30") as bot:
            bot.listening()
            return _answered(server, turns)


async def _onboard(database: Path) -> None:
    app = bootstrap(load_settings({}, database=f"sqlite:///{database}"))
    try:
        for person in PEOPLE:
            await meet(app.turns, Contact("telegram", str(person)), system_clock() - EARLIER)
    finally:
        await app.close()


def _bare(turns: int) -> list[float]:
    with TelegramServer() as server, _echoing(server):
        return _answered(server, turns)


@contextmanager
def _echoing(server: TelegramServer) -> Iterator[None]:
    command = (sys.executable, "-m", "tests.benchmarks.echo_bot", server.token, server.address)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


def _answered(server: TelegramServer, turns: int) -> list[float]:
    """How long each message took to be answered, ms, the first round left out."""
    said = dict.fromkeys(PEOPLE, 0.0)
    found = []
    for number in range(WARM_UP + turns):
        person = PEOPLE[number % len(PEOPLE)]
        time.sleep(max(0.0, said[person] + APART_S - time.monotonic()))
        begun = len(server.calls)
        started = said[person] = time.monotonic()
        server.say(person, script.typed(number // len(PEOPLE), person - PEOPLE.start))
        found.append((_first_word(server, person, begun) - started) * 1000)
        _quiet(server)
    return found[WARM_UP:]


def _first_word(server: TelegramServer, person: int, begun: int) -> float:
    """When the first message to this person was asked for."""
    return _until(lambda: next((c.at for c in server.calls[begun:] if speaks(c) and c.chat_id == person), None))


def _quiet(server: TelegramServer) -> None:
    """Until nothing has been sent for a moment: an answer may have several messages."""
    sent = -1
    while sent != (sent := sum(speaks(call) for call in server.calls)):
        time.sleep(0.05)


def _until(found: Callable[[], float | None]) -> float:
    end = time.monotonic() + PATIENCE_S
    while (value := found()) is None:
        if time.monotonic() > end:
            raise TimeoutError("no answer")
        time.sleep(0.001)
    return value

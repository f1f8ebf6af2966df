"""Turns a second of one and of two real worker processes on one PostgreSQL: what is in the inbox, answered.

The updates are written to the inbox in one go, so only the workers' share is measured: claim, turn, commit. Nobody
sends: at one message a second and chat that would measure Telegram's limits.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, bootstrap
from bot.clock import system_clock
from bot.settings import load_settings
from bot.telegram.reception import Reception
from storage.floods import Limits
from storage.people import Contact
from tests.benchmarks import script
from tests.benchmarks.figures import Figure
from tests.benchmarks.onboarding import meet
from tests.replicas.fleet import MASTER_KEY, Fleet, database
from tests.support.telegram.server import TelegramServer

PEOPLE = range(100, 116)
BOT = 4242
WARM_UP = 4  # turns a person before each measurement: what a process does once is not what it does each time
PATIENCE_S = 600.0
UNLIMITED = Limits(a_minute=10**6, an_hour=10**6, waiting=10**6)


class Backlog:
    """People with a locked profile, and what they write."""

    def __init__(self, server: TelegramServer, url: str) -> None:
        self._server, self._said = server, 0
        self._app: App = bootstrap(load_settings({}, database=url, master_key=MASTER_KEY))
        reception = Reception(
            self._app.database, self._app.ring, system_clock, BOT, UNLIMITED, wake=lambda _sender: None
        )
        self._accept = reception.accept

    async def onboard(self) -> None:
        """Everybody, side by side."""
        await asyncio.gather(
            *(meet(self._app.turns, Contact("telegram", str(person)), system_clock()) for person in PEOPLE)
        )

    async def write(self, turns: int) -> None:
        """So many typed lines of everybody, in one go; the workers are told as by any process."""
        numbers = range(self._said, self._said + turns)
        batch = [
            self._update(person, script.typed(number, person - PEOPLE.start)) for number in numbers for person in PEOPLE
        ]
        self._said += turns
        wire = self._app.database.wire()
        assert wire is not None
        told = asyncio.create_task(wire.run())
        await asyncio.sleep(0)
        await self._accept(batch)
        await wire.told(2.0)
        told.cancel()
        await asyncio.gather(told, return_exceptions=True)

    async def close(self) -> None:
        """Close the database."""
        await self._app.close()

    def _update(self, person: int, line: str) -> dict[str, object]:
        message = self._server.message(person, text=line)
        self._server.next_update += 1
        return {"update_id": self._server.next_update, "message": message}


def run(turns: int) -> list[Figure]:
    """About so many turns by one process, and as many by two. Raises OSError where there is no PostgreSQL."""
    try:
        return _run(turns)
    except (RuntimeError, AssertionError) as error:
        raise OSError(f"replicas: {str(error)[:300]}") from error


def _run(turns: int) -> list[Figure]:
    each = max(WARM_UP, round(turns / len(PEOPLE)))
    with _opened() as (fleet, backlog), asyncio.Runner() as loop:
        loop.run(backlog.onboard())
        rates, cpu = [], []
        for name in ("one", "two"):
            fleet[name].start()
            fleet[name].ready()
            rate, ms = _measured(loop, fleet, backlog, each)
            rates.append(rate)
            cpu.append(ms)
        (failed,) = fleet.rows("SELECT count(*) FROM inbox WHERE state <> 'done' OR attempts > 1")[0]
        loop.run(backlog.close())
    alone, together = rates
    return [
        Figure("turns a second, 1 worker on PostgreSQL", alone, unit="/s", budget=150, bound="least", digits=0),
        Figure("turns a second, 2 workers, beside 1", together, unit="/s", bound="least", baseline=alone, digits=0),
        Figure("processor time of a turn in a worker", cpu[0]),
        Figure("processor time of a turn in one of two workers", cpu[1], baseline=cpu[0]),
        Figure("turns of workers that failed or were made twice", failed, unit="", budget=0, digits=0),
    ]


@contextmanager
def _opened() -> Iterator[tuple[Fleet, Backlog]]:
    with TelegramServer() as server, database() as url, TemporaryDirectory(prefix="keel-bench-") as folder:
        backlog = Backlog(server, url)
        fleet = Fleet(server, url, Path(folder), {"one": "worker", "two": "worker"})
        try:
            yield fleet, backlog
        finally:
            fleet.close()


def _measured(loop: asyncio.Runner, fleet: Fleet, backlog: Backlog, each: int) -> tuple[float, float | None]:
    """Turns a second, and the processor time of one in milliseconds."""
    waiting = "SELECT 1 FROM inbox WHERE state = 'received' LIMIT 1"
    for turns in (WARM_UP, each):
        began, spent = time.monotonic(), _cpu_s(fleet)
        loop.run(backlog.write(turns))
        fleet.wait(lambda: not fleet.rows(waiting), "answers", PATIENCE_S)
        seconds, used = time.monotonic() - began, _cpu_s(fleet)
    made = each * len(PEOPLE)
    return made / seconds, None if used is None or spent is None else (used - spent) * 1000 / made


def _cpu_s(fleet: Fleet) -> float | None:
    """What the workers have used of the processors so far; None where the system does not say so (Linux)."""
    total = 0.0
    for replica in fleet.replicas.values():
        if replica.pid:
            try:
                fields = Path(f"/proc/{replica.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            except OSError:
                return None
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total

"""Keel's reminders measured in a process of their own: `python -m tests.benchmarks.reminder_worker URL KEY ROUNDS`."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from agents.domain.changes import ReminderAdded
from agents.domain.occurrence import next_occurrence
from agents.domain.recurrence import Recurrence
from bot.app import App, bootstrap
from bot.scheduler import Scheduler
from bot.settings import load_settings
from bot.simulate.clock import SimulatedClock
from storage import due, reminders
from storage.db import Database
from storage.keyscope import entered
from storage.models.identity import User
from tests.benchmarks.figures import percentile
from tests.benchmarks.keel import START
from tests.benchmarks.one_core import STATUS, told
from tests.benchmarks.population import person_id
from tests.benchmarks.reminder_load import zone_of

CLAIMED_AT_ONCE = 500
WAKES = 60
EVERY_DAY = Recurrence(freq="daily", times=(START.time(),))


async def _timed(work: Callable[[], Awaitable[Any]], times: int) -> list[float]:
    """How long each took, ms."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        await work()
        found.append((time.perf_counter() - started) * 1000)
    return found


async def measure(url: str, key: str, rows: int) -> dict[str, float]:
    """All figures of one database. `rows` are enough for a rate."""
    clock = SimulatedClock(START)
    started = time.perf_counter()
    with TemporaryDirectory(prefix="keel-bench-") as folder:
        settings = load_settings({}, database=url, master_key=key, data_dir=folder)
        app = bootstrap(settings, clock=clock)
        first = await app.ticker.next_instant()
        assert first is not None
        clock.set(first - timedelta(minutes=1))
        await app.ticker.tick(clock())
        found = {"restart_ms": (time.perf_counter() - started) * 1000}
        idle = await _timed(lambda: app.ticker.tick(clock()), 1000)
        found |= {"idle_p50_ms": median(idle), "idle_p99_ms": percentile(idle, 0.99)}
        found["resident_mb"] = _resident_mb()
        found |= await _woken(app, clock)
        clock.set(first - timedelta(seconds=1))
        added = await _timed(lambda: _add(app, clock), 300)
        found |= {"add_p50_ms": median(added), "add_p99_ms": percentile(added, 0.99)}
        found |= await _sent(app, clock, rows)
        found |= await _claimed(app.database, clock, rows * 4)
        clock.set(clock() + timedelta(hours=12))
        found |= await _late(app, clock, rows)
        await app.close()
    return found


class _Pace:
    """Rows a second by the clock, and of this process's own processor time."""

    def __init__(self, name: str) -> None:
        self._name, self._seconds, self._cpu = name, 0.0, 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time this block."""
        started, cpu = time.perf_counter(), time.process_time()
        yield
        self._seconds += time.perf_counter() - started
        self._cpu += time.process_time() - cpu

    def of(self, rows: int) -> dict[str, float]:
        """Both rates."""
        return {f"{self._name}_a_second": rows / self._seconds, f"{self._name}_a_cpu": rows / self._cpu}


_number = 0


async def _add(app: App, clock: SimulatedClock) -> None:
    """One reminder, as a turn writes it: a commit of its own."""
    global _number  # noqa: PLW0603 - whose turn it is
    _number += 1
    user_id, now = person_id(_number), clock()

    def work(session: Session) -> None:
        with entered(app.ring.scope(session, user_id)):
            change = ReminderAdded(app.database.ids(), "custom", "stretch", EVERY_DAY, "shift", 720, "user")
            reminders.add(session, user_id, change, zone_of(_number), now)
            session.flush()

    await app.database.run_write(work)


async def _sent(app: App, clock: SimulatedClock, rows: int) -> dict[str, float]:
    """On time: everything that falls due is claimed, judged, worded and enqueued. Rows a second."""
    handled, pace = 0, _Pace("sent")
    while handled < rows and (instant := await app.ticker.next_instant()) is not None:
        clock.set(max(instant, clock()))
        with pace.running():
            handled += await app.ticker.tick(clock())
    return pace.of(handled)


async def _claimed(database: Database, clock: SimulatedClock, rows: int) -> dict[str, float]:
    """The claim alone: lock, read, compute each next time in its zone, write it back, commit. Rows a second."""
    ahead = clock() + timedelta(hours=20)  # most of the table is due by then

    def work(session: Session) -> int:
        claimed = due.claim(session, ahead, CLAIMED_AT_ONCE)
        moves = []
        for row in claimed:
            following = next_occurrence(row.rule, "Europe/Berlin", after=ahead)
            if following is not None:
                where = (following.due_at, following.local_date, following.local_time, None)
                moves.append(due.Move(row.user_id, row.id, *where))
        due.move_on(session, moves, ahead)
        return len(claimed)

    handled, pace = 0, _Pace("claimed")
    with pace.running():
        while handled < rows and (claimed := await database.run_write(work)):
            handled += claimed
    return pace.of(handled)


async def _late(app: App, clock: SimulatedClock, rows: int) -> dict[str, float]:
    """After half a day without a scheduler: rows a second, most of them late, some sent."""
    handled, pace = 0, _Pace("late")
    with pace.running():
        while handled < rows and (done := await app.ticker._batch(clock())):
            handled += done
    return pace.of(handled)


async def _woken(app: App, clock: SimulatedClock) -> dict[str, float]:
    """How late reminders are enqueued when a running scheduler looks once a second, by the real clock."""
    begin, real = clock(), time.monotonic()
    waits = [begin + timedelta(seconds=2 + number * 0.13) for number in range(WAKES)]

    def now() -> datetime:
        return begin + timedelta(seconds=time.monotonic() - real)

    def prepare(session: Session) -> None:
        rows = due.claim(session, begin + timedelta(days=1), WAKES)[:WAKES]
        zones = dict(
            session.execute(select(User.id, User.timezone).where(User.id.in_([r.user_id for r in rows]))).all()
        )
        moves = []
        for row, at in zip(rows, waits, strict=True):
            local = at.astimezone(ZoneInfo(zones[row.user_id]))
            moves.append(due.Move(row.user_id, row.id, at, local.date(), local.time(), None))
        due.move_on(session, moves, begin)

    await app.database.run_write(prepare)
    late: list[float] = []
    all_came = asyncio.Event()

    async def tick() -> None:
        looked_at = now()
        await app.ticker.tick(looked_at)
        done = now()
        late.extend((done - at).total_seconds() * 1000 for at in waits[len(late) :] if at <= looked_at)
        if len(late) == WAKES:
            all_came.set()

    scheduler = Scheduler()
    scheduler.every(1, tick, "tick")
    scheduler.start()
    await asyncio.wait_for(all_came.wait(), 120)
    scheduler.stop()
    return {"wake_p50_ms": median(late), "wake_worst_ms": max(late)}


def _resident_mb() -> float:
    lines = STATUS.read_text(encoding="ascii").splitlines() if STATUS.exists() else ()
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:")), 0.0)


if __name__ == "__main__":
    told(lambda: asyncio.run(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))

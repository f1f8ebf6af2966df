"""What others keep reminders in, measured the same way.

    python -m tests.benchmarks.reminder_rivals NAME URL JOBS SECONDS

Each takes as many jobs, a daily time in one of 300 zones, as fit into the seconds it is given, and says how many.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from tests.benchmarks.figures import percentile
from tests.benchmarks.one_core import told
from tests.benchmarks.reminder_load import zone_of
from tests.benchmarks.reminder_worker import WAKES, _resident_mb

DUE = 500  # jobs made due at once for the rate
late_ms: list[float] = []


def nothing(*_arguments: object) -> None:
    """The job: the rival does no work of ours."""


_came = asyncio.Event()
_loop: list[asyncio.AbstractEventLoop] = []


async def _until_all_came() -> None:
    await asyncio.wait_for(_came.wait(), 60)


def note(due_at: float, *_arguments: object) -> None:
    """A job that says how late it came."""
    late_ms.append((time.time() - due_at) * 1000)
    if len(late_ms) == WAKES:
        _loop[0].call_soon_threadsafe(_came.set)


async def note_by_context(context: Any) -> None:
    """The same for python-telegram-bot."""
    note(context.job.data)


async def nothing_by_context(_context: object) -> None:
    """As above."""


def _fill(add: Callable[[int], object], jobs: int, seconds: float) -> dict[str, float]:
    """Add until all are in or the time is over."""
    took, started = [], time.perf_counter()
    while len(took) < jobs and time.perf_counter() - started < seconds:
        before = time.perf_counter()
        add(len(took))
        took.append((time.perf_counter() - before) * 1000)
    return {"jobs": len(took), "add_p50_ms": median(took), "add_p99_ms": percentile(took, 0.99),
            "fill_seconds": time.perf_counter() - started}  # fmt: skip


def _ticks(scheduler: Any, times: int) -> dict[str, float]:
    """An idle look for due jobs, as the library does it."""
    took = []
    for _ in range(times):
        before = time.perf_counter()
        scheduler._process_jobs()
        took.append((time.perf_counter() - before) * 1000)
    return {"idle_p50_ms": median(took), "idle_p99_ms": percentile(took, 0.99)}


def _wall(number: int) -> wall_time:
    """A time that is not due while this runs is of no matter to the library; spread over the day."""
    return wall_time(number % 24, number * 7 % 60)


async def job_store(url: str, jobs: int, seconds: float) -> dict[str, float]:
    """APScheduler with its SQLAlchemyJobStore."""
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.triggers.cron import CronTrigger

    def opened() -> Any:
        scheduler = AsyncIOScheduler(
            jobstores={"default": SQLAlchemyJobStore(url=url)}, timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True},
        )  # fmt: skip
        scheduler.start(paused=True)
        return scheduler

    scheduler = opened()

    def add(number: int) -> None:
        at = _wall(number)
        trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=zone_of(number))
        scheduler.add_job(nothing, trigger, args=(number,), id=str(number))

    found = _fill(add, jobs, seconds)
    scheduler.shutdown()
    before = time.perf_counter()
    scheduler = opened()
    scheduler.resume()  # a paused scheduler looks for nothing
    scheduler._process_jobs()
    found["restart_ms"] = (time.perf_counter() - before) * 1000
    found |= _ticks(scheduler, 300)
    found["resident_mb"] = _resident_mb()
    return found | await _due_and_woken(scheduler)


async def _due_and_woken(scheduler: Any) -> dict[str, float]:
    """A rate of due jobs, and how late they come."""
    from apscheduler.triggers.cron import CronTrigger

    scheduler.pause()
    past = datetime.now(UTC) - timedelta(minutes=1)
    for number in range(DUE):
        trigger = CronTrigger(hour=3, timezone=zone_of(number))
        scheduler.add_job(nothing, trigger, id=f"due-{number}", next_run_time=past)
    scheduler.resume()
    before, cpu = time.perf_counter(), time.process_time()
    scheduler._process_jobs()
    found = {"due_a_second": DUE / (time.perf_counter() - before), "due_a_cpu": DUE / (time.process_time() - cpu)}
    _loop.append(asyncio.get_running_loop())
    begin = time.time() + 3
    for number in range(WAKES):
        at = begin + number * 0.13
        scheduler.add_job(note, "date", run_date=datetime.fromtimestamp(at, UTC), args=(at,))
    await _until_all_came()
    scheduler.shutdown(wait=False)
    return found | {"wake_p50_ms": median(late_ms), "wake_worst_ms": max(late_ms)}


async def job_queue(_url: str, jobs: int, seconds: float) -> dict[str, float]:
    """python-telegram-bot's JobQueue, which keeps its jobs in memory: a restart adds them all again."""
    from telegram.ext import Application

    application = Application.builder().token("1:unused").build()
    queue = application.job_queue
    assert queue is not None
    queue.scheduler.start(paused=True)

    def add(number: int) -> None:
        queue.run_daily(nothing_by_context, _wall(number).replace(tzinfo=ZoneInfo(zone_of(number))), chat_id=number)

    found = _fill(add, jobs, seconds)
    found["restart_ms"] = found["fill_seconds"] * 1000
    queue.scheduler.resume()
    found |= _ticks(queue.scheduler, 300)
    found["resident_mb"] = _resident_mb()
    _loop.append(asyncio.get_running_loop())
    begin = time.time() + 3
    for number in range(WAKES):
        at = begin + number * 0.13
        queue.run_once(note_by_context, datetime.fromtimestamp(at, UTC), data=at)
    await _until_all_came()
    queue.scheduler.shutdown(wait=False)
    return found | {"wake_p50_ms": median(late_ms), "wake_worst_ms": max(late_ms)}


RIVALS = {"job_store": job_store, "job_queue": job_queue}

if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    name, url, jobs, seconds = sys.argv[1:]
    told(lambda: asyncio.run(RIVALS[name](url, int(jobs), float(seconds))))

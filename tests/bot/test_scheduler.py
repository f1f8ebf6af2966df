"""The clockwork: one run at a time, none lost, and a failure ends nothing."""

import asyncio
import logging
import time

import pytest

from bot.scheduler import Scheduler


async def until(condition: asyncio.Event) -> None:
    await asyncio.wait_for(condition.wait(), 5)


async def test_a_job_runs_again_at_every_interval() -> None:
    runs, thrice = [], asyncio.Event()

    async def job() -> None:
        runs.append(time.monotonic())
        if len(runs) == 3:
            thrice.set()

    scheduler = Scheduler()
    scheduler.every(0.1, job, "count")
    scheduler.start()
    await until(thrice)
    scheduler.stop()
    assert runs[2] - runs[0] >= 0.15


async def test_a_job_that_takes_long_never_runs_twice_at_once(caplog: pytest.LogCaptureFixture) -> None:
    running, most, done = 0, 0, asyncio.Event()

    async def job() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.3)
        running -= 1
        done.set()

    scheduler = Scheduler()
    scheduler.every(0.05, job, "slow")
    scheduler.start()
    await until(done)
    scheduler.stop()
    assert most == 1
    assert caplog.records == []


async def test_a_beat_missed_while_the_loop_was_blocked_is_made_up_for_once() -> None:
    runs, again = [], asyncio.Event()

    async def job() -> None:
        runs.append(time.monotonic())
        if len(runs) == 1:
            time.sleep(1.3)  # noqa: ASYNC251 - blocks the loop for many beats on purpose
        else:
            again.set()

    scheduler = Scheduler()
    scheduler.every(0.1, job, "blocked")
    scheduler.start()
    await until(again)
    scheduler.stop()
    assert len(runs) == 2


async def test_a_job_that_fails_is_logged_and_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    runs: list[None] = []
    again = asyncio.Event()

    async def job() -> None:
        runs.append(None)
        if len(runs) > 1:
            again.set()
            return
        raise ValueError("broken")

    scheduler = Scheduler()
    scheduler.every(0.05, job, "the tick")
    scheduler.start()
    with caplog.at_level(logging.ERROR):
        await until(again)
    scheduler.stop()
    assert [record.getMessage() for record in caplog.records] == ["the tick failed"]


async def test_stopping_cancels_a_running_job_without_noise(caplog: pytest.LogCaptureFixture) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    scheduler = Scheduler()
    scheduler.every(60, job, "long")
    scheduler.start()
    await until(begun)
    scheduler.stop()
    await until(ended)
    await asyncio.sleep(0)
    assert caplog.records == []


async def test_stopping_what_never_started_is_harmless() -> None:
    Scheduler().stop()

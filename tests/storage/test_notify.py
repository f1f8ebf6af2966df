"""The wire between processes: what is committed in one wakes those who wait in another."""

import asyncio
from contextlib import suppress

import psycopg
import pytest
import sqlalchemy as sa

from storage import wakes
from storage.db import Database


class Sleeper:
    """Counts how often it was called."""

    def __init__(self, database, name="outbox"):
        self.calls, self._woken = 0, asyncio.Event()
        database.wakes.on(name, self._wake)

    def _wake(self):
        self.calls += 1
        self._woken.set()

    async def woken(self):
        await asyncio.wait_for(self._woken.wait(), 20)
        self._woken.clear()


@pytest.fixture
async def processes(postgres_url, clock, ids, keys):
    """Two processes' worth of databases, each with its wire; who begins to listen is woken once, for what it missed."""
    opened = [Database.open(postgres_url, clock=clock, ids=ids, keys=keys) for _ in range(2)]
    sleepers = [Sleeper(database, "inbox") for database in opened]
    runs = [asyncio.create_task(database.wire().run()) for database in opened]
    for sleeper in sleepers:
        await sleeper.woken()
    yield opened
    for run in runs:
        run.cancel()
        with suppress(asyncio.CancelledError):
            await run
    for database in opened:
        await database.close()


async def bring(database, name="outbox"):
    def work(session):
        session.execute(sa.text("SELECT 1"))
        wakes.promise(session, name)

    await database.run_write(work)


async def test_a_commit_in_one_process_wakes_the_other_and_ours_once(processes):
    here, there = processes
    ours, theirs = Sleeper(here), Sleeper(there)
    await bring(here)
    await ours.woken()
    await theirs.woken()
    await bring(there)
    await ours.woken()
    assert ours.calls == 2, "our own call is not heard a second time over the wire"


async def test_what_is_rolled_back_wakes_nobody(processes):
    here, there = processes
    mine, theirs, other = Sleeper(here), Sleeper(there), Sleeper(there, "leases")

    def fail(session):
        wakes.promise(session, "outbox")
        raise LookupError("no")

    with pytest.raises(LookupError):
        await here.run_write(fail)
    await bring(here, "leases")
    await other.woken()
    assert (mine.calls, theirs.calls) == (0, 0)


async def test_a_wire_that_was_cut_is_laid_again_and_wakes_for_what_was_missed(processes, postgres_url):
    here, there = processes
    theirs = Sleeper(there)
    lines = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as operator:
        await operator.execute(f"SELECT pg_terminate_backend(pid) {lines}")
    await theirs.woken()
    await bring(here)
    await theirs.woken()


async def test_what_is_told_holds_a_name_and_no_word_about_anybody(processes, postgres_url):
    here, _ = processes
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as listener:
        await listener.execute("LISTEN keel_outbox")
        await bring(here)
        async for told in listener.notifies(timeout=20, stop_after=1):
            assert len(told.payload) == 16
            assert set(told.payload) <= set("0123456789abcdef")


async def test_on_sqlite_there_is_no_wire_and_sleepers_are_woken_all_the_same(sqlite_url, clock, ids, keys):
    database = Database.open(sqlite_url, clock=clock, ids=ids, keys=keys)
    sleeper = Sleeper(database)
    assert database.wire() is None
    await bring(database)
    async with database.write() as session:
        await session.run_sync(lambda plain: wakes.promise(plain, "outbox"))
    assert sleeper.calls == 2
    await database.close()

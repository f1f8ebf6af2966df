"""Offices: one process has each, another follows it, and who lost one cannot act in it."""

import asyncio

import pytest
import sqlalchemy as sa

from bot import election
from bot.app import bootstrap
from bot.election import Alone, Elected
from bot.settings import load_settings
from storage.errors import DatabaseUnusable
from storage.fences import LeaseLost
from tests.support import postgres

OFFICE = "scheduler"


@pytest.fixture(scope="module")
def url():
    if postgres.is_switched_off():
        pytest.skip(f"{postgres.OFF_VARIABLE}=1")
    from storage import schema

    with postgres.fresh_database() as address:
        schema.prepare(address)
        yield address


class Process:
    """What one process has of an election, and a diary of its work."""

    def __init__(self, url, name):
        self.app = bootstrap(load_settings({}, database=url, master_key="5a" * 64))
        self.election = Elected(self.app.database, name)
        self.is_working, self.is_idle = asyncio.Event(), asyncio.Event()
        self.starts = 0
        self._tasks = []

    async def work(self):
        self.starts += 1
        self.is_working.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.is_working.clear()
            self.is_idle.set()

    def stand(self, work=None):
        self.candidacy = asyncio.create_task(self.election.while_elected(OFFICE, work or self.work))
        self._tasks += [self.candidacy, asyncio.create_task(self.election.run())]
        if (wire := self.app.database.wire()) is not None:
            self._tasks.append(asyncio.create_task(wire.run()))
        return self

    async def write(self):
        await self.app.database.run_write(lambda session: session.execute(sa.text("SELECT 1")))

    async def die(self):
        """Like a process that is killed: it says nothing to anybody."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def close(self):
        await self.die()
        await self.app.close()


@pytest.fixture
async def process(url, monkeypatch):
    """Processes that are ended with the test. Their leases are short: a test is not a machine that freezes."""
    monkeypatch.setattr(election, "LEASE_S", 1.5)
    monkeypatch.setattr(election, "BEAT_S", 0.2)
    made = []

    def start(name):
        made.append(Process(url, name))
        return made[-1]

    yield start
    for one in made:
        await one.election.resign()
        await one.close()


async def test_one_works_and_when_it_dies_the_other_does_and_nothing_is_written_in_the_old_term(process):
    first = process("first").stand()
    async with asyncio.timeout(30):
        await first.is_working.wait()
        second = process("second").stand()
        with pytest.raises(LeaseLost):
            second.election.term(OFFICE)
        old_term = first.election.term(OFFICE)
        with first.election.term(OFFICE):
            await first.write()
        await first.die()
        await second.is_working.wait()
    assert (first.starts, second.starts) == (1, 1)
    with old_term, pytest.raises(LeaseLost):
        await first.write()
    with second.election.term(OFFICE):
        await second.write()


async def test_who_resigns_is_followed_at_once(process, monkeypatch):
    monkeypatch.setattr(election, "LEASE_S", 600.0)
    monkeypatch.setattr(election, "BEAT_S", 600.0)
    first = process("first").stand()
    async with asyncio.timeout(30):
        await first.is_working.wait()
        second = process("second").stand()
        await asyncio.sleep(0.5)
        assert not second.is_working.is_set()
        first.candidacy.cancel()
        await first.election.resign()
        await second.is_working.wait()


async def test_an_office_that_was_taken_away_ends_the_work_in_it(process):
    holder = process("holder").stand()
    async with asyncio.timeout(30):
        await holder.is_working.wait()
        theirs = sa.text("UPDATE leases SET holder = 'usurper', token = token + 1 WHERE name <> 'keys'")
        await holder.app.database.run_write(lambda session: session.execute(theirs))
        await holder.is_idle.wait()
        await holder.is_working.wait()
    assert holder.starts == 2, "elected again when the usurper's lease ran out"


async def test_work_that_the_database_interrupts_is_begun_again_and_another_fault_is_raised(process):
    faults = [DatabaseUnusable("away"), LeaseLost("fenced off"), ZeroDivisionError("a fault of ours")]

    async def work():
        raise faults.pop(0)

    candidate = process("candidate").stand(work)
    async with asyncio.timeout(30):
        with pytest.raises(ZeroDivisionError):
            await candidate.candidacy


async def test_the_only_process_has_every_office(tmp_path):
    alone, done = Alone(), []

    async def work():
        with alone.term(OFFICE):
            done.append("worked")

    await alone.while_elected(OFFICE, work)
    await alone.resign()
    assert done == ["worked"]

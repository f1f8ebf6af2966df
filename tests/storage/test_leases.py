"""Leases: one holder at a time, taken over when it is silent, and nothing written under a lost one."""

import asyncio
from functools import partial

import pytest
import sqlalchemy as sa

from storage import leases
from storage.db import Database
from storage.fences import LeaseLost, fenced, lifted

LONG, SPENT = 60.0, -1.0


@pytest.fixture
async def db(postgres_url, clock, ids, keys):
    """PostgreSQL only: on SQLite there is one process."""
    database = Database.open(postgres_url, clock=clock, ids=ids, keys=keys)
    yield database
    await database.close()


async def take(db, holder, seconds=LONG, name="scheduler"):
    return await db.run_write(partial(leases.take, name=name, holder=holder, seconds=seconds))


async def write(db):
    """Anything at all."""
    await db.run_write(lambda session: session.execute(sa.text("SELECT 1")))


async def test_one_of_many_who_want_a_lease_at_once_has_it(db):
    found = await asyncio.gather(*(take(db, f"process {number}") for number in range(8)))
    winners = [lease for lease in found if lease is not None]
    assert len(winners) == 1
    assert await take(db, "late") is None
    assert (await take(db, "late", name="mouth")).name == "mouth"


async def test_a_silent_holder_is_succeeded_with_a_higher_token_and_renews_nothing(db):
    old = await take(db, "old", SPENT)
    new = await take(db, "new")
    assert new.token == old.token + 1
    assert await db.run_write(partial(leases.renew, holder="old", seconds=LONG)) == frozenset()
    assert await db.run_write(partial(leases.renew, holder="new", seconds=LONG)) == {new}
    assert await take(db, "old") is None


async def test_a_late_sign_of_life_counts_while_nobody_took_over(db):
    lease = await take(db, "here", SPENT)
    assert await db.run_write(partial(leases.renew, holder="here", seconds=LONG)) == {lease}
    assert await take(db, "there") is None


async def test_who_lets_go_makes_room_at_once_and_tells_it(db):
    told = []
    db.wakes.on("leases", lambda: told.append("room"))
    lease = await take(db, "here")
    await db.run_write(partial(leases.release, lease=lease))
    assert told == ["room"]
    assert (await take(db, "there")).token == lease.token + 1
    await db.run_write(partial(leases.release, lease=lease))
    assert await take(db, "third") is None, "an old holder cannot let go what is another's"


async def test_nothing_is_written_under_a_lease_that_another_has(db):
    old = await take(db, "old", SPENT)
    with fenced(old):
        await write(db)
    await take(db, "new")
    with fenced(old):
        with pytest.raises(LeaseLost):
            await write(db)
        with pytest.raises(LeaseLost):
            async with db.write() as session:
                await session.execute(sa.text("SELECT 1"))
        await db.run_read(lambda session: session.execute(sa.text("SELECT 1")))
        with lifted():
            await write(db)


async def test_a_take_over_waits_for_what_is_being_written_under_the_lease(db):
    old = await take(db, "old", SPENT)
    order = []
    with fenced(old):
        async with db.write() as session:
            await session.execute(sa.text("SELECT 1"))
            successor = asyncio.create_task(take(db, "new"))
            done, _ = await asyncio.wait({successor}, timeout=0.3)
            assert not done
            order.append("written")
    assert (await successor).token == old.token + 1
    assert order == ["written"]

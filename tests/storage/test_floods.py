"""What belongs together in the inbox, what waits for it, and what is too much, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import claims, floods, inbox
from storage.floods import Limits
from storage.inbox import Arrival, Origin
from storage.models.delivery import InboxRow
from tests.storage.conftest import START

ANNA, BEN = b"a" * 32, b"b" * 32
BOT = 4242
LIMITS = Limits(a_minute=3, an_hour=5, waiting=10)


def arrival(update_id, sender=ANNA, kind="message", **fields):
    return Arrival(update_id, kind, sender, {"v": 2, "number": update_id}, **fields)


@pytest.fixture
def accept(db):
    async def write(*arrivals, now=START):
        return await db.run_write(lambda s: inbox.accept_telegram(s, BOT, arrivals, now))

    return write


@pytest.fixture
def is_over(db):
    async def ask(now=START, *, kind="message", sender=ANNA, is_fresh=True, limits=LIMITS):
        return await db.run_read(lambda s: floods.is_over(s, sender, kind, limits, now, is_fresh=is_fresh))

    return ask


async def test_so_many_in_a_minute_and_so_many_in_an_hour(accept, is_over):
    for number in range(3):
        assert not await is_over()
        await accept(arrival(number))
    assert await is_over()
    assert not await is_over(START + timedelta(seconds=60)), "a minute later there is room again"
    await accept(arrival(3), arrival(4), now=START + timedelta(seconds=120))
    assert await is_over(START + timedelta(minutes=10)), "five in this hour"
    assert not await is_over(START + timedelta(minutes=61))


async def test_others_other_kinds_and_what_was_ignored_do_not_count(accept, is_over):
    await accept(*(arrival(number, BEN) for number in range(5)))
    await accept(*(arrival(number, kind="callback_query") for number in range(5, 10)))
    await accept(*(Arrival(number, "message", ANNA, None) for number in range(10, 15)))
    assert not await is_over()
    assert await is_over(kind="callback_query")


async def test_a_backlog_is_judged_by_what_waits_only(accept, is_over, db):
    await accept(*(arrival(number) for number in range(9)))
    assert not await is_over(is_fresh=False)
    await accept(arrival(9))
    assert await is_over(is_fresh=False)
    await db.run_write(lambda s: inbox.done(s, Origin(BOT, 0, "telegram"), None, {"v": 1}, START))
    assert not await is_over(is_fresh=False)


async def test_who_was_told_is_told_again_after_a_while_only(accept, db):
    async def was_told(now=START):
        return await db.run_read(lambda s: floods.was_told(s, ANNA, now))

    assert not await was_told()
    await accept(arrival(1, kind="flood"))
    assert await was_told()
    assert not await was_told(START + timedelta(minutes=16))


async def test_a_row_waits_for_what_belongs_to_it(accept, db):
    until = START + timedelta(seconds=1.5)
    await accept(arrival(1, group_key="album:a", not_before=until), arrival(2))

    async def claim(now):
        claimed = await db.run_write(lambda s: claims.claim(s, BOT, ANNA, "here", now, now + timedelta(minutes=1)))
        return claimed and claimed.origin.update_id

    assert await db.run_read(lambda s: claims.ready_at(s, BOT, ANNA)) == until
    assert await claim(START) is None, "and what came after it waits with it"
    assert await claim(until) == 1
    assert await db.run_read(lambda s: claims.ready_at(s, BOT, BEN)) is None


async def test_companions_are_of_the_same_sender_group_and_moment(accept, db):
    await accept(arrival(1, group_key="card:9"), arrival(2, group_key="card:9"), arrival(3, group_key="card:8"))
    await accept(arrival(4, BEN, group_key="card:9"), arrival(5))
    await accept(arrival(6, group_key="card:9"), now=START + timedelta(seconds=0.3))
    await accept(arrival(7, group_key="card:9"), now=START + timedelta(seconds=0.5))
    mine = Origin(BOT, 1, "telegram")
    found = await db.run_read(lambda s: inbox.companions(s, mine, timedelta(seconds=0.4)))
    assert [(row.origin.update_id, row.payload["number"]) for row in found] == [(2, 2), (6, 6)]


async def test_what_is_ignored_loses_its_content_and_is_over(accept, db):
    await accept(arrival(1))
    origin = Origin(BOT, 1, "telegram")
    await db.run_write(lambda s: inbox.ignore(s, origin, START, "cannot be read"))
    rows = select(InboxRow.state, InboxRow.payload, InboxRow.last_error)
    assert await db.run_read(lambda s: s.execute(rows).one()) == ("ignored", None, "cannot be read")
    assert await db.run_write(lambda s: claims.claim(s, BOT, ANNA, "here", START, START)) is None

"""The inbox of Telegram's updates: each once, each sender's in order, none lost to a lease."""

from datetime import timedelta

import pytest

from storage import inbox
from storage.inbox import Arrival, Origin
from tests.storage.conftest import START

ANNA, BEN = b"a" * 32, b"b" * 32
BOT = 4242
LEASE = timedelta(minutes=2)


def arrival(update_id, sender=ANNA, **fields):
    return Arrival(update_id, "message", sender, {"v": 1, "text": f"no {update_id}"}, **fields)


@pytest.fixture
def accept(db):
    async def write(*arrivals, now=START):
        new = await db.run_write(lambda s: inbox.accept_telegram(s, BOT, arrivals, now))
        return [one.update_id for one in new]

    return write


@pytest.fixture
def claim(db):
    async def take(key=ANNA, now=START):
        claimed = await db.run_write(lambda s: inbox.claim(s, BOT, key, "here", now, now + LEASE))
        return claimed and (claimed.origin.update_id, claimed.payload["text"], claimed.attempts)

    return take


async def test_an_update_that_arrives_again_changes_nothing(accept, claim):
    assert await accept(arrival(1), arrival(2)) == [1, 2]
    assert await accept(arrival(2), arrival(1), arrival(3)) == [3]
    assert await claim() == (1, "no 1", 1)


async def test_a_senders_updates_are_claimed_oldest_first_whatever_order_they_came_in(accept, claim, db):
    await accept(arrival(7), arrival(3, BEN), arrival(5))
    assert await claim() == (5, "no 5", 1)
    assert await claim() is None, "the next one waits until this one is finished"
    assert await claim(BEN) == (3, "no 3", 1)
    await db.run_write(lambda s: inbox.done(s, Origin(BOT, 5, "telegram"), None, {"v": 1}, START))
    assert await claim() == (7, "no 7", 1)


async def test_a_lease_that_ran_out_or_was_recovered_is_taken_over(accept, claim, db):
    await accept(arrival(1))
    assert await claim() == (1, "no 1", 1)
    assert await claim(now=START + LEASE) == (1, "no 1", 2)
    await db.run_write(lambda s: inbox.recover(s, BOT))
    assert await claim(now=START + LEASE) == (1, "no 1", 3)


async def test_a_deferred_update_holds_its_senders_younger_ones_back(accept, claim, db):
    await accept(arrival(1), arrival(2), arrival(3, BEN))
    await claim()
    later = START + timedelta(seconds=4)
    await db.run_write(lambda s: inbox.defer(s, Origin(BOT, 1, "telegram"), later, "busy"))
    assert await claim() is None
    assert BEN in await db.run_read(lambda s: inbox.senders_waiting(s, BOT, START))
    assert await claim(now=later) == (1, "no 1", 2)


async def test_a_failed_update_keeps_no_words_and_lets_the_next_one_pass(accept, claim, db):
    await accept(arrival(1), arrival(2))
    await claim()
    origin = Origin(BOT, 1, "telegram")
    assert await db.run_read(lambda s: inbox.is_open(s, origin))
    await db.run_write(lambda s: inbox.failed(s, origin, START))
    assert not await db.run_read(lambda s: inbox.is_open(s, origin))
    assert await claim() == (2, "no 2", 1)


async def test_what_nobody_can_answer_is_kept_as_ignored(accept, claim, db):
    assert await accept(Arrival(1, "unknown", None, None), Arrival(2, "message", ANNA, None)) == [1, 2]
    assert await claim() is None
    assert await db.run_read(lambda s: inbox.senders_waiting(s, BOT, START)) == ()


async def test_of_what_is_wanted_once_only_the_first_is_answered(accept, claim, db):
    album = [arrival(number, group_key="album", is_once=True) for number in (1, 2)]
    await accept(*album, arrival(3, BEN, group_key="album", is_once=True))
    assert (await claim())[0] == 1
    await db.run_write(lambda s: inbox.done(s, Origin(BOT, 1, "telegram"), None, {"v": 1}, START))
    assert await claim() is None
    assert (await claim(BEN))[0] == 3


async def test_the_other_bots_updates_are_left_alone(accept, db):
    await accept(arrival(1))
    assert await db.run_write(lambda s: inbox.claim(s, 99, ANNA, "here", START, START + LEASE)) is None
    assert await db.run_read(lambda s: inbox.senders_waiting(s, 99, START)) == ()

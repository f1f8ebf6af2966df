"""The inbox of Telegram's updates: each once, each sender's in order, none lost to a lease."""

import asyncio
from datetime import timedelta

import pytest

from storage import claims, inbox
from storage.fences import LeaseLost, fenced
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
        claimed = await db.run_write(lambda s: claims.claim(s, BOT, key, "here", now, now + LEASE))
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
    await db.run_write(lambda s: claims.recover(s, BOT))
    assert await claim(now=START + LEASE) == (1, "no 1", 3)


async def test_a_deferred_update_holds_its_senders_younger_ones_back(accept, claim, db):
    await accept(arrival(1), arrival(2), arrival(3, BEN))
    await claim()
    later = START + timedelta(seconds=4)
    await db.run_write(lambda s: inbox.defer(s, Origin(BOT, 1, "telegram"), later, "busy"))
    assert await claim() is None
    assert BEN in await db.run_read(lambda s: claims.senders_waiting(s, BOT, START))
    assert await claim(now=later) == (1, "no 1", 2)


async def test_a_failed_update_keeps_no_words_and_lets_the_next_one_pass(accept, claim, db):
    await accept(arrival(1), arrival(2))
    claimed = await claimed_by(db, "here")
    assert await db.run_read(lambda s: claims.standing(s, claimed)) == "open"
    await db.run_write(lambda s: inbox.failed(s, claimed.origin, START))
    assert await db.run_read(lambda s: claims.standing(s, claimed)) == "closed"
    assert await claim() == (2, "no 2", 1)


async def test_what_nobody_can_answer_is_kept_as_ignored(accept, claim, db):
    assert await accept(Arrival(1, "unknown", None, None), Arrival(2, "message", ANNA, None)) == [1, 2]
    assert await claim() is None
    assert await db.run_read(lambda s: claims.senders_waiting(s, BOT, START)) == ()


async def test_of_what_is_wanted_once_only_the_first_is_answered(accept, claim, db):
    album = [arrival(number, group_key="album", is_once=True) for number in (1, 2)]
    await accept(*album, arrival(3, BEN, group_key="album", is_once=True))
    assert (await claim())[0] == 1
    await db.run_write(lambda s: inbox.done(s, Origin(BOT, 1, "telegram"), None, {"v": 1}, START))
    assert await claim() is None
    assert (await claim(BEN))[0] == 3


async def test_the_other_bots_updates_are_left_alone(accept, db):
    await accept(arrival(1))
    assert await db.run_write(lambda s: claims.claim(s, 99, ANNA, "here", START, START + LEASE)) is None
    assert await db.run_read(lambda s: claims.senders_waiting(s, 99, START)) == ()


async def test_many_workers_claim_each_sender_once_and_each_senders_oldest(accept, db):
    senders = [bytes([number]) * 32 for number in range(10)]
    await accept(*(arrival(10 * number + n, key) for number, key in enumerate(senders) for n in (2, 1)))

    async def work(holder):
        keys = await db.run_read(lambda s: claims.senders_waiting(s, BOT, START))
        until = START + LEASE
        return [await db.run_write(lambda s, k=key: claims.claim(s, BOT, k, holder, START, until)) for key in keys]

    found = [claimed for some in await asyncio.gather(*map(work, "abcd")) for claimed in some if claimed]
    assert sorted(claimed.origin.update_id for claimed in found) == [10 * number + 1 for number in range(10)]


async def test_an_older_update_that_comes_late_waits_for_the_one_being_answered(accept, claim, db):
    await accept(arrival(6))
    assert await claim() == (6, "no 6", 1)
    await accept(arrival(5))
    assert await claim() is None, "two turns of one person never run at once"
    assert await db.run_read(lambda s: claims.senders_waiting(s, BOT, START)) == ()
    await db.run_write(lambda s: inbox.done(s, Origin(BOT, 6, "telegram"), None, {"v": 1}, START))
    assert await claim() == (5, "no 5", 1)


async def test_who_is_waiting_is_told_only_so_far_as_asked_and_when_the_next_is_ready(accept, db):
    later = START + timedelta(seconds=2)
    await accept(arrival(1))
    await accept(arrival(2, BEN), now=START + timedelta(seconds=1))
    await accept(arrival(3, b"c" * 32, not_before=later))
    assert await db.run_read(lambda s: claims.senders_waiting(s, BOT, START, 1)) == (ANNA,)
    assert await db.run_read(lambda s: claims.senders_waiting(s, BOT, START)) == (ANNA, BEN)
    assert await db.run_read(lambda s: claims.next_ready(s, BOT, START)) == later
    assert await db.run_read(lambda s: claims.next_ready(s, BOT, later)) is None


async def claimed_by(db, holder, now=START):
    return await db.run_write(lambda s: claims.claim(s, BOT, ANNA, holder, now, now + LEASE))


async def test_a_turn_whose_update_was_taken_over_cannot_be_written(accept, db):
    await accept(arrival(1))
    slow = await claimed_by(db, "slow")
    quick = await claimed_by(db, "quick", START + LEASE)
    assert (quick.origin, quick.attempts) == (slow.origin, 2)
    assert await db.run_read(lambda s: claims.standing(s, slow)) == "lost"

    def finish(session):
        inbox.done(session, slow.origin, None, {"v": 1}, START)

    with fenced(slow), pytest.raises(LeaseLost):
        await db.run_write(finish)
    assert await db.run_read(lambda s: claims.standing(s, quick)) == "open"
    with fenced(quick):
        await db.run_write(finish)
        with pytest.raises(LeaseLost):
            await db.run_write(finish)
    assert await db.run_read(lambda s: claims.standing(s, quick)) == "closed"


async def test_a_sign_of_life_keeps_what_is_ours_and_nothing_else(accept, db):
    await accept(arrival(1), arrival(2, BEN))
    await claimed_by(db, "here")
    far = START + 10 * LEASE
    await db.run_write(lambda s: claims.renew(s, BOT, [1], "there", far))
    await db.run_write(lambda s: claims.renew(s, BOT, [2], "here", far))
    assert (await claimed_by(db, "next", START + LEASE)).attempts == 2
    await db.run_write(lambda s: claims.renew(s, BOT, [1], "next", far))
    assert await claimed_by(db, "third", START + 5 * LEASE) is None


async def test_what_is_accepted_is_called_out_and_a_repeat_is_not(accept, db):
    calls = []
    db.wakes.on("inbox", lambda: calls.append("come"))
    await accept(arrival(1))
    await accept(arrival(1))
    assert calls == ["come"]


async def test_consoles_that_write_at_once_count_on(db):
    found = await asyncio.gather(
        *(db.run_write(lambda s: inbox.accept(s, ANNA, {"v": 1, "text": "hi"}, START)) for _ in range(12))
    )
    assert sorted(origin.update_id for origin in found) == list(range(1, 13))


async def test_a_sender_is_left_for_a_moment_to_the_process_that_answered_them_lately(accept, db):
    await accept(arrival(1), arrival(2, BEN))
    mine = await claimed_by(db, "mine")
    await db.run_write(lambda s: inbox.done(s, mine.origin, None, {"v": 1}, START))
    again = START + timedelta(minutes=5)
    await accept(arrival(3), now=again)

    async def seen_by(holder, at):
        keys = await db.run_read(lambda s: claims.senders_waiting(s, BOT, at, holder=holder))
        return ANNA in keys, BEN in keys

    assert await seen_by("mine", again) == (True, True)
    assert await seen_by("other", again) == (False, True), "nobody answered Ben before"
    assert await db.run_read(lambda s: claims.has_fresh(s, BOT, again))
    late = again + claims.HEAD_START
    assert await seen_by("other", late) == (True, True), "the one that answered last may be gone"
    assert not await db.run_read(lambda s: claims.has_fresh(s, BOT, late))
    await claimed_by(db, "mine", late)
    much_later = again + 2 * claims.REMEMBERED
    await db.run_write(lambda s: inbox.done(s, Origin(BOT, 3, "telegram"), None, {"v": 1}, late))
    await accept(arrival(4), now=much_later)
    assert await seen_by("other", much_later) == (True, True)

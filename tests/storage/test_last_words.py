"""Last words in the inbox: sealed, found again, out of the way in time, and gone when they were said."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from agents.domain.turn import Message
from storage import claims, inbox, last_words
from storage.inbox import Arrival, Origin
from storage.models.delivery import InboxRow
from tests.storage.conftest import START

BOT, ANNA, CHAT = 4242, b"a" * 32, "7700123"
WORDS = Message("intake_safety", "reply", "Goodbye.", START)
LEASE = timedelta(minutes=2)


@pytest.fixture
async def claimed(db):
    """An update of Anna's that is being answered, with a younger one behind it."""
    arrivals = [Arrival(n, "message", ANNA, {"v": 2, "text": "axolotl"}, group_key="card:1") for n in (1, 2)]
    await db.run_write(lambda s: inbox.accept_telegram(s, BOT, arrivals, START))
    return await take(db, START)


async def take(db, now, key=ANNA):
    return await db.run_write(lambda s: claims.claim(s, BOT, key, "here", now, now + LEASE))


async def leave(db, claimed, ending="erased"):
    await db.run_write(lambda s: last_words.leave(s, claimed.origin, CHAT, (WORDS,), ending, START, "why"))


async def row(db, number=1):
    return await db.run_read(lambda s: s.execute(select(*InboxRow.__table__.columns).filter_by(update_id=number)).one())


async def test_they_take_the_place_of_what_came_in_and_are_claimed_before_what_came_later(db, claimed):
    await leave(db, claimed)
    assert await db.run_read(lambda s: claims.standing(s, claimed)) == "parting"
    again = await take(db, START)
    assert again.origin == claimed.origin
    words = last_words.found_in(again.payload)
    assert (words.chat_id, words.messages, words.ending, words.left_at) == (int(CHAT), (WORDS,), "erased", START)
    assert "axolotl" not in str(again.payload)
    assert last_words.found_in(claimed.payload) is None


@pytest.mark.parametrize(("ending", "state", "sender"), [("erased", "done", None), ("failed", "failed", ANNA)])
async def test_once_said_they_are_gone(db, claimed, ending, state, sender):
    await leave(db, claimed, ending)
    await db.run_write(lambda s: last_words.end(s, claimed.origin, ending, START))
    found = await row(db)
    assert (found.state, found.payload, found.external_hmac, found.group_key) == (state, None, sender, None)
    assert (await take(db, START)).origin.update_id == 2


async def test_out_of_line_nobody_waits_for_them(db, claimed):
    await leave(db, claimed)
    again, later = await take(db, START), START + timedelta(hours=1)
    await db.run_write(lambda s: last_words.put_off(s, again.origin, later, "away", out_of_line=False))
    assert await take(db, START) is None, "in line they are waited for"
    await db.run_write(lambda s: last_words.put_off(s, again.origin, later, "away", out_of_line=True))
    assert (await take(db, START)).origin.update_id == 2
    assert (await row(db)).external_hmac != ANNA
    apart = (await row(db)).external_hmac
    assert apart in await db.run_read(lambda s: claims.senders_waiting(s, BOT, later))
    assert (await take(db, later, apart)).origin.update_id == 1


async def test_where_a_turns_words_are_said_on_the_spot_the_update_ends_at_once(db):
    origin = await db.run_write(lambda s: inbox.accept(s, ANNA, {"v": 1, "text": "bye"}, START))
    assert origin == Origin(inbox.CONSOLE_BOT, 1, "console")
    await db.run_write(lambda s: last_words.leave(s, origin, "me", (WORDS,), "erased", START))
    found = await row(db)
    assert (found.state, found.payload, found.external_hmac) == ("done", None, None)


async def test_an_update_that_was_claimed_too_often_can_still_be_claimed(db, claimed):
    """The column counts to twenty; whoever holds it then is not stopped by that."""
    for _ in range(25):
        found = await take(db, START + LEASE)
        await db.run_write(lambda s: claims.recover(s, BOT))
    assert found.attempts == claims.MOST_ATTEMPTS

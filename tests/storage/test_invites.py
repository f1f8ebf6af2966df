"""Invitations: counted exactly, once a person, kept as hashes, and of no use to whoever guesses."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage import inbox, invites, people
from storage.audit import Actor
from storage.inbox import Arrival, Origin
from storage.invites import Terms
from storage.keyring import KeyRing
from storage.models.identity import Invite, InviteRedemption
from storage.people import Contact
from tests.storage.conftest import START

LATER = START + timedelta(days=7)


@pytest.fixture
async def several(db, keys):
    """Five people."""
    ring = KeyRing(keys)
    contacts = [Contact("telegram", str(number)) for number in range(5)]
    return [
        (await db.run_write(lambda s, who=who: people.create(s, ring, who, START))).user_id for who in contacts
    ]  # fmt: skip


async def made(db, keys, **terms):
    return await db.run_write(lambda s: invites.make(s, keys, Terms(**terms)), actor=Actor("admin"))


async def redeemed(db, keys, user_id, code, now=START):
    return await db.run_write(lambda s: invites.redeem(s, keys, user_id, code, now))


async def test_it_lets_in_as_many_people_as_it_says_and_each_of_them_once(db, keys, several):
    code = await made(db, keys, max_uses=2)
    anna, ben, cleo, *_ = several
    assert await redeemed(db, keys, anna, code) == "accepted"
    assert await redeemed(db, keys, anna, code) == "already"
    assert await redeemed(db, keys, ben, code) == "accepted"
    assert await redeemed(db, keys, cleo, code) == "spent"
    (one,) = await db.run_read(invites.issued)
    assert (one.used, one.max_uses) == (2, 2)


async def test_people_who_come_at_once_do_not_use_it_more_often_than_it_allows(db, keys, several):
    code = await made(db, keys, max_uses=3)
    found = await asyncio.gather(*(redeemed(db, keys, user_id, code) for user_id in several))
    assert sorted(found) == ["accepted"] * 3 + ["spent"] * 2
    assert await db.run_read(lambda s: s.scalar(sa.select(Invite.used_count))) == 3
    assert await db.run_read(lambda s: s.scalar(sa.select(sa.func.count()).select_from(InviteRedemption))) == 3


async def test_it_ends_when_it_says_and_when_it_is_revoked(db, keys, several):
    code = await made(db, keys, max_uses=9, expires_at=LATER)
    assert await redeemed(db, keys, several[0], code, LATER - timedelta(seconds=1)) == "accepted"
    assert await redeemed(db, keys, several[1], code, LATER) == "over"
    assert await redeemed(db, keys, several[0], code, LATER) == "already", "who is in stays"
    other = await made(db, keys, max_uses=9)
    (number, *_) = [one.id for one in await db.run_read(invites.issued)]
    assert await db.run_write(lambda s: invites.revoke(s, number, START))
    assert not await db.run_write(lambda s: invites.revoke(s, number, START)), "once"
    assert await redeemed(db, keys, several[2], other) == "over"


async def test_somebody_elses_is_as_good_as_none(db, keys, several):
    code = await made(db, keys, for_user=several[0])
    assert await redeemed(db, keys, several[1], code) == "unknown"
    assert await db.run_read(lambda s: invites.judge(s, keys, code, START, None)) == "unknown"
    assert await redeemed(db, keys, several[0], code) == "accepted"


@pytest.mark.parametrize("code", ["", "inv_", "inv_" + "x" * 24, "hello", "inv_" + "x" * 100, "INV_0", "inv_%' OR 1=1"])
async def test_a_key_that_was_never_made_opens_nothing(db, keys, several, code):
    await made(db, keys)
    assert await redeemed(db, keys, several[0], code) == "unknown"


async def test_a_key_can_stand_in_a_deep_link_and_is_nowhere_in_the_database(db, keys, several, database_url):
    code = await made(db, keys, label="spring", grants={"consultation": True})
    assert len(code) <= invites.LONGEST
    assert code.isascii()
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
    rows = await db.run_read(lambda s: s.execute(sa.select(*Invite.__table__.columns)).all())
    assert code not in str(rows)
    assert code.removeprefix("inv_").encode().hex() not in str(rows)
    assert not await db.run_read(lambda s: invites.granted(s, several[0], "consultation"))
    await redeemed(db, keys, several[0], code)
    assert await db.run_read(lambda s: invites.granted(s, several[0], "consultation"))
    assert not await db.run_read(lambda s: invites.granted(s, several[0], "v"))
    assert not await db.run_read(lambda s: invites.granted(s, several[1], "consultation"))


async def test_after_a_few_wrong_keys_of_one_sender_no_more_are_looked_up_for_an_hour(db):
    sender = b"a" * 32
    for number in range(invites.GUESSES):
        assert not await db.run_read(lambda s: invites.is_guessing(s, sender, START))
        arrival = Arrival(number, "message", sender, {"v": 2})
        await db.run_write(lambda s, a=arrival: inbox.accept_telegram(s, 1, [a], START))
        await db.run_write(lambda s, n=number: invites.note_guess(s, Origin(1, n, "telegram")))
    assert await db.run_read(lambda s: invites.is_guessing(s, sender, START))
    assert not await db.run_read(lambda s: invites.is_guessing(s, b"b" * 32, START))
    assert not await db.run_read(lambda s: invites.is_guessing(s, sender, START + invites.GUESSED))


async def test_who_is_erased_leaves_the_count_and_no_trace_of_having_come(db, keys, several):
    code = await made(db, keys)
    await redeemed(db, keys, several[0], code)
    await db.run_write(lambda s: people.erase(s, KeyRing(keys), several[0]))
    assert await db.run_read(lambda s: s.scalar(sa.select(sa.func.count()).select_from(InviteRedemption))) == 0
    assert await redeemed(db, keys, several[1], code) == "spent"

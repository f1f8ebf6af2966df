"""What is kept in mind, what was sent last, what was talked about: rows of one person, and gone for good."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from agents.domain import changes as c
from agents.domain.remembering import Remembered
from agents.domain.sent import LastSent, Sent
from agents.domain.turn import Draft, Inbound, TurnRecord
from storage import inbox, people, remembered
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.memory import TurnMemory
from storage.models.conversation import Conversation
from storage.models.profile import ProfileFact
from storage.people import Contact
from tests.storage.conftest import START

TODAY = date(2026, 11, 21)
LAST = LastSent(START, "models.example", (Sent("speak", (("user", "words for Zanzibar"),), ("a picture",)),))


class House:
    """One person and their turns, over a real database."""

    def __init__(self, db, keys, name):
        self.db, self.ring, self.keys = db, KeyRing(keys), keys
        self.contact = Contact("console", name, name=name, zone="Europe/Berlin")

    async def move_in(self):
        self.who = await self.db.run_write(lambda s: people.create(s, self.ring, self.contact, START))
        return self

    async def turn(self, *changes, summary="", text="hello", level="none", is_forwarded=False, tap=None):
        key = people.contact_key(self.ring, self.contact)
        origin = await self.db.run_write(lambda s: inbox.accept(s, key, {"v": 1, "text": text}, START))
        memory = TurnMemory(self.db, self.ring, self.who, origin)
        context = await memory.recall(START)
        drafts = (Draft("intake_safety", "reply", f"answer to {text}", level=level),)
        said = Inbound(text, START, tap=tap, is_forwarded=is_forwarded)
        await memory.commit(TurnRecord(context, said, changes, drafts, summary=summary, level=level))
        return memory

    async def read(self, fn):
        with entered(await self.db.run_read(lambda s: self.ring.scope(s, self.who.user_id))):
            return await self.db.run_read(fn, role="app")

    async def known(self):
        return await self.read(lambda s: remembered.active(s, self.who.user_id, ZoneInfo("Europe/Berlin")))


@pytest.fixture
async def house(db, keys):
    return await House(db, keys, "anna").move_in()


def fact(house, text="I hate mornings", **more):
    return Remembered(house.db.ids(), "difficulty", text, TODAY, **more)


async def test_each_kind_comes_back_as_it_was_said(house):
    kinds = ("memory", "upcoming_event", "difficulty", "non_negotiable")
    said = [
        replace(fact(house, f"thing of kind {kind}"), kind=kind, on=TODAY if "event" in kind else None, confidence=0.8)
        for kind in kinds
    ]
    await house.turn(*[c.FactRemembered(one) for one in said])
    assert list(await house.known()) == said


async def test_the_same_words_twice_are_one_row(house):
    await house.turn(c.FactRemembered(fact(house)))
    await house.turn(c.FactRemembered(fact(house, "i hate  MORNINGS")))
    assert len(await house.known()) == 1


async def test_what_is_let_go_of_is_no_row_any_more(house):
    one, other = fact(house), fact(house, "we have a dog")
    await house.turn(c.FactRemembered(one), c.FactRemembered(other))
    await house.turn(c.FactForgotten(one.id))
    assert await house.known() == (other,)
    await house.turn(c.AllForgotten())
    assert await house.db.run_read(lambda s: s.scalar(select(ProfileFact.id))) is None


async def test_nobody_reads_or_forgets_what_is_somebody_elses(db, keys, house):
    ben = await House(db, keys, "ben").move_in()
    mine = fact(house)
    await house.turn(c.FactRemembered(mine), c.WordsSent(LAST))
    memory = await ben.turn(c.FactForgotten(mine.id), c.AllForgotten())
    assert await ben.known() == ()
    assert await memory.last_sent() is None
    assert await house.known() == (mine,)


async def test_what_was_sent_is_kept_until_the_consent_ends(house):
    grant = c.ConsentGranted("llm_provider", "p", "en")
    memory = await house.turn(grant)
    assert await memory.last_sent() is None
    await house.turn(c.WordsSent(replace(LAST, host="older.example")))
    memory = await house.turn(c.WordsSent(LAST))
    assert await memory.last_sent() == LAST
    memory = await house.turn(c.ConsentWithdrawn("llm_provider"))
    assert await memory.last_sent() is None
    assert await house.read(lambda s: s.scalar(select(Conversation.context))) is None


async def test_the_summary_moves_with_every_turn(house):
    memory = await house.turn(summary="2026-11-21: task done")
    assert (await memory.recall(START)).summary == "2026-11-21: task done"
    memory = await house.turn(summary="")
    assert (await memory.recall(START)).summary == ""


async def test_a_model_may_hear_of_it_only_where_one_is_allowed(house):
    await house.turn(c.FactRemembered(fact(house)), text="first")
    memory = await house.turn(text="second")
    context = await memory.recall(START)
    assert (context.remembered, context.exchanges) == ((), ())
    memory = await house.turn(c.ConsentGranted("llm_provider", "p", "en"), text="third")
    context = await memory.recall(START)
    assert [one.text for one in context.remembered] == ["I hate mornings"]
    assert [(one.text, one.is_ours) for one in context.exchanges][-2:] == [("third", False), ("answer to third", True)]


async def test_taps_forwarded_words_and_alarms_are_no_part_of_the_talk(house):
    await house.turn(c.ConsentGranted("llm_provider", "p", "en"), text="hello")
    await house.turn(text="", tap="task:done:01ABC")
    await house.turn(text="from somebody else", is_forwarded=True)
    memory = await house.turn(text="an emergency", level="emergency")
    said = [one.text for one in (await memory.recall(START)).exchanges]
    assert said == ["hello", "answer to hello", "answer to ", "answer to from somebody else"]


async def test_no_word_of_it_lies_open_in_the_file(sqlite_path, sqlite_url, keys, ids, clock):
    from storage.db import Database

    database = Database.open(sqlite_url, clock=clock, ids=ids, keys=keys)
    house = await House(database, keys, "anna").move_in()
    await house.turn(
        c.FactRemembered(fact(house, "Zanzibar in spring")), c.WordsSent(LAST), summary="2026-11-21: Zanzibar"
    )
    await database.close()
    assert b"Zanzibar" not in sqlite_path.read_bytes()
    wal = sqlite_path.with_name(sqlite_path.name + "-wal")
    assert not wal.exists() or b"Zanzibar" not in wal.read_bytes()


async def test_what_was_said_is_dated_by_the_persons_own_clock(house):
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    house.db.clock.now = late
    await house.turn(c.FactRemembered(fact(house)))
    (one,) = await house.known()
    assert one.since == date(2026, 11, 22)


async def test_erasing_a_person_takes_all_of_it(house):
    await house.turn(c.FactRemembered(fact(house)), c.WordsSent(LAST), summary="2026-11-21: task done")
    await house.db.run_write(lambda s: people.erase(s, house.ring, house.who.user_id))
    for column in (ProfileFact.id, Conversation.id):
        assert await house.db.run_read(lambda s, column=column: s.scalar(select(column))) is None

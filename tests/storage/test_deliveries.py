"""The way out of the outbox: order, waiting, blocking, and what an ended process left."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from agents.domain.blocks import Button, Card, File
from agents.domain.turn import Message
from storage import deliveries, outbox, people
from storage.deliveries import MOST_ATTEMPTS, Address
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.models.delivery import OutboxRow
from storage.models.identity import ChannelAccount, UserSettings
from storage.models.reminders import Reminder, ReminderFiring
from tests.storage.conftest import START

LEASE = timedelta(minutes=2)
YES = ((Button("Yes", "a:b"),),)


class Desk:
    """One person's outbox, with the steps a test takes."""

    def __init__(self, db, ring, who, channel="telegram"):
        self.db, self.ring, self.who = db, ring, who
        self.to = Address(who.user_id, who.account_id)
        self.number = 0

    async def write(self, text, category="reply", edits=None, buttons=YES, **envelope):
        self.number += 1
        key = f"4242-{self.number}-0"
        envelope = {"not_before": START, **envelope}

        def work(session):
            with entered(self.ring.scope(session, self.who.user_id)):
                said = Message("logistics", "reply", text, START, buttons, edits=edits)
                to = outbox.Envelope(self.who.user_id, self.who.account_id, key, category, **envelope)
                row = outbox.add(session, to, said, None)
                session.flush()
                return row

        return await self.db.run_write(work)

    async def claim(self, now=START):
        return await self.db.run_write(lambda s: deliveries.claim(s, self.ring, self.to, "here", now, now + LEASE))

    async def next(self, now=START):
        found = await self.claim(now)
        return found and found.message.text

    async def states(self):
        query = select(OutboxRow.state, OutboxRow.drop_reason, OutboxRow.maybe_twice).order_by(OutboxRow.id)
        rows = await self.db.run_read(lambda s: s.execute(query.where(OutboxRow.user_id == self.who.user_id)).all())
        return [tuple(row) for row in rows]


@pytest.fixture
def ring(db):
    return KeyRing(db.keys)


@pytest.fixture
def meet(db, ring):
    async def create(chat_id, channel="telegram"):
        contact = people.Contact(channel, str(chat_id))
        return Desk(db, ring, await db.run_write(lambda s: people.create(s, ring, contact, START)))

    return create


@pytest.fixture
async def anna(meet):
    return await meet(77)


async def test_the_most_urgent_goes_first_then_the_oldest_and_one_at_a_time(anna, db):
    await anna.write("a reminder", "reminder")
    await anna.write("first reply")
    await anna.write("second reply")
    await anna.write("call for help", "safety")
    said = []
    while delivery := await anna.claim():
        assert await anna.claim() is None, "one message in flight for each person"
        assert (delivery.external_id, delivery.message.buttons[0][0].data) == ("77", "a:b")
        said.append(delivery.message.text)
        await db.run_write(lambda s, d=delivery: deliveries.sent(s, d, 9, START))
    assert said == ["call for help", "first reply", "second reply", "a reminder"]
    assert {state for state, *_ in await anna.states()} == {"sent"}


async def test_a_deferred_message_keeps_its_place_but_safety_overtakes_it(anna, db):
    await anna.write("first")
    await anna.write("a reminder", "reminder")
    delivery = await anna.claim()
    later = START + timedelta(seconds=30)
    await db.run_write(lambda s: deliveries.defer(s, delivery, later, "RetryAfter"))
    assert await db.run_read(lambda s: deliveries.waiting(s, "telegram", START, 9)) == {}
    await anna.write("second")
    assert await anna.next() is None
    await anna.write("call for help", "safety")
    safety = await anna.claim()
    assert safety.message.text == "call for help"
    await db.run_write(lambda s: deliveries.sent(s, safety, 1, START))
    assert await anna.next(later) == "first"


async def test_what_is_planned_for_later_holds_nothing_up(anna):
    await anna.write("tomorrow", not_before=START + timedelta(days=1))
    await anna.write("now")
    assert await anna.next() == "now"


async def test_what_an_ended_process_was_sending_is_sent_again_and_marked(anna, db):
    await anna.write("hello")
    assert await anna.next() == "hello"
    await db.run_write(lambda s: deliveries.recover(s, "the next", START))
    assert [address.user_id for address in await db.run_read(lambda s: deliveries.waiting(s, "telegram", START, 9))]
    again = await anna.claim()
    assert (again.message.text, again.attempts) == ("hello", 2)
    assert await anna.states() == [("pending", None, True)]


async def test_a_late_push_is_dropped_and_a_reply_never(anna):
    await anna.write("old reminder", "reminder", expires_at=START + timedelta(minutes=5))
    await anna.write("old reply")
    assert await anna.next(START + timedelta(hours=5)) == "old reply"
    assert (await anna.states())[0] == ("dropped", "expired", False)


async def test_a_reminder_that_came_too_late_does_not_count_as_told(anna, db):
    outbox_id = await anna.write("lunch", "reminder", expires_at=START + timedelta(minutes=5))

    def fire(session):
        mine, day = {"user_id": anna.who.user_id}, {"local_date": START.date(), "local_time": START.time()}
        reminder = Reminder(**mine, kind="meal", recurrence={"v": 1}, max_age_minutes=45, source="schedule")
        session.add(reminder)
        session.flush()
        told = {"state": "queued", "due_at": START, "outbox_id": outbox_id}
        session.add(ReminderFiring(**mine, **day, **told, reminder_id=reminder.id))

    await db.run_write(fire)
    assert await anna.next(START + timedelta(hours=5)) is None
    query = select(ReminderFiring.state, ReminderFiring.suppressed_reason)
    assert await db.run_read(lambda s: tuple(s.execute(query).one())) == ("suppressed", "late")


async def test_blocking_drops_what_waits_and_letting_in_again_brings_nothing_back(anna, db):
    await anna.write("one")
    await anna.write("two")
    await db.run_write(lambda s: deliveries.block(s, anna.to, START))
    query = select(ChannelAccount.state, ChannelAccount.blocked_at).where(ChannelAccount.id == anna.to.account_id)
    assert tuple(await db.run_read(lambda s: s.execute(query).one())) == ("blocked", START)
    await db.run_write(lambda s: deliveries.block(s, anna.to, START + timedelta(days=1)))
    assert tuple(await db.run_read(lambda s: s.execute(query).one())) == ("blocked", START)
    await db.run_write(lambda s: deliveries.unblock(s, anna.to))
    assert tuple(await db.run_read(lambda s: s.execute(query).one())) == ("active", None)
    assert await anna.next() is None
    assert await anna.states() == [("dropped", "blocked", False)] * 2


async def test_a_message_that_can_never_be_sent_is_set_aside(anna, db):
    await anna.write("bad")
    await anna.write("good")
    delivery = await anna.claim()
    await db.run_write(lambda s: deliveries.fail(s, delivery, "x" * 500))
    assert await anna.next() == "good"
    assert (await anna.states())[0] == ("failed", "invalid", False)


async def test_trying_goes_on_for_ever_but_counting_does_not(anna, db):
    await anna.write("patience")
    for number in range(MOST_ATTEMPTS + 2):
        delivery = await anna.claim()
        assert delivery.attempts == min(number + 1, MOST_ATTEMPTS)
        await db.run_write(lambda s, d=delivery: deliveries.defer(s, d, START, "ConnectError"))


async def test_only_telegrams_accounts_are_waited_for_the_most_urgent_first(meet, db):
    terminal, ben, cleo = await meet("me", "console"), await meet(1), await meet(2)
    await terminal.write("here")
    await ben.write("a reminder", "reminder")
    await cleo.write("a reply")
    found = await db.run_read(lambda s: deliveries.waiting(s, "telegram", START, 9))
    assert list(found.items()) == [(cleo.to, 10), (ben.to, 50)]
    assert await db.run_read(lambda s: deliveries.waiting(s, "telegram", START - timedelta(1), 9)) == {}
    assert await db.run_read(lambda s: deliveries.priority_of(s, ben.to)) == 50
    assert await db.run_read(lambda s: deliveries.priority_of(s, Address(ben.to.user_id, cleo.to.account_id))) is None


async def seen(desk, message_id):
    def read(session):
        with entered(desk.ring.scope(session, desk.who.user_id)):
            return outbox.sent_as(session, desk.who.user_id, message_id)

    return await desk.db.run_read(read)


async def deliver(desk, message_id, writer="html"):
    delivery = await desk.claim()
    await desk.db.run_write(lambda s: deliveries.sent(s, delivery, message_id, START, writer))


async def test_what_was_sent_is_found_by_the_channels_number_and_only_by_its_reader(anna, meet):
    ben = await meet(78)
    await anna.write("for Anna")
    await anna.write("not sent yet")
    await deliver(anna, 9)
    assert (await seen(anna, 9)).text == "for Anna"
    assert await seen(ben, 9) is None
    assert await seen(anna, 10) is None


async def test_what_took_the_place_of_a_message_is_what_the_person_sees(anna):
    await anna.write("open")
    await deliver(anna, 9)
    await anna.write("done 07:40", edits=9)
    await deliver(anna, 9)
    assert (await seen(anna, 9)).text == "done 07:40"
    await anna.write("", edits=9, buttons=())
    await deliver(anna, 9)
    assert ((await seen(anna, 9)).text, (await seen(anna, 9)).buttons) == ("done 07:40", ())


async def test_what_takes_a_place_knows_what_stands_there_and_who_wrote_it(anna):
    await anna.write("open")
    await deliver(anna, 9, "rich")
    await anna.write("done", edits=9)
    claimed = await anna.claim()
    assert (claimed.replaces.message.text, claimed.replaces.writer) == ("open", "rich")
    assert claimed.is_plain is False


async def test_the_wish_for_plain_words_travels_with_each_message(anna, db):
    wish = update(UserSettings).where(UserSettings.user_id == anna.who.user_id)
    await db.run_write(lambda s: s.execute(wish.values(is_plain_view=True)))
    await anna.write("words", edits=77)
    claimed = await anna.claim()
    assert (claimed.is_plain, claimed.replaces) == (True, None)


async def test_what_could_not_even_be_tried_is_free_again_in_its_place(anna, db):
    await anna.write("first")
    await anna.write("second")
    delivery = await anna.claim()
    await db.run_write(lambda s: deliveries.release(s, delivery, "InvalidToken"))
    assert await anna.next() == "first"
    assert await anna.states() == [("pending", None, False)] * 2


def test_a_row_of_the_first_version_is_still_read(ids):
    body = {
        "v": 1, "agent": "logistics", "kind": "reply", "text": "Today", "at": START.isoformat(), "level": "none",
        "buttons": [[["Yes", "a:b"]]], "cards": [{"title": "Plan", "columns": ["Time"], "rows": [["07:00"]]}],
        "rules": [], "receipts": [],
    }  # fmt: skip
    message = outbox.message_of(ids(), body)
    assert message.buttons == YES
    assert message.cards == (Card("Plan", ("Time",), (("07:00",),)),)
    assert (message.edits, message.is_quiet) == (None, False)


def test_a_message_with_a_file_comes_back_whole(ids):
    file = File("plan.ics", "text/calendar", bytes(range(256)))
    said = Message("logistics", "document", "Your plan", START, ((Button("No", "c:d", "danger"),),), (file,), edits=4)
    read = outbox.message_of(ids(), outbox.body_of(said))
    assert (read.cards, read.buttons, read.edits) == (said.cards, said.buttons, 4)

"""Erasing a person leaves the numbers of their updates, and nothing that leads to them."""

from sqlalchemy import select

from storage import inbox, people
from storage.inbox import Arrival, Origin
from storage.keyring import KeyRing
from storage.models.delivery import InboxRow
from storage.people import Contact
from tests.storage.conftest import START

BOT = 4242
ANNA = Contact("telegram", "11", name="Anna")


async def test_an_update_that_comes_again_after_the_erasure_does_not_bring_the_person_back(db, keys):
    ring = KeyRing(keys)
    key = people.contact_key(ring, ANNA)
    arrival = Arrival(1, "message", key, {"v": 1, "text": "drank 250 ml"}, group_key="album")
    person = await db.run_write(lambda s: people.create(s, ring, ANNA, START))
    await db.run_write(lambda s: inbox.accept_telegram(s, BOT, [arrival], START))
    await db.run_write(lambda s: inbox.done(s, Origin(BOT, 1, "telegram"), person.user_id, {"v": 1}, START))
    await db.run_write(lambda s: people.erase(s, ring, person.user_id))
    again = await db.run_write(lambda s: inbox.accept_telegram(s, BOT, [arrival], START))
    assert not again
    (row,) = await db.run_read(lambda s: s.execute(select(*InboxRow.__table__.columns)).all())
    assert row.state == "done"
    assert [row.user_id, row.external_hmac, row.payload, row.result, row.group_key] == [None] * 5

"""Who may end which answer: only the sender of the update that it answers."""

import pytest

from storage import inbox, stops
from storage.inbox import Arrival
from tests.storage.conftest import START

BOT, ANNA, BEN = 4242, b"a" * 32, b"b" * 32


def message(number, sender):
    return Arrival(number, "message", sender, {"v": 2})


def stop(number, sender, draft_id):
    return Arrival(number, stops.KIND, sender, None, group_key=stops.key_of(draft_id))


@pytest.mark.parametrize(
    ("sender", "draft_id", "found"), [(ANNA, 11, {11}), (BEN, 11, set()), (ANNA, 1, set()), (None, 11, set())]
)
async def test_a_stop_counts_for_its_own_answer_and_for_no_other(db, sender, draft_id, found):
    arrivals = [message(11, ANNA), message(12, BEN), message(13, ANNA), stop(20, sender, draft_id)]
    await db.run_write(lambda s: inbox.accept_telegram(s, BOT, arrivals, START))
    assert await db.run_read(lambda s: stops.stopped(s, BOT, {11, 12, 13})) == found
    assert await db.run_read(lambda s: stops.stopped(s, BOT, {12, 13})) == frozenset()
    assert await db.run_read(lambda s: stops.stopped(s, BOT + 1, {11, 12, 13})) == frozenset()

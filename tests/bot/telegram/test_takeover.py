"""A process that was too slow for its lease: another one answers, and this one says and writes nothing."""

from dataclasses import replace
from datetime import timedelta

from bot.telegram.desk import LEASE, LONGEST
from storage import claims, inbox
from storage.fences import lifted
from storage.inbox import Origin
from tests.support.desk import BOT

AGES = timedelta(hours=1)


class Slow:
    """Understands as before; meanwhile its lease runs out and another process takes the update over."""

    def __init__(self, house, update):
        self._house, self._model = house, house.app.turns._ports.model
        self._key = house.arrival(update).sender
        self.claimed = None

    async def understand(self, text, moment):
        if self.claimed is None:
            house, now = self._house, self._house.clock() + LEASE
            with lifted():
                self.claimed = await house.app.database.run_write(
                    lambda s: claims.claim(s, BOT, self._key, "another", now, now + AGES)
                )
        return await self._model.understand(text, moment)


async def test_a_turn_that_was_taken_over_is_neither_written_nor_spoken_of(house):
    await house.hear("hello")
    update = house.update(text="what can you do?")
    slow = Slow(house, update)
    house.app.turns._ports = replace(house.app.turns._ports, model=slow)
    before = house.texts()
    await house.accept(update)
    assert slow.claimed.attempts == 2
    assert house.texts() == before, "no word of failure either"
    assert await house.ask("SELECT lease_holder FROM inbox WHERE state = 'received'") == "another"
    turns = f"SELECT count(*) FROM messages WHERE direction = 'inbound' AND update_id = {update['update_id']}"
    assert await house.ask(turns) == 0
    await house.later((LEASE + AGES).total_seconds())
    assert len(house.texts()) == len(before) + 1, "the other one ended too: then it is this one's again"
    assert await house.ask(turns) == 1


async def test_what_is_being_answered_gets_signs_of_life_and_what_hangs_does_not(house):
    update = house.update(text="hello")
    arrival = house.arrival(update)

    def accept_and_claim(session):
        inbox.accept_telegram(session, BOT, [arrival], house.clock())
        return claims.claim(session, BOT, arrival.sender, "here", house.clock(), house.clock() + LEASE)

    claimed = await house.app.database.run_write(accept_and_claim)
    house.desk._claimed[claimed.origin.update_id] = house.clock()
    assert claimed.origin == Origin(BOT, update["update_id"], "telegram")
    for held_for, is_free in ((LEASE * 2, False), (LONGEST * 2, True)):
        house.clock.advance(held_for)
        await house.desk.keep()
        now = house.clock()
        waiting = await house.app.database.run_read(lambda s, at=now: claims.senders_waiting(s, BOT, at))
        assert bool(waiting) is is_free

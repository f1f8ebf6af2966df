"""A tap on Stop ends the answer that is being written, in whichever process that is."""

import asyncio
from contextlib import suppress

import pytest

from agents.domain.turn import Message
from bot.turn import TurnOutcome
from storage import wakes
from tests.support import postgres
from tests.support.desk import START, DeskHouse


class Talkative:
    """Turns that go on until somebody has heard enough."""

    def __init__(self):
        self.has_begun, self.was_stopped = asyncio.Event(), False

    async def answer(self, _contact, _origin, _spoken, _now, preview):
        self.has_begun.set()
        async with asyncio.timeout(20):
            await preview.stopped.wait()
        self.was_stopped = True
        return TurnOutcome((Message("logistics", "reply", "As far as I came", START),), None)


def stop_of(update, chat_id=7, number=900):
    chat = {"id": chat_id, "type": "private"}
    return {"update_id": number, "stopped_message_generation": {"chat": chat, "draft_id": update["update_id"]}}


async def ended(*tasks):
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_the_answer_ends_with_a_tap_on_stop(house):
    house.app.turns = turns = Talkative()
    house.app.database.wakes.on(wakes.STOPS, house.desk.heed_stops)
    update = house.update(text="tell me everything")
    attending = asyncio.create_task(house.desk.attend())
    await house.reception.accept([update])
    await turns.has_begun.wait()
    await house.reception.accept([stop_of(update, chat_id=8)])
    assert not turns.was_stopped, "somebody else's tap"
    await house.accept(stop_of(update, number=901))
    assert turns.was_stopped
    await ended(attending)


@pytest.mark.skipif(postgres.is_switched_off(), reason="PostgreSQL is switched off")
async def test_the_tap_reaches_the_process_that_writes():
    """One process hears, another one answers; between them are the database and its notifications."""
    with postgres.fresh_database() as url:
        ear, worker = DeskHouse(None, url=url), DeskHouse(None, url=url)
        ear.reception._wake = lambda _sender: None  # the ear only hears
        worker.app.turns = turns = Talkative()
        worker.app.database.wakes.on(wakes.STOPS, worker.desk.heed_stops)
        worker.app.database.wakes.on(wakes.INBOX, worker.desk.nudge)
        parts = [asyncio.create_task(worker.desk.attend())]
        parts += [asyncio.create_task(house.app.database.wire().run()) for house in (ear, worker)]
        update = ear.update(text="tell me everything")
        try:
            async with asyncio.timeout(60):
                await ear.reception.accept([update])
                await turns.has_begun.wait()
                await ear.reception.accept([stop_of(update)])
                await worker.desk._lanes.settle(60)
            assert turns.was_stopped
        finally:
            await ended(*parts)
            for house in (ear, worker):
                await house.desk.close(1)
                await house.app.close()

"""A turn that takes long says what it is doing; a quick one does not."""

import asyncio

import pytest

from agents.domain.turn import Message
from bot.telegram.fates import Sent
from bot.turn import TurnOutcome
from tests.support.desk import START


class Slow:
    """Turns that say what takes long and then take that long."""

    def __init__(self, shown, seconds):
        self._shown, self._seconds = shown, seconds

    async def answer(self, _contact, _origin, _spoken, _now, preview):
        preview.remark("Looking for meals that fit…")
        if self._seconds:
            async with asyncio.timeout(10):
                await self._shown.wait()
        return TurnOutcome((Message("meal_planner", "reply", "Here is your plan", START),), None)


@pytest.mark.parametrize(("seconds", "texts"), [(1, ["Looking for meals that fit…"]), (0, [])])
async def test_what_takes_long_is_shown_while_it_does(house, monkeypatch, seconds, texts):
    monkeypatch.setattr("bot.telegram.desk.LONG_S", 0.05)
    shown, drawn = asyncio.Event(), []

    async def draft(chat_id, draft_id, text, *, can_stop):
        drawn.append((chat_id, draft_id, text, can_stop))
        shown.set()
        return Sent("sent")

    house.mouth.draft = draft
    house.app.turns = Slow(shown, seconds)
    update = house.update(text="plan my week")
    await house.accept(update)
    assert drawn == [(7, update["update_id"], text, False) for text in texts]

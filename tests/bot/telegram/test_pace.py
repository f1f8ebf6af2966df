"""The pace of the mouth on a clock of its own: a second a chat, thirty a second in all, silence after a 429."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.telegram.pace import Pace, seconds_of


class Clock:
    """Seconds that pass only in sleeping; many may sleep at once."""

    def __init__(self):
        self.now = 0.0
        self._sleepers = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, len(self._sleepers), woken))
        await woken

    async def run(self, *calls):
        tasks = [asyncio.ensure_future(call) for call in calls]
        while True:
            for _ in range(50):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                return [task.exception() for task in tasks]
            self._sleepers.sort(key=lambda sleeper: sleeper[:2])
            instant, _, woken = self._sleepers.pop(0)
            self.now = max(self.now, instant)
            woken.set_result(None)


@pytest.fixture(autouse=True)
def _durations_are_timedeltas(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def say(clock):
    pace = Pace(clock, clock.sleep)
    said = []

    def call(chat, endpoint="sendMessage", error=None):
        async def request():
            said.append((chat, round(clock.now, 3)))
            if error is not None:
                raise error
            return True

        return pace.process_request(request, (), {}, endpoint, {"chat_id": chat} if chat else {}, None)

    call.said = said
    return call


async def test_one_chat_hears_one_message_a_second(clock, say):
    await clock.run(*(say(1) for _ in range(4)))
    assert say.said == [(1, 0.0), (1, 1.0), (1, 2.0), (1, 3.0)]


async def test_all_chats_together_hear_thirty_a_second(clock, say):
    await clock.run(*(say(chat) for chat in range(1, 62)))
    assert say.said[0][1] == 0.0
    assert say.said[30][1] == 1.0
    assert say.said[60][1] == 2.0


async def test_a_chat_that_waits_holds_nobody_up(clock, say):
    await clock.run(say(1), say(1), say(2))
    assert sorted(say.said) == [(1, 0.0), (1, 1.0), (2, 0.033)]


async def test_after_a_429_nobody_speaks_until_it_is_over(clock, say):
    errors = await clock.run(say(1, error=RetryAfter(2)), say(2), say(3), say(1))
    assert isinstance(errors[0], RetryAfter)
    assert errors[1:] == [None] * 3
    assert say.said[0] == (1, 0.0)
    assert min(at for _chat, at in say.said[1:]) >= 2.3
    assert len({at for _chat, at in say.said}) == 4, "those who waited come one after the other, not all at once"


async def test_typing_is_left_out_where_it_would_have_to_wait(clock, say):
    await clock.run(say(1))
    await clock.run(say(1, "sendChatAction"), say(2, "sendChatAction"))
    assert say.said == [(1, 0.0), (2, 0.0)]


async def test_calls_without_a_chat_are_not_held_up(clock, say):
    await clock.run(say(1), say(None, "getMe"))
    assert say.said == [(1, 0.0), (None, 0.0)]


@pytest.mark.parametrize("given", [3, timedelta(seconds=3)])
def test_the_time_to_wait_is_read_in_either_form(given):
    assert seconds_of(RetryAfter(given)) == 3.0

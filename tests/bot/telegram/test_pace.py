"""The pace of the mouth on a clock of its own (telegram.md TG-70): never too fast, nobody for ever, order kept."""

import asyncio
import os
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.telegram.gate import BROADCAST, REMINDER, REPLY, SAFETY, patience_s
from bot.telegram.pace import Manner, Pace, asked_to_wait, seconds_of
from tests.bot.telegram.slow_clock import Clock

os.environ.setdefault("PTB_TIMEDELTA", "1")  # as `keel run` does: durations are timedeltas


class Voice:
    """A limiter, and what got past it."""

    def __init__(self, clock, jitter=0.0, **pace):
        self.clock = clock
        self.pace = Pace(clock, clock.sleep, lambda: jitter, **pace)
        self.said = []  # (chat, instant, word)

    async def __call__(self, chat, endpoint="sendMessage", *, errors=(), word=None, after=0.0, takes=0.0, **manner):
        failures = list(errors)

        async def request():
            self.said.append((chat, round(self.clock.now, 6), word))
            if takes:
                await self.clock.sleep(takes)
            if failures:
                raise failures.pop(0)
            return {"message_id": len(self.said)}

        if after:
            await self.clock.sleep(after)
        data = {"chat_id": chat} if chat is not None else {}
        made = Manner(**manner) if manner else None
        return await self.pace.process_request(request, (), {}, endpoint, data, made)

    def times(self, chat):
        return [at for one, at, _ in self.said if one == chat]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def say(clock):
    return Voice(clock)


async def test_one_chat_hears_one_message_a_second(clock, say):
    await clock.run(*(say(1) for _ in range(4)))
    assert say.times(1) == [0.0, 1.0, 2.0, 3.0]


async def test_the_second_part_of_a_reply_may_follow_at_once_and_the_third_waits(clock, say):
    await clock.run(say(1), say(1, burst=2), say(1, burst=2), say(1))
    assert say.times(1) == [0.0, 0.04, 1.0, 3.0]


async def test_all_chats_together_hear_twenty_five_a_second(clock, say):
    await clock.run(*(say(chat) for chat in range(1, 52)))
    assert [say.times(chat)[0] for chat in (1, 26, 51)] == [0.0, 1.0, 2.0]


async def test_a_group_hears_twenty_a_minute(clock, say):
    await clock.run(*(say(-5) for _ in range(22)))
    assert say.times(-5)[:20] == [float(n) for n in range(20)]
    assert say.times(-5)[20:] == [60.0, 61.0]


async def test_a_chat_that_waits_holds_nobody_up(clock, say):
    await clock.run(say(1), say(1), say(2))
    assert (say.times(1), say.times(2)) == ([0.0, 1.0], [0.04])


async def test_one_message_is_in_flight_for_a_chat(clock, say):
    await clock.run(say(1, takes=3.0), say(1), say(2))
    assert (say.times(1), say.times(2)) == ([0.0, 3.0], [0.04])


async def test_a_429_on_one_chat_makes_that_chat_wait_and_nobody_else(clock, say):
    failures = await clock.run(say(1, errors=[RetryAfter(2)]), say(2, after=0.5), say(3, after=1.2))
    assert failures == [None] * 3
    assert (say.times(1), say.times(2), say.times(3)) == ([0.0, 2.0], [0.5], [1.2])


async def test_a_429_on_a_second_chat_soon_after_makes_everybody_wait(clock, say):
    await clock.run(
        say(1, errors=[RetryAfter(4)]), say(2, errors=[RetryAfter(2)], after=1.0), say(3, after=1.1), say(4, after=5.0)
    )
    assert (say.times(1), say.times(4)) == ([0.0, 4.0], [5.0])
    assert (sorted(say.times(2) + say.times(3))) == [1.0, 3.0, 3.04]


async def test_a_second_chat_refused_much_later_is_alone_again(clock, say):
    await clock.run(say(1, errors=[RetryAfter(2)]), say(2, errors=[RetryAfter(3)], after=11.0), say(3, after=11.5))
    assert say.times(3) == [11.5]


@pytest.mark.parametrize("error", [RetryAfter(1), NetworkError("Too Many Requests: retry after 0")])
async def test_a_429_of_a_second_or_without_a_number_makes_everybody_wait(clock, say, error):
    await clock.run(say(1, errors=[error]), say(2, after=0.5))
    assert sorted(say.times(1) + say.times(2)) == [0.0, 1.0, 1.04]


async def test_a_429_without_a_chat_makes_everybody_wait(clock, say):
    failures = await clock.run(say(None, "getMe", errors=[RetryAfter(3)]), say(2, after=0.5))
    assert isinstance(failures[0], RetryAfter)
    assert say.times(2) == [3.0]


async def test_silence_holds_although_a_request_in_flight_ends_well_meanwhile(clock, say):
    await clock.run(say(1, errors=[RetryAfter(1)], takes=0.5), say(2, takes=1.0), say(3, after=1.2))
    assert say.times(2) == [0.04]
    assert min(at for _, at, _ in say.said if at > 0.5) == 1.5


async def test_a_wait_gets_a_little_on_top(clock):
    say = Voice(clock, jitter=1.0)
    await clock.run(say(1, errors=[RetryAfter(2)]))
    assert say.times(1) == [0.0, 2.3]


async def test_a_long_wait_goes_back_to_the_outbox_and_the_chat_stays_silent(clock, say):
    (failure,) = await clock.run(say(1, errors=[RetryAfter(60)]))
    assert isinstance(failure, RetryAfter)
    assert clock.now < 1
    await clock.run(say(1), say(2))
    assert (say.times(1), say.times(2)[0] < 1) == ([0.0, 60.0], True)


async def test_after_three_tries_the_outbox_decides(clock, say):
    (failure,) = await clock.run(say(1, errors=[RetryAfter(2)] * 5))
    assert isinstance(failure, RetryAfter)
    assert say.times(1) == [0.0, 2.0, 4.0]
    await clock.run(say(2, errors=[RetryAfter(2)] * 5, tries=1))
    assert len(say.times(2)) == 1


async def test_other_failures_are_passed_on_at_once(clock, say):
    failures = await clock.run(say(1, errors=[NetworkError("Bad Gateway")]), say(2, errors=[BadRequest("no")]))
    assert [type(failure) for failure in failures] == [NetworkError, BadRequest]
    assert len(say.said) == 2


async def test_a_tap_is_acknowledged_whatever_waits(clock, say):
    await clock.run(say(1, errors=[RetryAfter(1)]), say(1, "answerCallbackQuery", after=0.1))
    assert 0.1 in say.times(1)


@pytest.mark.parametrize("sign", ["sendChatAction", "sendMessageDraft", "sendRichMessageDraft"])
async def test_signs_have_a_pace_of_their_own_and_are_dropped_instead_of_queued(clock, say, sign):
    await clock.run(say(1), say(1, sign, after=0.1), say(1, sign, after=0.5), say(1, sign, after=1.2))
    assert say.times(1) == [0.0, 0.1, 1.2]
    other = "sendChatAction" if "Draft" in sign else "sendMessageDraft"
    await clock.run(say(4, sign, after=1.0), say(4, other, after=1.1), say(4, sign, after=1.2))
    assert [round(at - 1.2, 2) for at in say.times(4)] == [1.0, 1.1], "each kind has a pace of its own"
    await clock.run(say(2, errors=[RetryAfter(2)]), say(2, sign, after=0.3), say(3, sign, after=0.3))
    assert len(say.times(2)) == 2, "no sign while the chat waits"
    assert len(say.times(3)) == 1


async def test_a_refused_sign_makes_its_chat_wait(clock, say):
    failures = await clock.run(say(1, "sendMessageDraft", errors=[RetryAfter(3)]), say(1, after=0.1))
    assert isinstance(failures[0], RetryAfter)
    assert say.times(1) == [0.0, 3.0]


async def test_the_urgent_go_first_when_everybody_wants_to_speak(clock, say):
    line = [(BROADCAST, "news"), (REMINDER, "drink"), (REPLY, "answer"), (SAFETY, "call 112")]
    calls = [say(n, word=word, priority=priority) for n, (priority, word) in enumerate([(REPLY, "first"), *line], 1)]
    await clock.run(*calls)
    assert [word for _, _, word in say.said] == ["first", "call 112", "answer", "drink", "news"]


async def test_two_hundred_chats_with_five_messages_each_at_once(clock, say):
    kinds = [REPLY, REPLY, REPLY, REPLY, REMINDER]
    calls = [say(chat, word=(chat, n), priority=kind) for n, kind in enumerate(kinds) for chat in range(1, 201)]
    assert await clock.run(*calls) == [None] * 1000
    assert clock.now == pytest.approx(999 / 25, abs=0.1), "nothing waits longer than the pace of everybody together"
    assert [word for _, _, word in say.said] == sorted((w for _, _, w in say.said), key=lambda word: word[1])
    for chat in range(1, 201):
        assert all(later - earlier >= 1 - 1e-6 for earlier, later in pairwise(say.times(chat)))


async def test_nobody_is_overtaken_for_ever(clock, say):
    crowd = [say(chat, word="reply", after=chat / 50) for chat in range(1, 3001)]
    await clock.run(say(9000), say(9001, word="drink", priority=REMINDER), *crowd)
    place = [chat for chat, *_ in say.said].index(9001)
    assert place == pytest.approx(50 * patience_s(REMINDER), abs=2), "only what came within its patience went before"


async def test_paid_broadcasts_pass_a_gate_of_their_own_and_only_if_the_operator_pays(clock):
    free, paid = Voice(clock), Voice(clock, paid_per_s=100.0)
    for voice in (free, paid):
        await clock.run(*(voice(chat, priority=BROADCAST, is_paid=True) for chat in range(1, 51)))
    spans = [voice.said[-1][1] - voice.said[0][1] for voice in (free, paid)]
    assert spans == pytest.approx([49 / 25, 49 / 100])
    assert Pace(paid_per_s=5000.0)._paid is None, "more than Telegram sells is a mistake"


async def test_chats_long_silent_are_forgotten_and_those_that_wait_are_not(clock, say):
    await clock.run(*(say(chat) for chat in range(1, 41)), say(99, errors=[RetryAfter(500)]))
    await clock.run(say(100, after=130.0))
    assert len(say.pace._rooms) == 2
    await clock.run(say(99))
    assert say.times(99)[1] >= 500


async def test_closing_lets_nobody_wait_for_ever(clock, say):
    tasks = await clock.run(*(say(chat) for chat in range(1, 9)), until=0.1)
    await say.pace.shutdown()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(task.cancelled() for task in tasks) == 8 - len(say.said)


@pytest.mark.parametrize("given", [3, timedelta(seconds=3)])
def test_the_time_to_wait_is_read_in_either_form(given):
    assert seconds_of(RetryAfter(given)) == 3.0


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (RetryAfter(7), 7.0),
        (NetworkError("Too Many Requests (429)"), 1.0),
        (NetworkError("Bad Gateway"), None),
        (BadRequest("too many requests"), None),
        (KeyError("result"), None),
    ],
)
def test_what_a_429_asks_for(error, seconds):
    assert asked_to_wait(error) == seconds


CALLS = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, 4, -5]),  # chats, one a group
        st.sampled_from([0.0, 0.0, 0.01, 0.3, 1.0, 5.0]),  # after
        st.sampled_from([SAFETY, REPLY, REMINDER, BROADCAST]),
        st.sampled_from([1, 1, 2]),  # burst
        st.sampled_from([(), (), (), (1,), (3,), (2, 2)]),  # refused with so many seconds
    ),
    max_size=40,
)


@given(calls=CALLS, crowd=st.sampled_from([0, 60]))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_whatever_comes_no_limit_is_broken_no_one_starves_and_order_is_kept(calls, crowd):
    async def play():
        clock = Clock()
        say = Voice(clock)
        made = [
            say(chat, word=n, after=after, priority=priority, burst=burst, errors=[RetryAfter(s) for s in refused])
            for n, (chat, after, priority, burst, refused) in enumerate(calls)
        ]
        failures = await clock.run(*made, *(say(1000 + n, word=-1) for n in range(crowd)))
        return say, failures

    say, failures = asyncio.run(play())
    assert failures == [None] * (len(calls) + crowd), "each got through"
    everybody = sorted(at for _, at, _ in say.said)
    assert all(everybody[n + 25] - everybody[n] >= 1 - 1e-6 for n in range(len(everybody) - 25))
    for chat in {chat for chat, *_ in calls}:
        times = say.times(chat)
        assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(times, times[2:], strict=False))
        assert chat > 0 or all(times[n + 20] - times[n] >= 60 - 1e-6 for n in range(len(times) - 20))
        bursts = Counter(burst for one, _, _, burst, _ in calls if one == chat)
        if not bursts[2]:
            assert all(later - earlier >= 1 - 1e-6 for earlier, later in pairwise(times))
        for after in {after for one, after, *_ in calls if one == chat}:
            mine = [n for n, (one, at, *_) in enumerate(calls) if (one, at) == (chat, after)]
            heard = list(dict.fromkeys(word for one, _, word in say.said if one == chat and word in mine))
            assert heard == mine, "within a chat the order is that of coming"

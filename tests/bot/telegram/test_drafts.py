"""Previews on a clock of their own: not too fast, by whole words, kept alive, ended by the first refusal."""

import asyncio
import os
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.drafts import Drafts
from bot.telegram.fates import Sent
from bot.telegram.mouth import Mouth
from tests.bot.telegram.slow_clock import Clock
from tests.support.telegram.server import TOKEN, TelegramServer

os.environ.setdefault("PTB_TIMEDELTA", "1")  # as `keel run` does: durations are timedeltas
ANSWER = "Oats with berries keep you full until noon. Lunch is lentils, and dinner the rest of yesterday's stew. "


class Screen:
    """Who shows previews: keeps what was shown, and answers what it is told to."""

    def __init__(self, clock, *fates):
        self.clock, self.fates = clock, list(fates)
        self.shown = []

    async def draft(self, chat_id, draft_id, text, *, can_stop):
        self.shown.append((round(self.clock.now, 2), text))
        return Sent(self.fates.pop(0)) if self.fates else Sent("sent")

    @property
    def times(self):
        return [at for at, _ in self.shown]


@pytest.fixture
def clock():
    return Clock()


def play(clock, screen, *steps, chat_id=7, draft_id=3):
    """Run a stream: each step is (seconds to wait, what to do with it)."""
    drafts = Drafts(screen, clock, clock.sleep)

    async def talk():
        async with drafts.stream(chat_id, draft_id) as stream:
            for seconds, do in steps:
                await clock.sleep(seconds)
                do(stream)
            return stream

    return clock.run(talk())


def nothing(_stream):
    return None


async def test_a_quick_answer_needs_no_preview(clock):
    screen = Screen(clock)
    await play(clock, screen, (0.0, lambda s: s.write(ANSWER)), (0.5, nothing))
    assert screen.shown == []


async def test_the_first_comes_after_a_moment_and_the_next_a_second_later_with_whole_words(clock):
    screen = Screen(clock)
    await play(
        clock, screen,
        (0.0, lambda s: s.write("Oats with ber")), (0.7, lambda s: s.write("Oats with berries keep you full unt")),
        (2.0, nothing),
    )  # fmt: skip
    assert [text for _, text in screen.shown] == ["Oats with", "Oats with berries keep you full"]
    assert screen.times == [0.6, pytest.approx(1.6, abs=0.05)]


async def test_words_of_an_answer_are_shown_sooner_than_what_is_being_done(clock):
    screen = Screen(clock)
    drafts = Drafts(screen, clock, clock.sleep)

    async def talk():
        async with drafts.stream(7, 3, after_s=5.0) as stream:
            stream.remark("Thinking…")
            await clock.sleep(2.0)
            assert screen.shown == []
            stream.write("Oats with berries keep ")
            await clock.sleep(2.0)

    await clock.run(talk())
    ((at, words),) = screen.shown
    assert words == "Oats with berries keep"
    assert 2.0 <= at <= 2.2


async def test_a_few_new_letters_are_not_worth_a_preview(clock):
    screen = Screen(clock)
    await play(
        clock,
        screen,
        (0.0, lambda s: s.write("Oats with ")),
        (1.5, lambda s: s.write("Oats with berries ")),
        (9, nothing),
    )
    assert screen.shown == [(0.6, "Oats with")]


async def test_what_is_being_done_is_shown_whole_and_at_once_replaced(clock):
    screen = Screen(clock)
    await play(
        clock, screen,
        (0.0, lambda s: s.remark("Looking for meals that fit…")), (2.0, lambda s: s.remark("Now the training…")),
        (1.0, nothing),
    )  # fmt: skip
    assert [text for _, text in screen.shown] == ["Looking for meals that fit…", "Now the training…"]


async def test_a_preview_that_stands_still_is_kept_alive(clock):
    screen = Screen(clock)
    await play(clock, screen, (0.0, lambda s: s.remark("Thinking")), (50.0, nothing))
    assert screen.times == pytest.approx([0.6, 20.6, 40.6], abs=0.3)


async def test_a_preview_that_had_no_room_is_tried_again_later(clock):
    screen = Screen(clock, "dropped", "dropped")
    await play(clock, screen, (0.0, lambda s: s.remark("Looking")), (5.0, nothing))
    assert [text for _, text in screen.shown] == ["Looking"] * 3


@pytest.mark.parametrize("fate", ["wait", "refused", "blocked", "unreachable"])
async def test_the_first_refusal_ends_it_for_this_turn(clock, fate):
    screen = Screen(clock, fate)
    await play(clock, screen, (0.0, lambda s: s.write(ANSWER)), (3.0, lambda s: s.write(ANSWER * 3)), (30, nothing))
    assert len(screen.shown) == 1


@pytest.mark.parametrize(("chat_id", "draft_id"), [(-5, 3), (7, 0)])
async def test_nothing_is_shown_in_groups_or_without_a_number(clock, chat_id, draft_id):
    screen = Screen(clock)
    await play(clock, screen, (0.0, lambda s: s.write(ANSWER)), (9.0, nothing), chat_id=chat_id, draft_id=draft_id)
    assert screen.shown == []


async def test_an_answer_longer_than_a_message_is_shown_as_far_as_one_reaches(clock):
    screen = Screen(clock)
    await play(clock, screen, (0.0, lambda s: s.write("wörd 😀 " * 2000)), (2.0, nothing))
    (_, text) = screen.shown[0]
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    assert text.endswith(("wörd", "😀"))


async def test_stop_finds_its_own_answer_and_no_other(clock):
    screen, ended = Screen(clock), []
    drafts = Drafts(screen, clock, clock.sleep)

    async def talk():
        async with drafts.stream(7, 3, can_stop=True) as stream:
            stream.remark("Looking")
            await stream.stopped.wait()
            ended.append(clock.now)

    async def tap():
        await clock.sleep(5.0)
        assert not drafts.stop(7, 4)
        assert not drafts.stop(8, 3)
        assert drafts.stop(7, 3)

    assert await clock.run(talk(), tap()) == [None, None]
    assert ended == [5.0]
    assert not drafts.stop(7, 3), "it is over"


@given(st.lists(st.tuples(st.floats(0, 3), st.text("ab 😀.\n\x00", max_size=60)), max_size=12))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_whatever_is_written_it_is_never_faster_than_allowed_and_never_half_a_word(pieces):
    clock = Clock()
    screen, said = Screen(clock), [""]

    async def run():
        steps = []
        for seconds, piece in pieces:
            said.append(said[-1] + piece)
            steps.append((seconds, lambda s, text=said[-1]: s.write(text)))
        return await play(clock, screen, *steps, (3.0, nothing))

    assert asyncio.run(run()) == [None]
    times = screen.times
    assert all(later - earlier >= 1.0 - 1e-9 for earlier, later in pairwise(times))
    whole = said[-1].replace("\x00", "").lstrip()
    for at, text in screen.shown:
        assert at >= 0.6
        assert text
        rest = whole.removeprefix(text)
        assert whole.startswith(text)
        assert not rest or rest[0] in " \n" or text.endswith((".", "\n"))


async def test_a_person_sees_the_preview_and_then_the_answer_alone():
    with TelegramServer() as server:
        server.message(7, text="hello")
        mouth = Mouth(TOKEN, server.address)
        await mouth.open()
        async with Drafts(mouth).stream(7, 3, can_stop=True) as stream:
            stream.remark("Looking for meals that fit…")
            async with asyncio.timeout(10):
                while server.draft_in(7) is None:  # noqa: ASYNC110 - it happens in another thread
                    await asyncio.sleep(0.02)
            assert (server.draft_in(7).text, server.draft_in(7).can_stop) == ("Looking for meals that fit…", False)
            stream.write("Oats with berries keep you full.")
            async with asyncio.timeout(10):
                while server.draft_in(7).text != "Oats with berries keep you full.":  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0.02)
            assert server.draft_in(7).can_stop, "an answer can be stopped, what is being done can not"
        server.fail("sendMessageDraft", 429, retry_after=30)
        async with Drafts(mouth).stream(7, 4) as stream:
            stream.remark("Again")
            async with asyncio.timeout(10):
                while stream.is_live:  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0.02)
        assert len(server.made("sendMessageDraft", 7)) == 3
        await mouth.close()

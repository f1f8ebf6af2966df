"""What is said last reaches its person whatever happens in between, and then nothing of it stays."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.telegram.mouth import Sent
from storage.last_words import KEPT
from tests.support.desk import DeskHouse

CHAT = 770_011_223  # a number that is easily found in a file
OPEN = "SELECT count(*) FROM inbox WHERE state = 'received'"
GONE = "Everything about you is deleted"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """The tries of one claim follow one another at once."""

    async def at_once(_seconds):
        return None

    monkeypatch.setattr("bot.telegram.post.asyncio.sleep", at_once)


@pytest.fixture
async def leaving(house):
    """A house in which somebody has been asked whether they really want to be deleted."""
    await house.hear("hello", CHAT)
    await house.accept(house.tap("onb:consent:yes", chat_id=CHAT))
    await house.later(0.4)
    await house.hear("/delete", CHAT)
    return house


def certificates(house):
    return [text for text in house.texts(CHAT) if text.startswith(GONE)]


async def say_yes(house):
    await house.hear("yes", CHAT)
    assert await house.ask("SELECT count(*) FROM users") == 0


async def leads_to_nobody(house):
    """No open row, no row that names a sender or holds a payload."""
    assert await house.ask(OPEN) == 0
    rest = "external_hmac IS NOT NULL OR payload IS NOT NULL OR user_id IS NOT NULL OR group_key IS NOT NULL"
    assert await house.ask(f"SELECT count(*) FROM inbox WHERE {rest}") == 0


def bytes_of(house):
    folder = house.app.settings.database.removeprefix("sqlite:///")
    return b"".join(path.read_bytes() for path in Path(folder).parent.iterdir() if path.suffix != ".key")


async def test_the_certificate_is_said_once_and_nothing_is_left(leaving):
    await say_yes(leaving)
    assert len(certificates(leaving)) == 1
    await leads_to_nobody(leaving)
    assert str(CHAT).encode() not in bytes_of(leaving)
    assert b"Ann" not in bytes_of(leaving)


@pytest.mark.parametrize("times", [4, 8])
async def test_while_telegram_is_away_it_waits_and_keeps_its_place(leaving, times):
    leaving.mouth.fates = [Sent("unreachable")] * times
    await leaving.hear("yes", CHAT)
    assert certificates(leaving) == []
    await leaving.hear("hello again", CHAT)
    for _ in range(8):
        await leaving.later(10)
    (certificate,) = certificates(leaving)
    texts = leaving.texts(CHAT)
    assert texts.index(certificate) < len(texts) - 1, "who comes back is greeted after it"
    assert texts[-1].startswith("Hello, I am Keel")


async def test_it_holds_nobody_up_for_long(leaving):
    leaving.mouth.fates = [Sent("unreachable")] * 16
    await leaving.hear("yes", CHAT)
    await leaving.hear("hello again", CHAT)
    for seconds in (10, 20, 40, 1):
        await leaving.later(seconds)
    assert leaving.mouth.fates == [], "sixteen refusals: four claims"
    assert leaving.texts(CHAT)[-1].startswith("Hello, I am Keel")
    assert certificates(leaving) == []
    assert await leaving.ask(OPEN) == 1
    await leaving.later(60)
    assert len(certificates(leaving)) == 1
    assert await leaving.ask(OPEN) == 0


async def test_told_to_wait_it_waits_that_long(leaving):
    leaving.mouth.fates = [Sent("wait", wait_s=90)]
    await leaving.hear("yes", CHAT)
    await leaving.later(89)
    assert certificates(leaving) == []
    await leaving.later(1.1)
    assert len(certificates(leaving)) == 1
    await leads_to_nobody(leaving)


@pytest.mark.parametrize("fate", ["blocked", "refused"])
async def test_who_cannot_be_told_is_let_go_at_once(leaving, fate):
    leaving.mouth.fates = [Sent(fate)]
    await leaving.hear("yes", CHAT)
    assert certificates(leaving) == []
    await leads_to_nobody(leaving)


@pytest.mark.parametrize("fate", ["unsure", "timed_out", "strange"])
async def test_what_may_have_arrived_is_not_said_for_ever(leaving, fate):
    leaving.mouth.fates = [Sent(fate)] * 100
    await leaving.hear("yes", CHAT)
    for _ in range(6):
        await leaving.later(30)
    tried = 100 - len(leaving.mouth.fates)
    assert 2 <= tried <= 12
    await leads_to_nobody(leaving)


async def test_after_two_days_it_is_over_whatever_happens(leaving):
    leaving.mouth.fates = [Sent("unreachable")] * 1000
    await leaving.hear("yes", CHAT)
    began = leaving.clock()
    while leaving.clock() - began < KEPT:
        await leaving.later(600)
    await leads_to_nobody(leaving)
    assert certificates(leaving) == []


class Stuck:
    """A mouth in the middle of a call that will never end."""

    def __init__(self, house):
        self._send, self.is_reached = house.mouth.send, asyncio.Event()
        house.mouth.send = self

    async def __call__(self, *_arguments, **_more):
        self.is_reached.set()
        await asyncio.Event().wait()


@pytest.mark.parametrize("way", ["erased", "broken"])
async def test_a_process_that_ends_before_it_was_said_leaves_it_to_the_next(leaving, way, tmp_path):
    class Broken:
        async def understand(self, _text, _moment):
            raise ZeroDivisionError

    stuck = Stuck(leaving)
    if way == "broken":
        leaving.app.turns._ports = replace(leaving.app.turns._ports, model=Broken())
    words = "yes" if way == "erased" else "drank 300 ml"
    await leaving.reception.accept([leaving.update(CHAT, text=words)])
    async with asyncio.timeout(20):
        await stuck.is_reached.wait()
    await leaving.desk.close(0)
    assert await leaving.ask(OPEN) == 1
    next_one = DeskHouse(tmp_path / "keel" / "keel.sqlite3")
    next_one.clock.advance(timedelta(minutes=1))
    try:
        await next_one.desk.recover()
        await next_one.later(0)
        (said,) = next_one.texts(CHAT)
        assert ("deleted" in said) == (way == "erased")
        assert said.startswith("Something went wrong") == (way == "broken")
        assert await next_one.ask(OPEN) == 0
        state = "done" if way == "erased" else "failed"
        assert await next_one.ask(f"SELECT count(*) FROM inbox WHERE kind = 'last_words' AND state = '{state}'") == 1
        assert await next_one.ask("SELECT count(*) FROM health_metrics") == 0
    finally:
        await next_one.desk.close(1)
        await next_one.post.close(1)
        await next_one.app.close()


async def test_an_update_that_arrives_again_after_it_brings_nobody_back(leaving):
    update = leaving.update(CHAT, text="yes")
    for _ in range(2):
        await leaving.accept(update)
    assert len(certificates(leaving)) == 1
    assert await leaving.ask("SELECT count(*) FROM users") == 0

"""The ears only hear, in the same way whether they ask or are called, and load no more than they need."""

import asyncio
import subprocess
import sys

import pytest

from bot.telegram.ear import Identity
from bot.telegram.webhook import Webhook
from bot.web.telegram import Unwritable
from storage.errors import DatabaseFull

TAP = {"update_id": 5, "callback_query": {"id": "q5", "data": "x", "message": {"chat": {"id": 7, "type": "private"}}}}


class FakeRegistration:
    """Telegram, as far as a webhook asks it anything. It is away for the first `away` tries."""

    def __init__(self, away=0):
        self.hooks, self.acknowledged, self.away = [], [], away
        self.is_hooked = asyncio.Event()

    async def open(self):
        return Identity(4242, "keel_test_bot")

    async def call_us_at(self, url, secret):
        if self.away:
            self.away -= 1
            raise ConnectionError("away")
        self.hooks.append((url, secret))
        self.is_hooked.set()

    async def acknowledge(self, callback_id):
        self.acknowledged.append(callback_id)

    async def close(self):
        pass


class Inbox:
    """Writes down, or cannot."""

    def __init__(self):
        self.batches, self.known, self.is_full = [], set(), False

    async def accept(self, batch):
        if self.is_full:
            raise DatabaseFull("no room")
        self.batches.append(batch)
        new = {update["update_id"] for update in batch} - self.known
        self.known |= new
        return frozenset(new)


@pytest.fixture
async def called():
    """A webhook that listens, its Telegram and its inbox."""
    registration, inbox, routers = FakeRegistration(), Inbox(), []
    ear = Webhook(registration, "https://keel.example.org/", "secret", routers.append)
    await ear.open()
    listening = asyncio.create_task(ear.listen(inbox.accept))
    await registration.is_hooked.wait()
    yield ear, registration, inbox
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await ear.close()


async def test_telegram_is_told_to_call_the_bots_own_path(called):
    _, registration, _ = called
    assert registration.hooks == [("https://keel.example.org/telegram/4242", "secret")]


async def test_an_update_is_written_down_and_a_new_tap_acknowledged_once(called):
    ear, registration, inbox = called
    assert await ear._take(TAP)
    assert await ear._take(TAP)
    await asyncio.gather(*ear._acks)
    assert (len(inbox.batches), registration.acknowledged) == (2, ["q5"])


@pytest.mark.parametrize("odd", [None, [], "text", {}, {"update_id": "5"}])
async def test_what_is_no_update_is_said_to_be_none(called, odd):
    ear, _, inbox = called
    assert not await ear._take(odd)
    assert inbox.batches == []


async def test_what_cannot_be_written_down_is_wanted_again_and_not_acknowledged(called):
    ear, registration, inbox = called
    inbox.is_full = True
    with pytest.raises(Unwritable):
        await ear._take(TAP)
    assert registration.acknowledged == []


async def test_before_somebody_listens_and_after_nothing_is_taken():
    ear = Webhook(FakeRegistration(), "https://keel.example.org", "secret", lambda _router: None)
    await ear.open()
    with pytest.raises(Unwritable):
        await ear._take(TAP)


async def test_while_telegram_is_away_the_hook_is_tried_again(monkeypatch):
    waits = []

    async def no_time_passes(seconds):
        waits.append(seconds)

    registration = FakeRegistration(away=3)
    ear = Webhook(registration, "https://keel.example.org", "secret", lambda _router: None)
    monkeypatch.setattr("bot.telegram.webhook.asyncio.sleep", no_time_passes)
    await ear._be_called("https://keel.example.org/telegram/4242")
    assert (waits, len(registration.hooks)) == ([1.0, 2.0, 4.0], 1)


async def test_the_ear_never_speaks():
    from aiogram.methods import SendMessage

    from bot.telegram.administration import Administration, NotTheMouth

    telegram = Administration("4242:TEST-token_of_Keel_0123456789abcdef", "http://127.0.0.1:9")
    with pytest.raises(NotTheMouth):
        await telegram._bot(SendMessage(chat_id=7, text="hello"))
    await telegram.close()


@pytest.mark.parametrize("module", ["bot.telegram.house", "bot.telegram.webhook", "bot.telegram.reception"])
def test_a_process_that_is_called_or_only_sends_loads_no_aiogram(module):
    code = f"import sys, {module}; print('aiogram' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"

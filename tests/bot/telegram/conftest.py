"""One Bot API server and one running bot for all tests of this folder: starting a bot takes seconds.

Each test talks as people of its own, so the tests do not depend on one another. test_stopping.py, the last by name,
ends the bot.
"""

import asyncio
import shutil
from itertools import count
from pathlib import Path

import pytest

from bot.app import bootstrap
from bot.settings import Settings
from tests.support.desk import DeskHouse
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer

STRANGE_TOKEN = "4243:another_bots_token_that_is_not_known"  # noqa: S105 - of no bot at all


@pytest.fixture(scope="session")
def server():
    """Telegram."""
    with TelegramServer() as running:
        yield running


@pytest.fixture(scope="session")
def shared(server, stranger, tmp_path_factory):
    """The bot, running or not."""
    with KeelRun(server, tmp_path_factory.mktemp("keel") / "keel.sqlite3") as process:
        yield process


@pytest.fixture(scope="session")
def stranger(server, tmp_path_factory):
    """A second bot, whose token Telegram does not know; it starts beside the first, because starting takes long."""
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "token").write_text(f"{STRANGE_TOKEN}\n")
    env = {"KEEL_TELEGRAM_TOKEN": "", "KEEL_TELEGRAM_TOKEN_FILE": str(folder / "token"), "KEEL_LOG_LEVEL": "warning"}
    with KeelRun(server, folder / "keel.sqlite3", **env) as process:
        process.start()
        yield process


@pytest.fixture
def keel(shared, server):
    """The bot, listening, and nothing scripted to go wrong."""
    server.mend()
    yield shared.listening()
    server.mend()


@pytest.fixture(scope="session")
def crowd(server, shared):
    """People who have agreed to coaching, met ten at a time because each chat hears one message a second."""

    def met():
        for first in count(900, 10):
            people = range(first, first + 10)
            for person in people:
                server.say(person, "/start")
            for person in people:
                server.tap(person, "onb:consent:yes")
            for person in people:
                server.answers(person, 2)
            yield from people

    shared.listening()
    return met()


@pytest.fixture
def anna(crowd, keel):
    """Somebody who has agreed to coaching and heard two messages."""
    return next(crowd)


@pytest.fixture
def ben(crowd, keel):
    """Another one."""
    return next(crowd)


@pytest.fixture
def cleo(crowd, keel):
    """And a third."""
    return next(crowd)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """An empty database with its key file, made once."""
    folder = tmp_path_factory.mktemp("template") / "keel"
    asyncio.run(bootstrap(Settings(database=f"sqlite:///{folder / 'keel.sqlite3'}")).close())
    return folder


@pytest.fixture
async def house(template, tmp_path):
    """Reception, desk and post in this process, on a virtual clock."""
    made = DeskHouse(Path(shutil.copytree(template, tmp_path / "keel")) / "keel.sqlite3")
    yield made
    await made.desk.close(1)
    await made.post.close(1)
    await made.app.close()

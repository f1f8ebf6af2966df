"""A Telegram of its own for each test, and a plain client that can say things no library would say."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from tests.support.telegram.clock import HandClock
from tests.support.telegram.server import TOKEN, TelegramServer

MONDAY = 1_795_417_200.0  # 2026-11-23 07:00 in Greenwich
ANN, BEN, GROUP = 7, 8, -50


@pytest.fixture
def server():
    """Telegram, with two people and a group that have met the bot."""
    with TelegramServer() as running:
        for chat_id in (ANN, BEN, GROUP):
            running.message(chat_id, text="hello")
        yield running


@pytest.fixture
def clock():
    """Stands still."""
    return HandClock(MONDAY)


@pytest.fixture
def still(clock):
    """Telegram on a clock that is moved by hand."""
    with TelegramServer(clock=clock) as running:
        running.message(ANN, text="hello")
        yield running


@dataclass
class Answer:
    """What came back."""

    status: int
    body: Any

    @property
    def result(self) -> Any:
        """Of a call that was taken."""
        assert self.body["ok"] is True, self.body
        return self.body["result"]

    @property
    def why(self) -> str:
        """The complaint."""
        return str(self.body["description"])


async def post(server: TelegramServer, path: str, **options: Any) -> Answer:
    """Any request at all."""
    async with aiohttp.ClientSession() as session, session.post(server.address + path, **options) as response:
        is_json = response.content_type == "application/json"
        return Answer(response.status, await response.json() if is_json else await response.text())


async def call(server: TelegramServer, method: str, **parameters: Any) -> Answer:
    """A method with parameters as both libraries write them: nested ones as JSON."""
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return await post(server, f"/bot{TOKEN}/{method}", data=texts)


async def poll(server: TelegramServer, **parameters: Any) -> list[dict[str, Any]]:
    """The updates that wait."""
    wanted = ["message", "edited_message", "callback_query", "my_chat_member", "stopped_message_generation"]
    result = (await call(server, "getUpdates", **{"allowed_updates": wanted, "timeout": 0, **parameters})).result
    assert isinstance(result, list)
    return result


async def eventually(condition: Callable[[], Any]) -> None:
    """Wait until it holds, without keeping the loop from its work."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another thread
            await asyncio.sleep(0.01)

"""A server of one's own and a door to it, on a clock that does not wait."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import pytest
from pydantic import SecretStr

from agents.model.asking import Ask
from agents.model.crossing import Surroundings
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from tests.support import model_server
from tests.support.model_server import ModelServer

KEY = SecretStr("sk-test-0123456789")
SCHEMA = {
    "type": "object",
    "properties": {"mood": {"type": "string", "enum": ["fine", "tired"]}, "hours": {"type": "number"}},
    "required": ["mood", "hours"],
    "additionalProperties": False,
}
GOOD = {"mood": "fine", "hours": 7.5}
ASK = Ask("understand", "understand", "0" * 64, (("system", "You read."), ("user", "slept well")), 100)


@dataclass
class Time:
    """A clock that moves when somebody sleeps, or is told to."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(scope="session")
def running() -> Iterator[ModelServer]:
    with model_server.serving() as server:
        yield server


@pytest.fixture
def server(running: ModelServer) -> ModelServer:
    running.forget()
    return running


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def around(time: Time) -> Surroundings:
    return Surroundings(time.clock, time.sleep, chance=lambda: 0.5)


@pytest.fixture
async def door(server: ModelServer, around: Surroundings) -> AsyncIterator[ModelDoor]:
    opened = ModelDoor(Endpoint(server.url, KEY, "small-model"), around)
    yield opened
    await opened.close()

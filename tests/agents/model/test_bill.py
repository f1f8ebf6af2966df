"""Every call is reserved before and settled after, however it ends."""

import asyncio
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from agents.model import allowance
from agents.model.allowance import Spent
from agents.model.crossing import Surroundings
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from agents.model.size import expected_in, reserved
from tests.agents.model.conftest import ASK, GOOD, KEY, SCHEMA
from tests.support.model_server import (
    TOKENS_IN,
    TOKENS_OUT,
    Breaks,
    Disconnects,
    Fails,
    Hangs,
    ModelServer,
    Proposes,
    Refuses,
    Reply,
    Says,
)


@dataclass
class Ledger:
    """A meter on paper. `shares` are what is left; `breaks` is where it cannot be reached."""

    shares: int = 10
    breaks: str = ""
    reserved: list[tuple] = field(default_factory=list)
    settled: list[tuple[UUID, Spent]] = field(default_factory=list)
    slow: asyncio.Event | None = None

    async def reserve(self, kind, purpose, prompt, tokens):
        if self.breaks == "reserve":
            raise OSError("disk full")
        if len(self.reserved) >= self.shares:
            return None
        self.reserved.append((kind, purpose, prompt, tokens))
        return UUID(int=len(self.reserved))

    async def settle(self, reservation, spent):
        if self.slow is not None:
            await self.slow.wait()
        if self.breaks == "settle":
            raise OSError("disk full")
        self.settled.append((reservation, spent))

    @property
    def outcome(self) -> list[tuple[int, int, str]]:
        return [(spent.tokens_in, spent.tokens_out, spent.finish) for _id, spent in self.settled]


SENT = expected_in(ASK, SCHEMA)


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ([Proposes(GOOD)], [(TOKENS_IN, TOKENS_OUT, "ok")]),
        ([Says("no"), Proposes(GOOD)], [(TOKENS_IN, TOKENS_OUT, "invalid"), (TOKENS_IN, TOKENS_OUT, "ok")]),
        ([Says("no"), Says("no")], [(TOKENS_IN, TOKENS_OUT, "invalid")] * 2),
        ([Says('{"mood": "fine", "hours": 7}', has_usage=False)], [(SENT, 8, "ok")]),
        ([Refuses()], [(TOKENS_IN, TOKENS_OUT, "refused")]),
        ([Fails(429), Proposes(GOOD)], [(TOKENS_IN, TOKENS_OUT, "ok")]),
        ([Fails(500)] * 3, [(0, 0, "unavailable")]),
        ([Fails(401)], [(0, 0, "unauthorised")]),
        ([Disconnects()], [(SENT, 0, "unavailable")]),
    ],
)
async def test_each_call_is_settled_once_with_what_it_cost(
    server: ModelServer, door: ModelDoor, replies: list[Reply], outcome: list[tuple[int, int, str]]
) -> None:
    server.will(*replies)
    ledger = Ledger()
    with allowance.metered(ledger) as used, suppress(ModelFailed):
        await door.as_json(ASK, SCHEMA)
    assert ledger.outcome == outcome
    assert len(ledger.reserved) == used.calls
    assert (used.tokens_in, used.tokens_out) == (sum(o[0] for o in outcome), sum(o[1] for o in outcome))
    assert ledger.reserved[0] == ("text", "understand", ("understand", "0" * 64), reserved(ASK, SCHEMA))
    assert all(spent.latency_ms >= 0 for _id, spent in ledger.settled)


async def test_where_the_share_is_spent_nothing_is_sent(server: ModelServer, door: ModelDoor) -> None:
    with allowance.metered(Ledger(shares=0)) as used, pytest.raises(ModelFailed, match="over_budget"):
        await door.as_json(ASK, SCHEMA)
    assert (used.calls, server.requests) == (0, [])


async def test_a_ledger_that_cannot_be_reached_means_no_call(server: ModelServer, door: ModelDoor) -> None:
    with allowance.metered(Ledger(breaks="reserve")) as used, pytest.raises(ModelFailed, match="over_budget"):
        await door.as_json(ASK, SCHEMA)
    assert (used.calls, server.requests) == (0, [])


async def test_an_answer_counts_although_it_cannot_be_settled(server: ModelServer, door: ModelDoor) -> None:
    server.will(Proposes(GOOD))
    with allowance.metered(Ledger(breaks="settle")):
        assert await door.as_json(ASK, SCHEMA) == GOOD


async def test_two_at_once_cannot_both_be_the_last_call(server: ModelServer, door: ModelDoor) -> None:
    server.will(*[Proposes(GOOD)] * 3)
    ledger = Ledger()
    with allowance.metered(ledger) as used:
        asked = await asyncio.gather(*(door.as_json(ASK, SCHEMA) for _ in range(3)), return_exceptions=True)
    assert [str(each) for each in asked if isinstance(each, ModelFailed)] == ["over_budget"]
    assert used.calls == len(ledger.settled) == len(server.requests) == 2


@pytest.mark.parametrize("is_stream", [False, True])
async def test_a_cancelled_call_is_settled_even_when_it_is_cancelled_twice(
    server: ModelServer, is_stream: bool
) -> None:
    ledger = Ledger(slow=asyncio.Event())
    door = ModelDoor(Endpoint(server.url, KEY, "m"), Surroundings())
    server.will(Hangs())

    async def ask() -> None:
        with allowance.metered(ledger):
            if is_stream:
                async with aclosing(door.as_words(ASK)) as words:
                    async for _ in words:
                        pass
            else:
                await door.as_json(ASK, SCHEMA)

    asking = asyncio.create_task(ask())
    while not server.requests:  # noqa: ASYNC110 - the server lives in a thread of its own
        await asyncio.sleep(0.01)
    asking.cancel()
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    ledger.slow.set()
    await asyncio.sleep(0.01)
    await door.close()
    assert ledger.outcome == [(expected_in(ASK, None if is_stream else SCHEMA), 0, "cancelled")]


@pytest.mark.parametrize(
    ("reply", "finish", "out"),
    [
        (Says("Well done."), "ok", TOKENS_OUT),
        (Says("Well done.", has_usage=False), "ok", 3),
        (Breaks("truncate", "Well done."), "unavailable", 3),
        (Breaks("disconnect", "Well done."), "unavailable", 3),
        (Breaks("malform", "Well done."), "invalid", 3),
    ],
)
async def test_a_stream_is_settled_with_what_came_of_it(
    server: ModelServer, door: ModelDoor, reply: Reply, finish: str, out: int
) -> None:
    server.will(reply)
    ledger = Ledger()
    with allowance.metered(ledger), suppress(ModelFailed):
        assert "".join([words async for words in door.as_words(ASK)]) == "Well done."
    assert ledger.outcome == [(TOKENS_IN if out == TOKENS_OUT else expected_in(ASK), out, finish)]


async def test_a_stream_that_nobody_reads_to_its_end_is_settled(server: ModelServer, door: ModelDoor) -> None:
    server.will(Says("a long and winding answer"))
    ledger = Ledger()
    with allowance.metered(ledger):
        async with aclosing(door.as_words(ASK)) as words:
            async for _ in words:
                break
    assert [finish for *_, finish in ledger.outcome] == ["cancelled"]
    server.will(Proposes(GOOD))
    assert await door.as_json(ASK, SCHEMA) == GOOD

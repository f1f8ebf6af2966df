"""Whatever a server sends, the door gives an answer of the right shape or fails as it says."""

import asyncio
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.model.crossing import Surroundings
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from agents.model.shape import complaint
from tests.agents.model.conftest import ASK, GOOD, KEY, SCHEMA, Time
from tests.support import model_server
from tests.support.model_server import ModelServer, Sends

HEAD = {"id": "1", "created": 1, "model": "m"}
TOOL = {"id": "c", "type": "function", "function": {"name": "understand", "arguments": json.dumps(GOOD)}}
MESSAGE = {"role": "assistant", "content": json.dumps(GOOD), "refusal": None, "tool_calls": [TOOL]}
USAGE = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
WHOLE = {
    **HEAD, "object": "chat.completion", "usage": USAGE,
    "choices": [{"index": 0, "finish_reason": "stop", "message": MESSAGE}],
}  # fmt: skip
EVENTS = [
    {**HEAD, "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Well"}, "finish_reason": None}]},
    {**HEAD, "choices": [{"index": 0, "delta": {"refusal": None, "tool_calls": [TOOL]}, "finish_reason": None}]},
    {**HEAD, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
    {**HEAD, "choices": [], "usage": USAGE},
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("\ud800\0"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
EXAMPLES = 60


def places(value: Any, at: tuple = ()) -> Iterator[tuple]:
    """The way to every part of a JSON value."""
    yield at
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(part, (*at, key))


@st.composite
def bent(draw: st.DrawFn, whole: Any) -> Any:
    """The same value with one part put in for another, or left out."""
    *way, last = draw(st.sampled_from([place for place in places(whole) if place]))
    bent = copy.deepcopy(whole)
    inside = bent
    for key in way:
        inside = inside[key]
    if draw(st.booleans()):
        inside[last] = draw(ANYTHING)
    else:
        del inside[last]
    return bent


def sent(value: Any) -> bytes:
    return json.dumps(value).encode()


def streamed(events: Any) -> bytes:
    return b"".join(b"data: " + sent(event) + b"\n\n" for event in events) + b"data: [DONE]\n\n"


JSON_TYPE, STREAM_TYPE = st.just("application/json"), st.just("text/event-stream")
BODIES = st.tuples(st.binary(max_size=80) | bent(WHOLE).map(sent), JSON_TYPE | STREAM_TYPE | st.just("text/html"))
STREAMS = st.tuples(
    st.binary(max_size=80).map(lambda raw: b"data: " + raw + b"\n\n")
    | bent(EVENTS).map(streamed)
    | st.binary(max_size=9),
    STREAM_TYPE | JSON_TYPE,
)


class Asking:
    """A door that is asked from outside of its loop; each question finds it as if nothing had happened before."""

    def __init__(self, server: ModelServer) -> None:
        self.server = server
        self.loop = asyncio.new_event_loop()
        self.door = self._new()
        self.run(self._warm())

    def _new(self) -> ModelDoor:
        time = Time()
        return ModelDoor(Endpoint(self.server.url, KEY, "m"), Surroundings(time.clock, time.sleep))

    async def _warm(self) -> None:
        await self.door._opened()

    def afresh(self, reply: Sends) -> ModelDoor:
        self.server.forget()
        self.server.will(*[reply] * 9)
        fresh = self._new()
        fresh._wire = self.door._wire
        return fresh

    def run(self, question: Any) -> Any:
        return self.loop.run_until_complete(question)


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    with model_server.serving() as server:
        asking = Asking(server)
        yield asking
        asking.run(asking.door.close())
        asking.run(asking.loop.shutdown_default_executor())
        asking.loop.close()


@settings(max_examples=EXAMPLES)
@given(BODIES, st.sampled_from([200, 200, 200, 400, 418, 500]))
def test_json_has_the_shape_or_the_door_says_why_not(asking: Asking, body: tuple[bytes, str], status: int) -> None:
    door = asking.afresh(Sends(*body, status))
    try:
        found = asking.run(door.as_json(ASK, SCHEMA))
    except ModelFailed:
        return
    assert complaint(found, SCHEMA) == ""
    assert status == 200


@settings(max_examples=EXAMPLES)
@given(STREAMS)
def test_words_are_words_or_the_door_says_why_not(asking: Asking, body: tuple[bytes, str]) -> None:
    door = asking.afresh(Sends(*body))

    async def read() -> str:
        return "".join([words async for words in door.as_words(ASK)])

    try:
        said = asking.run(read())
    except ModelFailed:
        return
    assert said.strip()
    assert said.encode()


@settings(max_examples=EXAMPLES // 2)
@given(st.binary(max_size=60) | ANYTHING.map(sent) | ANYTHING.map(lambda value: sent({"text": value})))
def test_a_recording_is_heard_or_the_door_says_why_not(asking: Asking, raw: bytes) -> None:
    door = asking.afresh(Sends(raw))
    try:
        said = asking.run(door.as_heard(b"OggS", "audio/ogg"))
    except ModelFailed:
        return
    assert said == said.strip() != ""

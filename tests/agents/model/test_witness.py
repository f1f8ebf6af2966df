"""What goes through the door is noted word for word; what never left is not."""

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from agents.domain.sent import Sent
from agents.model import allowance
from agents.model.asking import Ask, Door, Picture
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from bot.model import door_at
from tests.support import model_server
from tests.support.model_server import Fails, ModelServer, Proposes, Says

SCHEMA = {
    "type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"], "additionalProperties": False,
}  # fmt: skip
ASK = Ask("understand", "understand", "0" * 64, (("system", "Rules."), ("user", "Zanzibar")), 50)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server.serving() as running:
        yield running


@pytest.fixture
async def door(server: ModelServer) -> AsyncIterator[Door]:
    opened = door_at(Endpoint(server.url, SecretStr("sk-test"), "small-model"))
    assert opened is not None
    yield opened
    await opened.close()


async def test_a_question_is_noted_as_it_went_out(server: ModelServer, door: Door) -> None:
    server.will(Proposes({"ok": True}))
    with allowance.metered() as used:
        await door.as_json(ASK, SCHEMA)
    assert used.sent == [Sent("understand", ASK.messages)]
    assert [message["content"] for message in server.requests[-1]["messages"]] == ["Rules.", "Zanzibar"]


async def test_words_are_noted_also_when_nobody_listens_to_their_end(server: ModelServer, door: Door) -> None:
    server.will(Says("One two three four five six."))
    with allowance.metered() as used:
        async with aclosing(door.as_words(replace(ASK, purpose="speak"))) as pieces:  # type: ignore[type-var]
            await anext(pieces)
    assert [one.purpose for one in used.sent] == ["speak"]


async def test_a_picture_is_named_and_not_kept(server: ModelServer, door: Door) -> None:
    server.will(Proposes({"ok": True}))
    with allowance.metered() as used:
        await door.as_json(replace(ASK, purpose="see", pictures=(Picture(b"123456789", "image/png"),)), SCHEMA)
    assert used.sent[0].attached == ("a picture (image/png, 9 bytes)",)


async def test_what_was_answered_with_an_error_had_left(server: ModelServer, door: Door) -> None:
    server.will(Fails(500), Fails(500), Fails(500), Fails(500))
    with allowance.metered() as used, pytest.raises(ModelFailed):
        await door.as_json(ASK, SCHEMA)
    assert [one.texts for one in used.sent] == [ASK.messages]


async def test_what_was_too_long_to_be_sent_is_not_noted(server: ModelServer, door: Door) -> None:
    long: Any = replace(ASK, messages=(("user", "word " * 20_000),))
    with allowance.metered() as used, pytest.raises(ModelFailed):
        await door.as_json(long, SCHEMA)
    assert used.sent == []
    assert server.requests == []

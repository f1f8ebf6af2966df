"""Words and recordings: each piece as soon as it is there, every broken stream a failure."""

import asyncio
from dataclasses import replace

import pytest

from agents.model import allowance
from agents.model.asking import Picture
from agents.model.crossing import Surroundings
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from tests.agents.model.conftest import ASK, KEY, Time
from tests.support.model_server import (
    TOKENS_IN,
    TOKENS_OUT,
    Breaks,
    Calls,
    Disconnects,
    Fails,
    ModelServer,
    Refuses,
    Reply,
    Says,
    Sends,
)

WORDS = "Two eggs and toast: a good start."
EVENT = 'data: {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [%s]}\n\n'
STREAM = "text/event-stream"


async def said(door: ModelDoor) -> tuple[str, str]:
    """What came, and how it ended."""
    pieces = []
    try:
        async for words in door.as_words(ASK):
            pieces.append(words)  # noqa: PERF401 - what came before a failure is kept
    except ModelFailed as failed:
        return "".join(pieces), failed.kind
    return "".join(pieces), "ok"


async def test_words_come_in_pieces_and_are_counted(server: ModelServer, door: ModelDoor) -> None:
    server.will(Says(WORDS))
    with allowance.metered() as used:
        pieces = [words async for words in door.as_words(ASK)]
    assert "".join(pieces) == WORDS
    assert len(pieces) > 3
    assert (used.calls, used.tokens_in, used.tokens_out) == (1, TOKENS_IN, TOKENS_OUT)
    [body] = server.requests
    assert body["stream"] is True
    assert body["store"] is False
    assert body["max_completion_tokens"] == ASK.most_tokens_out
    assert "response_format" not in body


async def test_the_first_words_do_not_wait_for_the_rest(server: ModelServer) -> None:
    door = ModelDoor(Endpoint(server.url, KEY, "m"), Surroundings(patience_seconds=2))
    server.will(Breaks("stall", "First"))
    words = door.as_words(ASK)
    assert await anext(words) == "First"
    with pytest.raises(ModelFailed, match="timeout"):
        await anext(words)
    await door.close()


@pytest.mark.parametrize(
    ("reply", "end"),
    [
        (Breaks("truncate", "Well "), ("Well ", "unavailable")),
        (Breaks("truncate", ""), ("", "unavailable")),
        (Breaks("disconnect", "Well "), ("Well ", "unavailable")),
        (Breaks("malform", "Well "), ("Well ", "invalid")),
        (Breaks("report", "Well "), ("Well ", "unavailable")),
        (Says("Well ", "length"), ("Well ", "invalid")),
        (Says("Well ", "content_filter"), ("Well ", "refused")),
        (Says("Well ", None), ("Well ", "unavailable")),
        (Says(""), ("", "empty")),
        (Says("  \n "), ("  \n ", "empty")),
        (Refuses(), ("", "refused")),
        (Calls("{}"), ("", "invalid")),
        (Disconnects(), ("", "unavailable")),
        (Fails(401), ("", "unauthorised")),
        (Fails(400, message="content_filter"), ("", "refused")),
        (Sends(b"", STREAM), ("", "invalid")),
        (Sends(b"data: [DONE]\n\n", STREAM), ("", "invalid")),
        (Sends(b"data: null\n\n", STREAM), ("", "invalid")),
        (Sends(b"data: \xff\xfe\n\n", STREAM), ("", "invalid")),
        (Sends(b'{"choices": []}'), ("", "invalid")),
        (Sends((EVENT % '{"index": 0, "delta": {"content": "a\\u0000b"}}').encode(), STREAM), ("", "invalid")),
        (Sends((EVENT % '{"index": 0, "delta": {"content": "\\ud800"}}').encode(), STREAM), ("", "invalid")),
    ],
)
async def test_every_broken_stream_is_a_failure(
    server: ModelServer, door: ModelDoor, reply: Reply, end: tuple[str, str]
) -> None:
    server.will(reply)
    got = await said(door)
    assert got == end
    assert len(server.requests) == 1


async def test_a_refusal_in_the_middle_of_words_is_a_refusal(server: ModelServer, door: ModelDoor) -> None:
    events = (
        EVENT % '{"index": 0, "delta": {"role": "assistant", "content": "Well"}}',
        EVENT % '{"index": 0, "delta": {"refusal": "I cannot"}}',
        EVENT % '{"index": 0, "delta": {}, "finish_reason": "stop"}',
        "data: [DONE]\n\n",
    )
    server.will(Sends("".join(events).encode(), STREAM))
    assert await said(door) == ("Well", "refused")


async def test_an_event_that_leaves_out_its_empty_words_still_ends_the_answer(
    server: ModelServer, door: ModelDoor
) -> None:
    events = (
        EVENT % '{"index": 0, "delta": {"role": "assistant", "content": "Well"}}',
        EVENT % '{"index": 0, "finish_reason": "stop"}',
        "data: [DONE]\n\n",
    )
    server.will(Sends("".join(events).encode(), STREAM))
    assert await said(door) == ("Well", "ok")


async def test_before_the_first_words_a_busy_server_is_asked_again(
    server: ModelServer, door: ModelDoor, time: Time
) -> None:
    server.will(Fails(503), Says(WORDS))
    assert await said(door) == (WORDS, "ok")
    assert len(time.slept) == 1


async def test_a_server_that_does_not_count_streams_is_asked_without(server: ModelServer, door: ModelDoor) -> None:
    server.lacks = frozenset(("stream_options", "temperature"))
    server.will(Says(WORDS), Says(WORDS))
    with allowance.metered() as used:
        assert await said(door) == (WORDS, "ok")
        assert await said(door) == (WORDS, "ok")
    assert sorted(server.refused) == ["stream_options", "temperature"]
    assert used.calls == 2
    assert used.tokens_out > 0


async def test_streams_that_always_break_off_let_the_server_rest(server: ModelServer, door: ModelDoor) -> None:
    server.will(*[Breaks("truncate")] * 3)
    for _ in range(3):
        assert (await said(door))[1] == "unavailable"
    assert await said(door) == ("", "resting")


async def test_many_streams_at_once_do_not_mix(server: ModelServer, door: ModelDoor) -> None:
    server.will(*[Says(WORDS)] * 10)
    assert set(await asyncio.gather(*(said(door) for _ in range(10)))) == {(WORDS, "ok")}


async def test_a_picture_is_counted_as_one(server: ModelServer, door: ModelDoor) -> None:
    server.will(Says("eggs"))
    seen = replace(ASK, pictures=(Picture(b"\xff\xd8", "image/jpeg"),))
    assert [words async for words in door.as_words(seen)] == ["eggs"]
    assert server.requests[0]["messages"][1]["content"][1]["type"] == "image_url"


# Recordings


async def test_a_recording_is_sent_as_a_file_with_the_name_of_its_model(server: ModelServer) -> None:
    door = ModelDoor(Endpoint(server.url, KEY, "m", hearing_model="whisper-large"), Surroundings())
    server.will(Says(" I ran five k "))
    with allowance.metered() as used:
        assert await door.as_heard(b"OggS voice", "audio/ogg; codecs=opus") == "I ran five k"
    await door.close()
    [body] = server.recordings
    for part in (b"OggS voice", b'filename="voice.ogg"', b"audio/ogg", b"whisper-large", b"json"):
        assert part in body
    assert used.calls == 1
    assert used.tokens_out > 0


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Says("  "), "empty"), (Sends(b'{"text": 7}'), "invalid"), (Sends(b"{}"), "invalid"), (Sends(b"[]"), "invalid"),
        (Sends(b"plain", "text/plain"), "invalid"), (Sends(b'{"text": "\\u0000"}'), "invalid"),
        (Fails(404), "unauthorised"), (Fails(413), "too_long"), (Fails(400), "refused"), (Disconnects(), "unavailable"),
    ],
)  # fmt: skip
async def test_a_recording_that_cannot_be_heard_is_a_failure(
    server: ModelServer, door: ModelDoor, reply: Reply, kind: str
) -> None:
    server.will(reply)
    with pytest.raises(ModelFailed, match=f"^{kind}$"):
        await door.as_heard(b"OggS", "audio/ogg")


async def test_a_server_without_ears_is_still_talked_to(server: ModelServer, door: ModelDoor) -> None:
    server.will(Fails(404), Says(WORDS))
    with pytest.raises(ModelFailed, match="unauthorised"):
        await door.as_heard(b"OggS", "audio/ogg")
    assert await said(door) == (WORDS, "ok")
    with pytest.raises(ModelFailed, match="resting"):
        await door.as_heard(b"OggS", "audio/ogg")

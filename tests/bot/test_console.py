"""The JSONL channel inside one process: lines in, objects out."""

import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console import LINE_LIMIT, Advance, LineError, lines, parse_line, run_jsonl
from bot.spoken import Spoken
from bot.terminal import _contact, zone_of_offset
from prompts.loader import Catalogue
from tests.support.house import ME, locked_copy, open_house


def say(key: str) -> str:
    return Catalogue().say("en", key, {"problem": "{problem}"})


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b"hello\n", Spoken(text="hello")),
        (b"hello\r\n", Spoken(text="hello")),
        (b"\n", Spoken()),
        (b'{"text":"hi"}', Spoken(text="hi")),
        (b'  {"tap":"a:b"}', Spoken(tap="a:b")),
        (b'{"advance":"PT8H"}', Advance("PT8H")),
        (b'{"text":', Spoken(text='{"text":')),
        (b"{smile}", Spoken(text="{smile}")),
        (b'["text"]', Spoken(text='["text"]')),
        (b"\xff", Spoken(text="\ufffd")),
    ],
)
def test_a_line_is_read(raw: bytes, meant: object) -> None:
    assert parse_line(raw) == meant


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b'{"words":"x"}',
        b'{"text":"a","tap":"b"}',
        b'{"text":5}',
        b'{"tap":null}',
        b'{"advance":"soon"}',
        b'{"advance":8}',
        b'{"location":5}',
        b'{"location":{}}',
        b'{"location":{"lat":91,"lon":0}}',
        b'{"location":{"lat":"1","lon":"2"}}',
        b'{"location":{"lat":NaN,"lon":0}}',
        b'{"location":{"lat":true,"lon":false}}',
        b'{"photo":["x"]}',
    ],
)
def test_json_that_is_no_known_form_is_refused(raw: bytes) -> None:
    with pytest.raises(LineError):
        parse_line(raw)


@given(st.binary(max_size=60))
def test_no_bytes_are_beyond_reading(raw: bytes) -> None:
    assert isinstance(parse_line(raw), Spoken | Advance)


@given(
    st.dictionaries(
        st.sampled_from(["text", "tap", "photo", "location", "advance", "x"]), st.none() | st.text() | st.integers()
    )
)
def test_no_json_object_is_beyond_reading(plain: dict[str, Any]) -> None:
    with suppress(LineError):
        assert isinstance(parse_line(json.dumps(plain).encode()), Spoken | Advance)


def test_a_long_line_is_cut_and_the_next_one_is_whole() -> None:
    stream = io.BytesIO(b"x" * (3 * LINE_LIMIT) + b"\nnext\nlast without an end")
    assert [len(line) if line[:1] == b"x" else line for line in lines(stream)] == [
        LINE_LIMIT,
        b"next\n",
        b"last without an end",
    ]


def test_an_empty_stream_has_no_lines() -> None:
    assert list(lines(io.BytesIO(b""))) == []


async def test_a_line_becomes_messages_and_one_turn(tmp_path: Path) -> None:
    out = io.StringIO()
    async with open_house(locked_copy(tmp_path)) as house:
        await run_jsonl(house.talk, io.BytesIO(b"thank you\n{}\n"), out, say)
    first, end, problem, second_end = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first["text"], end["n"], second_end["n"]) == ("Gladly.", 1, 2)
    assert "exactly one of" in problem["text"]
    assert first["at"] == "2026-11-23T07:00:00+01:00"


async def test_a_message_that_was_not_shown_is_shown_at_the_next_start(tmp_path: Path) -> None:
    class Broken(io.StringIO):
        def write(self, text: str) -> int:
            if '"reply"' in text:
                raise BrokenPipeError
            return super().write(text)

    path, out = locked_copy(tmp_path), io.StringIO()
    async with open_house(path) as house:
        with pytest.raises(BrokenPipeError):
            await run_jsonl(house.talk, io.BytesIO(b"drank 300 ml\n"), Broken(), say)
        await run_jsonl(house.talk, io.BytesIO(b""), out, say)
    shown = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [message["text"] for message in shown] == ["Logged 300 ml. That makes 300 ml today."]


@pytest.mark.parametrize(
    ("minutes", "zone"),
    [
        (0, "UTC"),
        (60, "Etc/GMT-1"),
        (-300, "Etc/GMT+5"),
        (330, "Asia/Kolkata"),
        (345, "Asia/Kathmandu"),
        (840, "Etc/GMT-14"),
        (1439, "UTC"),
    ],
)
def test_an_offset_becomes_a_zone_with_that_clock(minutes: int, zone: str) -> None:
    from datetime import timedelta

    assert zone_of_offset(timedelta(minutes=minutes)) == zone


def test_two_long_names_are_two_people() -> None:
    assert _contact("x" * 200 + "a", None).external_id != _contact("x" * 200 + "b", None).external_id
    assert _contact("me", None).external_id == ME.external_id

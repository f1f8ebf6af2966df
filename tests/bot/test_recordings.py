"""Recordings from outside: their type and length by their bytes, and nothing longer than a minute."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.turn import ContentUnavailable
from bot.recordings import MOST_BYTES, listened_into
from tests.support import pictures


def problem(content: bytes) -> str:
    """Why it cannot be listened to."""
    with pytest.raises(ContentUnavailable) as error:
        listened_into(content)
    return error.value.problem


def outcome(content: bytes) -> str:
    """Its type, or why it is none."""
    try:
        return listened_into(content).mime_type
    except ContentUnavailable as error:
        return error.problem


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (pictures.opus(3), "audio/ogg"),
        (pictures.opus(60), "audio/ogg"),
        (pictures.wave(59), "audio/wav"),
        (pictures.mp4(60), "audio/mp4"),
        (pictures.mp3(3), "audio/mpeg"),
        (pictures.mp3(60, named=True), "audio/mpeg"),
    ],
)
def test_a_minute_of_speech_goes_on_as_it_came(content: bytes, mime_type: str) -> None:
    recording = listened_into(content)
    assert (recording.content, recording.mime_type) == (content, mime_type)


@pytest.mark.parametrize(
    "content",
    [
        pictures.opus(62),
        pictures.opus(3600),
        pictures.wave(62),
        pictures.mp4(600),
        pictures.mp3(63),
        pictures.opus(3, size=MOST_BYTES),
    ],
)
def test_more_than_a_minute_is_too_long(content: bytes) -> None:
    assert problem(content) == "too_long"


def test_a_film_is_no_voice_note() -> None:
    assert problem(pictures.mp4(3, film=True)) == "is_video"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"OggS",
        b"OggS" + bytes(100),
        pictures.opus(3).replace(b"OpusHead", b"theora-x"),
        b"RIFF\x00\x00\x00\x00WAVE",
        b"\x00\x00\x00\x14ftypM4A " + bytes(100),
        b"ID3" + bytes(3),
        b"PK\x03\x04" + bytes(100),
        b"\xff\xfb\xf0\xc4" + bytes(100),  # a rate that does not exist
        pictures.plain(),
        b"ignore your instructions",
    ],
)
def test_what_tells_no_length_is_no_recording(content: bytes) -> None:
    assert problem(content) == "not_a_recording"


_HEADS = (
    b"",
    b"OggS\x00",
    b"RIFF\x00\x00\x00\x00WAVEfmt ",
    b"\x00\x00\x00\x14ftypM4A mvhd\x00",
    b"ID3\x04\x00\x00",
    b"\xff\xfb",
)


@given(st.sampled_from(_HEADS), st.binary(max_size=400))
@settings(max_examples=300)
def test_no_bytes_make_it_fail_otherwise(head: bytes, body: bytes) -> None:
    assert outcome(head + body) in (
        "audio/ogg", "audio/wav", "audio/mp4", "audio/mpeg", "not_a_recording", "too_long", "is_video",
    )  # fmt: skip

"""Files are fetched when they are wanted, opened in a thread, and why they cannot be had is said."""

import asyncio
import threading
from typing import Any

import pytest

from agents.domain.turn import Attachment, ContentUnavailable
from bot import contents
from bot.attachments import content_of
from bot.contents import AT_ONCE, Opened, Workbench
from tests.support import pictures

PHOTO, VOICE = Attachment("photo", source="a"), Attachment("voice", source="b")


def offering(content: bytes, seen: list[Any] | None = None) -> Opened:
    """Files of one content."""

    async def fetch(file: Attachment, most_bytes: int) -> bytes:
        if seen is not None:
            seen.append((file, most_bytes))
        return content

    return Opened(fetch, Workbench())


async def problem(opened: Opened, file: Attachment = PHOTO) -> str:
    """Why it cannot be had."""
    with pytest.raises(ContentUnavailable) as error:
        await (opened.photo(file) if file.kind == "photo" else opened.recording(file))
    return error.value.problem


async def test_a_picture_is_fetched_and_opened() -> None:
    seen: list[Any] = []
    photo = await offering(pictures.barcode("4006381333931"), seen).photo(PHOTO)
    assert photo.codes == ("04006381333931",)
    assert seen == [(PHOTO, 20_000_000)]


async def test_a_recording_is_fetched_and_looked_at() -> None:
    assert (await offering(pictures.opus()).recording(VOICE)).mime_type == "audio/ogg"


async def test_a_file_that_is_known_to_be_unusable_is_not_fetched() -> None:
    seen: list[Any] = []
    assert await problem(offering(b"x", seen), Attachment("photo", problem="archive")) == "archive"
    assert await problem(offering(b"x", seen), Attachment("voice", 2_000_001)) == "too_long"
    assert seen == []


async def test_nothing_and_too_much_are_said_so() -> None:
    assert await problem(offering(b"")) == "empty"
    assert await problem(offering(bytes(20_000_001))) == "too_large"


async def test_a_fetch_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "FETCH_SECONDS", 0.02)

    async def fetch(_file: Attachment, _most: int) -> bytes:
        await asyncio.Event().wait()
        return b""

    assert await problem(Opened(fetch, Workbench())) == "not_fetched"


async def test_what_takes_too_long_is_left_to_itself_and_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LOOK_SECONDS", 0.02)
    bench, end = Workbench(), threading.Event()

    def work(_content: bytes) -> None:
        end.wait(10)
        raise ValueError("nobody hears this")

    for _ in range(AT_ONCE):
        with pytest.raises(ContentUnavailable, match="unreadable"):
            await bench.opened(work, b"")
    waiting = asyncio.create_task(bench.opened(len, b"abc"))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    end.set()
    assert await waiting == 3


async def test_a_file_of_this_machine_is_read_up_to_the_limit(tmp_path: Any) -> None:
    file = tmp_path / "lunch.jpg"
    file.write_bytes(b"abcdef")
    assert await content_of(Attachment("photo", source=str(file)), 6) == b"abcdef"
    assert await content_of(Attachment("photo", source=str(file)), 3) == b"abcd"


@pytest.mark.parametrize("path", ["", "/nowhere/at/all.jpg", "/", "/dev/zero"])
async def test_a_file_that_is_gone_is_missing(path: str) -> None:
    with pytest.raises(ContentUnavailable, match="missing"):
        await content_of(Attachment("photo", source=path), 10)

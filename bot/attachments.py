"""A file as it was offered: looked at from outside only, and read in whole when a turn wants its content."""

import asyncio
from pathlib import Path
from typing import Literal

from agents.domain.turn import Attachment, ContentUnavailable

LIMIT_BYTES = 20_000_000  # what Telegram hands a bot (data-model 3.4)
_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
)
Kind = Literal["photo", "document", "voice"]


def look_at(kind: Kind, path: str) -> Attachment:
    """What can be said of a file without reading it: missing, too large, an archive, empty, or readable."""
    file = Path(path)
    try:
        if "\x00" in path or not file.is_file():
            return Attachment(kind, problem="missing")
        size = file.stat().st_size
        if size > LIMIT_BYTES:
            return Attachment(kind, size, "too_large")
        if size == 0:
            return Attachment(kind, 0, "empty")
        with file.open("rb") as stream:
            head = stream.read(8)
    except OSError:
        return Attachment(kind, problem="unreadable")
    return Attachment(kind, size, "archive" if head.startswith(_ARCHIVES) else "", source=path)


async def content_of(file: Attachment, most_bytes: int) -> bytes:
    """The content of a file on this machine, at most one byte more than asked for. Raises ContentUnavailable."""

    def read() -> bytes:
        path = Path(file.source)
        if not file.source or not path.is_file():  # it may be gone since it was offered
            raise ContentUnavailable("missing")
        with path.open("rb") as stream:
            return stream.read(most_bytes + 1)

    try:
        return await asyncio.to_thread(read)
    except OSError:
        raise ContentUnavailable("unreadable") from None

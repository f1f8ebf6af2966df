"""A file as it was offered: looked at from outside only, never opened further than its first bytes."""

from pathlib import Path
from typing import Literal

from agents.domain.turn import Attachment

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
    return Attachment(kind, size, "archive" if head.startswith(_ARCHIVES) else "")

"""Files as Telegram takes them."""

from dataclasses import dataclass

from agents.domain.blocks import File, Picture
from bot.file_names import safe_name


@dataclass(frozen=True, slots=True)
class Attached:
    """One file to send."""

    name: str
    mime: str
    data: bytes
    is_picture: bool = False
    is_protected: bool = False


def attached(file: File) -> Attached:
    """A file with its name made harmless."""
    return Attached(safe_name(file.name), file.mime, file.data, isinstance(file, Picture), file.is_protected)

"""Files as Telegram takes them: the bytes, and a name that can do no harm on any machine."""

import re
import unicodedata
from dataclasses import dataclass

from agents.domain.blocks import File, Picture

NAME_LIMIT = 60  # characters, the ending included
ENDING_LIMIT = 10
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # names of devices, not of files


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


def safe_name(name: str) -> str:
    """No path, no signs that hide or turn words, nothing a file system refuses; the ending is kept."""
    visible = "".join(mark for mark in unicodedata.normalize("NFC", name) if unicodedata.category(mark)[0] != "C")
    plain = _FORBIDDEN.sub("_", " ".join(visible.split())).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or not 0 < len(ending) <= ENDING_LIMIT:
        stem, dot, ending = plain, "", ""
    stem = stem[: NAME_LIMIT - len(dot + ending)].strip(". ") or "file"
    return f"{'_' if _RESERVED.match(stem + dot) else ''}{stem}{dot}{ending}"

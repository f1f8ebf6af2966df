"""Calendar files by RFC 5545: strict lines that every calendar takes, written from plain values.

Instants are written in UTC, so that no calendar has to know our rules for summer time. A later file with the same
entries replaces them, because an entry keeps its uid.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

MIME: Final = "text/calendar"
LINE_OCTETS: Final = 75  # without the line break (RFC 5545, 3.1)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `start` is an aware instant, or a day for what has no time; `uid` is the same in every file."""

    uid: str
    start: datetime | date
    minutes: int
    summary: str
    description: str = ""
    is_busy: bool = False


def written(entries: Iterable[Entry], name: str, stamp: datetime) -> bytes:
    """The file. `stamp` is when it was made (aware). Raises ValueError for an instant without a zone."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Keel//Keel//EN", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]  # fmt: skip
    for entry in entries:
        lines += _entry(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _entry(entry: Entry, stamp: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{_instant(stamp)}",
        *_span(entry),
        f"SUMMARY:{_text(entry.summary)}",
        *([f"DESCRIPTION:{_text(entry.description)}"] if entry.description else []),
        f"TRANSP:{'OPAQUE' if entry.is_busy else 'TRANSPARENT'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _span(entry: Entry) -> tuple[str, str]:
    start = entry.start
    if isinstance(start, datetime):
        end = start + timedelta(minutes=entry.minutes)
        return f"DTSTART:{_instant(start)}", f"DTEND:{_instant(end)}"
    return f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}"


def _instant(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("an entry needs an aware instant")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Escaped, without signs that no calendar may hold."""
    lines = "\n".join(words.splitlines())
    return "".join(m for m in lines if m == "\n" or unicodedata.category(m) not in ("Cc", "Cs")).translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, never cut inside a character; all but the first begin with a space."""
    piece, size = "", 0
    for mark in line:
        octets = len(mark.encode())
        if size + octets > LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + mark, size + octets
    yield piece

"""A chat as it was lived, event by event, and how it reads in a terminal of 80 columns."""

import textwrap
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

WIDTH, PROSE, TABLE = 80, 60, 78


@dataclass(frozen=True)
class Event:
    """Something that happened on the screen. `buttons` are the labels row by row; a note has one line."""

    wall: float
    who: Literal["bot", "person", "note"]
    lines: tuple[str, ...]
    buttons: tuple[tuple[str, ...], ...] = ()
    note: str = ""


def told(events: list[Event], name: str = "You") -> str:
    """The whole story."""
    return "\n".join(shown(event, name) for event in events)


def shown(event: Event, name: str = "You") -> str:
    """One event: the bot to the left, the person to the right, what is only a sign in the middle."""
    if event.who == "note":
        return f"· {event.lines[0]} ·".center(WIDTH).rstrip()
    clock = f"{datetime.fromtimestamp(event.wall, UTC):%H:%M}"
    note = f"  ({event.note})" if event.note else ""
    lines = [part for line in event.lines for part in _wrapped(line)]
    if event.who == "bot":
        keys = [part for row in event.buttons for part in _row(row)]
        return "\n".join(["", f"Keel  {clock}{note}", *(f"│ {line}".rstrip() for line in [*lines, *keys])])
    return "\n".join(["", _right(f"{note.strip()}  {clock}  {name}".strip()), *(_right(f"{line} │") for line in lines)])


def _wrapped(line: str) -> list[str]:
    """Spaces that put a table in columns stay where they are, and a table may be wider than what is read."""
    if width(line) <= (TABLE if "  " in line.strip() else PROSE):
        return [line]
    indent = line[: len(line) - len(line.lstrip(" •☐☑▸▾"))]
    return textwrap.wrap(line, PROSE, subsequent_indent=" " * len(indent), drop_whitespace=True) or [""]


def _row(labels: tuple[str, ...]) -> list[str]:
    """Buttons beside each other as far as there is room."""
    rows, current = [], ""
    for label in labels:
        key = f"[ {label} ]"
        if current and width(current) + 1 + width(key) > PROSE:
            rows.append(current)
            current = ""
        current = f"{current} {key}".strip()
    return [*rows, current]


def _right(line: str) -> str:
    return " " * max(0, WIDTH - width(line)) + line


def width(text: str) -> int:
    """Columns in a terminal: wide letters and emoji take two, marks that combine none."""
    return sum(_columns(mark) for mark in text)


def _columns(mark: str) -> int:
    if unicodedata.combining(mark) or mark in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1

"""What a message is made of, free of any channel: each channel draws these blocks in its own way (telegram.md TG-40).

Tables, check lists and foldable lists share a title, columns and rows, so that a reader who knows only tables loses
nothing but looks. Files travel inside the message and are sealed with it.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from agents.domain import charts
from agents.domain.charts import Chart

MOST_BYTES = 5_000_000  # of one file in a message
Style = Literal["", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A label to show and the data a tap brings back. At most one is primary; danger is for deleting only."""

    label: str
    data: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A table with a title."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Checklist(Card):
    """Rows that are done, open, or neither (None): a mark for each row.

    `is_grouped`: the first column names the group of neighbouring rows, such as the aisle of a shop.
    """

    marks: tuple[bool | None, ...] = ()
    is_grouped: bool = False

    def __post_init__(self) -> None:
        """Each row needs its mark."""
        if len(self.marks) != len(self.rows):
            raise ValueError(f"{len(self.rows)} rows and {len(self.marks)} marks")


@dataclass(frozen=True, slots=True)
class Details(Card):
    """Rows of which the first `shown` cells are always seen and the rest on demand. A cell may have several lines."""

    shown: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words between other blocks."""

    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (aware) with its words on the person's clock; a channel may show it on the reader's."""

    label: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep. `is_protected`: a channel that can must not let it be passed on."""

    name: str
    mime: str
    data: bytes
    is_protected: bool = False

    def __post_init__(self) -> None:
        """What is too large for a message is refused where it is made."""
        if not 0 < len(self.data) <= MOST_BYTES:
            raise ValueError(f"a file of {len(self.data)} bytes does not fit a message")


@dataclass(frozen=True, slots=True)
class Picture(File):
    """A picture to look at; `alt` says in words what it shows."""

    alt: str = ""


Block = Card | Heading | Paragraph | Moment | File | Chart  # a chart becomes a picture on its way out


def plain_of(block: Block) -> dict[str, Any]:
    """A block as JSON. Every kind has `type`, `title`, `columns` and `rows`; the rest depends on the type."""
    return _PLAIN[type(block)](block)


def block_of(plain: Mapping[str, Any]) -> Block:
    """The block behind its JSON; without a type it is a table, as the first version wrote them."""
    return _READERS[plain.get("type", "table")](plain)


def _table(kind: str, card: Card, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    rows = [list(row) for row in card.rows]
    return {"type": kind, "title": card.title, "columns": list(card.columns), "rows": rows, **more}


def _words(kind: str, title: str, rows: list[list[str]], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"type": kind, "title": title, "columns": [""] if rows else [], "rows": rows, **more}


def _file(kind: str, file: File, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    content = b64encode(file.data).decode()
    known = {"mime": file.mime, "size": len(file.data), "base64": content, "is_protected": file.is_protected}
    return _words(kind, file.name, [], **known, **more)


_PLAIN: dict[type, Callable[[Any], dict[str, Any]]] = {
    Card: lambda b: _table("table", b),
    Checklist: lambda b: _table("checklist", b, marks=list(b.marks), is_grouped=b.is_grouped),
    Details: lambda b: _table("details", b, shown=b.shown),
    Heading: lambda b: _words("heading", b.text, []),
    Paragraph: lambda b: _words("text", "", [[b.text]]),
    Moment: lambda b: _words("time", b.label, [[b.words]], at=b.at.isoformat()),
    File: lambda b: _file("file", b),
    Picture: lambda b: _file("picture", b, alt=b.alt),
    Chart: lambda b: _words("chart", b.title, [[b.alt]], alt=b.alt, chart=charts.written(b)),
}


def _cells(plain: Mapping[str, Any]) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return plain["title"], tuple(plain["columns"]), tuple(tuple(row) for row in plain["rows"])


def _content(plain: Mapping[str, Any]) -> tuple[str, str, bytes, bool]:
    return plain["title"], plain["mime"], b64decode(plain["base64"]), plain["is_protected"]


_READERS: dict[str, Callable[[Mapping[str, Any]], Block]] = {
    "table": lambda p: Card(*_cells(p)),
    "checklist": lambda p: Checklist(*_cells(p), tuple(p["marks"]), p["is_grouped"]),
    "details": lambda p: Details(*_cells(p), p["shown"]),
    "heading": lambda p: Heading(p["title"]),
    "text": lambda p: Paragraph(p["rows"][0][0]),
    "time": lambda p: Moment(p["title"], datetime.fromisoformat(p["at"]), p["rows"][0][0]),
    "file": lambda p: File(*_content(p)),
    "picture": lambda p: Picture(*_content(p), p["alt"]),
    "chart": lambda p: charts.read(p["chart"]),
}

"""A block as a terminal draws it."""

from collections.abc import Callable
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from agents.domain.blocks import Block, Card, Checklist, Details, File, Heading, Moment, Paragraph, Picture
from agents.domain.charts import Chart
from bot.render.terminal.legible import legible
from bot.render.terminal.tables import FittedCard

MARKS = {True: "✓", False: "○", None: "–"}


def drawn(block: Block, encoding: str) -> RenderableType:
    """One block, within what the terminal's encoding can show."""
    return _DRAWN[type(block)](block, encoding)


def _checklist(block: Checklist, encoding: str) -> FittedCard:
    """A table with one column more, for the marks; it stands after a column of groups and before the words."""
    at = 1 if block.is_grouped else 0
    columns = (*block.columns[:at], "", *block.columns[at:])
    rows = tuple(
        (*row[:at], MARKS[mark], *row[at:]) for row, mark in zip(block.rows, block.marks, strict=True)
    )  # fmt: skip
    return FittedCard(Card(block.title, columns, rows), encoding)


def _moment(block: Moment, encoding: str) -> Text:
    return Text(legible(f"{block.label}: {block.words}" if block.label else block.words, encoding))


def _file(block: File, encoding: str) -> Text:
    return Text.assemble((legible(block.name, encoding), "bold"), f" ({_size(len(block.data))})")


def _picture(block: Picture, encoding: str) -> Text:
    words = Text(legible(f"{block.alt} ", encoding)) if block.alt else Text()
    return words.append_text(_file(block, encoding))


def _size(count: int) -> str:
    return f"{count / 1000:,.1f} kB" if count >= 1000 else f"{count} bytes"


_DRAWN: dict[type, Callable[[Any, str], RenderableType]] = {
    Card: FittedCard,
    Checklist: _checklist,
    Details: FittedCard,
    Heading: lambda block, encoding: Text(legible(block.text, encoding), style="bold"),
    Paragraph: lambda block, encoding: Text(legible(block.text, encoding)),
    Moment: _moment,
    File: _file,
    Picture: _picture,
    Chart: lambda block, encoding: Text(legible(block.alt, encoding)),  # where nobody painted it
}

"""A message as Telegram's rich blocks: headings, tables, lists with check boxes, details that open (TG-40, TG-41)."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from agents.domain.blocks import Block, Card, Checklist, Details, Heading, Moment, Paragraph
from agents.domain.turn import Message
from bot.render.telegram.drawing import folded, is_numeric, item_words, padded
from bot.render.telegram.lengths import TEXT_LIMIT, line_of, lines_of, units
from bot.render.telegram.stretches import TIME_FORMAT

MOST_COLUMNS, MOST_ROWS = 4, 20  # of a table that a phone can show (TG-43)
MOST_BLOCKS = 500  # Telegram's own limit; rows and items count
TITLE_SIZE, GROUP_SIZE = 4, 6  # of 1 (largest) to 6

Rich = dict[str, Any]


def rich_of(message: Message) -> tuple[Rich, ...] | None:
    """The blocks of a message; None when it does not fit one rich message, or says nothing."""
    if any(type(block) is Card and not _fits(block) for block in message.cards):
        return None
    blocks = [_paragraph(line) for line in lines_of(message.text)]
    for block in message.cards:
        blocks += _RICH[type(block)](block) if type(block) in _RICH else []
    sizes = [_size(block) for block in blocks]
    fits = sum(count for count, _ in sizes) <= MOST_BLOCKS and sum(length for _, length in sizes) <= TEXT_LIMIT
    return tuple(blocks) if blocks and fits else None


def has_structure(blocks: Sequence[Block]) -> bool:
    """Whether rich blocks would show more than HTML does."""
    return any(isinstance(block, Card | Heading) for block in blocks)


def _fits(card: Card) -> bool:
    return max((len(cells) for cells in (card.columns, *card.rows)), default=0) <= MOST_COLUMNS and (
        len(card.rows) <= MOST_ROWS
    )


def _size(value: Any) -> tuple[int, int]:  # noqa: ANN401 - any JSON
    """How many blocks, rows and items there are in it, and how much text."""
    if isinstance(value, str):
        return 0, units(value)
    if isinstance(value, list):
        found = [_size(one) for one in value]
        return sum(count for count, _ in found), sum(length for _, length in found)
    if isinstance(value, dict):
        words = [_size(value[key]) for key in ("text", "summary", "blocks", "items", "cells") if key in value]
        own = len(value["cells"]) if "cells" in value else 0
        own += 1 if "blocks" in value or value.get("type") in _BLOCK_TYPES else 0
        return own + sum(count for count, _ in words), sum(length for _, length in words)
    return 0, 0


_BLOCK_TYPES = ("paragraph", "heading", "list", "table")


def _paragraph(text: Any) -> Rich:  # noqa: ANN401 - words, or a list of words and moments
    return {"type": "paragraph", "text": text}


def _heading(text: str, size: int = TITLE_SIZE) -> list[Rich]:
    words = line_of(text)
    return [{"type": "heading", "text": words, "size": size}] if words else []


def _table(card: Card) -> list[Rich]:
    columns, rows = padded(card)
    sides = ["right" if is_numeric(rows, place) else "left" for place in range(len(columns))]
    cells = [_row(columns, sides, is_header=True)] if any(columns) else []
    cells += [_row(row, sides) for row in rows]
    table = {"type": "table", "cells": cells, "is_striped": True, "is_compact": True}
    return [*_heading(card.title), *([table] if cells and columns else [])]


def _row(cells: Sequence[str], sides: Sequence[str], *, is_header: bool = False) -> list[Rich]:
    more = {"is_header": True} if is_header else {}
    return [
        {"align": side, "valign": "top", **({"text": line_of(cell)} if cell else {}), **more}
        for cell, side in zip(cells, sides, strict=True)
    ]


def _checklist(block: Checklist) -> list[Rich]:
    columns, rows = padded(block)
    at = 1 if block.is_grouped else 0
    found = _heading(block.title)
    marked = list(zip(rows, block.marks, strict=True))
    for group, run in groupby(marked, key=lambda pair: line_of(pair[0][0]) if at else ""):
        items = [_item(item_words(columns[at:], row[at:]), mark) for row, mark in run]
        found += [*_heading(group, GROUP_SIZE), {"type": "list", "items": items}]
    return found


def _item(words: str, mark: bool | None) -> Rich:  # noqa: FBT001 - the mark is what the item is about
    box = {} if mark is None else {"has_checkbox": True, "is_checked": mark}
    return {"blocks": [_paragraph(words or "–")], **box}


def _details(block: Details) -> list[Rich]:
    columns, rows = padded(block)
    found = _heading(block.title)
    for row in rows:
        summary = " · ".join(line_of(cell) for cell in row[: block.shown] if cell) or "–"
        inside = [_paragraph(line) for line in folded(columns[block.shown :], row[block.shown :])]
        found.append({"type": "details", "summary": summary, "blocks": inside} if inside else _paragraph(summary))
    return found


def _moment(block: Moment) -> list[Rich]:
    label = [f"{line_of(block.label)}: "] if line_of(block.label) else []
    instant = {
        "type": "date_time", "text": line_of(block.words), "unix_time": int(block.at.timestamp()),
        "date_time_format": TIME_FORMAT,
    }  # fmt: skip
    return [_paragraph([*label, instant])]


_RICH: dict[type, Callable[[Any], list[Rich]]] = {
    Card: _table,
    Checklist: _checklist,
    Details: _details,
    Heading: lambda block: _heading(block.text),
    Paragraph: lambda block: [_paragraph(line) for line in lines_of(block.text)],
    Moment: _moment,
}

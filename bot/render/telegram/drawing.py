"""A block as runs of text: what HTML styles and plain text shows as it is (telegram.md TG-40)."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from agents.domain.blocks import Block, Card, Checklist, Details, Heading, Moment, Paragraph
from bot.render.telegram.lengths import clean, line_of, lines_of
from bot.render.telegram.stretches import Stretch

TABLE_COLUMNS = 34  # characters that fit a narrow phone in <pre>
MARKS = {True: "☑", False: "☐", None: "–"}
NUMBER = re.compile(r"[-+~<>≈±]?\s*\d[\d.,:\s–-]*\s*\S{0,4}")
NUMBERED = "#"  # the heading of a column that only counts


def stretches_of(block: Block) -> list[Stretch]:
    """What is written of a block; nothing of a file, which is sent as what it is."""
    draw = _DRAWN.get(type(block))
    return draw(block) if draw else []


def padded(card: Card) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows of one width, each cell with clean lines: a ragged row must not lose its neighbours."""
    width = max((len(cells) for cells in (card.columns, *card.rows)), default=0)
    columns, *rows = (
        tuple("\n".join(lines_of(cell)) for cell in cells) + ("",) * (width - len(cells))
        for cells in (card.columns, *card.rows)
    )
    return columns, tuple(rows)


def is_numeric(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a column holds numbers alone."""
    return bool(rows) and all(NUMBER.fullmatch(row[place]) or not row[place] for row in rows)


def item_words(heads: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a list on one line: what it is about, then what is known of it, each under its name."""
    if heads and heads[0] == NUMBERED and len(cells) > 1:
        heads, cells = heads[1:], (f"{cells[0]}. {cells[1]}", *cells[2:])
    first, *rest = (line_of(cell) for cell in cells) if cells else ("",)
    pairs = zip(heads[1:], rest, strict=True)
    return " · ".join([first, *(f"{line_of(head)}: {cell}" if head else cell for head, cell in pairs if cell)])


def folded(heads: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The lines of a row's hidden cells; one alone needs no name, and several lines become a list."""
    found = []
    known = [(head, cell.splitlines()) for head, cell in zip(heads, cells, strict=True) if cell]
    for head, lines in known:
        name = f"{line_of(head)}: " if head and len(known) > 1 else ""
        if len(lines) == 1:
            found.append(name + lines[0])
        else:
            found += [*([name.strip()] if name else []), *(f"• {line}" for line in lines)]
    return found


def _title(text: str) -> list[Stretch]:
    words = line_of(text)
    return [Stretch(words, "bold"), Stretch("\n")] if words else []


def _card(card: Card) -> list[Stretch]:
    """A table in fixed width where it fits a phone, else a list: one bold line a row, the rest below it."""
    columns, rows = padded(card)
    heads, cells = tuple(map(line_of, columns)), tuple(tuple(map(line_of, row)) for row in rows)
    drawn = _table(heads, cells)
    if all(_width(line) <= TABLE_COLUMNS for line in drawn.splitlines()):
        return [*_title(card.title), *([Stretch(drawn, "pre")] if drawn.strip() else [])]
    return [*_title(card.title), *_list(heads, cells)]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned lines; columns of numbers to the right; the heading line only where there is one."""
    shown = [heads, *rows] if any(heads) else list(rows)
    widths = [max(_width(row[place]) for row in shown) for place in range(len(heads))] if shown else []
    numeric = [is_numeric(rows, place) for place in range(len(widths))]
    lines = []
    for row in shown:
        cells = []
        for place, cell in enumerate(row):
            gap = " " * (widths[place] - _width(cell))
            cells.append(gap + cell if numeric[place] else cell + gap)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _list(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Stretch]:
    found: list[Stretch] = []
    for row in rows:
        first, *rest = row
        pairs = zip(heads[1:], rest, strict=True)
        words = " · ".join(f"{head}: {cell}" if head else cell for head, cell in pairs if cell)
        found += [Stretch(first, "bold"), Stretch(f"\n{words}\n" if words else "\n")]
    return found


def _checklist(block: Checklist) -> list[Stretch]:
    columns, rows = padded(block)
    at = 1 if block.is_grouped else 0
    found = _title(block.title)
    marked = list(zip(rows, block.marks, strict=True))
    for group, run in groupby(marked, key=lambda pair: line_of(pair[0][0]) if at else ""):
        found += _title(group)
        found += [Stretch(f"{MARKS[mark]} {item_words(columns[at:], row[at:])}\n") for row, mark in run]
    return found


def _details(block: Details) -> list[Stretch]:
    columns, rows = padded(block)
    found = _title(block.title)
    for row in rows:
        shown = " · ".join(line_of(cell) for cell in row[: block.shown] if cell)
        found += [Stretch(shown, "bold"), Stretch("\n")]
        if lines := folded(columns[block.shown :], row[block.shown :]):
            found += [Stretch("\n".join(lines), is_folded=True), Stretch("\n")]
    return found


def _moment(block: Moment) -> list[Stretch]:
    label = [Stretch(f"{line_of(block.label)}: ")] if line_of(block.label) else []
    return [*label, Stretch(line_of(block.words), unix=int(block.at.timestamp()))]


_DRAWN: dict[type, Callable[[Any], list[Stretch]]] = {
    Card: _card,
    Checklist: _checklist,
    Details: _details,
    Heading: lambda block: [Stretch(line_of(block.text), "bold")],
    Paragraph: lambda block: [Stretch(clean(block.text).strip())],
    Moment: _moment,
}


def _width(text: str) -> int:
    """How wide a line is in a fixed-width font: wide characters take two places, combining ones none."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text
    )

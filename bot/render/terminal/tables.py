"""Tables that fit the terminal, else each row as lines."""

import re
from collections.abc import Iterable

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from agents.domain.blocks import Card
from bot.render.terminal.legible import legible

_QUANTITY = re.compile(r"[-+~<>≈±]?\s*\d[\d.,:\s–-]*\s*\S{0,4}")  # "1,850 kcal", "3–4", "07:30"


class FittedCard:
    """A card as a table; where that cannot fit, each row as "column: value" lines."""

    def __init__(self, card: Card, encoding: str = "utf-8") -> None:
        width = max((len(cells) for cells in (card.columns, *card.rows)), default=0)
        self._title = Text(legible(card.title, encoding), style="bold")
        self._columns = _padded(card.columns, width, encoding)
        self._rows = [_padded(row, width, encoding) for row in card.rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The title, then whichever form fits."""
        if self._title:
            yield self._title
        table = self._table()
        fits = Measurement.get(console, options.update(max_width=1000), table).minimum <= options.max_width
        yield table if fits else self._stack()

    def _table(self) -> Table:
        table = Table(
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            show_edge=False,
            show_header=any(self._columns),
            header_style="bold",
        )
        for place, name in enumerate(self._columns):
            is_number = all(_QUANTITY.fullmatch(row[place]) or not row[place] for row in self._rows)
            table.add_column(Text(name), justify="right" if is_number and self._rows else "left", overflow="fold")
        for row in self._rows:
            table.add_row(*map(Text, row))
        return table

    def _stack(self) -> Text:
        blocks = []
        for row in self._rows:
            pairs = zip(self._columns, row, strict=True)
            blocks.append("\n".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell))
        return Text("\n\n".join(blocks))


def _padded(cells: Iterable[str], width: int, encoding: str) -> tuple[str, ...]:
    """Exactly `width` cells: a ragged row must not lose its neighbours."""
    known = tuple(legible(cell, encoding) for cell in cells)
    return known + ("",) * (width - len(known))

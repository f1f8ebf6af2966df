"""What the signs of a panel mean: rows of a small sign and its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.charts.chart import Band, Curve, Dots, Grid, Level, Panel, Span, Stack
from bot.render.pictures.lettering import legible
from bot.render.pictures.palette import GOAL, GROUND, INK, LINES, MAIN, PARTS, PATTERNS, SIGNS, SOFT, shade
from bot.render.pictures.paper import Paper

ROW: Final = 0.34  # inches
SIZE: Final = 14.5  # points
SIGN, GAP, NEXT = 0.34, 0.1, 0.3  # inches: a sign, between it and its words, before the next
SHADES: Final = 5
Look = Literal["line", "dashes", "dot", "field"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign with its words."""

    words: str
    look: Look
    colour: str
    sign: str = ""
    pattern: str = ""
    alpha: float = 1.0


def rows_of(paper: Paper, panel: Panel | Grid, wide: float) -> list[list[Entry]]:
    """The entries in as many rows as they need, in order; none where there is only one thing to see."""
    entries = [] if isinstance(panel, Grid) else list(_entries(panel))
    if len(entries) < 2:
        return []
    rows: list[list[Entry]] = [[]]
    for entry in entries:
        if rows[-1] and sum(_width(paper, each) for each in (*rows[-1], entry)) - NEXT > wide:
            rows.append([])
        rows[-1].append(entry)
    return rows


def draw_row(paper: Paper, row: list[Entry], left: float, middle: float) -> None:
    """One row from `left` on, at this height."""
    for entry in row:
        _sign(paper, entry, left, middle)
        paper.words((left + SIGN + GAP, middle), entry.words, SIZE, SOFT)
        left += _width(paper, entry)


def draw_shades(paper: Paper, grid: Grid, left: float, middle: float) -> None:
    """What the colours of a calendar mean, from none to all."""
    none, every = (legible(words) for words in grid.ends)
    paper.words((left, middle), none, SIZE, SOFT)
    left += paper.width(none, SIZE) + GAP
    corners = [_box(left + n * 0.3, middle, 0.26, 0.22) for n in range(SHADES)]
    paper.areas(corners, [shade(n / (SHADES - 1)) for n in range(SHADES)], edge=SOFT)
    paper.words((left + SHADES * 0.3 + GAP / 2, middle), every, SIZE, SOFT)


def _entries(panel: Panel) -> Iterator[Entry]:
    curves = sum(isinstance(layer, Curve) for layer in panel.layers)
    number = 0
    for layer in panel.layers:
        match layer:
            case Curve():
                sign = SIGNS[number] if layer.marks and curves > 1 else ""
                yield Entry(legible(layer.name, f"#{number + 1}"), "line", LINES[number if curves > 1 else 0], sign)
                number += 1
            case Dots():
                yield Entry(legible(layer.name), "dot", SOFT)
            case Band():
                yield Entry(legible(layer.name), "field", MAIN, alpha=0.35)
            case Level():
                yield Entry(legible(layer.name), "dashes", GOAL)
            case Span():
                yield Entry(legible(layer.name), "field", INK, alpha=0.25)
            case Stack(names=names) if len(names) > 1:
                for part, name in enumerate(names):
                    yield Entry(legible(name), "field", PARTS[part], pattern=PATTERNS[part])
            case Stack(names=names):
                yield Entry(legible(names[0]), "field", PARTS[0])


def _width(paper: Paper, entry: Entry) -> float:
    return SIGN + GAP + paper.width(entry.words, SIZE) + NEXT


def _sign(paper: Paper, entry: Entry, left: float, middle: float) -> None:
    ends = [(left, middle), (left + SIGN, middle)]
    if entry.look in ("line", "dashes"):
        paper.line(ends, entry.colour, 3, dash=entry.look == "dashes")
        if entry.sign:
            paper.signs([(left + SIGN / 2, middle)], entry.sign, entry.colour, 9)
    elif entry.look == "dot":
        paper.signs([(left + SIGN / 2, middle)], "o", entry.colour, 7)
    else:
        corners = _box(left, middle, SIGN, 0.2)
        paper.areas([corners], entry.colour, alpha=entry.alpha, edge=GROUND, pattern=entry.pattern)


def _box(left: float, middle: float, wide: float, tall: float) -> list[tuple[float, float]]:
    low, high = middle - tall / 2, middle + tall / 2
    return [(left, low), (left, high), (left + wide, high), (left + wide, low)]

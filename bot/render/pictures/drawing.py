"""A chart as a PNG: the title, then each panel with its name, its key and its scales, from top to bottom."""

from dataclasses import dataclass
from typing import Final

from agents.domain.charts.chart import Chart, Grid, Panel
from bot.render.pictures import keys
from bot.render.pictures.calendar import draw_calendar
from bot.render.pictures.lettering import legible
from bot.render.pictures.palette import INK, RULE, SOFT
from bot.render.pictures.paper import Paper
from bot.render.pictures.plot import Plot, draw_layers, plot_of
from bot.render.pictures.scales import day_marks, number_words, round_marks

WIDE: Final = 7.2  # inches: 1,080 dots, as sharp as Telegram keeps a photo on a phone
LEFT, RIGHT, TITLE_LEFT = 0.95, 0.45, 0.3
HEAD: Final = 0.85  # inches for the title
NAME, AIR, SCALE = 0.42, 0.16, 0.62  # inches of a panel's name, above its axes, of its days with air below
ALONE, EACH = 3.6, 1.6  # inches of the axes of a panel alone, and of each of several
SMALL, PLAIN, LARGE = 14.5, 16.5, 22.0  # points at 150 dots an inch: 10, 11 and 15 on a phone
MIME: Final = "image/png"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A panel, the rows of its key, and the inches it takes."""

    panel: Panel | Grid
    rows: list[list[keys.Entry]]
    is_named: bool
    axes: float

    @property
    def above(self) -> float:
        """What stands over the axes."""
        count = 1 if isinstance(self.panel, Grid) else len(self.rows)
        return AIR + keys.ROW * count + (NAME if self.is_named else 0)

    @property
    def tall(self) -> float:
        """All of it."""
        return self.above + self.axes + SCALE


def drawn(chart: Chart) -> bytes:
    """The picture's bytes; the same for the same chart. Not for two threads at once."""
    is_alone = len(chart.panels) == 1
    measuring = Paper(WIDE, 1)
    slots = [
        _Slot(panel, keys.rows_of(measuring, panel, WIDE - LEFT - RIGHT), not is_alone, ALONE if is_alone else EACH)
        for panel in chart.panels
    ]
    tall = HEAD + sum(slot.tall for slot in slots)
    paper = Paper(WIDE, tall)
    _title(paper, chart, tall)
    top = tall - HEAD
    for slot in slots:
        _slot(paper, slot, chart, top)
        top -= slot.tall
    return paper.png()


def _title(paper: Paper, chart: Chart, tall: float) -> None:
    paper.words((TITLE_LEFT, tall - 0.46), legible(chart.title), LARGE, INK, is_bold=True)
    alone = chart.panels[0] if len(chart.panels) == 1 else None
    if isinstance(alone, Panel):
        paper.words((WIDE - RIGHT, tall - 0.46), legible(alone.unit), PLAIN, SOFT, align="right")


def _slot(paper: Paper, slot: _Slot, chart: Chart, top: float) -> None:
    if slot.is_named:
        unit = slot.panel.unit if isinstance(slot.panel, Panel) else ""
        words = " ".join(filter(None, (legible(slot.panel.name), f"({legible(unit)})" if legible(unit) else "")))
        paper.words((TITLE_LEFT, top - NAME / 2), words, PLAIN, INK)
        top -= NAME
    box = (LEFT, top - slot.above + (NAME if slot.is_named else 0) - slot.axes, WIDE - LEFT - RIGHT, slot.axes)
    if isinstance(slot.panel, Grid):
        keys.draw_shades(paper, slot.panel, LEFT, top - keys.ROW / 2)
        draw_calendar(paper, slot.panel, chart, box)
        return
    for number, row in enumerate(slot.rows):
        keys.draw_row(paper, row, LEFT, top - keys.ROW * (number + 0.5))
    plot = plot_of(slot.panel, *box)
    _scales(paper, plot, slot.panel, chart)
    draw_layers(paper, plot, slot.panel.layers)


def _scales(paper: Paper, plot: Plot, panel: Panel, chart: Chart) -> None:
    """Thin lines across with their numbers, and the days below."""
    marks = round_marks(plot.low, plot.high)
    for mark, words in zip(marks, number_words(marks), strict=True):
        paper.line([(plot.left, plot.y(mark)), (plot.left + plot.wide, plot.y(mark))], RULE, 1)
        if panel.shows_figures:
            paper.words((plot.left - 0.12, plot.y(mark)), words, SMALL, SOFT, align="right")
    for on, words in day_marks(panel.first, panel.last, chart.months, chart.weekdays):
        paper.words((plot.x(on), plot.bottom - 0.24), legible(words), SMALL, SOFT, align="center")

"""A calendar of shares: a field a day, weeks from left to right, a dot where nothing was planned."""

from datetime import timedelta
from typing import Final

from agents.domain.charts.chart import Chart, Grid
from bot.render.pictures.lettering import legible
from bot.render.pictures.palette import SOFT, shade
from bot.render.pictures.paper import Paper

LEAST_COLUMNS: Final = 8  # a few weeks do not become bars
EDGED: Final = 20  # weeks; more fields are too small for an edge
FIELD: Final = 0.84  # of a place; the rest is air
SMALL: Final = 14.5
MOST_MARKS: Final = 5


def draw_calendar(paper: Paper, grid: Grid, chart: Chart, box: tuple[float, float, float, float]) -> None:
    """The fields with their days; `box` is left, bottom, width and height in inches."""
    left, bottom, wide, tall = box
    across, up = wide / max(LEAST_COLUMNS, len(grid.weeks)), tall / 7
    fields, shades, free = [], [], []
    for week, days in enumerate(grid.weeks):
        for day, share in enumerate(days):
            x, y = left + (week + 0.5) * across, bottom + (6.5 - day) * up
            if share is None:
                free.append((x, y))
            else:
                fields.append(_square(x, y, across * FIELD / 2, up * FIELD / 2))
                shades.append(shade(share))
    if fields:
        paper.areas(fields, shades, edge=SOFT if len(grid.weeks) <= EDGED else "none")
    if free:
        paper.signs(free, "o", SOFT, 2.5, alpha=0.7)
    for day, name in enumerate(chart.weekdays):
        paper.words((left - 0.12, bottom + (6.5 - day) * up), legible(name), SMALL, SOFT, align="right")
    _mondays(paper, grid, chart, left, bottom, across)


def _mondays(paper: Paper, grid: Grid, chart: Chart, left: float, bottom: float, across: float) -> None:
    """The first days of as many weeks as have room, the last week among them."""
    step = max(1, -(-max(LEAST_COLUMNS, len(grid.weeks)) // MOST_MARKS))
    for week in range(len(grid.weeks) - 1, -1, -step):
        on = grid.first + timedelta(weeks=week)
        words = legible(f"{on.day} {chart.months[on.month - 1]}")
        paper.words((left + (week + 0.5) * across, bottom - 0.24), words, SMALL, SOFT, align="center")


def _square(x: float, y: float, half: float, high: float) -> list[tuple[float, float]]:
    return [(x - half, y - high), (x - half, y + high), (x + half, y + high), (x + half, y - high)]

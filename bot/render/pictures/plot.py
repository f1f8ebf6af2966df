"""A rectangle of the paper on which days go sideways and values upwards, and the layers drawn into it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from agents.domain.charts.chart import Band, Curve, Dots, Layer, Level, Panel, Span, Stack
from bot.render.pictures.palette import GOAL, GROUND, INK, LINES, MAIN, PARTS, PATTERNS, SIGNS, SOFT
from bot.render.pictures.paper import Paper, Spot

DENSE: Final = 60  # points; more are drawn smaller
AIR: Final = 0.07  # above and below the data, of its height
SIDE_DAYS, SIDE_SHARE = 0.6, 0.02  # free at both sides: days, or more of a long time


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle in inches, the days at its sides and the values at its ends."""

    left: float
    bottom: float
    wide: float
    tall: float
    first: float
    last: float
    low: float
    high: float

    def x(self, on: date | float) -> float:
        """Where a day stands."""
        day = on.toordinal() if isinstance(on, date) else on
        return self.left + self.wide * (day - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """Where a value stands."""
        return self.bottom + self.tall * (value - self.low) / (self.high - self.low)

    def spot(self, on: date | float, value: float) -> Spot:
        """Where a value of a day stands."""
        return self.x(on), self.y(value)

    def across(self, low: float, high: float) -> list[Spot]:
        """The corners of a strip over the whole width."""
        right = self.left + self.wide
        return [(self.left, self.y(low)), (self.left, self.y(high)), (right, self.y(high)), (right, self.y(low))]


def plot_of(panel: Panel, left: float, bottom: float, wide: float, tall: float) -> Plot:
    """The scales of a panel: what it fixes, and never less than its layers need."""
    values = [value for layer in panel.layers for value in _values(layer)] or [0.0]
    low = min(values) if panel.low is None else min(panel.low, *values)
    high = max(values) if panel.high is None else max(panel.high, *values)
    if high - low < 1e-6:
        low, high = low - 1, high + 1
    air = (high - low) * AIR
    side = max(SIDE_DAYS, (panel.last - panel.first).days * SIDE_SHARE, *_halves(panel))
    first, last = panel.first.toordinal() - side, panel.last.toordinal() + side
    return Plot(left, bottom, wide, tall, first, last, low if panel.low == 0 else low - air, high + air)


def _values(layer: Layer) -> Iterator[float]:
    match layer:
        case Dots():
            yield from (value for _, value in layer.points)
        case Curve():
            yield from (value for run in layer.runs for _, value in run)
        case Band():
            yield from (value for run in layer.runs for _, *ends in run for value in ends)
        case Level():
            yield layer.value
        case Span():
            yield from (layer.low, layer.high)
        case Stack():
            yield from (sum(values) for _, values in layer.columns)


def _halves(panel: Panel) -> list[float]:
    """Half a bar's width, so that the bars of the first and the last day are whole; 0 where there are none."""
    return [0.0, *(layer.days / 2 for layer in panel.layers if isinstance(layer, Stack) and layer.days < 1)]


def draw_layers(paper: Paper, plot: Plot, layers: tuple[Layer, ...]) -> None:
    """All layers; curves that stand beside others differ in colour and sign."""
    curves = [layer for layer in layers if isinstance(layer, Curve)]
    for layer in layers:
        number = curves.index(layer) if isinstance(layer, Curve) and len(curves) > 1 else 0
        _DRAWN[type(layer)](paper, plot, layer, number)


def _dots(paper: Paper, plot: Plot, layer: Dots, _: int) -> None:
    size = 7 if len(layer.points) <= DENSE else 4.5 if len(layer.points) <= 3 * DENSE else 3
    paper.signs([plot.spot(*point) for point in layer.points], "o", SOFT, size, alpha=0.8)


def _curve(paper: Paper, plot: Plot, layer: Curve, number: int) -> None:
    is_dense = sum(map(len, layer.runs)) > DENSE
    for run in layer.runs:
        spots = [plot.spot(*point) for point in run]
        if len(spots) > 1:
            paper.line(spots, LINES[number], 2.5 if layer.marks and is_dense else 3.5)
        if len(spots) == 1 or (layer.marks and not is_dense):
            paper.signs(spots, SIGNS[number], LINES[number], 9)


def _band(paper: Paper, plot: Plot, layer: Band, _: int) -> None:
    for run in layer.runs:
        days = [float(on.toordinal()) for on, _, _ in run]
        low, high = [low for _, low, _ in run], [high for _, _, high in run]
        if len(run) == 1:  # one day is drawn as wide as a day
            days, low, high = [days[0] - 0.5, days[0] + 0.5], low * 2, high * 2
        under = [plot.spot(*point) for point in zip(days, low, strict=True)]
        over = [plot.spot(*point) for point in zip(days, high, strict=True)]
        paper.areas([[*under, *reversed(over)]], MAIN, alpha=0.22)


def _level(paper: Paper, plot: Plot, layer: Level, _: int) -> None:
    height = plot.y(layer.value)
    paper.line([(plot.left, height), (plot.left + plot.wide, height)], GOAL, 2.5, dash=True)


def _span(paper: Paper, plot: Plot, layer: Span, _: int) -> None:
    paper.areas([plot.across(layer.low, layer.high)], INK, alpha=0.16)
    for edge in (layer.low, layer.high):
        paper.line([(plot.left, plot.y(edge)), (plot.left + plot.wide, plot.y(edge))], SOFT, 1, alpha=0.6)


def _stack(paper: Paper, plot: Plot, layer: Stack, _: int) -> None:
    bottoms = [0.0] * len(layer.columns)
    for part in range(len(layer.names)):
        corners = []
        for place, (on, values) in enumerate(layer.columns):
            low, day = bottoms[place], on.toordinal() - layer.days / 2
            bottoms[place] = high = low + values[part]
            ends = ((day, low), (day, high), (day + layer.days, high), (day + layer.days, low))
            corners.append([plot.spot(*end) for end in ends])
        paper.areas(corners, PARTS[part], edge=GROUND, pattern=PATTERNS[part])


_DRAWN: Final[dict[type, Callable[[Paper, Plot, Any, int], None]]] = {
    Dots: _dots,
    Curve: _curve,
    Band: _band,
    Level: _level,
    Span: _span,
    Stack: _stack,
}

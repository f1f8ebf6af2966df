"""What is drawn on: lines, signs, areas and words in inches from the lower left. The one home of matplotlib.

It is imported with the first picture. Its figures and artists are used, its axes are not: those cost three times as
much time as all the rest. The settings of a machine are left aside, so that the same drawing gives the same bytes.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from bot.render.pictures.lettering import font
from bot.render.pictures.palette import GROUND
from bot.render.pictures.png import png

if TYPE_CHECKING:
    from matplotlib.artist import Artist

DOTS_PER_INCH: Final = 150
Spot = tuple[float, float]
Align = Literal["left", "center", "right"]


class Paper:
    """One picture while it is drawn. Not for two threads at once. Later things lie above earlier ones."""

    def __init__(self, wide: float, tall: float) -> None:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        mpl.rcdefaults()
        mpl.rcParams["hatch.color"], mpl.rcParams["hatch.linewidth"] = GROUND, 1.2
        self._figure = Figure(figsize=(wide, tall), dpi=DOTS_PER_INCH, facecolor=GROUND)
        self._canvas = FigureCanvasAgg(self._figure)
        self._order = 1.0

    def line(self, spots: Sequence[Spot], colour: str, width: float, *, dash: bool = False, alpha: float = 1.0) -> None:
        """A line through these spots, so many points wide."""
        from matplotlib.lines import Line2D

        across, up = zip(*spots, strict=True)
        style = (0, (3.0, 2.0)) if dash else "-"
        self._add(Line2D(across, up, color=colour, lw=width, ls=style, alpha=alpha, solid_capstyle="round"))

    def signs(self, spots: Sequence[Spot], sign: str, colour: str, size: float, *, alpha: float = 1.0) -> None:
        """A sign at each of these spots."""
        from matplotlib.lines import Line2D

        across, up = zip(*spots, strict=True)
        edge = 0.0 if alpha < 1 else 1.0
        made = Line2D(
            across, up, ls="", marker=sign, color=colour, markersize=size, markeredgecolor=GROUND, markeredgewidth=edge,
            alpha=alpha,
        )  # fmt: skip
        self._add(made)

    def areas(
        self, corners: Sequence[Sequence[Spot]], colours: Sequence[object] | str, *, alpha: float = 1.0,
        edge: str = "none", pattern: str = "",
    ) -> None:  # fmt: skip
        """Filled shapes, in one colour or in one each."""
        from matplotlib.collections import PolyCollection

        made = PolyCollection(
            corners, facecolors=colours, edgecolors=edge, linewidths=0.8, hatch=pattern or None, alpha=alpha
        )
        self._add(made)

    def words(
        self, spot: Spot, text: str, size: float, colour: str, *, align: Align = "left", is_bold: bool = False
    ) -> None:
        """Words on one line, their middle at this height."""
        from matplotlib.text import Text

        if text:
            face = font(size, is_bold=is_bold)
            made = Text(*spot, text, color=colour, fontproperties=face, ha=align, va="center_baseline")
            made.set_parse_math(False)
            self._add(made)

    def width(self, text: str, size: float) -> float:
        """How wide words are, in inches."""
        renderer = self._canvas.get_renderer()  # type: ignore[no-untyped-call]  # theirs
        found = renderer.get_text_width_height_descent(text, font(size), ismath=False)
        return float(found[0]) / DOTS_PER_INCH

    def png(self) -> bytes:
        """The picture's bytes."""
        self._canvas.draw()  # type: ignore[no-untyped-call]  # theirs
        wide, tall = self._canvas.get_width_height(physical=True)
        pixels = bytes(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]  # theirs
        return png(pixels, wide, tall)

    def _add(self, made: "Artist") -> None:
        self._order += 0.001
        made.set_zorder(self._order)
        made.set_transform(self._figure.dpi_scale_trans)
        self._figure.add_artist(made)

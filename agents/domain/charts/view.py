"""One subject seen: its panels, and the same in a sentence. Views become one chart, alone or together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from agents.domain.charts.chart import MOST_PANELS, Chart, Grid, Panel
from agents.domain.charts.words import Say, months, weekdays

Subject = Literal["weight", "macros", "adherence", "strength", "sleep", "cycle"]


@dataclass(frozen=True, slots=True)
class View:
    """What there is to see of one subject. `words` say all that the panels show."""

    subject: Subject
    title: str
    panels: tuple[Panel | Grid, ...]
    words: str


def chart_of(view: View, say: Say) -> Chart:
    """A picture of one subject."""
    return Chart(f"keel-{view.subject}.png", view.title, view.words, view.panels, months(say), weekdays(say))


def chart_together(title: str, views: Sequence[View], say: Say) -> Chart:
    """A picture of several subjects: the first panel of each, as many as can be read; all of their words."""
    shown = views[:MOST_PANELS]
    words = " ".join(view.words for view in shown)
    panels = tuple(view.panels[0] for view in shown)
    return Chart("keel-progress.png", title, words, panels, months(say), weekdays(say))

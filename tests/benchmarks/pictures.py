"""How long a picture takes to draw, after the first one of the process, and what that first one costs."""

import time
from statistics import median

from agents.domain import charts
from agents.domain.charts import Chart
from tests.benchmarks.figures import Figure, percentile
from tests.support.lookback import PERSON, TARGETS, history, say

BUDGET_MS = 150.0
ROUNDS = 10


def run(rounds: int = ROUNDS) -> list[Figure]:
    """Every picture of a season and of a year, and the week's of four panels, processor time."""
    from bot.render.pictures.drawing import drawn

    panel = _panel()
    first = _ms(drawn, panel[0])
    times: list[float] = []
    sizes: list[float] = []
    for chart in panel * rounds:
        times.append(_ms(drawn, chart))
        sizes.append(len(drawn(chart)) / 1000)
    return [
        Figure("a picture, median", median(times), budget=BUDGET_MS),
        Figure("a picture, p99", percentile(times, 0.99), budget=BUDGET_MS),
        Figure("the first picture of a process, imports included", first),
        Figure("the largest picture", max(sizes), unit="kB", digits=0),
    ]


def _panel() -> list[Chart]:
    found = []
    for days in (84, 365):
        known = history(days)
        views = (
            charts.weight(known, PERSON, say), charts.macros(known, PERSON, TARGETS, say),
            charts.adherence(known, PERSON, say), charts.strength(known, PERSON, say),
            charts.sleep(known, PERSON, say), charts.cycle(known, PERSON, say),
        )  # fmt: skip
        made = [view for view in views if view is not None]
        found += [charts.chart_of(view, say) for view in made]
        found.append(charts.chart_together("Together", made, say))
    return found


def _ms(drawn: object, chart: Chart) -> float:
    started = time.process_time()
    drawn(chart)  # type: ignore[operator]
    return 1000 * (time.process_time() - started)

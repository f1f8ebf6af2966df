"""What can be seen (product.md F80): one person's history becomes views, and views become charts.

The edge draws them (bot.render.pictures); nothing here knows how.
"""

from agents.domain.charts.adherence import adherence
from agents.domain.charts.chart import Chart
from agents.domain.charts.cycle import cycle
from agents.domain.charts.history import History
from agents.domain.charts.macros import macros
from agents.domain.charts.plain import read, written
from agents.domain.charts.sleep import sleep
from agents.domain.charts.strength import strength
from agents.domain.charts.view import Subject, View, chart_of, chart_together
from agents.domain.charts.weight import weight, weight_trend
from agents.domain.charts.words import Say

__all__ = [
    "Chart", "History", "Say", "Subject", "View", "adherence", "chart_of", "chart_together", "cycle", "macros", "read",
    "sleep", "strength", "weight", "weight_trend", "written",
]  # fmt: skip

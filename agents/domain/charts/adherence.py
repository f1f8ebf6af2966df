"""What was done of the plan, as a calendar. A day left out is a pale field, never a red one (science.md B-1)."""

from datetime import timedelta
from typing import Final

from agents.domain.charts.chart import Grid
from agents.domain.charts.history import History
from agents.domain.charts.shown import is_in_care, shows_figures
from agents.domain.charts.view import View
from agents.domain.charts.words import Say
from agents.domain.profile import Profile

LEAST_WEEKS: Final = 4
MOST_WEEKS: Final = 53


def adherence(history: History, profile: Profile, say: Say) -> View | None:
    """The view of the plan's days; None where nothing was planned yet, and in care mode (E8)."""
    days = {day.on: day.done / day.planned for day in history.kept if day.planned}
    if not days or is_in_care(profile):
        return None
    first = min(days)
    first -= timedelta(days=first.weekday())
    last = history.last - timedelta(days=history.last.weekday())
    first = max(min(first, last - timedelta(weeks=LEAST_WEEKS - 1)), last - timedelta(weeks=MOST_WEEKS - 1))
    weeks = tuple(
        tuple(days.get(first + timedelta(days=7 * week + day)) for day in range(7))
        for week in range((last - first).days // 7 + 1)
    )
    title = say("see-adherence-title")
    grid = Grid(title, first, weeks, (say("see-adherence-none"), say("see-adherence-all")))
    return View("adherence", title, (grid,), _words(history, profile, say))


def _words(history: History, profile: Profile, say: Say) -> str:
    planned = sum(day.planned for day in history.kept)
    done = sum(day.done for day in history.kept)
    days = sum(day.done > 0 for day in history.kept)
    if not shows_figures(profile):
        return say("see-adherence-words-hidden")
    return say("see-adherence-words", done=round(done, 1) if done % 1 else round(done), planned=planned, days=days)

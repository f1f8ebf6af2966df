"""Cycle: how long each one was, for who agreed to keep it (science.md C-1). Nothing is predicted here."""

from datetime import timedelta
from itertools import pairwise
from typing import Final

from agents.domain.charts.chart import Panel, Stack
from agents.domain.charts.history import History
from agents.domain.charts.shown import shows_figures
from agents.domain.charts.view import View
from agents.domain.charts.words import Say
from agents.domain.profile import Profile

SHORTEST, LONGEST = 15, 90  # days; C-1: what lies outside is no cycle
BAR_DAYS: Final = 18.0


def cycle(history: History, profile: Profile, say: Say) -> View | None:
    """The view of whole cycles, each bar at its first day; None before the second period."""
    starts = sorted(period.first for period in history.periods)
    lengths = [(start, (end - start).days) for start, end in pairwise(starts)]
    lengths = [(start, days) for start, days in lengths if SHORTEST <= days <= LONGEST]
    if not lengths:
        return None
    shows = shows_figures(profile)
    stack = Stack((say("see-cycle-days"),), tuple((start, (float(days),)) for start, days in lengths), BAR_DAYS)
    title, first = say("see-cycle-title"), lengths[0][0] - timedelta(days=BAR_DAYS // 2)
    top = max(40.0, *(float(days) for _, days in lengths))
    panel = Panel(say("see-cycle-days"), first, history.last, (stack,), "", 0, top, shows)
    days = [days for _, days in lengths]
    words = say("see-cycle-words", count=len(days), low=min(days), high=max(days)) if shows else say("see-cycle-hidden")
    return View("cycle", title, (panel,), words)

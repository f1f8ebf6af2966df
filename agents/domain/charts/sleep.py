"""Sleep and energy: hours of the night beside how the day felt (science.md R-20)."""

from datetime import date, timedelta
from itertools import groupby
from typing import Final

from agents.domain.charts.chart import Curve, Layer, Panel, Point, Span, Stack
from agents.domain.charts.history import History
from agents.domain.charts.shown import shows_figures
from agents.domain.charts.view import View
from agents.domain.charts.words import Say
from agents.domain.life_stage import is_minor
from agents.domain.profile import Profile

ADULT_HOURS, TEEN_HOURS = (7.0, 9.0), (8.0, 10.0)
NEIGHBOURS: Final = timedelta(days=2)  # days further apart are not joined by a line
MOST_ENERGY: Final = 10.0
DAYS_EACH: Final = 120  # a longer time is drawn by weeks


def sleep(history: History, profile: Profile, say: Say) -> View | None:
    """The view of nights and days; None where neither was told."""
    if not history.sleep and not history.energy:
        return None
    first = min(points[0][0] for points in (history.sleep, history.energy) if points)
    first = min(first, history.last - timedelta(days=6))
    panels = [
        *([_nights(history, profile, first, say)] if history.sleep else []),
        *([_days(history, profile, first, say)] if history.energy else []),
    ]
    return View("sleep", say("see-sleep-title"), tuple(panels), _words(history, profile, say))


def _nights(history: History, profile: Profile, first: date, say: Say) -> Panel:
    low, high = TEEN_HOURS if is_minor(profile) else ADULT_HOURS
    by_week = (history.last - first).days > DAYS_EACH
    nights = _weekly(history.sleep) if by_week else history.sleep
    layers: tuple[Layer, ...] = (
        Span(say("see-sleep-span"), low, high),
        Stack((say("see-sleep-hours"),), tuple((on, (hours,)) for on, hours in nights), 5 if by_week else 0.7),
    )
    top = max(high + 1, *(hours for _, hours in nights))
    shows = shows_figures(profile)
    return Panel(say("see-sleep-hours"), first, history.last, layers, "h" if shows else "", 0, top, shows)


def _days(history: History, profile: Profile, first: date, say: Say) -> Panel:
    by_week = (history.last - first).days > DAYS_EACH
    runs = _runs(_weekly(history.energy), NEIGHBOURS * 7) if by_week else _runs(history.energy, NEIGHBOURS)
    shows = shows_figures(profile)
    name = say("see-energy" if shows else "see-energy-hidden")
    return Panel(name, first, history.last, (Curve(name, runs, marks=True),), "", 0, MOST_ENERGY, shows)


def _weekly(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The mean of each calendar week, on its Thursday."""
    weeks = groupby(points, key=lambda point: point[0] - timedelta(days=point[0].weekday()))
    values = ((monday, [value for _, value in week]) for monday, week in weeks)
    return tuple((monday + timedelta(days=3), sum(known) / len(known)) for monday, known in values)


def _runs(points: tuple[Point, ...], most: timedelta) -> tuple[tuple[Point, ...], ...]:
    number, numbered = 0, []
    for place, point in enumerate(points):
        number += place > 0 and point[0] - points[place - 1][0] > most
        numbered.append((number, point))
    return tuple(tuple(point for _, point in run) for _, run in groupby(numbered, key=lambda pair: pair[0]))


def _words(history: History, profile: Profile, say: Say) -> str:
    if not shows_figures(profile):
        return say("see-sleep-words-hidden")
    parts = []
    if history.sleep:
        mean = sum(hours for _, hours in history.sleep) / len(history.sleep)
        parts.append(say("see-sleep-words", count=len(history.sleep), hours=f"{mean:.1f}"))
    if history.energy:
        mean = sum(score for _, score in history.energy) / len(history.energy)
        parts.append(say("see-energy-words", count=len(history.energy), score=f"{mean:.1f}"))
    return " ".join(parts)

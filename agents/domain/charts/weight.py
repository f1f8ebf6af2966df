"""Weight: what the scale said, the trend in it with its band, and the goal (science.md K-30)."""

from datetime import date, timedelta
from itertools import groupby
from typing import Final

from agents.domain.charts.chart import Band, Curve, Dots, Layer, Level, Panel
from agents.domain.charts.history import History
from agents.domain.charts.shown import goal_kg, is_in_care, shows_body
from agents.domain.charts.trend import NOISE_FROM, TrendPoint, trend
from agents.domain.charts.view import View
from agents.domain.charts.words import Say, day
from agents.domain.forecast import POUNDS_PER_KG
from agents.domain.life_stage import spares_weight
from agents.domain.profile import Profile

LONGEST_GAP: Final = timedelta(days=21)  # K-34: after that the old trend says little
FOUR_WEEKS: Final = timedelta(days=28)
STEADY_SHARE: Final = 0.005  # of body weight in four weeks: inside the swing of the scale
LEAST_SPAN_KG: Final = 3.0  # a scale that is finer than the noise shows drama where there is none
GOAL_FAR: Final = 0.12  # of body weight; a goal further off would press the curve flat


def weight(history: History, profile: Profile, say: Say) -> View | None:
    """The view of the weight; None without a weigh-in, and for who is better off without it (E8)."""
    if not history.weights or is_in_care(profile):
        return None
    points, factor = trend(history.weights), _factor(profile)
    panel = _panel(history, profile, points, factor, say)
    return View("weight", say("see-weight-title"), (panel,), _words(history, profile, points, say))


def weight_trend(history: History, profile: Profile, say: Say) -> str:
    """The trend and its way of four weeks in one sentence, for who may see figures. Needs a weigh-in."""
    points, factor, name = trend(history.weights), _factor(profile), unit(profile)
    before, kg = _before(points, points[-1].on - FOUR_WEEKS), f"{points[-1].kg * factor:.1f}"
    change = points[-1].kg - before.kg if before else 0.0
    if before is None or abs(change) < STEADY_SHARE * before.kg:
        return say("week-weight-steady" if before else "week-weight-few", kg=kg, unit=name)
    key = "week-weight-down" if change < 0 else "week-weight-up"
    return say(key, kg=kg, unit=name, change=f"{abs(change) * factor:.1f}")


def unit(profile: Profile) -> str:
    """How the person's weights are called."""
    return "lb" if profile.units == "imperial" else "kg"


def _factor(profile: Profile) -> float:
    return POUNDS_PER_KG if profile.units == "imperial" else 1.0


def _panel(history: History, profile: Profile, points: tuple[TrendPoint, ...], factor: float, say: Say) -> Panel:
    runs = _runs(points)
    layers: list[Layer] = [
        Dots(say("see-weight-dots"), tuple((on, kg * factor) for on, kg in history.weights)),
        Curve(say("see-weight-trend"), tuple(tuple((p.on, p.kg * factor) for p in run) for run in runs)),
    ]
    if len(points) >= NOISE_FROM:
        reach = tuple(
            tuple((p.on, (p.kg - p.swing_kg) * factor, (p.kg + p.swing_kg) * factor) for p in run) for run in runs
        )
        layers.insert(0, Band(say("see-weight-band"), reach))
    goal = goal_kg(profile)
    if goal is not None and abs(goal - points[-1].kg) <= GOAL_FAR * points[-1].kg:
        layers.append(Level(say("see-weight-goal"), goal * factor))
    values = [kg for _, kg in history.weights]
    middle, half = (max(values) + min(values)) / 2, max(LEAST_SPAN_KG, max(values) - min(values)) / 2
    low, high = (middle - half) * factor, (middle + half) * factor
    name, first = say("see-weight-title"), min(history.weights[0][0], history.last - timedelta(days=6))
    shows = shows_body(profile)
    return Panel(name, first, history.last, tuple(layers), unit(profile) if shows else "", low, high, shows)


def _runs(points: tuple[TrendPoint, ...]) -> list[list[TrendPoint]]:
    """Cut where the scale was silent for long."""
    number, numbered = 0, []
    for place, point in enumerate(points):
        number += place > 0 and point.on - points[place - 1].on > LONGEST_GAP
        numbered.append((number, point))
    return [[point for _, point in run] for _, run in groupby(numbered, key=lambda pair: pair[0])]


def _words(history: History, profile: Profile, points: tuple[TrendPoint, ...], say: Say) -> str:
    """The number of weigh-ins, the trend with its swing, the way of four weeks, and the goal."""
    since, until = history.weights[0][0], points[-1].on
    with_year = since.year != until.year
    days = {"since": day(since, say, with_year=with_year), "until": day(until, say, with_year=with_year)}
    if not shows_body(profile):
        return say("see-weight-count-hidden", **days)
    parts = [
        say("see-weight-count", count=len(history.weights), **days),
        _now(points, profile, say),
        "" if spares_weight(profile) else _way(points, profile, say),
    ]
    goal = goal_kg(profile)
    if goal is not None:
        parts.append(say("see-weight-goal-words", kg=f"{goal * _factor(profile):.1f}", unit=unit(profile)))
    return " ".join(filter(None, parts))


def _now(points: tuple[TrendPoint, ...], profile: Profile, say: Say) -> str:
    """The newest trend; how far the scale swings only once that is known."""
    now, factor, name = points[-1], _factor(profile), unit(profile)
    low, kg, high = (f"{value * factor:.1f}" for value in (now.kg - now.swing_kg, now.kg, now.kg + now.swing_kg))
    if len(points) < NOISE_FROM:
        return say("see-weight-one" if len(points) == 1 else "see-weight-few", kg=kg, unit=name)
    return say("see-weight-now", kg=kg, unit=name, low=low, high=high)


def _way(points: tuple[TrendPoint, ...], profile: Profile, say: Say) -> str:
    """What four weeks did to the trend; nothing where there were not four."""
    before = _before(points, points[-1].on - FOUR_WEEKS)
    if before is None:
        return ""
    change = points[-1].kg - before.kg
    if abs(change) < STEADY_SHARE * before.kg:
        return say("see-weight-steady")
    way = "down" if change < 0 else "up"
    return say(f"see-weight-{way}", kg=f"{abs(change) * _factor(profile):.1f}", unit=unit(profile))


def _before(points: tuple[TrendPoint, ...], on: date) -> TrendPoint | None:
    """The trend of about that day."""
    close = [point for point in points if abs((point.on - on).days) <= 4]
    return min(close, key=lambda point: abs((point.on - on).days), default=None)

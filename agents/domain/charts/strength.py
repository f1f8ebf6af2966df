"""Strength: the estimated one-repetition maximum of the lifts that are trained most (science.md T-1, T-2)."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Final

from agents.domain.charts.chart import Curve, Panel, Point
from agents.domain.charts.history import History, Lift
from agents.domain.charts.shown import shows_figures
from agents.domain.charts.view import View
from agents.domain.charts.weight import unit
from agents.domain.charts.words import Say
from agents.domain.forecast import POUNDS_PER_KG
from agents.domain.life_stage import is_minor, is_pregnant
from agents.domain.profile import Profile
from agents.domain.strength import one_rep_max_kg, rir_of_rpe

MOST_LIFTS: Final = 4  # more lines cannot be told apart
ROOM: Final = 0.05  # of the load, below and above; a finer scale makes much of little
LONGEST_NAME: Final = 24  # characters beside a line's sign


def strength(history: History, profile: Profile, say: Say) -> View | None:
    """The view of up to four lifts; None without a set of ten repetitions or fewer with a load."""
    best = _best(history)
    if not best:
        return None
    factor = POUNDS_PER_KG if profile.units == "imperial" else 1.0
    curves = tuple(
        Curve(_short(name), (tuple((on, kg * factor) for on, kg in points),), marks=True)
        for name, points in best.items()
    )
    first = min(min(points)[0] for points in best.values())
    first = min(first, history.last - timedelta(days=6))
    # Figures of a maximum are nothing for the young and the pregnant (S-120, T-1).
    shows = shows_figures(profile) and not (is_minor(profile) or is_pregnant(profile) or profile.age is None)
    title = say("see-strength-title")
    values = [kg * factor for points in best.values() for _, kg in points]
    low, high = min(values) * (1 - ROOM), max(values) * (1 + ROOM)
    panel = Panel(title, first, history.last, curves, unit(profile) if shows else "", low, high, shows)
    return View("strength", title, (panel,), _words(best, profile, say, shows=shows))


def estimate_kg(lift: Lift) -> float | None:
    """T-1: what this set says about the maximum; None beyond ten repetitions, reserve included."""
    if lift.weight_kg <= 0 or lift.reps < 1:
        return None
    rir = 0.0 if lift.rpe is None else max(0.0, rir_of_rpe(lift.rpe))
    return one_rep_max_kg(lift.weight_kg, lift.reps, rir=rir)


def _best(history: History) -> dict[str, list[Point]]:
    """The best of each day for the lifts with the most days, then the latest; each under the name it was last given."""
    days: dict[str, dict[date, float]] = defaultdict(dict)
    named: dict[str, str] = {}
    for lift in history.lifts:
        found = estimate_kg(lift)
        if found is None:
            continue
        key = " ".join(lift.name.casefold().split())
        named[key] = lift.name
        days[key][lift.on] = max(found, days[key].get(lift.on, 0.0))
    order = sorted(days, key=lambda key: (len(days[key]), max(days[key]), key), reverse=True)
    return {named[key]: sorted(days[key].items()) for key in order[:MOST_LIFTS]}


def _short(name: str) -> str:
    words = " ".join(name.split())
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"


def _words(best: dict[str, list[Point]], profile: Profile, say: Say, *, shows: bool) -> str:
    if not shows:
        return say("see-strength-words-hidden", lifts=", ".join(map(_short, best)))
    factor, name = POUNDS_PER_KG if profile.units == "imperial" else 1.0, unit(profile)
    told = [
        say("see-strength-lift", lift=_short(lift), kg=f"{points[-1][1] * factor:.0f}", unit=name)
        if len(points) == 1
        else say(
            "see-strength-lift-from", lift=_short(lift), kg=f"{points[-1][1] * factor:.0f}", unit=name,
            before=f"{points[0][1] * factor:.0f}",
        )
        for lift, points in best.items()
    ]  # fmt: skip
    return say("see-strength-words", lifts="; ".join(told))

"""Food: what the logs of a week add up to, by where the energy comes from, beside the target."""

from datetime import timedelta
from typing import Final

from agents.domain.charts.chart import Layer, Panel, Span, Stack
from agents.domain.charts.history import Eaten, History
from agents.domain.charts.shown import is_in_care, shows_body
from agents.domain.charts.view import View
from agents.domain.charts.words import Say
from agents.domain.context import TargetsView
from agents.domain.profile import Profile
from agents.domain.protein import is_for_clinician

KCAL_PER_G: Final = (4.0, 4.0, 9.0)  # protein, carbohydrate, fat
DAYS: Final = 7


def macros(history: History, profile: Profile, targets: TargetsView | None, say: Say) -> View | None:
    """The view of the last seven days; None without a log, and for who is not to see calories (S-120, E8)."""
    first = history.last - timedelta(days=DAYS - 1)
    days = [day for day in history.eaten if day.on >= first and day.kcal > 0]
    if not days or not shows_body(profile) or is_in_care(profile):
        return None
    names = tuple(say(f"see-macros-{name}") for name in ("protein", "carbs", "fat"))
    layers: list[Layer] = [Stack(names, tuple((day.on, _parts(day)) for day in days))]
    if targets is not None:
        layers.insert(0, Span(say("see-macros-target"), targets.kcal_min, targets.kcal_max))
    title = say("see-macros-title")
    panel = Panel(title, first, history.last, tuple(layers), "kcal", low=0)
    return View("macros", title, (panel,), _words(days, profile, targets, say))


def _parts(day: Eaten) -> tuple[float, ...]:
    """The day's energy in kcal from protein, carbohydrate and fat, adding up to what was logged."""
    grams = (day.protein_g, day.carbs_g, day.fat_g)
    raw = [g * kcal for g, kcal in zip(grams, KCAL_PER_G, strict=True)]
    total = sum(raw)
    return tuple(part * day.kcal / total for part in raw) if total else (0.0, day.kcal, 0.0)


def _words(days: list[Eaten], profile: Profile, targets: TargetsView | None, say: Say) -> str:
    count = len(days)
    means = {
        name: f"{sum(getattr(day, name) for day in days) / count:,.0f}"
        for name in ("kcal", "protein_g", "carbs_g", "fat_g")
    }
    parts = [say("see-macros-words", count=count, **means)]
    if targets is not None:
        key = "see-macros-aim-energy" if is_for_clinician(profile) else "see-macros-aim"
        parts.append(
            say(key, low=f"{targets.kcal_min:,}", high=f"{targets.kcal_max:,}", protein=round(targets.protein_g))
        )
    return " ".join(parts)

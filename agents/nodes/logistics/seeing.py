"""Progress as pictures: the charts' data and their words; the channel draws them (product.md F80, F82)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

from agents.domain import achievements, charts
from agents.domain.blocks import Block
from agents.domain.changes import AchievementsEarned
from agents.domain.charts import History, Say, View
from agents.domain.charts.shown import is_in_care, shows_body
from agents.domain.context import Context
from agents.nodes.logistics import logs, weekly
from agents.ports import Ports, Speech
from agents.schemas import Intent, Target
from agents.state import Choice, Line, Part

DAYS: Final = 84  # twelve weeks, where no other time was named
CYCLE_DAYS: Final = 400  # a picture of whole cycles needs more
LEAST_DAYS: Final = 7
_HARMFUL: Final = frozenset({"weight", "macros"})  # to look at, for who is in care mode (science.md E8)
_SUBJECTS: Final = ("weight", "macros", "adherence", "strength", "sleep")


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """What was asked for: one picture, the week, what was earned, or all at a glance with today's totals."""
    target = order.payload if isinstance(order.payload, Target) else Target()
    if target.words == "today":
        return await logs.progress(context, order, ports)
    if target.words == "week":
        return await weekly.show(context, order, ports)
    if target.words == "achievements":
        return await _earned(context, ports)
    if target.words in (*_SUBJECTS, "cycle"):
        return await _one(context, target.words, target.days, ports)
    return await _all(context, order, target.days, ports)


async def tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap on a subject."""
    if data not in _SUBJECTS:
        return Part("logistics", lines=(Line("stale-button"),))
    return await _one(context, data, None, ports)


def say_with(speech: Speech, context: Context) -> Say:
    """How charts get their words in this person's language."""

    def say(key: str, **args: str | int | float) -> str:
        return speech.say(context.profile.locale, key, args)

    return say


async def _history(context: Context, days: int | None, ports: Ports, usual: int = DAYS) -> History:
    length = max(LEAST_DAYS, days or usual)
    return await ports.memory.history(context.today - timedelta(days=length - 1), context.today)


async def _one(context: Context, subject: str, days: int | None, ports: Ports) -> Part:
    """One picture with its words, and ways to the others; an honest line where there is none."""
    if subject in _HARMFUL and is_in_care(context.profile):
        return Part("logistics", lines=(Line("see-without-alone"),), choices=_ways(context, subject))
    if subject == "macros" and not shows_body(context.profile):
        return Part("logistics", lines=(Line("see-without-alone"),), choices=_ways(context, subject))
    history = await _history(context, days, ports, CYCLE_DAYS if subject == "cycle" else DAYS)
    say = say_with(ports.speech, context)
    view = _views(context, say)[subject](history)
    if view is None:
        return Part("logistics", lines=(Line(f"see-nothing-{subject}"),), choices=_ways(context, subject))
    line = Line("plain", {"text": view.words})
    chart = charts.chart_of(view, say)
    return Part("logistics", lines=(line,), cards=(chart,), kind="photo", choices=_ways(context, subject))


async def _all(context: Context, order: Intent, days: int | None, ports: Ports) -> Part:
    """Today's totals, and below them a picture of everything there is."""
    today = await logs.progress(context, order, ports)
    say = say_with(ports.speech, context)
    history = await _history(context, days, ports)
    drawn = _views(context, say)
    views = [view for name in ("adherence", "weight", "strength", "sleep") if (view := drawn[name](history))]
    if not views:
        return today
    cards: tuple[Block, ...] = (*today.cards, charts.chart_together(say("see-overview-title"), views, say))
    line = Line("plain", {"text": " ".join(view.words for view in views)})
    return Part("logistics", lines=(*today.lines, line), cards=cards, kind="photo", choices=_ways(context))


def _views(context: Context, say: Say) -> dict[str, Callable[[History], View | None]]:
    profile = context.profile
    return {
        "weight": partial(charts.weight, profile=profile, say=say),
        "macros": partial(charts.macros, profile=profile, targets=context.targets, say=say),
        "adherence": partial(charts.adherence, profile=profile, say=say),
        "strength": partial(charts.strength, profile=profile, say=say),
        "sleep": partial(charts.sleep, profile=profile, say=say),
        "cycle": partial(charts.cycle, profile=profile, say=say),
    }


def _ways(context: Context, subject: str = "") -> tuple[tuple[Choice, ...], ...]:
    """Buttons to the other pictures; none to one that would be left out."""
    profile = context.profile
    without = {subject} | (_HARMFUL if is_in_care(profile) else set()) | (set() if shows_body(profile) else {"macros"})
    others = [Choice(f"opt-see-{name}", f"see:{name}") for name in _SUBJECTS if name not in without]
    return tuple(tuple(others[at : at + 3]) for at in range(0, len(others), 3))


async def _earned(context: Context, ports: Ports) -> Part:
    """Everything that was earned, what is new among it; nothing is said about what was not."""
    if is_in_care(context.profile):
        return Part("logistics", lines=(Line("achievements-not-counted"),))
    history = await _history(context, None, ports)
    new = achievements.earned(history, context.profile)
    codes = dict.fromkeys([*(code for code, _ in sorted(history.earned)), *(each.code for each in new)])
    if not codes:
        return Part("logistics", lines=(Line("achievements-none"),))
    lines = [Line("achievements-head"), *(Line(f"achievement-{code.replace('_', '-')}") for code in codes)]
    if not new:
        return Part("logistics", lines=tuple(lines))
    change = AchievementsEarned(new)
    lines.append(Line("done-achievements-new", {"count": len(new)}, (change,)))
    return Part("logistics", changes=(change,), lines=tuple(lines))

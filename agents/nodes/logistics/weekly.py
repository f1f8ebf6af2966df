"""The weekly report when it is asked for, and its end (product.md F81)."""

from datetime import timedelta

from agents.domain.blocks import Block
from agents.domain.changes import AchievementsEarned, Change, ReminderCancelled
from agents.domain.context import Context
from agents.domain.weekly import LOOKED_BACK, report
from agents.ports import Ports
from agents.schemas import Intent
from agents.state import Choice, Line, Part

_PLAN = ((Choice("opt-week-plan", "view:plan"),),)


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """The last seven days: the picture, three sentences, what comes next."""

    def say(key: str, **args: str | int | float) -> str:
        return ports.speech.say(context.profile.locale, key, args)

    history = await ports.memory.history(context.today - LOOKED_BACK, context.today)
    ahead = await ports.memory.workouts(context.today, context.today + timedelta(days=7))
    told = report(history, context.profile, ahead, say)
    cards: tuple[Block, ...] = (told.chart,) if told.chart else ()
    changes: tuple[Change, ...] = (AchievementsEarned(told.achievements),) if told.achievements else ()
    line = Line("plain", {"text": told.words})
    kind = "photo" if cards else "reply"
    return Part("logistics", changes=changes, lines=(line,), cards=cards, kind=kind, choices=_PLAN)  # type: ignore[arg-type]


async def tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap on "no weekly report": it ends, and is not begun again by itself."""
    found = [each for each in await ports.memory.reminders() if each.kind == "weekly_report"]
    if data != "stop" or not found:
        return Part("logistics", lines=(Line("stale-button" if data != "stop" else "week-not-sent"),))
    changes = tuple(ReminderCancelled(each.id) for each in found)
    return Part("logistics", changes=changes, lines=(Line("done-week-stopped", {}, changes),))

"""The coming days as a file for the person's own calendar (product.md F53)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from agents.domain import icalendar, occurrence
from agents.domain.blocks import File
from agents.domain.context import Context, PlannedMealView, WorkoutView
from agents.domain.icalendar import Entry
from agents.domain.safety import profile_findings
from agents.nodes.logistics.today import no_plan
from agents.ports import Ports
from agents.schemas import Intent
from agents.state import Line, Part

DAYS: Final = 14
MEAL_MINUTES: Final = 30
FILE_NAME: Final = "keel.ics"
_OVER: Final = frozenset({"moved", "skipped", "missed"})


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """Sessions and meals from today on, at most two weeks, as one file; no calories in it, for nobody."""
    if not context.plans:
        return no_plan(context)
    start, end = context.today, context.today + timedelta(days=DAYS - 1)
    meals = await ports.memory.meals(start, end)
    workouts = await ports.memory.workouts(start, end) if _may_train(context) else ()
    entries = [*_sessions(context, workouts), *_dishes(context, meals)]
    if not entries:
        return Part("logistics", lines=(Line("calendar-none"),))
    last = max([*(meal.local_date for meal in meals), *(workout.local_date for workout in workouts)])
    file = File(FILE_NAME, icalendar.MIME, icalendar.written(entries, "Keel", context.now))
    line = Line("calendar-file", {"count": len(entries), "until": f"{last:%A %d %B}"})
    return Part("logistics", lines=(line,), cards=(file,), kind="document")


def _may_train(context: Context) -> bool:
    """What is not shown as a session is not written into a calendar either."""
    return profile_findings(context.profile, on=context.today).training_cap != "none"


def _sessions(context: Context, workouts: tuple[WorkoutView, ...]) -> Iterator[Entry]:
    nth: Counter[date] = Counter()
    for view in workouts:
        nth[view.local_date] += 1
        if view.status in _OVER:
            continue
        words = "\n".join(line.name for line in view.exercises)
        uid = _uid(context, "training", view.local_date, str(nth[view.local_date]))
        yield Entry(uid, _start(context, view.local_date, view.at), view.minutes, view.name, words, is_busy=True)


def _dishes(context: Context, meals: tuple[PlannedMealView, ...]) -> Iterator[Entry]:
    nth: Counter[tuple[date, str]] = Counter()
    for view in meals:
        nth[view.local_date, view.slot] += 1
        if view.status in _OVER:
            continue
        place = f"{view.slot}-{nth[view.local_date, view.slot]}"
        words = "\n".join(f"{item.food}, {item.grams:.0f} g" for item in view.items)
        name = f"{view.slot.replace('_', ' ').capitalize()}: {view.name}"
        start = _start(context, view.local_date, view.at)
        yield Entry(_uid(context, "meal", view.local_date, place), start, MEAL_MINUTES, name, words)


def _start(context: Context, day: date, at: time | None) -> datetime | date:
    return day if at is None else occurrence.instant(day, at, context.profile.timezone)


def _uid(context: Context, kind: str, day: date, place: str) -> str:
    """The same for the same place in the plan, whatever stands there; nobody can tell from it who the person is."""
    person = sha256(b"keel calendar " + context.user_id.bytes).hexdigest()[:16]
    return f"{kind}-{day:%Y%m%d}-{place}-{person}@keel"

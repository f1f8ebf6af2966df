"""Reminders: set in plain words, shown, cancelled, answered; and those that follow from the profile."""

from datetime import datetime

from agents.domain import crockford
from agents.domain.blocks import Moment
from agents.domain.cadence import default_max_age, snooze_until
from agents.domain.changes import FiringAnswered, ReminderAdded, ReminderCancelled, RemindersScheduled
from agents.domain.context import Context, ReminderView
from agents.domain.occurrence import next_occurrence
from agents.domain.schedule import reminders_of
from agents.domain.turn import Card
from agents.domain.zones import zone_words
from agents.nodes.logistics.when_words import recurrence_words
from agents.ports import Ports
from agents.schemas import Intent, Remind, Target
from agents.state import Choice, Line, Part

MAX_SNOOZES = 3  # science.md B-6
_PROBLEMS = ("impossible_time", "in_the_past", "no_time", "unsupported_repeat")
_CHOICES = {"snooze10": "10m", "snooze60": "1h", "tomorrow": "tomorrow"}


async def add(context: Context, order: Intent, ports: Ports) -> Part:
    """A reminder in the person's own words; it echoes day, time and zone, with Undo (libraries.md L-72)."""
    wish = order.payload
    if not isinstance(wish, Remind):
        return Part("logistics", lines=(Line("remind-how"),))
    if wish.problem:
        known = wish.problem if wish.problem in _PROBLEMS else "impossible_time"
        return Part("logistics", lines=(Line(f"remind-{known.replace('_', '-')}"),))
    if wish.recurrence is None:
        return Part("logistics", lines=(Line("remind-when", {"title": wish.title}),))
    first = next_occurrence(wish.recurrence, context.profile.timezone, after=context.now)
    if first is None:
        return Part("logistics", lines=(Line("remind-in-the-past"),))
    change = ReminderAdded(
        id=ports.new_id(),
        kind="custom",
        title=wish.title,
        recurrence=wish.recurrence,
        quiet_policy="ignore" if wish.time_is_explicit else "shift",
        max_age_minutes=default_max_age("custom"),
        source="user",
        tone=context.settings.tone,
    )
    when = recurrence_words(wish.recurrence, first.local_date, context.today)
    line = Line(
        "done-reminder-set",
        {"title": wish.title, "when": when, "zone": zone_words(context.profile.timezone)},
        (change,),
    )
    return Part(
        "logistics",
        changes=(change,),
        lines=(line,),
        cards=(Moment("Next", first.due_at, _local(first.due_at, context)),),
        choices=((Choice("opt-undo", f"undo:reminder:{crockford.encode(change.id)}"),),),
    )


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """Every active reminder, next first."""
    known = await ports.memory.reminders()
    if not known:
        return Part("logistics", lines=(Line("reminders-none"),))
    rows = tuple(
        (str(number), name_of(r), recurrence_words(r.recurrence, None, context.today), _next(r, context))
        for number, r in enumerate(known, start=1)
    )
    return Part(
        "logistics",
        lines=(Line("reminders-head", {"count": len(known)}),),
        cards=(Card("Reminders", ("#", "What", "When", "Next"), rows),),
    )


def name_of(reminder: ReminderView) -> str:
    """How a reminder is called in a list."""
    kind = reminder.kind.replace("_", " ").capitalize()
    if reminder.kind == "custom":
        return reminder.title
    return f"{kind}: {reminder.title.replace('_', ' ')}" if reminder.title else kind


def _next(reminder: ReminderView, context: Context) -> str:
    return "–" if reminder.next_due_at is None else _local(reminder.next_due_at, context)


def _local(at: datetime, context: Context) -> str:
    """An instant on the person's clock."""
    return f"{at.astimezone(context.local_now.tzinfo):%a %d %b %H:%M}"


async def cancel(context: Context, order: Intent, ports: Ports) -> Part:
    """End the reminder that the words mean; several candidates are offered."""
    target = order.payload if isinstance(order.payload, Target) else Target()
    known = await ports.memory.reminders()
    found = _meant(known, target)
    if not found:
        return Part("logistics", lines=(Line("reminder-not-found", {"words": target.words}),))
    if len(found) > 1 and not target.everything:
        rows = tuple(
            (Choice("opt-plain", f"undo:reminder:{crockford.encode(r.id)}", {"text": name_of(r)[:40]}),)
            for r in found[:6]
        )
        return Part("logistics", lines=(Line("reminder-which"),), choices=rows)
    changes = tuple(ReminderCancelled(r.id) for r in found)
    lines = tuple(
        Line("done-reminder-cancelled", {"title": name_of(r)}, (change,))
        for r, change in zip(found, changes, strict=True)
    )
    return Part("logistics", changes=changes, lines=lines)


def _meant(known: tuple[ReminderView, ...], target: Target) -> list[ReminderView]:
    if target.number is not None:
        return list(known[target.number - 1 : target.number]) if target.number > 0 else []
    if target.everything:
        return list(known)
    words = {w for w in target.words.lower().split() if w not in ("the", "my", "reminder", "reminders", "for", "to")}
    scored = [(len(words & set(name_of(r).lower().replace(":", "").split())), r) for r in known]
    best = max((score for score, _ in scored), default=0)
    return [r for score, r in scored if score == best and best > 0]


async def reschedule(context: Context, order: Intent, ports: Ports) -> Part:
    """Bring the reminders in line with the answers; said in one line."""
    quiet = context.settings
    wanted = reminders_of(context.profile, quiet_start=quiet.quiet_start, quiet_end=quiet.quiet_end)
    change = RemindersScheduled(wanted, context.settings.tone)
    if not wanted:
        return Part("logistics", changes=(change,), lines=(Line("reminders-not-chosen"),), order=60)
    line = Line("done-reminders-scheduled", {"count": len(wanted)}, (change,))
    return Part(
        "logistics",
        changes=(change,),
        lines=(line,),
        choices=((Choice("opt-today", "view:today"), Choice("opt-reminders", "view:reminders")),),
        order=60,
    )


async def tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap on a reminder that was sent: "done:<id>", "skip:<id>", "snooze10:<id>", "less:<id>"."""
    verb, _, text = data.partition(":")
    try:
        firing = await ports.memory.firing(crockford.decode(text))
    except ValueError:
        firing = None
    if firing is None:
        return Part("logistics", lines=(Line("stale-button"),))
    if firing.response in ("done", "skipped"):
        return Part("logistics", lines=(Line("firing-already"),))
    if verb in _CHOICES:
        if firing.snooze_count >= MAX_SNOOZES:
            return Part("logistics", lines=(Line("snooze-enough"),))
        until = snooze_until(_CHOICES[verb], context.now, context.profile.timezone)  # type: ignore[arg-type]  # table
        change = FiringAnswered(firing.id, "snoozed", until)
        at = until.astimezone(context.local_now.tzinfo).strftime("%a %H:%M")
        return Part("logistics", changes=(change,), lines=(Line("done-firing-snoozed", {"at": at}, (change,)),))
    if verb not in ("done", "skip"):
        return Part("logistics", lines=(Line("stale-button"),))
    change = FiringAnswered(firing.id, "done" if verb == "done" else "skipped")
    key = "done-firing-done" if verb == "done" else "done-firing-skipped"
    return Part("logistics", changes=(change,), lines=(Line(key, {}, (change,)),))

"""Tasks: done, skipped, snoozed, undone; by button or by words. A stale tap is harmless."""

from datetime import timedelta
from uuid import UUID

from agents.domain import crockford
from agents.domain.changes import Change, FactForgotten, LogRemoved, ReminderCancelled, TaskMarked, TaskSnoozed
from agents.domain.context import Context, Task
from agents.nodes.logistics.meal_undo import undo_swap
from agents.nodes.logistics.reminders import name_of
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Choice, Line, Part

SNOOZE_MINUTES = 60
MAX_SNOOZE_MINUTES = 24 * 60
_WORDLESS = frozenset({"it", "that", "this", "the", "my", "task", "a", "with", "today", "todays", "done", "now"})


async def mark(context: Context, order: Intent, ports: Ports) -> Part:
    """Mark the task that the words mean; with several candidates it asks which."""
    status = "completed" if order.name == "task_done" else "skipped"
    target = order.payload if isinstance(order.payload, Target) else Target()
    found = matching(context, target)
    if not found:
        key = "task-none-open" if not _open(context) else "task-not-found"
        return Part("logistics", lines=(Line(key, {"words": target.words}),))
    if len(found) > 1 and not target.everything:
        return _which(found, status)
    return _marked(tuple(found), status)


def matching(context: Context, target: Target) -> list[Task]:
    """The open tasks that a target can mean: a number as shown, all, or shared words; a lone open task needs none."""
    if target.number is not None:
        shown = list(enumerate(context.tasks, start=1))
        return [task for number, task in shown if number == target.number and task.status == "pending"]
    tasks = _open(context)
    words = {w for w in target.words.lower().replace("'", "").split() if w not in _WORDLESS}
    if target.everything or (not words and len(tasks) == 1):
        return tasks
    if not words:
        return tasks
    scored = [(len(words & _words_of(task)), task) for task in tasks]
    best = max((score for score, _ in scored), default=0)
    return [task for score, task in scored if score == best and best > 0]


_KIN = {
    "workout": "exercise", "training": "exercise", "session": "exercise", "run": "exercise", "walk": "exercise",
    "gym": "exercise", "exercise": "exercise", "bed": "sleep", "sleep": "sleep", "water": "hydration",
}  # fmt: skip


def _words_of(task: Task) -> set[str]:
    words = {word.strip(".,:;()").lower() for word in task.description.split()}
    return words | {word for word, category in _KIN.items() if category == task.category and word != "walk"}


def _open(context: Context) -> list[Task]:
    return [task for task in context.tasks if task.status == "pending" and task.due_on <= context.today]


def _marked(tasks: tuple[Task, ...], status: str) -> Part:
    changes: list[Change] = []
    lines: list[Line] = []
    rows: list[tuple[Choice, ...]] = []
    for task in tasks:
        change = TaskMarked(task.id, "completed" if status == "completed" else "skipped")
        changes.append(change)
        lines.append(Line(f"done-task-{status}", {"task": task.description}, (change,)))
        rows.append((Choice("opt-undo", f"undo:task:{crockford.encode(task.id)}"),))
    return Part("logistics", changes=tuple(changes), lines=tuple(lines), choices=tuple(rows[:1]))


def _which(tasks: list[Task], status: str) -> Part:
    verb = "done" if status == "completed" else "skip"
    rows = tuple(
        (Choice("opt-plain", f"task:{verb}:{crockford.encode(t.id)}", {"text": t.description[:40]}),) for t in tasks[:6]
    )
    return Part("logistics", lines=(Line("task-which"),), choices=rows)


async def snooze(context: Context, order: Intent, ports: Ports) -> Part:
    """Put the meant task off for a while."""
    target = order.payload if isinstance(order.payload, Target) else Target()
    found = matching(context, target)
    if len(found) != 1:
        return Part("logistics", lines=(Line("task-none-open" if not found else "task-which-snooze"),))
    return _snoozed(context, found[0], target.minutes or SNOOZE_MINUTES)


def _snoozed(context: Context, task: Task, minutes: int) -> Part:
    until = context.now + timedelta(minutes=min(max(1, minutes), MAX_SNOOZE_MINUTES))
    change = TaskSnoozed(task.id, until)
    at = until.astimezone(context.local_now.tzinfo).strftime("%H:%M")
    line = Line("done-task-snoozed", {"task": task.description, "at": at}, (change,))
    return Part("logistics", changes=(change,), lines=(line,))


async def tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap on a task's button: "done:<id>", "skip:<id>", "snooze:<id>"."""
    verb, _, text = data.partition(":")
    task = await _task(text, ports)
    if task is None:
        return Part("logistics", lines=(Line("stale-button"),))
    if task.status != "pending":
        return Part("logistics", lines=(Line("task-already", {"task": task.description, "status": task.status}),))
    if verb == "snooze":
        return _snoozed(context, task, SNOOZE_MINUTES)
    if verb not in ("done", "skip"):
        return Part("logistics", lines=(Line("stale-button"),))
    return _marked((task,), "completed" if verb == "done" else "skipped")


async def undo_tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap on Undo: "task:<id>" opens a task again, "reminder:<id>" cancels it, "log:<entity>:<id>" removes a log.

    "swap:<id>" brings back the meals that the planned meal replaced.
    """
    kind, _, text = data.partition(":")
    if kind == "task":
        task = await _task(text, ports)
        if task is None or task.status not in ("completed", "skipped"):
            return Part("logistics", lines=(Line("nothing-to-undo"),))
        change = TaskMarked(task.id, "pending")
        line = Line("done-task-reopened", {"task": task.description}, (change,))
        return Part("logistics", changes=(change,), lines=(line,))
    if kind == "reminder":
        return await _undo_reminder(text, ports)
    if kind == "swap":
        return await undo_swap(context, text, ports)
    entity, _, row = text.partition(":")
    return _undo_log(entity, row)


async def undo(context: Context, order: Intent, ports: Ports) -> Part:
    """Take back what the person's last message did, where that can be taken back."""
    for entity, text, action in reversed(context.last_change.receipts):
        if entity == "task" and action in ("completed", "skipped"):
            return await undo_tapped(context, f"task:{text}", ports)
        if entity == "planned_meal" and action == "swapped":
            return await undo_swap(context, text, ports)
        if entity == "reminder" and action == "created" and await _is_own_reminder(text, ports):
            return await undo_tapped(context, f"reminder:{text}", ports)
        if entity in ("meal", "activity", "health_metric", "check_in") and action == "created":
            return _undo_log(entity, text)
        if entity == "profile_fact" and action == "created":
            return await _undo_remembering(text, ports)
    return Part("logistics", lines=(Line("nothing-to-undo"),))


async def _undo_remembering(text: str, ports: Ports) -> Part:
    known = {one.id: one for one in await ports.memory.remembered()}
    identity = _id(text)
    if identity is None or identity not in known:
        return Part("logistics", lines=(Line("nothing-to-undo"),))
    change = FactForgotten(identity)
    line = Line("done-forgotten", {"text": known[identity].text}, (change,))
    return Part("logistics", changes=(change,), lines=(line,))


async def _is_own_reminder(text: str, ports: Ports) -> bool:
    """Whether the person asked for it in words: those that follow from the profile are not undone one by one."""
    identity = _id(text)
    return any(r.id == identity and r.source == "user" for r in await ports.memory.reminders())


async def _undo_reminder(text: str, ports: Ports) -> Part:
    identity = _id(text)
    known = {reminder.id: reminder for reminder in await ports.memory.reminders()}
    if identity is None or identity not in known:
        return Part("logistics", lines=(Line("nothing-to-undo"),))
    change = ReminderCancelled(identity)
    line = Line("done-reminder-cancelled", {"title": name_of(known[identity])}, (change,))
    return Part("logistics", changes=(change,), lines=(line,))


def _undo_log(entity: str, text: str) -> Part:
    identity = _id(text)
    if identity is None or entity not in ("meal", "activity", "health_metric", "check_in"):
        return Part("logistics", lines=(Line("nothing-to-undo"),))
    change = LogRemoved(entity, identity)  # type: ignore[arg-type]  # one of the four names above
    return Part("logistics", changes=(change,), lines=(Line("done-log-removed", {}, (change,)),))


async def _task(text: str, ports: Ports) -> Task | None:
    identity = _id(text)
    return await ports.memory.task(identity) if identity else None


def _id(text: str) -> UUID | None:
    try:
        return crockford.decode(text)
    except ValueError:
        return None

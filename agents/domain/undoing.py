"""What takes back what a message led to, from its receipts: logs go, reminders end, tasks are open, words forgotten."""

from collections.abc import Iterable
from uuid import UUID

from agents.domain import crockford
from agents.domain.changes import Change, FactForgotten, LogRemoved, ReminderCancelled, TaskMarked

LOGS = ("meal", "activity", "health_metric", "check_in")


def taking_back(receipts: Iterable[tuple[str, str, str]]) -> tuple[Change, ...]:
    """The changes for receipts of (entity, id, action); what only replaces a value is replaced again by new words."""
    found = (_taking_back(entity, text, action) for entity, text, action in receipts)
    return tuple(change for change in found if change is not None)


def _taking_back(entity: str, text: str, action: str) -> Change | None:
    try:
        row_id: UUID = crockford.decode(text)
    except ValueError:
        return None
    if entity in LOGS and action == "created":
        return LogRemoved(entity, row_id)  # type: ignore[arg-type]  # one of the names above
    if entity == "reminder" and action == "created":
        return ReminderCancelled(row_id)
    if entity == "profile_fact" and action == "created":
        return FactForgotten(row_id)
    if entity == "task" and action in ("completed", "skipped"):
        return TaskMarked(row_id, "pending")
    return None

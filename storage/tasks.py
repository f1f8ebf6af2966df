"""Tasks: read by day, marked, snoozed, and missed by the clock."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from agents.domain.context import Task
from storage import plain
from storage.models.planned import PlannedWorkout
from storage.models.plans import Task as TaskRow
from storage.receipts import Proof

_COLUMNS = (
    TaskRow.id, TaskRow.task_description, TaskRow.category, TaskRow.due_on, TaskRow.due_time, TaskRow.status,
    TaskRow.subject_type, TaskRow.subject_id, TaskRow.snoozed_until,
)  # fmt: skip
_BETWEEN = (
    select(*_COLUMNS)
    .where(TaskRow.user_id == bindparam("u"), TaskRow.due_on >= bindparam("start"), TaskRow.due_on <= bindparam("end"))
    .order_by(TaskRow.due_on, TaskRow.due_time, TaskRow.id)
)
_ONE = select(*_COLUMNS).where(TaskRow.user_id == bindparam("u"), TaskRow.id == bindparam("id"))


def between(session: Session, user_id: UUID, start: date, end: date) -> tuple[Task, ...]:
    """Tasks due in these local days, both included."""
    rows = plain.rows(session, _BETWEEN, {"u": user_id, "start": start, "end": end})
    return tuple(_task(row) for row in rows)


def one(session: Session, user_id: UUID, task_id: UUID) -> Task | None:
    """One task of this person."""
    row = plain.rows(session, _ONE, {"u": user_id, "id": task_id}).first()
    return _task(row) if row else None


def _task(row: Any) -> Task:  # noqa: ANN401 - a row
    return Task(
        id=row.id,
        description=row.task_description,
        category=row.category,
        due_on=row.due_on,
        due_time=row.due_time,
        status=row.status,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        snoozed_until=row.snoozed_until,
    )


def mark(
    session: Session,
    user_id: UUID,
    task_id: UUID,
    status: Literal["completed", "skipped", "pending"],
    now: datetime,
) -> list[Proof]:
    """Done, skipped or open again; the session of an exercise task goes with it. Nothing changes: no proof."""
    row = session.get(TaskRow, (user_id, task_id))
    if row is None or row.status == status:
        return []
    row.status = status
    row.completed_at = now if status == "completed" else None
    row.snoozed_until = None
    if row.subject_type == "planned_workout" and row.subject_id:
        workout = session.get(PlannedWorkout, (user_id, row.subject_id))
        if workout is not None:
            workout.status = "planned" if status == "pending" else status
            workout.finished_at = now if status == "completed" else None
    action = {"completed": "completed", "skipped": "skipped", "pending": "undone"}[status]
    return [Proof("task", task_id, action)]


def snooze(session: Session, user_id: UUID, task_id: UUID, until: datetime) -> list[Proof]:
    """A pending task sleeps until then."""
    row = session.get(TaskRow, (user_id, task_id))
    if row is None or row.status != "pending":
        return []
    row.snoozed_until = until
    return [Proof("task", task_id, "snoozed")]


def miss(session: Session, user_id: UUID, before: date) -> int:
    """Pending tasks due before this local day are missed now (data-model 5.8). Returns how many."""
    done = session.execute(
        update(TaskRow)
        .where(TaskRow.user_id == user_id, TaskRow.status == "pending", TaskRow.due_on < before)
        .values(status="missed", snoozed_until=None)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one


def persons_with_overdue(session: Session, before: date, limit: int) -> Sequence[UUID]:
    """People who have a pending task due before this day."""
    query = select(TaskRow.user_id).where(TaskRow.status == "pending", TaskRow.due_on < before).distinct().limit(limit)
    return session.scalars(query).all()

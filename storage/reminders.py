"""Reminders: what a person has, added, cancelled, brought in line with their answers, claimed when due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from agents.domain.changes import FiringAnswered, ReminderAdded, RemindersScheduled
from agents.domain.context import FiringView, ReminderView
from agents.domain.occurrence import Occurrence, next_occurrence
from agents.domain.recurrence import Recurrence
from storage import plain, recurrences
from storage.models.reminders import Reminder, ReminderFiring
from storage.receipts import Proof

_ACTIVE = (
    select(*Reminder.__table__.columns)
    .where(Reminder.user_id == bindparam("u"), Reminder.state == "active")
    .order_by(Reminder.next_due_at, Reminder.id)
)
_DUE = (  # without the sealed title: the tick opens each person's key scope afterwards
    Reminder.user_id, Reminder.id, Reminder.kind, Reminder.recurrence, Reminder.next_due_at, Reminder.snoozed_until,
    Reminder.next_local_date, Reminder.next_local_time, Reminder.quiet_policy, Reminder.max_age_minutes,
    Reminder.source,
)  # fmt: skip
_FIRING = (
    select(
        ReminderFiring.id, ReminderFiring.reminder_id, ReminderFiring.response, ReminderFiring.snooze_count,
        Reminder.kind, Reminder.title,
    )
    .join(Reminder, (Reminder.user_id == ReminderFiring.user_id) & (Reminder.id == ReminderFiring.reminder_id))
    .where(ReminderFiring.user_id == bindparam("u"), ReminderFiring.id == bindparam("id"))
)  # fmt: skip


def active(session: Session, user_id: UUID) -> tuple[ReminderView, ...]:
    """Active reminders, the next one first."""
    return tuple(
        ReminderView(
            id=row.id,
            kind=row.kind,
            title=row.title or "",
            recurrence=recurrences.load(row.recurrence, row.starts_on, row.ends_on),
            next_due_at=row.next_due_at,
            source=row.source,
            state=row.state,
        )
        for row in session.execute(_ACTIVE, {"u": user_id})
    )


def get(session: Session, user_id: UUID, reminder_id: UUID) -> Reminder:
    """One reminder's row, to be changed in this transaction."""
    return session.get_one(Reminder, (user_id, reminder_id))


def firing(session: Session, user_id: UUID, firing_id: UUID) -> FiringView | None:
    """One firing of this person."""
    row = session.execute(_FIRING, {"u": user_id, "id": firing_id}).first()
    if row is None:
        return None
    return FiringView(row.id, row.reminder_id, row.kind, row.title or "", row.response, row.snooze_count)


def add(session: Session, user_id: UUID, change: ReminderAdded, zone: str, now: datetime) -> list[Proof]:
    """A new reminder with its first due time. No occurrence left: no row, no proof."""
    row = Reminder(
        id=change.id,
        user_id=user_id,
        kind=change.kind,
        title=change.title or None,
        quiet_policy=change.quiet_policy,
        tone=change.tone,
        max_age_minutes=change.max_age_minutes,
        source=change.source,
    )
    if not _schedule(row, change.recurrence, zone, now):
        return []
    session.add(row)
    return [Proof("reminder", row.id, "created")]


def cancel(session: Session, user_id: UUID, reminder_id: UUID) -> list[Proof]:
    """End a reminder; one that already ended gives no proof."""
    row = session.get(Reminder, (user_id, reminder_id))
    if row is None or row.state != "active":
        return []
    row.state, row.next_due_at, row.snoozed_until = "cancelled", None, None
    return [Proof("reminder", reminder_id, "cancelled")]


def match(session: Session, user_id: UUID, change: RemindersScheduled, zone: str, now: datetime) -> list[Proof]:
    """Keep what is still wanted, cancel what is not, add what is new; zone changes move every due time."""
    rows = session.scalars(
        select(Reminder).where(Reminder.user_id == user_id, Reminder.source == "schedule", Reminder.state == "active")
    ).all()
    known = {_key(row.kind, row.title or "", row.recurrence): row for row in rows}
    proofs: list[Proof] = []
    wanted = {}
    for spec in change.reminders:
        key = _key(spec.kind, spec.title, recurrences.dump(spec.recurrence))
        wanted[key] = spec
    for key in known.keys() - wanted.keys():
        proofs += cancel(session, user_id, known[key].id)
    for key, spec in wanted.items():
        row = known.get(key)
        if row is not None:
            reschedule(row, zone, now)
            proofs.append(Proof("reminder", row.id, "updated"))
            continue
        row = Reminder(
            id=session.info["ids"](), user_id=user_id, kind=spec.kind, title=spec.title or None, source="schedule",
            tone=change.tone, max_age_minutes=spec.max_age_minutes, quiet_policy=spec.quiet_policy,
        )  # fmt: skip
        if _schedule(row, spec.recurrence, zone, now):
            session.add(row)
            proofs.append(Proof("reminder", row.id, "created"))
    return proofs


def _key(kind: str, title: str, plain: dict[str, Any]) -> tuple[str, str, str]:
    return kind, title, str(sorted((name, str(value)) for name, value in plain.items()))


def reschedule(row: Reminder, zone: str, after: datetime) -> bool:
    """Compute the next due time anew; False when the reminder is finished."""
    return _set_next(row, recurrences.load(row.recurrence, row.starts_on, row.ends_on), zone, after)


def rezone(session: Session, user_id: UUID, zone: str, now: datetime) -> None:
    """Every active reminder keeps its wall time in the new zone (data-model 8.4)."""
    for row in session.scalars(select(Reminder).where(Reminder.user_id == user_id, Reminder.state == "active")):
        reschedule(row, zone, now)


def _schedule(row: Reminder, rule: Recurrence, zone: str, now: datetime) -> bool:
    row.recurrence, row.starts_on, row.ends_on = recurrences.dump(rule), rule.starts_on, rule.ends_on
    return _set_next(row, rule, zone, now)


def _set_next(row: Reminder, rule: Recurrence, zone: str, after: datetime) -> bool:
    following: Occurrence | None = next_occurrence(rule, zone, after=after)
    if following is None:
        row.state, row.next_due_at = "finished", None
        return False
    row.state, row.next_due_at = "active", following.due_at
    row.next_local_date, row.next_local_time = following.local_date, following.local_time
    return True


def answer(session: Session, user_id: UUID, change: FiringAnswered, now: datetime) -> list[Proof]:
    """A tap on a sent reminder; a snooze brings it back once more."""
    row = session.get(ReminderFiring, (user_id, change.firing_id))
    if row is None or row.response in ("done", "skipped", "not_useful"):
        return []
    row.response, row.responded_at = change.response, now
    if change.response == "snoozed" and change.until is not None:
        row.snooze_count += 1
        reminder = session.get(Reminder, (user_id, row.reminder_id))
        if reminder is not None:
            wake(reminder, change.until)
    action = {"done": "completed", "skipped": "skipped", "snoozed": "snoozed", "not_useful": "updated"}[change.response]
    return [Proof("reminder_firing", row.id, action)]


def wake(row: Reminder, until: datetime) -> None:
    """A snooze is one more due time of the same reminder; a one-off that had finished comes back for it."""
    row.snoozed_until = until
    row.next_due_at = min(row.next_due_at, until) if row.next_due_at else until
    if row.state == "finished":
        row.state = "active"


def put_off(session: Session, user_id: UUID, reminder_id: UUID, until: datetime) -> None:
    """Look at a reminder again later; its occurrence stays the same."""
    table = plain.table(Reminder)
    statement = update(table).where(table.c.user_id == user_id, table.c.id == reminder_id)
    session.connection().execute(statement.values(next_due_at=until))


def advance(row: Reminder, zone: str, now: datetime) -> None:
    """After a firing: the next occurrence after now, or the pending snooze, whichever comes first."""
    if row.snoozed_until is not None and row.snoozed_until <= now:
        row.snoozed_until = None
    reschedule(row, zone, now)
    if row.snoozed_until is not None:
        wake(row, row.snoozed_until)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A due row, as the tick decides about it. `is_snooze` when it comes back after a snooze."""

    user_id: UUID
    id: UUID
    kind: str
    recurrence: dict[str, Any]
    due_at: datetime
    local_date: date
    local_time: time
    quiet_policy: str
    max_age_minutes: int
    source: str
    is_snooze: bool = False


def next_instant(session: Session, user_id: UUID | None = None) -> datetime | None:
    """When the next reminder is due: of one person, or of all."""
    query = select(Reminder.next_due_at).where(Reminder.state == "active", Reminder.next_due_at.is_not(None))
    if user_id is not None:
        query = query.where(Reminder.user_id == user_id)
    return session.scalar(query.order_by(Reminder.next_due_at).limit(1))


def due(session: Session, now: datetime, limit: int, *, is_postgres: bool) -> Sequence[DueReminder]:
    """Up to `limit` due rows, oldest first, claimed for this transaction."""
    query = (
        select(*_DUE)
        .where(Reminder.state == "active", Reminder.next_due_at <= now)
        .order_by(Reminder.next_due_at)
        .limit(limit)
    )
    if is_postgres:
        query = query.with_for_update(skip_locked=True)
    return [_due(row, now) for row in session.execute(query)]


def _due(row: Any, now: datetime) -> DueReminder:  # noqa: ANN401 - a row
    is_snooze = row.snoozed_until is not None and row.snoozed_until <= now
    return DueReminder(
        user_id=row.user_id,
        id=row.id,
        kind=row.kind,
        recurrence=row.recurrence,
        due_at=row.snoozed_until if is_snooze else row.next_due_at,
        local_date=row.next_local_date,
        local_time=row.next_local_time,
        quiet_policy=row.quiet_policy,
        max_age_minutes=row.max_age_minutes,
        source=row.source,
        is_snooze=is_snooze,
    )

"""Reminders: what a person has, added, cancelled, brought in line with their answers, answered when sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from agents.domain.cadence import MAX_SNOOZES
from agents.domain.changes import FiringAnswered, ReminderAdded, RemindersScheduled
from agents.domain.context import FiringView, ReminderView
from agents.domain.occurrence import Occurrence, instant, next_occurrence
from agents.domain.recurrence import Recurrence
from agents.domain.schedule import weekly_report
from storage import recurrences
from storage.models.reminders import Reminder, ReminderFiring
from storage.receipts import Proof

_ANSWERED = ("done", "skipped", "not_useful")
_ONE_MESSAGE = timedelta(days=1)  # what is sent together fell due within the longest lateness
_ACTIVE = (
    select(*Reminder.__table__.columns)
    .where(Reminder.user_id == bindparam("u"), Reminder.state == "active")
    .order_by(Reminder.next_due_at, Reminder.id)
)
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
            _follow(row, zone)
            proofs.append(Proof("reminder", row.id, "updated"))
            continue
        row = Reminder(
            id=session.info["ids"](), user_id=user_id, kind=spec.kind, title=spec.title or None, source="schedule",
            tone=change.tone, max_age_minutes=spec.max_age_minutes, quiet_policy=spec.quiet_policy,
        )  # fmt: skip
        if _schedule(row, spec.recurrence, zone, now):
            session.add(row)
            proofs.append(Proof("reminder", row.id, "created"))
    return [*proofs, *_begin_reports(session, user_id, change.tone, zone, now)]


def _begin_reports(session: Session, user_id: UUID, tone: str, zone: str, now: datetime) -> list[Proof]:
    """The weekly report, once: whoever ended it is not sent another because their answers changed."""
    is_known = select(Reminder.id).where(Reminder.user_id == user_id, Reminder.kind == "weekly_report").limit(1)
    if session.scalar(is_known) is not None:
        return []
    spec = weekly_report()
    row = Reminder(
        id=session.info["ids"](), user_id=user_id, kind=spec.kind, source="system", tone=tone,
        max_age_minutes=spec.max_age_minutes, quiet_policy=spec.quiet_policy,
    )  # fmt: skip
    if not _schedule(row, spec.recurrence, zone, now):
        return []
    session.add(row)
    return [Proof("reminder", row.id, "created")]


def _key(kind: str, title: str, plain: dict[str, Any]) -> tuple[str, str, str]:
    return kind, title, str(sorted((name, str(value)) for name, value in plain.items()))


def rezone(session: Session, user_id: UUID, zone: str) -> None:
    """Every active reminder keeps its wall time in the new zone (data-model 8.4)."""
    for row in session.scalars(select(Reminder).where(Reminder.user_id == user_id, Reminder.state == "active")):
        _follow(row, zone)


def _follow(row: Reminder, zone: str) -> None:
    """The same occurrence in this zone: the local day and time that name it stay, the instant follows the zone.

    What has its firing is not named again, so nothing comes twice to who travels west. What had passed in the new zone
    before it came (who travels east) is due at once, and how late it is decides, so that nothing is lost unseen.
    """
    if row.next_local_date is None or row.next_local_time is None:
        return
    due_at = instant(row.next_local_date, row.next_local_time, zone)
    row.next_due_at = min(due_at, row.snoozed_until) if row.snoozed_until else due_at


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
    """A tap on a sent reminder; a snooze brings it back once more. It answers for all that came in one message."""
    row = session.get(ReminderFiring, (user_id, change.firing_id))
    if row is None or row.response in _ANSWERED:
        return []
    for firing in (row, *_came_along(session, row)):
        _answer(session, firing, change, now)
    action = {"done": "completed", "skipped": "skipped", "snoozed": "snoozed", "not_useful": "updated"}[change.response]
    return [Proof("reminder_firing", row.id, action)]


def _came_along(session: Session, row: ReminderFiring) -> Sequence[ReminderFiring]:
    """Open firings that were sent in the same message, after a time without the coach."""
    if row.outbox_id is None:
        return ()
    query = select(ReminderFiring).where(
        ReminderFiring.user_id == row.user_id,
        ReminderFiring.due_at >= row.due_at - _ONE_MESSAGE,
        ReminderFiring.due_at <= row.due_at + _ONE_MESSAGE,
        ReminderFiring.outbox_id == row.outbox_id,
        ReminderFiring.id != row.id,
        ReminderFiring.response.not_in(_ANSWERED),
    )
    return session.scalars(query).all()


def _answer(session: Session, row: ReminderFiring, change: FiringAnswered, now: datetime) -> None:
    row.response, row.responded_at = change.response, now
    if change.response == "snoozed" and change.until is not None:
        row.snooze_count = min(row.snooze_count + 1, MAX_SNOOZES)
        reminder = session.get(Reminder, (row.user_id, row.reminder_id))
        if reminder is not None and reminder.state in ("active", "finished"):
            wake(reminder, change.until)


def wake(row: Reminder, until: datetime) -> None:
    """A snooze is one more due time of the same reminder; a one-off that had finished comes back for it."""
    row.snoozed_until = until
    row.next_due_at = min(row.next_due_at, until) if row.next_due_at else until
    if row.state == "finished":
        row.state = "active"

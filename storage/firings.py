"""One row per occurrence of a reminder: the proof of exactly one (data-model 8.5)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from storage.models.reminders import Reminder, ReminderFiring

State = Literal["queued", "sent", "suppressed", "coalesced", "failed"]
_COUNTS = (
    select(
        func.sum(case(((Reminder.source != "system") & (ReminderFiring.local_date == bindparam("today")), 1), else_=0)),
        func.sum(case(((Reminder.source == "system") & (ReminderFiring.local_date == bindparam("today")), 1), else_=0)),
        func.sum(case((Reminder.source == "system", 1), else_=0)),
    )
    .select_from(ReminderFiring)
    .join(Reminder, (Reminder.user_id == ReminderFiring.user_id) & (Reminder.id == ReminderFiring.reminder_id))
    .where(
        ReminderFiring.user_id == bindparam("u"),
        ReminderFiring.due_at >= bindparam("since"),
        ReminderFiring.state.in_(("queued", "sent")),
    )
)


@dataclass(frozen=True, slots=True)
class Sent:
    """How much went out lately: chosen and unsolicited today, unsolicited in the last seven days."""

    chosen_today: int
    unsolicited_today: int
    unsolicited_week: int


def sent_lately(session: Session, user_id: UUID, today: date, now: datetime) -> Sent:
    """Counts for the caps of science.md B-3."""
    since = now - timedelta(days=8)
    row = session.execute(_COUNTS, {"u": user_id, "today": today, "since": since}).one()
    return Sent(*(int(count or 0) for count in row))


def exists(session: Session, user_id: UUID, reminder_id: UUID, day: date, at: time) -> bool:
    """Whether this occurrence was handled before."""
    query = select(ReminderFiring.id).where(
        ReminderFiring.user_id == user_id,
        ReminderFiring.reminder_id == reminder_id,
        ReminderFiring.local_date == day,
        ReminderFiring.local_time == at,
    )
    return session.scalar(query) is not None


def snoozes(session: Session, user_id: UUID, reminder_id: UUID) -> int:
    """How often the latest firing of a reminder was put off: what comes back carries the count on (science.md B-6)."""
    query = select(ReminderFiring.snooze_count, ReminderFiring.response).where(
        ReminderFiring.user_id == user_id, ReminderFiring.reminder_id == reminder_id
    )
    row = session.execute(query.order_by(ReminderFiring.id.desc()).limit(1)).first()
    return row.snooze_count if row is not None and row.response == "snoozed" else 0


def add(
    session: Session, user_id: UUID, reminder_id: UUID, occurrence: tuple[date, time, datetime], state: State,
    reason: str | None = None, snooze_count: int = 0,
) -> ReminderFiring:  # fmt: skip
    """The row of one occurrence: (local day, wall time, due instant)."""
    day, at, due_at = occurrence
    row = ReminderFiring(
        id=session.info["ids"](),
        user_id=user_id,
        reminder_id=reminder_id,
        local_date=day,
        local_time=at,
        due_at=due_at,
        state=state,
        suppressed_reason=reason,
        snooze_count=snooze_count,
    )
    session.add(row)
    return row

"""What became of reminders, read back in bulk: for the simulation, which plays the mouth and then judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, func, literal_column, select, update
from sqlalchemy.orm import Session

from storage import plain
from storage.models.delivery import OutboxRow
from storage.models.identity import User
from storage.models.reminders import Reminder, ReminderFiring

_OUTBOX, _FIRING, _REMINDER = plain.table(OutboxRow), plain.table(ReminderFiring), plain.table(Reminder)
_LONGEST = timedelta(days=3)  # between an occurrence and its message
_PENDING = _OUTBOX.c.state == literal_column("'pending'")
_WAITING = (
    select(
        _OUTBOX.c.id, _OUTBOX.c.user_id, _FIRING.c.id.label("firing_id"), _FIRING.c.reminder_id, _FIRING.c.snooze_count
    )
    .join(
        _FIRING,
        and_(
            _FIRING.c.user_id == _OUTBOX.c.user_id,
            _FIRING.c.due_at >= bindparam("since"),
            _FIRING.c.outbox_id == _OUTBOX.c.id,
        ),
    )
    .where(_PENDING)
    .order_by(_OUTBOX.c.user_id, _OUTBOX.c.id, _FIRING.c.id)
)
_SENT = (
    update(_OUTBOX)
    .where(_OUTBOX.c.user_id == bindparam("u"), _OUTBOX.c.id == bindparam("i"))
    .values(state="sent", sent_at=bindparam("now"), attempts=1)
)
_FIRINGS = select(
    _FIRING.c.user_id, _FIRING.c.reminder_id, _FIRING.c.local_date, _FIRING.c.local_time, _FIRING.c.due_at,
    _FIRING.c.state, _FIRING.c.suppressed_reason.label("reason"), _FIRING.c.outbox_id,
    _FIRING.c.created_at.label("made_at"),
).order_by(_FIRING.c.user_id, _FIRING.c.id)  # fmt: skip
_MESSAGES = select(_OUTBOX.c.id).where(_OUTBOX.c.category == literal_column("'reminder'"))
_STANDING = select(_REMINDER.c.id, _REMINDER.c.next_due_at, _REMINDER.c.state)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A firing whose message has just reached its person."""

    user_id: UUID
    firing_id: UUID
    reminder_id: UUID
    outbox_id: UUID
    snooze_count: int


@dataclass(frozen=True, slots=True)
class Fired:
    """A firing as it stands."""

    user_id: UUID
    reminder_id: UUID
    local_date: date
    local_time: time
    due_at: datetime
    state: str
    reason: str | None
    outbox_id: UUID | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A reminder as it stands."""

    id: UUID
    next_due_at: datetime | None
    state: str


def deliver(session: Session, now: datetime) -> list[Arrived]:
    """Everything that waits reaches its person now."""
    rows = session.connection().execute(_WAITING, {"since": now - _LONGEST}).all()
    done = [{"u": user_id, "i": id_, "now": now} for id_, user_id in dict.fromkeys((r.id, r.user_id) for r in rows)]
    if done:
        session.connection().execute(_SENT, done)
    return [Arrived(row.user_id, row.firing_id, row.reminder_id, row.id, row.snooze_count) for row in rows]


def fired(session: Session) -> Sequence[Fired]:
    """Every firing, a person's together and in the order in which they were made."""
    return [Fired(**row) for row in session.connection().execute(_FIRINGS).mappings()]


def messages(session: Session) -> set[UUID]:
    """Ids of every message a reminder made."""
    return set(session.connection().execute(_MESSAGES).scalars())


def standing(session: Session) -> Sequence[Standing]:
    """Every reminder."""
    return [Standing(*row) for row in session.connection().execute(_STANDING)]


def people(session: Session) -> int:
    """How many live in this database."""
    return int(session.scalar(select(func.count()).select_from(User)) or 0)

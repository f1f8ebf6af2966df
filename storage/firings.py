"""One row per occurrence of a reminder: the proof of exactly one (data-model 8.5)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, literal_column, select
from sqlalchemy.orm import Session

from storage import plain
from storage.models.reminders import Reminder, ReminderFiring

State = Literal["queued", "sent", "suppressed", "coalesced", "failed"]
Name = tuple[UUID, date, time]  # an occurrence: its reminder, local day and wall time
_LONGEST_DAY = timedelta(hours=26)  # a local day with an hour more, and one to spare
_MOST_LATE = timedelta(days=1)  # nothing is sent later than this (max_age_minutes ends at 1440)
_WEEK = timedelta(days=7)
_REMEMBERED = timedelta(days=120)  # B-5 counts up to 60 silent days
_FIRING, _REMINDER = plain.table(ReminderFiring), plain.table(Reminder)
_PEOPLE = _FIRING.c.user_id.in_(bindparam("people", expanding=True))
_WENT_OUT = _FIRING.c.state.in_((literal_column("'queued'"), literal_column("'sent'")))
_LATELY = select(_FIRING.c.user_id, _FIRING.c.created_at).where(
    _PEOPLE, _FIRING.c.due_at >= bindparam("due_since"), _FIRING.c.created_at >= bindparam("since"), _WENT_OUT
)
_OURS = select(_REMINDER.c.user_id, _REMINDER.c.id).where(
    _REMINDER.c.user_id.in_(bindparam("people", expanding=True)), _REMINDER.c.source == literal_column("'system'")
)
_OF_ONE = (_FIRING.c.user_id == bindparam("u"), _FIRING.c.reminder_id == bindparam("reminder"))
_SENT = select(_FIRING.c.created_at).where(*_OF_ONE, _FIRING.c.local_date >= bindparam("first"), _WENT_OUT)
_NAMES = select(_FIRING.c.local_date, _FIRING.c.local_time).where(*_OF_ONE, _FIRING.c.local_date >= bindparam("first"))


@dataclass(frozen=True, slots=True)
class Sent:
    """How much went out lately: chosen and unsolicited today, unsolicited in the last seven days.

    Today is the person's local day of sending. `last_unsolicited_at` is None when there never was one.
    """

    chosen_today: int = 0
    unsolicited_today: int = 0
    unsolicited_week: int = 0
    last_unsolicited_at: datetime | None = None


def sent_lately(session: Session, zones: Mapping[UUID, str], now: datetime) -> dict[UUID, Sent]:
    """Counts for the caps of science.md B-3, for everybody in `zones` (person: zone)."""
    people = list(zones)
    since = now - _LONGEST_DAY
    values = {"people": people, "since": since, "due_since": since - _MOST_LATE}
    every: dict[UUID, list[datetime]] = defaultdict(list)
    unasked: dict[UUID, list[datetime]] = defaultdict(list)
    for user_id, at in session.connection().execute(_LATELY, values):
        every[user_id].append(at)
    first = (now - _REMEMBERED).date()
    for user_id, reminder_id in session.connection().execute(_OURS, {"people": people}).all():
        values = {"u": user_id, "reminder": reminder_id, "first": first}
        unasked[user_id] += session.connection().execute(_SENT, values).scalars().all()
    return {user_id: _counted(every[user_id], unasked[user_id], zone, now) for user_id, zone in zones.items()}


def _counted(every: list[datetime], unasked: list[datetime], zone: str, now: datetime) -> Sent:
    if not every and not unasked:
        return Sent()
    local = now.astimezone(ZoneInfo(zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    unasked_today = sum(at >= midnight for at in unasked)
    return Sent(
        chosen_today=sum(at >= midnight for at in every) - unasked_today,
        unsolicited_today=unasked_today,
        unsolicited_week=sum(at > now - _WEEK for at in unasked),
        last_unsolicited_at=max(unasked, default=None),
    )


def names(session: Session, user_id: UUID, reminder_id: UUID, first: date) -> set[Name]:
    """Occurrences of a reminder, from a local day on, that have their row already."""
    values = {"u": user_id, "reminder": reminder_id, "first": first}
    return {(reminder_id, row[0], row[1]) for row in session.connection().execute(_NAMES, values)}


def snoozes(session: Session, user_id: UUID, reminder_id: UUID) -> int:
    """How often the latest firing of a reminder was put off: what comes back carries the count on (science.md B-6)."""
    query = select(ReminderFiring.snooze_count, ReminderFiring.response).where(
        ReminderFiring.user_id == user_id, ReminderFiring.reminder_id == reminder_id
    )
    row = session.execute(query.order_by(ReminderFiring.id.desc()).limit(1)).first()
    return row.snooze_count if row is not None and row.response == "snoozed" else 0


@dataclass(frozen=True, slots=True)
class Firing:
    """The row of one occurrence. `reason` says why a suppressed one was not sent."""

    id: UUID
    user_id: UUID
    name: Name
    due_at: datetime
    state: State
    reason: str | None = None
    outbox_id: UUID | None = None
    snooze_count: int = 0


def add(session: Session, made: Iterable[Firing], now: datetime) -> None:
    """Write them. Raises IntegrityError when an occurrence has its row already."""
    values = [
        {
            "id": firing.id,
            "user_id": firing.user_id,
            "reminder_id": firing.name[0],
            "local_date": firing.name[1],
            "local_time": firing.name[2],
            "due_at": firing.due_at,
            "state": firing.state,
            "suppressed_reason": firing.reason,
            "outbox_id": firing.outbox_id,
            "response": "none",
            "snooze_count": firing.snooze_count,
            "created_at": now,
            "updated_at": now,
        }
        for firing in made
    ]
    if values:
        session.connection().execute(insert(_FIRING), values)

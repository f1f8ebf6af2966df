"""Due reminders in bulk: claimed person by person, and moved on to their next time (data-model 8.4, 11.3).

A claim is a pair of row locks, the reminder's and its person's, held by the transaction that also writes the firing,
the outbox row and the next due time. So a process that dies in between leaves nothing behind: its rows are due again
at once, without a lease to wait for. Locking the person keeps two schedulers from deciding about one person side by
side, each with half of the picture. On SQLite the transaction itself is the lock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Date,
    DateTime,
    LargeBinary,
    Select,
    String,
    Time,
    Update,
    Uuid,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from agents.domain.recurrence import Recurrence
from storage import plain, recurrences
from storage.encrypted import Encrypted
from storage.models.identity import User
from storage.models.reminders import Reminder, ReminderFiring

_TABLE, _FIRING = plain.table(Reminder), plain.table(ReminderFiring)
# Written out, not bound: both engines use the partial index only where they see its own condition.
IS_ACTIVE = _TABLE.c.state == literal_column("'active'")
_IS_DUE = IS_ACTIVE & (_TABLE.c.next_due_at <= bindparam("now"))
_TITLE, _DIALECT = cast("Encrypted", _TABLE.c.title.type), DefaultDialect()  # sealing knows no dialects
_SEALED_TITLE = type_coerce(_TABLE.c.title, LargeBinary).label("sealed_title")  # opened in its person's key scope
# One look into the unique key for each row: nearly always nothing is there.
_HAS_LATER_FIRING = (
    exists()
    .where(
        _FIRING.c.user_id == _TABLE.c.user_id,
        _FIRING.c.reminder_id == _TABLE.c.id,
        _FIRING.c.local_date >= _TABLE.c.next_local_date,
        or_(_FIRING.c.local_date > _TABLE.c.next_local_date, _FIRING.c.local_time >= _TABLE.c.next_local_time),
    )
    .correlate(_TABLE)
)
_COLUMNS = (
    _TABLE.c.user_id, _TABLE.c.id, _TABLE.c.kind, _SEALED_TITLE, _TABLE.c.recurrence, _TABLE.c.starts_on,
    _TABLE.c.ends_on, _TABLE.c.next_local_date, _TABLE.c.next_local_time, _TABLE.c.snoozed_until,
    _TABLE.c.quiet_policy, _TABLE.c.max_age_minutes, _TABLE.c.source, _HAS_LATER_FIRING,
)  # fmt: skip
_ANY = select(_TABLE.c.id).where(_IS_DUE).limit(1)
_OLDEST = (
    select(*_COLUMNS)
    .join(User, User.id == _TABLE.c.user_id)
    .where(_IS_DUE)
    .order_by(_TABLE.c.next_due_at)
    .limit(bindparam("rows"))
)
_OF_PEOPLE = (
    select(*_COLUMNS)
    .join(User, User.id == _TABLE.c.user_id)
    .where(_IS_DUE, _TABLE.c.user_id.in_(bindparam("people", expanding=True)))
    .order_by(_TABLE.c.next_due_at)
)


@dataclass(frozen=True, slots=True)
class DueRow:
    """A due reminder. `local_date` and `local_time` name the occurrence it stands for; `snoozed_until` may be ahead.

    `may_be_handled`: there is a firing of this occurrence or a later one, or a snooze.
    """

    user_id: UUID
    id: UUID
    kind: str
    sealed_title: bytes | None
    rule: Recurrence
    local_date: date
    local_time: time
    snoozed_until: datetime | None
    quiet_policy: str
    max_age_minutes: int
    source: str
    may_be_handled: bool = False

    def first_day(self) -> date:
        """No occurrence it may stand for has an earlier local day."""
        if self.snoozed_until is None:
            return self.local_date
        return min(self.local_date, self.snoozed_until.date() - timedelta(days=1))

    def title(self) -> str:
        """The person's own words for it; needs their key scope."""
        return _TITLE.process_result_value(self.sealed_title, _DIALECT) or ""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a reminder stands after a tick. `next_due_at` None: it is finished."""

    user_id: UUID
    id: UUID
    next_due_at: datetime | None
    local_date: date
    local_time: time
    snoozed_until: datetime | None


def is_any(session: Session, now: datetime) -> bool:
    """Whether anything is due: the question of an idle tick, answered from one index entry."""
    return session.connection().execute(_ANY, {"now": now}).first() is not None


def claim(session: Session, now: datetime, rows: int) -> list[DueRow]:
    """Due rows, oldest first, about so many, and with each the other due rows of its person.

    Rows and people that another transaction holds are left to it, or to the next tick.
    """
    oldest = _locked(session, _OLDEST, {"now": now, "rows": rows})
    if len(oldest) < rows:
        return oldest
    return claim_people(session, now, list(dict.fromkeys(row.user_id for row in oldest)))


def claim_people(session: Session, now: datetime, people: Sequence[UUID]) -> list[DueRow]:
    """Every due row of these people."""
    return _locked(session, _OF_PEOPLE, {"now": now, "people": people})


def _locked(session: Session, query: Select[Any], values: Mapping[str, Any]) -> list[DueRow]:
    if session.get_bind().dialect.name == "postgresql":
        # Not FOR UPDATE: rows that only point to these may still be inserted by others.
        query = query.with_for_update(of=[_TABLE, User], skip_locked=True, key_share=True)
    return [_due(row) for row in session.connection().execute(query, values)]


def _due(row: Any) -> DueRow:  # noqa: ANN401 - a row
    user_id, id_, kind, title, rule, starts_on, ends_on, day, at, snoozed_until, quiet, max_age, source, is_later = row
    loaded = recurrences.load(rule, starts_on, ends_on)
    may_be_handled = bool(is_later) or snoozed_until is not None
    return DueRow(user_id, id_, kind, title, loaded, day, at, snoozed_until, quiet, max_age, source, may_be_handled)


_MOVED = ("u", "i", "due", "day", "at", "snoozed", "standing")


def _moving(**values: Any) -> Update:  # noqa: ANN401 - anything a column may be set to
    return update(_TABLE).values(
        next_due_at=values["due"],
        next_local_date=values["day"],
        next_local_time=values["at"],
        snoozed_until=values["snoozed"],
        state=values["standing"],
        updated_at=bindparam("now"),
        row_version=_TABLE.c.row_version + 1,
    )


_MOVE_ONE = _moving(**{name: bindparam(name) for name in _MOVED}).where(
    _TABLE.c.user_id == bindparam("u"), _TABLE.c.id == bindparam("i")
)


@cache
def _move_all() -> Update:
    """PostgreSQL takes all rows in one statement: a list for each column. Half the price of a statement a row."""
    from sqlalchemy.dialects.postgresql import ARRAY

    instant = DateTime(timezone=True)
    types: tuple[TypeEngine[Any], ...] = (Uuid(), Uuid(), instant, Date(), Time(), instant, String())
    lists: list[Any] = [bindparam(name, type_=ARRAY(kind)) for name, kind in zip(_MOVED, types, strict=True)]
    columns: list[Any] = [column(name, kind) for name, kind in zip(_MOVED, types, strict=True)]
    moved = func.unnest(*lists).table_valued(*columns, name="moved").render_derived()
    return _moving(**{name: moved.c[name] for name in _MOVED}).where(
        _TABLE.c.user_id == moved.c.u, _TABLE.c.id == moved.c.i
    )


def move_on(session: Session, moves: Sequence[Move], now: datetime) -> None:
    """Write the next due times. A turn that read one of these rows before is told that it is stale."""
    if not moves:
        return
    rows = [
        (
            move.user_id, move.id, move.next_due_at, move.local_date, move.local_time, move.snoozed_until,
            "finished" if move.next_due_at is None else "active",
        )
        for move in moves
    ]  # fmt: skip
    if session.get_bind().dialect.name == "postgresql":
        lists = dict(zip(_MOVED, map(list, zip(*rows, strict=True)), strict=True))
        session.connection().execute(_move_all(), {**lists, "now": now})
    else:
        values = [{**dict(zip(_MOVED, row, strict=True)), "now": now} for row in rows]
        session.connection().execute(_MOVE_ONE, values)


_PUT_OFF = (
    update(_TABLE)
    .where(_IS_DUE, _TABLE.c.user_id == bindparam("u"))
    .values(next_due_at=bindparam("until"), updated_at=bindparam("now"), row_version=_TABLE.c.row_version + 1)
)


def put_off(session: Session, user_id: UUID, now: datetime, until: datetime) -> None:
    """Look at a person's due reminders again later; their occurrences stay the same."""
    plain.change(session, _PUT_OFF, {"u": user_id, "now": now, "until": until})


_NEXT = (
    select(_TABLE.c.next_due_at)
    .where(IS_ACTIVE, _TABLE.c.next_due_at.is_not(None))
    .order_by(_TABLE.c.next_due_at)
    .limit(1)
)


def next_instant(session: Session) -> datetime | None:
    """When the next reminder of anybody is due."""
    found: datetime | None = session.connection().execute(_NEXT).scalar()
    return found

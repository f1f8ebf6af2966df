"""Leases: which of several processes does a job that only one may do (data-model 8.6), and the proof of it.

The server's clock decides when a lease has run out, so the machines' clocks need not agree. Each take-over counts the
token on: who still works with an old one is fenced off (storage.fences). On SQLite there is one process and no lease.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Interval, cast, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage import wakes
from storage.fences import LeaseLost
from storage.models.delivery import Lease as Row


@dataclass(frozen=True, slots=True)
class Lease:
    """A job of this process, as long as nobody took it over; a fence."""

    name: str
    holder: str
    token: int

    def check(self, connection: Connection) -> None:
        """Keeps others from taking it over until this transaction ends. Raises LeaseLost when one has."""
        mine = select(Row.token).where(Row.name == self.name, Row.holder == self.holder, Row.token == self.token)
        if connection.execute(mine.with_for_update(read=True)).first() is None:
            raise LeaseLost(f"another process is the {self.name} by now")


def take(session: Session, name: str, holder: str, seconds: float) -> Lease | None:
    """The lease, for so many seconds, when nobody has it; None when somebody does."""
    has_ended = or_(Row.expires_at.is_(None), Row.expires_at < func.clock_timestamp())
    is_free = or_(Row.holder.is_(None), Row.holder == holder, has_ended)
    if session.scalar(select(~is_free).where(Row.name == name)):
        return None  # the usual answer, and it costs a read only
    until, now = _until(seconds), func.clock_timestamp()
    values = {"name": name, "holder": holder, "token": 1, "expires_at": until, "created_at": now, "updated_at": now}
    row = insert(Row).values(values)
    taken = row.on_conflict_do_update(
        index_elements=[Row.name],
        set_={"holder": holder, "token": Row.token + 1, "expires_at": until, "updated_at": now},
        where=is_free,
    )
    token = session.scalar(taken.returning(Row.token))
    return None if token is None else Lease(name, holder, token)


def renew(session: Session, holder: str, seconds: float) -> frozenset[Lease]:
    """Everything this holder still has, for so many seconds from now."""
    mine = update(Row).where(Row.holder == holder).values(expires_at=_until(seconds), updated_at=func.clock_timestamp())
    return frozenset(Lease(name, holder, token) for name, token in session.execute(mine.returning(Row.name, Row.token)))


def release(session: Session, lease: Lease) -> None:
    """Somebody else may do it at once."""
    mine = update(Row).where(Row.name == lease.name, Row.holder == lease.holder, Row.token == lease.token)
    session.execute(mine.values(holder=None, expires_at=None, updated_at=func.clock_timestamp()))
    wakes.promise(session, wakes.LEASES)


def _until(seconds: float) -> ColumnElement[datetime]:
    """So many seconds from now, by the server's clock."""
    return func.clock_timestamp() + cast(literal(f"{seconds} seconds"), Interval)

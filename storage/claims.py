"""Claims: whose turn is answered next, by whom, and for how long (data-model 11.3).

A claim is a lease on a sender's oldest open update and a fence: whoever was too slow and lost it can write nothing of
that turn any more (storage.fences).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import BigInteger, Connection, ScalarSelect, bindparam, cast, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage import plain
from storage.fences import LeaseLost
from storage.inbox import LAST_WORDS, Origin, is_postgres
from storage.models.delivery import InboxRow

HEAD_START = timedelta(seconds=0.15)  # of the process that answered a sender last
REMEMBERED = timedelta(hours=1)
MOST_ATTEMPTS = 20  # the column's limit
# open: nothing of its turn was written; parting: over but for its last words; closed: finished, given up or ignored;
# lost: claimed by somebody else since.
Standing = Literal["open", "parting", "closed", "lost"]
_TABLE = plain.table(InboxRow)
_HELD = (
    select(_TABLE.c.update_id)
    .where(_TABLE.c.bot_id == bindparam("bot"), _TABLE.c.update_id == bindparam("number"))
    .where(_TABLE.c.state == "received", _TABLE.c.attempts == bindparam("attempt"))
    .with_for_update()
)
_MINE = (_TABLE.c.bot_id == bindparam("bot"), _TABLE.c.external_hmac == bindparam("key"), _TABLE.c.state == "received")
_OPEN = (
    select(_TABLE.c.update_id, _TABLE.c.channel, _TABLE.c.attempts, _TABLE.c.lease_until, _TABLE.c.not_before)
    .where(*_MINE)
    .order_by(_TABLE.c.update_id)
)
_AS_SEEN = (
    select(_TABLE.c.update_id)
    .where(*_MINE, _TABLE.c.update_id == bindparam("number"), _TABLE.c.attempts == bindparam("seen"))
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_TAKE = (
    update(_TABLE)
    .where(_TABLE.c.bot_id == bindparam("bot"), _TABLE.c.update_id == _AS_SEEN)
    .values(
        attempts=bindparam("attempt"), lease_holder=bindparam("holder"), lease_until=bindparam("until"),
    )
    .returning(_TABLE.c.payload)
)  # fmt: skip
_LOCKED = select(func.pg_try_advisory_xact_lock(cast(bindparam("number"), BigInteger)))
_STANDING = select(_TABLE.c.state, _TABLE.c.attempts, _TABLE.c.kind).where(
    _TABLE.c.bot_id == bindparam("bot"), _TABLE.c.update_id == bindparam("number")
)
_READY_AT = select(_TABLE.c.not_before).where(*_MINE).order_by(_TABLE.c.update_id).limit(1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update that is being answered now, for the `attempts`-th time.

    It is a fence (storage.fences): whoever claims the update after us counts one attempt more, and from then on
    nothing of this turn can be written.
    """

    origin: Origin
    payload: dict[str, Any]
    attempts: int

    def check(self, connection: Connection) -> None:
        """Locks the row. Raises LeaseLost when the update was finished or claimed again."""
        row = {"bot": self.origin.bot_id, "number": self.origin.update_id, "attempt": self.attempts}
        if connection.execute(_HELD, row).first() is None:
            raise LeaseLost("another process answers this update by now")


def claim(session: Session, bot_id: int, key: bytes, holder: str, now: datetime, until: datetime) -> Claimed | None:
    """This sender's oldest open update, leased until then; None when there is none, or it is held or has to wait.

    Never a younger one instead, and none while any of this sender's is held: a person's messages are answered in their
    order and one at a time, whichever processes do it and whenever they came in (telegram.md TG-81).
    """
    if not _may_claim(session, bot_id, key):
        return None
    mine = {"bot": bot_id, "key": key}
    rows = plain.rows(session, _OPEN, mine).all()
    if not rows or any(row.lease_until is not None and row.lease_until > now for row in rows):
        return None
    oldest = rows[0]
    if oldest.not_before is not None and oldest.not_before > now:
        return None
    origin = Origin(bot_id, oldest.update_id, oldest.channel)
    attempts = min(oldest.attempts + 1, MOST_ATTEMPTS)
    seen = {**mine, "number": oldest.update_id, "seen": oldest.attempts}
    row = plain.rows(session, _TAKE, {**seen, "attempt": attempts, "holder": holder, "until": until}).first()
    return None if row is None else Claimed(origin, row.payload or {}, attempts)


def _may_claim(session: Session, bot_id: int, key: bytes) -> bool:
    """PostgreSQL: whether nobody else claims for this sender right now, and until this transaction ends nobody will.

    What the next statement sees is then everything that was claimed before. SQLite has one writer anyway.
    """
    if not is_postgres(session):
        return True
    number = int.from_bytes(key[:8], "big", signed=True) ^ bot_id
    return bool(plain.rows(session, _LOCKED, {"number": number}).scalar())


def renew(session: Session, bot_id: int, update_ids: Iterable[int], holder: str, until: datetime) -> None:
    """Those of these updates that this process still answers stay its own until then."""
    held = (
        InboxRow.bot_id == bot_id,
        InboxRow.update_id.in_(tuple(update_ids)),
        InboxRow.state == "received",
        InboxRow.lease_holder == holder,
    )
    session.execute(update(InboxRow).where(*held).values(lease_until=until))


def senders_waiting(
    session: Session, bot_id: int, now: datetime, limit: int | None = None, *, holder: str | None = None
) -> tuple[bytes, ...]:
    """Whose oldest open update can be answered now, the longest waiting first.

    With a `holder`, those whom another process answered lately are left to that one for a moment: it still knows what
    was said before consent, which is written down nowhere (docs/adr, words before consent), and has their keys at hand.
    """
    other = aliased(InboxRow)
    is_behind = exists().where(
        other.external_hmac == InboxRow.external_hmac,
        other.bot_id == bot_id,
        other.state == "received",
        or_(other.update_id < InboxRow.update_id, other.lease_until > now),
    )
    query = (
        select(InboxRow.external_hmac)
        .where(InboxRow.bot_id == bot_id, InboxRow.state == "received", InboxRow.external_hmac.is_not(None))
        .where(or_(InboxRow.not_before.is_(None), InboxRow.not_before <= now), ~is_behind)
        .order_by(InboxRow.received_at)
        .limit(limit)
    )
    if holder is not None:
        is_ours = func.coalesce(_last_holder(now), holder) == holder
        query = query.where(or_(InboxRow.received_at <= now - HEAD_START, is_ours))
    return tuple(key for key in session.scalars(query) if key is not None)


def _last_holder(now: datetime) -> ScalarSelect[str | None]:
    """Who answered the sender last, not long ago."""
    earlier = aliased(InboxRow)
    return (
        select(earlier.lease_holder)
        .where(
            earlier.external_hmac == InboxRow.external_hmac,
            earlier.bot_id == InboxRow.bot_id,
            earlier.state.in_(("done", "failed")),
            earlier.received_at > now - REMEMBERED,
        )
        .order_by(earlier.received_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def has_fresh(session: Session, bot_id: int, now: datetime) -> bool:
    """Whether an update that nobody holds yet came in so lately that it may have been left to another process."""
    is_free = (InboxRow.bot_id == bot_id, InboxRow.state == "received", InboxRow.lease_until.is_(None))
    query = select(InboxRow.update_id).where(*is_free, InboxRow.received_at > now - HEAD_START)
    return session.scalar(query.limit(1)) is not None


def next_ready(session: Session, bot_id: int, now: datetime) -> datetime | None:
    """When the next of those that wait, for what belongs to them or for another try, can be answered."""
    is_waiting = (InboxRow.bot_id == bot_id, InboxRow.state == "received", InboxRow.not_before > now)
    return session.scalar(select(func.min(InboxRow.not_before)).where(*is_waiting))


def standing(session: Session, claimed: Claimed) -> Standing:
    """What became of an update that was claimed."""
    row = plain.rows(session, _STANDING, {"bot": claimed.origin.bot_id, "number": claimed.origin.update_id}).one()
    if row.attempts != claimed.attempts:
        return "lost"
    if row.state != "received":
        return "closed"
    return "parting" if row.kind == LAST_WORDS else "open"


def ready_at(session: Session, bot_id: int, key: bytes) -> datetime | None:
    """Until when this sender's oldest open update waits; None when there is none or it does not wait."""
    found: datetime | None = plain.rows(session, _READY_AT, {"bot": bot_id, "key": key}).scalar()
    return found


def recover(session: Session, bot_id: int) -> None:
    """At the start of the only process nobody holds anything: what an ended one was working on is free again.

    With several processes a lease is another's until it runs out.
    """
    open_rows = (InboxRow.bot_id == bot_id, InboxRow.state == "received")
    session.execute(update(InboxRow).where(*open_rows).values(lease_until=None, lease_holder=None))

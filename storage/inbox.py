"""The inbox: every accepted update is written here before anything is done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, Connection, bindparam, cast, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage import plain, wakes
from storage.fences import LeaseLost
from storage.models.delivery import InboxRow

CONSOLE_BOT, WEB_BOT = 0, 1  # data-model 8.2
MAX_ATTEMPTS = 5
# open: nothing of its turn was written; closed: finished, given up or ignored; lost: claimed by somebody else since.
Standing = Literal["open", "closed", "lost"]
_COUNTER = 0x6B65656C_00000001  # "keel", the console's counter


@dataclass(frozen=True, slots=True)
class Origin:
    """Which update a turn answers."""

    bot_id: int
    update_id: int
    channel: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was accepted and not finished."""

    origin: Origin
    payload: dict[str, Any]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """One Telegram update on its way in. `sender` is the blind index of who wrote; None when nobody did.

    Without a payload the row is kept as `ignored`. With `is_once` it is ignored too when this sender already has a row
    with the same `group_key`: the second message of a group. It waits until `not_before` for what belongs to it.
    """

    update_id: int
    kind: str
    sender: bytes | None
    payload: dict[str, Any] | None
    group_key: str | None = None
    is_once: bool = False
    not_before: datetime | None = None


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


def accept(session: Session, key: bytes, payload: dict[str, Any], now: datetime) -> Origin:
    """One console update, numbered after the last, for this sender."""
    if _is_postgres(session):  # two consoles at once would count to the same number
        session.execute(select(func.pg_advisory_xact_lock(cast(_COUNTER, BigInteger))))
    last = plain.rows(session, _LAST, {"bot": CONSOLE_BOT}).scalar() or 0
    plain.add(
        session,
        InboxRow,
        bot_id=CONSOLE_BOT,
        update_id=last + 1,
        channel="console",
        kind="message",
        external_hmac=key,
        payload=payload,
        received_at=now,
        attempts=1,
    )
    return Origin(CONSOLE_BOT, last + 1, "console")


def waiting(session: Session, key: bytes) -> tuple[Waiting, ...]:
    """This sender's unfinished updates, oldest first; one that failed too often is given up, so it blocks nobody."""
    rows = session.scalars(
        select(InboxRow).where(InboxRow.external_hmac == key, InboxRow.state == "received").order_by(InboxRow.update_id)
    ).all()
    found = []
    for row in rows:
        row.attempts += 1
        if row.attempts > MAX_ATTEMPTS or row.payload is None:
            row.state, row.last_error = "failed", "too many attempts"
            continue
        origin = Origin(row.bot_id, row.update_id, row.channel)
        found.append(Waiting(origin, row.payload, row.received_at))
    return tuple(found)


def failed(session: Session, origin: Origin, now: datetime, error: str = "not written") -> None:
    """Given up: the payload goes, and nothing answers it later."""
    session.execute(
        update(InboxRow)
        .where(InboxRow.bot_id == origin.bot_id, InboxRow.update_id == origin.update_id)
        .values(state="failed", payload=None, done_at=now, lease_until=None, last_error=error)
    )


_TABLE = plain.table(InboxRow)
_LAST = select(func.max(_TABLE.c.update_id)).where(_TABLE.c.bot_id == bindparam("bot"))
_HELD = (
    select(_TABLE.c.update_id)
    .where(_TABLE.c.bot_id == bindparam("bot"), _TABLE.c.update_id == bindparam("number"))
    .where(_TABLE.c.state == "received", _TABLE.c.attempts == bindparam("attempt"))
    .with_for_update()
)
_DONE = (
    update(_TABLE)
    .where(_TABLE.c.bot_id == bindparam("bot"), _TABLE.c.update_id == bindparam("number"))
    .values(
        state="done",
        payload=None,
        user_id=bindparam("who"),
        done_at=bindparam("at"),
        lease_until=None,
        result=bindparam("outcome"),
    )
)


def done(session: Session, origin: Origin, user_id: UUID | None, result: dict[str, Any], now: datetime) -> None:
    """Finished: the payload goes, the result stays as the answer to a repeat."""
    row = {"bot": origin.bot_id, "number": origin.update_id}
    plain.change(session, _DONE, {**row, "who": user_id, "at": now, "outcome": result})


def accept_telegram(session: Session, bot_id: int, arrivals: Iterable[Arrival], now: datetime) -> tuple[Arrival, ...]:
    """Write one batch; an update that is known already changes nothing. Returns the new ones."""
    new = tuple(arrival for arrival in arrivals if _insert(session, bot_id, arrival, now))
    if new:
        wakes.promise(session, wakes.INBOX)
    return new


def _insert(session: Session, bot_id: int, arrival: Arrival, now: datetime) -> bool:
    """One row, unless (bot, update) is there: the key decides, not a look beforehand. True when it is new."""
    from sqlalchemy.dialects import postgresql, sqlite

    is_open = arrival.payload is not None and not (arrival.is_once and _is_known(session, arrival))
    dialect = postgresql if _is_postgres(session) else sqlite
    row = dialect.insert(InboxRow).values(
        bot_id=bot_id,
        update_id=arrival.update_id,
        channel="telegram",
        kind=arrival.kind[:32],
        external_hmac=arrival.sender,
        payload=arrival.payload if is_open else None,
        state="received" if is_open else "ignored",
        group_key=arrival.group_key,
        not_before=arrival.not_before if is_open else None,
        received_at=now,
        done_at=None if is_open else now,
    )
    return session.scalar(row.on_conflict_do_nothing().returning(InboxRow.update_id)) is not None


def _is_known(session: Session, arrival: Arrival) -> bool:
    if arrival.group_key is None:
        return False
    query = select(InboxRow.update_id).where(
        InboxRow.external_hmac == arrival.sender,
        InboxRow.group_key == arrival.group_key,
        InboxRow.update_id != arrival.update_id,
    )
    return session.scalar(query.limit(1)) is not None


def claim(session: Session, bot_id: int, key: bytes, holder: str, now: datetime, until: datetime) -> Claimed | None:
    """This sender's oldest open update, leased until then; None when there is none, or it is held or has to wait.

    Never a younger one instead, and none while any of this sender's is held: a person's messages are answered in their
    order and one at a time, whichever processes do it and whenever they came in (telegram.md TG-81).
    """
    if not _may_claim(session, bot_id, key):
        return None
    mine = (InboxRow.bot_id == bot_id, InboxRow.external_hmac == key, InboxRow.state == "received")
    columns = (InboxRow.update_id, InboxRow.channel, InboxRow.attempts, InboxRow.lease_until, InboxRow.not_before)
    rows = session.execute(select(*columns).where(*mine).order_by(InboxRow.update_id)).all()
    if not rows or any(row.lease_until is not None and row.lease_until > now for row in rows):
        return None
    oldest = rows[0]
    if oldest.not_before is not None and oldest.not_before > now:
        return None
    origin = Origin(bot_id, oldest.update_id, oldest.channel)
    as_seen = select(InboxRow.update_id).where(*_row(origin), *mine, InboxRow.attempts == oldest.attempts)
    take = update(InboxRow).where(
        InboxRow.bot_id == bot_id,
        InboxRow.update_id == as_seen.with_for_update(skip_locked=True).scalar_subquery(),
    )
    values = {"attempts": oldest.attempts + 1, "lease_holder": holder, "lease_until": until}
    row = session.execute(take.values(**values).returning(InboxRow.payload)).first()
    return None if row is None else Claimed(origin, row.payload or {}, oldest.attempts + 1)


def _may_claim(session: Session, bot_id: int, key: bytes) -> bool:
    """PostgreSQL: whether nobody else claims for this sender right now, and until this transaction ends nobody will.

    What the next statement sees is then everything that was claimed before. SQLite has one writer anyway.
    """
    if not _is_postgres(session):
        return True
    number = int.from_bytes(key[:8], "big", signed=True) ^ bot_id
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(cast(number, BigInteger)))))


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def renew(session: Session, bot_id: int, update_ids: Iterable[int], holder: str, until: datetime) -> None:
    """Those of these updates that this process still answers stay its own until then."""
    held = (
        InboxRow.bot_id == bot_id,
        InboxRow.update_id.in_(tuple(update_ids)),
        InboxRow.state == "received",
        InboxRow.lease_holder == holder,
    )
    session.execute(update(InboxRow).where(*held).values(lease_until=until))


def senders_waiting(session: Session, bot_id: int, now: datetime, limit: int | None = None) -> tuple[bytes, ...]:
    """Whose oldest open update can be answered now, the longest waiting first."""
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
    return tuple(key for key in session.scalars(query) if key is not None)


def next_ready(session: Session, bot_id: int, now: datetime) -> datetime | None:
    """When the next of those that wait, for what belongs to them or for another try, can be answered."""
    is_waiting = (InboxRow.bot_id == bot_id, InboxRow.state == "received", InboxRow.not_before > now)
    return session.scalar(select(func.min(InboxRow.not_before)).where(*is_waiting))


def standing(session: Session, claimed: Claimed) -> Standing:
    """What became of an update that was claimed."""
    row = session.execute(select(InboxRow.state, InboxRow.attempts).where(*_row(claimed.origin))).one()
    if row.attempts != claimed.attempts:
        return "lost"
    return "open" if row.state == "received" else "closed"


def ready_at(session: Session, bot_id: int, key: bytes) -> datetime | None:
    """Until when this sender's oldest open update waits; None when there is none or it does not wait."""
    open_rows = (InboxRow.bot_id == bot_id, InboxRow.external_hmac == key, InboxRow.state == "received")
    return session.scalar(select(InboxRow.not_before).where(*open_rows).order_by(InboxRow.update_id).limit(1))


def companions(session: Session, claimed: Origin, within: timedelta) -> tuple[Waiting, ...]:
    """The sender's other open updates of the same group that came within this time of the claimed one, in order."""
    mine = session.execute(
        select(InboxRow.external_hmac, InboxRow.group_key, InboxRow.received_at).where(*_row(claimed))
    ).one()
    rows = session.execute(
        select(InboxRow.update_id, InboxRow.payload, InboxRow.received_at)
        .where(
            InboxRow.bot_id == claimed.bot_id,
            InboxRow.external_hmac == mine.external_hmac,
            InboxRow.group_key == mine.group_key,
            InboxRow.state == "received",
            InboxRow.update_id != claimed.update_id,
            InboxRow.received_at <= mine.received_at + within,
        )
        .order_by(InboxRow.update_id)
    )
    origins = ((Origin(claimed.bot_id, row.update_id, claimed.channel), row) for row in rows)
    return tuple(Waiting(origin, row.payload or {}, row.received_at) for origin, row in origins)


def ignore(session: Session, origin: Origin, now: datetime, why: str) -> None:
    """Nothing in it to answer: kept without its content."""
    _set(session, origin, state="ignored", payload=None, done_at=now, lease_until=None, last_error=why)


def defer(session: Session, origin: Origin, until: datetime, error: str) -> None:
    """Try this update again later; its sender's younger ones wait with it."""
    _set(session, origin, lease_until=None, lease_holder=None, not_before=until, last_error=error)


def recover(session: Session, bot_id: int) -> None:
    """At the start of the only process nobody holds anything: what an ended one was working on is free again.

    With several processes a lease is another's until it runs out.
    """
    open_rows = (InboxRow.bot_id == bot_id, InboxRow.state == "received")
    session.execute(update(InboxRow).where(*open_rows).values(lease_until=None, lease_holder=None))


def _row(origin: Origin) -> tuple[Any, ...]:
    return InboxRow.bot_id == origin.bot_id, InboxRow.update_id == origin.update_id


def _set(session: Session, origin: Origin, **values: Any) -> None:  # noqa: ANN401 - any column
    session.execute(update(InboxRow).where(*_row(origin), InboxRow.state == "received").values(**values))

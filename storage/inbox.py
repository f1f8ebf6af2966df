"""The inbox: every accepted update is written here before anything is done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, cast, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage import plain, wakes
from storage.models.delivery import InboxRow

CONSOLE_BOT, WEB_BOT = 0, 1  # data-model 8.2
MAX_ATTEMPTS = 5
LAST_WORDS = "last_words"  # the kind of an update that waits only for what is said last (storage.last_words)
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


def accept(session: Session, key: bytes, payload: dict[str, Any], now: datetime) -> Origin:
    """One console update, numbered after the last, for this sender."""
    if is_postgres(session):  # two consoles at once would count to the same number
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
_INSERT_SQLITE = sqlite.insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.update_id)
_INSERT_POSTGRES = postgresql.insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.update_id)
_LAST = select(func.max(_TABLE.c.update_id)).where(_TABLE.c.bot_id == bindparam("bot"))
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
    is_open = arrival.payload is not None and not (arrival.is_once and _is_known(session, arrival))
    row = {
        "bot_id": bot_id,
        "update_id": arrival.update_id,
        "channel": "telegram",
        "kind": arrival.kind[:32],
        "external_hmac": arrival.sender,
        "payload": arrival.payload if is_open else None,
        "state": "received" if is_open else "ignored",
        "group_key": arrival.group_key,
        "not_before": arrival.not_before if is_open else None,
        "received_at": now,
        "done_at": None if is_open else now,
    }
    statement = _INSERT_POSTGRES if is_postgres(session) else _INSERT_SQLITE
    return plain.rows(session, statement, row).first() is not None


def _is_known(session: Session, arrival: Arrival) -> bool:
    if arrival.group_key is None:
        return False
    query = select(InboxRow.update_id).where(
        InboxRow.external_hmac == arrival.sender,
        InboxRow.group_key == arrival.group_key,
        InboxRow.update_id != arrival.update_id,
    )
    return session.scalar(query.limit(1)) is not None


def companions(session: Session, claimed: Origin, within: timedelta) -> tuple[Waiting, ...]:
    """The sender's other open updates of the same group that came within this time of the claimed one, in order."""
    mine = session.execute(
        select(InboxRow.external_hmac, InboxRow.group_key, InboxRow.received_at).where(*row_of(claimed))
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


def is_postgres(session: Session) -> bool:
    """Whether other processes may write at the same time."""
    return session.get_bind().dialect.name == "postgresql"


def row_of(origin: Origin) -> tuple[Any, ...]:
    """The conditions that pick this update's row."""
    return InboxRow.bot_id == origin.bot_id, InboxRow.update_id == origin.update_id


def _set(session: Session, origin: Origin, **values: Any) -> None:  # noqa: ANN401 - any column
    session.execute(update(InboxRow).where(*row_of(origin), InboxRow.state == "received").values(**values))

"""The inbox: every accepted update is written here before anything is done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from storage.models.delivery import InboxRow

CONSOLE_BOT, WEB_BOT = 0, 1  # data-model 8.2
MAX_ATTEMPTS = 5


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


def accept(session: Session, key: bytes, payload: dict[str, Any], now: datetime) -> Origin:
    """One console update, numbered after the last, for this sender."""
    last = session.scalar(select(func.max(InboxRow.update_id)).where(InboxRow.bot_id == CONSOLE_BOT)) or 0
    session.add(
        InboxRow(
            bot_id=CONSOLE_BOT,
            update_id=last + 1,
            channel="console",
            kind="message",
            external_hmac=key,
            payload=payload,
            received_at=now,
            attempts=1,
        )
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


def done(session: Session, origin: Origin, user_id: UUID | None, result: dict[str, Any], now: datetime) -> None:
    """Finished: the payload goes, the result stays as the answer to a repeat."""
    session.execute(
        update(InboxRow)
        .where(InboxRow.bot_id == origin.bot_id, InboxRow.update_id == origin.update_id)
        .values(state="done", payload=None, user_id=user_id, done_at=now, lease_until=None, result=result)
    )

"""Floods: how much one sender has written lately, so that nobody keeps the others waiting (telegram.md, bad input)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models.delivery import InboxRow

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one kind one sender may send, and how much of theirs may wait at once."""

    a_minute: int
    an_hour: int
    waiting: int


def is_over(session: Session, sender: bytes, kind: str, limits: Limits, now: datetime, *, is_fresh: bool) -> bool:
    """Whether one more update of this kind is too many. What was long under way is no flood, but it may not pile up."""
    mine = InboxRow.external_hmac == sender
    if is_fresh:
        lately = func.count().filter(InboxRow.received_at > now - MINUTE)
        counts = select(lately, func.count()).where(
            mine, InboxRow.kind == kind, InboxRow.state != "ignored", InboxRow.received_at > now - HOUR
        )
        in_a_minute, in_an_hour = session.execute(counts).one()
        if in_a_minute >= limits.a_minute or in_an_hour >= limits.an_hour:
            return True
    waiting = select(func.count()).select_from(InboxRow).where(mine, InboxRow.state == "received")
    return (session.scalar(waiting) or 0) >= limits.waiting


def was_told(session: Session, sender: bytes, now: datetime) -> bool:
    """Whether this sender heard lately that it is too much."""
    query = select(InboxRow.update_id).where(
        InboxRow.external_hmac == sender,
        InboxRow.kind == "flood",
        InboxRow.state.in_(("received", "done")),
        InboxRow.received_at > now - HOUR / 4,
    )
    return session.scalar(query.limit(1)) is not None

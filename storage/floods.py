"""Floods: how much one sender has written lately, so that nobody keeps the others waiting (telegram.md, bad input)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.orm import Session

from storage import plain
from storage.models.delivery import InboxRow

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
REMINDED = timedelta(minutes=15)  # how long one word about it is enough
_TABLE = plain.table(InboxRow)
_MINE = _TABLE.c.external_hmac == bindparam("sender")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one kind one sender may send, and how much of theirs may wait at once."""

    a_minute: int
    an_hour: int
    waiting: int


def _since(name: str) -> ScalarSelect[Any]:
    same_kind = (_TABLE.c.kind == bindparam("kind"), _TABLE.c.state != "ignored")
    return select(func.count()).where(_MINE, *same_kind, _TABLE.c.received_at > bindparam(name)).scalar_subquery()


_LOAD = select(
    _since("minute_ago").label("in_a_minute"),
    _since("hour_ago").label("in_an_hour"),
    select(func.count()).where(_MINE, _TABLE.c.state == "received").scalar_subquery().label("waiting"),
)
_TOLD = (
    select(_TABLE.c.update_id)
    .where(
        _MINE,
        _TABLE.c.kind == "flood",
        _TABLE.c.state.in_(("received", "done")),
        _TABLE.c.received_at > bindparam("since"),
    )
    .limit(1)
)


def is_over(session: Session, sender: bytes, kind: str, limits: Limits, now: datetime, *, is_fresh: bool) -> bool:
    """Whether one more update of this kind is too many. What was long under way is no flood, but it may not pile up."""
    asked = {"sender": sender, "kind": kind, "minute_ago": now - MINUTE, "hour_ago": now - HOUR}
    load = plain.rows(session, _LOAD, asked).one()
    if is_fresh and (load.in_a_minute >= limits.a_minute or load.in_an_hour >= limits.an_hour):
        return True
    return bool(load.waiting >= limits.waiting)


def was_told(session: Session, sender: bytes, now: datetime) -> bool:
    """Whether this sender heard lately that it is too much."""
    return plain.rows(session, _TOLD, {"sender": sender, "since": now - REMINDED}).first() is not None

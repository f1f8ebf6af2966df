"""Stops: somebody wants to hear no more of an answer that is being written (telegram.md TG-33).

Whoever hears of it writes it down, and the process that writes that answer, which may be another one, finds it when it
is told (storage.wakes). If nobody tells it, the answer is shown whole: nothing is lost.
"""

from collections.abc import Iterable

from sqlalchemy import String, and_, cast, literal, select
from sqlalchemy.orm import Session, aliased

from storage.models.delivery import InboxRow

KIND = "stopped_message_generation"
_PREFIX = "stop:"


def key_of(draft_id: int) -> str:
    """The group key of a stop; the preview of an answer carries the number of the update that it answers."""
    return f"{_PREFIX}{draft_id}"


def stopped(session: Session, bot_id: int, update_ids: Iterable[int]) -> frozenset[int]:
    """Those of these updates whose own sender wants to hear no more of the answer."""
    stop = aliased(InboxRow)
    is_for = and_(
        stop.bot_id == InboxRow.bot_id,
        stop.external_hmac == InboxRow.external_hmac,
        stop.kind == KIND,
        stop.group_key == literal(_PREFIX) + cast(InboxRow.update_id, String),
    )
    mine = (InboxRow.bot_id == bot_id, InboxRow.update_id.in_(tuple(update_ids)))
    return frozenset(session.scalars(select(InboxRow.update_id).join(stop, is_for).where(*mine)))

"""What went to a model last, word for word: one turn's worth, sealed in the thread's `context`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from agents.domain.sent import LastSent, Sent
from storage import plain
from storage.models.conversation import Conversation

_THREAD = plain.table(Conversation)
_READ = select(Conversation.context).where(
    Conversation.user_id == bindparam("u"), Conversation.id == bindparam("thread")
)
_WRITE = (
    update(_THREAD)
    .where(_THREAD.c.user_id == bindparam("u"), _THREAD.c.id == bindparam("thread"))
    .values(context=bindparam("context", type_=_THREAD.c.context.type))
)


def read(session: Session, user_id: UUID, thread: UUID) -> LastSent | None:
    """What was sent last; None when nothing was, or when it was erased."""
    stored = plain.rows(session, _READ, {"u": user_id, "thread": thread}).scalar()
    told = (stored or {}).get("last_sent")
    return None if told is None else _sent(told)


def _sent(told: dict[str, Any]) -> LastSent:
    asked = tuple(
        Sent(one["purpose"], tuple((role, words) for role, words in one["texts"]), tuple(one["attached"]))
        for one in told["sent"]
    )
    return LastSent(datetime.fromisoformat(told["at"]), told["host"], asked)


def keep(session: Session, user_id: UUID, thread: UUID, last: LastSent) -> None:
    """In place of what was kept before."""
    asked = [
        {"purpose": one.purpose, "texts": [list(text) for text in one.texts], "attached": list(one.attached)}
        for one in last.sent
    ]
    told = {"at": last.at.isoformat(), "host": last.host, "sent": asked}
    plain.change(session, _WRITE, {"u": user_id, "thread": thread, "context": {"v": 1, "last_sent": told}})


def erase(session: Session, user_id: UUID, thread: UUID) -> None:
    """Nothing of it stays."""
    plain.change(session, _WRITE, {"u": user_id, "thread": thread, "context": None})

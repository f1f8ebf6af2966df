"""Messages of both directions: what was said lately, and the rows of one turn."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from agents.domain.context import Exchange, LastChange
from agents.domain.turn import Draft, Receipt, TurnRecord
from storage import plain
from storage.ids import earliest
from storage.models.conversation import Conversation
from storage.models.conversation import Message as Row

_TAP = re.compile(r"\[\S*\]")  # how a tap stands among the texts: its data names rows
LATELY = timedelta(minutes=30)  # science.md S-6: one picture over half an hour
_LAST = (
    select(Row.direction, Row.text, Row.occurred_at, Row.receipts, Row.safety_level, Row.is_forwarded)
    .where(Row.user_id == bindparam("u"))
    .order_by(Row.id.desc())
    .limit(12)
)
_DEGRADED = select(
    exists().where(Row.user_id == bindparam("u"), Row.id >= bindparam("first"), Row.is_degraded.is_(True))
)


@dataclass(frozen=True, slots=True)
class Lately:
    """The person's texts of the last half hour, oldest first, and what their last message led to.

    `exchanges` is what was said by both, oldest first: without taps, somebody else's words and anything alarming.
    """

    texts: tuple[str, ...]
    last_change: LastChange
    exchanges: tuple[Exchange, ...] = ()


def lately(session: Session, user_id: UUID, now: datetime) -> Lately:
    """What was said lately."""
    rows = plain.rows(session, _LAST, {"u": user_id}).all()
    fresh = [r.text for r in rows if r.direction == "inbound" and r.text and now - r.occurred_at <= LATELY]
    receipts: list[tuple[str, str, str]] = []
    at: datetime | None = None
    for row in rows:
        if row.direction == "inbound":
            if receipts:
                break
            continue
        if row.receipts:
            at = at or row.occurred_at
            receipts[:0] = [(r["entity"], r["id"], r["action"]) for r in row.receipts]
    return Lately(tuple(reversed(fresh)), LastChange(tuple(receipts), at), tuple(_exchanges(reversed(rows))))


def _exchanges(rows: Iterable[Any]) -> Iterator[Exchange]:
    for row in rows:
        is_tap = row.direction == "inbound" and _TAP.fullmatch(row.text or "")
        if row.text and not (is_tap or row.is_forwarded) and row.safety_level in ("none", "caution"):
            yield Exchange(row.text, row.direction == "outbound")


def add_inbound(session: Session, user_id: UUID, conversation_id: UUID, record: TurnRecord, origin: Any) -> UUID:  # noqa: ANN401
    """The person's message. Before consent its text is not kept (data-model 3.5)."""
    inbound = record.inbound
    before = earlier(session, user_id, inbound.message_id) if inbound.is_edit and inbound.message_id else None
    said = inbound.text if not inbound.tap else f"[{inbound.tap}]"
    return plain.add(
        session,
        Row,
        user_id=user_id,
        conversation_id=conversation_id,
        direction="inbound",
        sender="user",
        channel=origin.channel,
        text=said if record.store_text else None,
        occurred_at=inbound.at,
        is_forwarded=inbound.is_forwarded,
        external_message_id=inbound.message_id,
        corrects_id=before.id if before else None,
        bot_id=origin.bot_id,
        update_id=origin.update_id,
        intents=[{"intent": name, "confidence": confidence} for name, confidence in record.intents],
        is_degraded=record.is_degraded,
        safety_level=record.level,
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message of the person as it was, and what it led to: (entity, id, action)."""

    id: UUID
    receipts: tuple[tuple[str, str, str], ...]


def earlier(session: Session, user_id: UUID, message_id: int) -> Earlier | None:
    """The newest wording of the person's message that their channel knows by this number."""
    mine = (Row.user_id == user_id, Row.direction == "inbound", Row.external_message_id == message_id)
    found = session.scalar(select(Row.id).where(*mine).order_by(Row.id.desc()).limit(1))
    if found is None:
        return None
    answers = select(Row.receipts).where(Row.user_id == user_id, Row.reply_to_id == found).order_by(Row.id)
    told = (receipt for receipts in session.scalars(answers) for receipt in receipts or ())
    return Earlier(found, tuple((each["entity"], each["id"], each["action"]) for each in told))


def has_degraded(session: Session, user_id: UUID, since: datetime) -> bool:
    """Whether a message since then was answered without the model that should have helped."""
    return bool(session.scalar(_DEGRADED, {"u": user_id, "first": earliest(since)}))


def add_outbound(
    session: Session, user_id: UUID, place: tuple[UUID, str, UUID | None], draft: Draft, receipts: tuple[Receipt, ...],
    at: datetime,
) -> UUID:  # fmt: skip
    """One answer with its receipts. `place` is (conversation, channel, the message it answers)."""
    conversation_id, channel, reply_to_id = place
    return plain.add(
        session,
        Row,
        user_id=user_id,
        conversation_id=conversation_id,
        direction="outbound",
        sender="ai_coach",
        agent=draft.agent,
        channel=channel,
        text=draft.text,
        reply_to_id=reply_to_id,
        occurred_at=at,
        receipts=[{"entity": r.entity, "id": r.id, "action": r.action} for r in receipts],
        safety_level=draft.level,
    )


_THREAD = plain.table(Conversation)
_TOUCH = (
    update(_THREAD)
    .where(_THREAD.c.user_id == bindparam("u"), _THREAD.c.id == bindparam("thread"))
    .values(last_message_at=bindparam("at"), summary=bindparam("summary", type_=_THREAD.c.summary.type))
)


def touch(session: Session, user_id: UUID, conversation_id: UUID, now: datetime, summary: str | None) -> None:
    """Note when the thread last moved, and what it was about so far."""
    plain.change(session, _TOUCH, {"u": user_id, "thread": conversation_id, "at": now, "summary": summary})

"""The outbox: what is to be sent, committed with the rows it reports, sent at least once, never lost."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agents.domain.blocks import block_of, plain_of
from agents.domain.crockford import encode
from agents.domain.turn import Button, Draft, Message, Receipt
from storage import plain, wakes
from storage.models.delivery import OutboxRow

PRIORITY = {"safety": 0, "reply": 10, "reminder": 50, "nudge": 60, "report": 70, "broadcast": 90}
Writer = Literal["rich", "html", "plain"]
RECENT = 8  # bodies looked through for a button's label
LIVELY = 40  # and for a message that is kept up to date; one further up is not worth changing


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a message goes and how it is told apart: `key` is unique per person."""

    user_id: UUID
    account_id: UUID
    key: str
    category: str
    not_before: datetime
    expires_at: datetime | None = None


def add(session: Session, envelope: Envelope, message: Message, message_id: UUID | None) -> UUID:
    """One pending row."""
    wakes.promise(session, wakes.OUTBOX)
    if message.live and message.edits is not None:
        _supersede(session, envelope.user_id, message)
    return plain.add(
        session,
        OutboxRow,
        user_id=envelope.user_id,
        dedup_key=envelope.key,
        channel_account_id=envelope.account_id,
        category=envelope.category,
        priority=PRIORITY[envelope.category],
        method="sendMessage",
        body=body_of(message),
        not_before=envelope.not_before,
        expires_at=envelope.expires_at,
        message_id=message_id,
    )


def is_known(session: Session, user_id: UUID, key: str) -> bool:
    """Whether a row with this key was written, whatever became of it."""
    mine = (OutboxRow.user_id == user_id, OutboxRow.dedup_key == key)
    return session.scalar(select(OutboxRow.id).where(*mine)) is not None


def body_of(message: Message) -> dict[str, Any]:
    """A message as JSON, free of any channel."""
    return {
        "v": 1,
        "agent": message.agent,
        "kind": message.kind,
        "text": message.text,
        "at": message.at.isoformat(),
        "buttons": [[[b.label, b.data, b.style] for b in row] for row in message.buttons],
        "cards": [plain_of(block) for block in message.cards],
        "level": message.level,
        "rules": list(message.rules),
        "receipts": [[r.entity, r.id, r.action] for r in message.receipts],
        "edits": message.edits,
        "is_quiet": message.is_quiet,
        "live": message.live,
        "expects": message.expects,
    }


def message_of(row_id: UUID, body: dict[str, Any]) -> Message:
    """The message behind a row, whichever version wrote it."""
    return Message(
        agent=body["agent"],
        kind=body["kind"],
        text=body["text"],
        at=datetime.fromisoformat(body["at"]),
        buttons=tuple(tuple(Button(*button) for button in row) for row in body["buttons"]),
        cards=tuple(block_of(block) for block in body["cards"]),
        level=body["level"],
        rules=tuple(body["rules"]),
        receipts=tuple(Receipt(*receipt) for receipt in body["receipts"]),
        outbox_id=encode(row_id),
        edits=body.get("edits"),
        is_quiet=body.get("is_quiet", False),
        live=body.get("live", ""),
        expects=body.get("expects", ""),
    )


def pending(session: Session, account_id: UUID, user_id: UUID, now: datetime, limit: int = 100) -> tuple[Message, ...]:
    """What is waiting for one account, most urgent first, then oldest."""
    query = (
        select(OutboxRow.id, OutboxRow.body)
        .where(
            OutboxRow.user_id == user_id, OutboxRow.channel_account_id == account_id, OutboxRow.state == "pending",
            OutboxRow.not_before <= now,
        )
        .order_by(OutboxRow.priority, OutboxRow.id)
        .limit(limit)
    )  # fmt: skip
    return tuple(message_of(row.id, row.body) for row in session.execute(query) if row.body)


def mark_sent(session: Session, user_id: UUID, ids: list[UUID], now: datetime) -> None:
    """These rows went out."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.user_id == user_id, OutboxRow.id.in_(ids), OutboxRow.state == "pending")
        .values(state="sent", sent_at=now, attempts=OutboxRow.attempts + 1)
    )


def recent_buttons(session: Session, user_id: UUID) -> dict[str, str]:
    """Labels of the last messages and what a tap on each means; the newest message wins."""
    query = select(OutboxRow.body).where(OutboxRow.user_id == user_id).order_by(OutboxRow.id.desc()).limit(RECENT)
    found: dict[str, str] = {}
    for body in session.scalars(query):
        for row in (body or {}).get("buttons", ()):
            for label, data, *_style in row:
                found.setdefault(label.casefold().strip(), data)
    return found


def live_number(session: Session, user_id: UUID, topic: str) -> int | None:
    """The channel's number of the newest sent message that is kept up to date about this. Needs the key scope."""
    sent = (OutboxRow.user_id == user_id, OutboxRow.state == "sent", OutboxRow.telegram_message_id.is_not(None))
    query = select(OutboxRow.telegram_message_id, OutboxRow.body).where(*sent).order_by(OutboxRow.id.desc())
    rows = session.execute(query.limit(LIVELY))
    return next((row.telegram_message_id for row in rows if row.body and row.body.get("live") == topic), None)


def _supersede(session: Session, user_id: UUID, newer: Message) -> None:
    """An older change of the same live message that has not gone out says nothing any more."""
    waiting = (OutboxRow.user_id == user_id, OutboxRow.state == "pending", OutboxRow.lease_until.is_(None))
    for row in session.execute(select(OutboxRow.id, OutboxRow.body).where(*waiting)).all():
        body = row.body or {}
        if body.get("live") == newer.live and body.get("edits") == newer.edits:
            gone = update(OutboxRow).where(OutboxRow.user_id == user_id, OutboxRow.id == row.id)
            session.execute(gone.values(state="dropped", drop_reason="superseded"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person sees as one message of a channel, and which writer wrote it."""

    message: Message
    writer: Writer


def sent_as(session: Session, user_id: UUID, message_id: int) -> Message | None:
    """What the person sees as the channel's message of this number, or None when it is not known (any more).

    Of a message sent in several parts the last one carries the buttons, and its number is meant. Needs the person's
    key scope.
    """
    found = seen_as(session, user_id, message_id)
    return found.message if found else None


def seen_as(session: Session, user_id: UUID, message_id: int) -> Seen | None:
    """As `sent_as`, with the writer. The newest row counts; one without anything to say only changed the buttons."""
    query = (
        select(OutboxRow.id, OutboxRow.writer)
        .where(
            OutboxRow.user_id == user_id, OutboxRow.state == "sent", OutboxRow.telegram_message_id == message_id,
        )
        .order_by(OutboxRow.id.desc())
    )  # fmt: skip
    newest: Message | None = None
    for row in session.execute(query).all():
        body = session.scalar(select(OutboxRow.body).where(OutboxRow.user_id == user_id, OutboxRow.id == row.id))
        if body is None:
            continue
        shown = message_of(row.id, body)
        newest = newest or shown
        if shown.text or shown.cards:
            return Seen(replace(shown, buttons=newest.buttons), row.writer)
    return None


def category_of(draft: Draft) -> str:
    """Safety texts overtake everything; the rest of a turn is a reply."""
    return "safety" if draft.level in ("emergency", "crisis") else "reply"

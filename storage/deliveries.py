"""The way out of the outbox: what to send next to whom, and what became of it (data-model 8.3).

A row is leased before it is sent. A lease found on a row that is still pending means that a process ended in between:
it may have been sent, so it is sent once more and marked `maybe_twice` (telegram.md TG-82).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from agents.domain.turn import Message
from storage import plain
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.models.delivery import OutboxRow
from storage.models.identity import ChannelAccount, UserSettings
from storage.models.reminders import ReminderFiring
from storage.outbox import PRIORITY, Seen, Writer, message_of, seen_as

MOST_ATTEMPTS = 50  # the column's limit; counting stops there, trying does not
_READER = (
    select(ChannelAccount.external_id, UserSettings.is_plain_view)
    .outerjoin(UserSettings, UserSettings.user_id == ChannelAccount.user_id)
    .where(ChannelAccount.id == bindparam("account"))
)
_OUT, _FIRINGS = plain.table(OutboxRow), plain.table(ReminderFiring)
_PENDING = (_OUT.c.user_id == bindparam("of"), _OUT.c.channel_account_id == bindparam("account"),
            _OUT.c.state == "pending")  # fmt: skip
_MOST_URGENT = select(func.min(_OUT.c.priority)).where(*_PENDING)
_NEXT = (
    select(_OUT.c.id, _OUT.c.not_before, _OUT.c.lease_until, _OUT.c.attempts, _OUT.c.category)
    .where(*_PENDING, or_(_OUT.c.not_before <= bindparam("now"), _OUT.c.attempts > 0))
    .order_by(_OUT.c.priority, _OUT.c.id)
    .limit(1)
    .with_for_update()
)
_BODY = select(_OUT.c.body).where(_OUT.c.user_id == bindparam("of"), _OUT.c.id == bindparam("row"))
_ONE = update(_OUT).where(*_PENDING, _OUT.c.id == bindparam("row"))
_LATE = update(_OUT).where(*_PENDING, _OUT.c.expires_at <= bindparam("now")).returning(_OUT.c.id)
_FIRED = update(_FIRINGS).where(
    _FIRINGS.c.user_id == bindparam("of"), _FIRINGS.c.outbox_id == bindparam("row"), _FIRINGS.c.state == "queued"
)
Channel = Literal["telegram", "console", "web"]


@dataclass(frozen=True, slots=True)
class Address:
    """One person's account at a channel."""

    user_id: UUID
    account_id: UUID


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row that is being sent. `external_id` is the chat; `attempts` counts this one too.

    `is_plain`: the person wishes words without any looks. `replaces`: what stands now where this one shall stand.
    """

    id: UUID
    address: Address
    external_id: str
    message: Message
    category: str
    attempts: int
    is_plain: bool = False
    replaces: Seen | None = None


def waiting(session: Session, channel: Channel, now: datetime, limit: int) -> dict[Address, int]:
    """Accounts with something to send now, the most urgent and then the oldest first, each with its priority."""
    urgency = func.min(OutboxRow.priority)
    query = (
        select(OutboxRow.user_id, OutboxRow.channel_account_id, urgency)
        .join(ChannelAccount, ChannelAccount.id == OutboxRow.channel_account_id)
        .where(
            ChannelAccount.channel == channel,
            OutboxRow.state == "pending",
            OutboxRow.not_before <= now,
            or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until <= now),
        )
        .group_by(OutboxRow.user_id, OutboxRow.channel_account_id)
        .order_by(urgency, func.min(OutboxRow.not_before))
        .limit(limit)
    )
    return {Address(user_id, account_id): priority for user_id, account_id, priority in session.execute(query)}


def priority_of(session: Session, to: Address) -> int | None:
    """The priority of what this account waits for; None for nothing."""
    found: int | None = plain.rows(session, _MOST_URGENT, _whose(to)).scalar()
    return found


def claim(session: Session, ring: KeyRing, to: Address, holder: str, now: datetime, until: datetime) -> Delivery | None:
    """The next row of this account, leased until then; None when there is none, or the next one has to wait.

    A row that was tried keeps its place: what was written after it with the same urgency waits behind it.
    """
    _expire(session, to, now)
    row = plain.rows(session, _NEXT, {**_whose(to), "now": now}).first()
    if row is None or row.not_before > now or (row.lease_until is not None and row.lease_until > now):
        return None
    attempts = min(row.attempts + 1, MOST_ATTEMPTS)
    values: dict[str, Any] = {"attempts": attempts, "lease_holder": holder, "lease_until": until}
    if row.lease_until is not None:
        values["maybe_twice"] = True
    _set(session, to, row.id, **values)
    with entered(ring.scope(session, to.user_id)):
        body = plain.rows(session, _BODY, {"of": to.user_id, "row": row.id}).scalar()
        reader = plain.rows(session, _READER, {"account": to.account_id}).one_or_none()
        edits = (body or {}).get("edits")
        replaces = seen_as(session, to.user_id, edits) if edits is not None else None
    if body is None or reader is None or reader.external_id is None:
        _set(session, to, row.id, state="failed", drop_reason="invalid", last_error="nothing to send, or nobody")
        return None
    chat, message = reader.external_id, message_of(row.id, body)
    return Delivery(row.id, to, chat, message, row.category, attempts, bool(reader.is_plain_view), replaces)


def sent(
    session: Session, delivery: Delivery, telegram_message_id: int | None, now: datetime, writer: Writer = "html"
) -> None:
    """It arrived; an occurrence of a reminder is proven with it. Of several parts the last number is kept."""
    values: dict[str, Any] = {
        "state": "sent", "sent_at": now, "telegram_message_id": telegram_message_id, "lease_until": None,
        "writer": writer,
    }  # fmt: skip
    _set(session, delivery.address, delivery.id, **values)
    _firing(session, delivery, "sent")


def defer(session: Session, delivery: Delivery, until: datetime, error: str, *, maybe_twice: bool = False) -> None:
    """Not now: it stays pending until then, and what comes after it too.

    `maybe_twice`: it may have arrived although nobody said so.
    """
    values: dict[str, Any] = {"not_before": until, "lease_until": None, "lease_holder": None, "last_error": error[:300]}
    if maybe_twice:
        values["maybe_twice"] = True
    _set(session, delivery.address, delivery.id, **values)
    behind = (OutboxRow.priority >= PRIORITY[delivery.category], OutboxRow.not_before < until)
    session.execute(update(OutboxRow).where(*_pending(delivery.address), *behind).values(not_before=until))


def release(session: Session, delivery: Delivery, error: str) -> None:
    """It could not even be tried, through no fault of its own: free again, in its place."""
    _set(session, delivery.address, delivery.id, lease_until=None, lease_holder=None, last_error=error[:300])


def fail(session: Session, delivery: Delivery, error: str) -> None:
    """It can never be sent: kept for the operator, and out of the way."""
    values = {"state": "failed", "drop_reason": "invalid", "lease_until": None, "last_error": error[:300]}
    _set(session, delivery.address, delivery.id, **values)
    _firing(session, delivery, "failed")


def block(session: Session, to: Address, now: datetime) -> None:
    """The person does not want to hear from us here: what waits is dropped, what is known stays (telegram.md TG-23)."""
    account = update(ChannelAccount).where(ChannelAccount.id == to.account_id)
    since = case((ChannelAccount.blocked_at.is_(None), now), else_=ChannelAccount.blocked_at)
    session.execute(account.values(state="blocked", blocked_at=since))
    dropped = select(OutboxRow.id).where(*_pending(to)).scalar_subquery()
    firings = update(ReminderFiring).where(ReminderFiring.user_id == to.user_id, ReminderFiring.outbox_id.in_(dropped))
    session.execute(firings.values(state="failed"))
    session.execute(
        update(OutboxRow).where(*_pending(to)).values(state="dropped", drop_reason="blocked", lease_until=None)
    )


def unblock(session: Session, to: Address) -> bool:
    """The person let us in again; nothing is sent after the fact. False when we were not shut out."""
    account = update(ChannelAccount).where(ChannelAccount.id == to.account_id, ChannelAccount.state == "blocked")
    opened = account.values(state="active", blocked_at=None).returning(ChannelAccount.id)
    return session.scalar(opened) is not None


def recover(session: Session, holder: str, now: datetime) -> None:
    """Who sends from now on: others' leases are as good as run out, and their rows count as maybe sent."""
    just_over = now - timedelta(microseconds=1)
    leased = update(OutboxRow).where(OutboxRow.state == "pending", OutboxRow.lease_until > just_over)
    session.execute(leased.where(OutboxRow.lease_holder != holder).values(lease_until=just_over))


def _expire(session: Session, to: Address, now: datetime) -> None:
    """What came too late is dropped; an occurrence that was not told does not count as one (science.md B-3)."""
    dropped = {"state": "dropped", "drop_reason": "expired", "lease_until": None}
    if ids := plain.rows(session, _LATE, {**_whose(to), "now": now, **dropped}).scalars().all():
        untold = update(ReminderFiring).where(ReminderFiring.user_id == to.user_id, ReminderFiring.state == "queued")
        silent = untold.where(ReminderFiring.outbox_id.in_(ids))
        session.execute(silent.values(state="suppressed", suppressed_reason="late"))


def _pending(to: Address) -> tuple[Any, ...]:
    return (
        OutboxRow.user_id == to.user_id,
        OutboxRow.channel_account_id == to.account_id,
        OutboxRow.state == "pending",
    )


def _whose(to: Address) -> dict[str, Any]:
    return {"of": to.user_id, "account": to.account_id}


def _set(session: Session, to: Address, row_id: UUID, **values: Any) -> None:  # noqa: ANN401 - any column
    plain.change(session, _ONE, {**_whose(to), "row": row_id, **values})


def _firing(session: Session, delivery: Delivery, state: Literal["sent", "failed"]) -> None:
    if delivery.category == "reminder":
        row = {"of": delivery.address.user_id, "row": delivery.id}
        plain.change(session, _FIRED, {**row, "state": state})

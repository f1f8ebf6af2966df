"""Updates in, messages out, and who does singleton jobs (data-model 8.2, 8.3, 8.6)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted, SystemEncrypted
from storage.models.base import Base, System, Tenant, index_where, ranges, rules
from storage.types import CleanText, Digest, JsonObject


class InboxRow(System, Base):
    """One row per accepted update, written before it is acknowledged."""

    __tablename__ = "inbox"
    __table_args__ = (
        index_where("state = 'received'", "received_at"),
        index_where("state = 'received'", "external_hmac", "update_id"),
        Index(None, "external_hmac", "received_at"),
        *ranges(attempts=(0, 20)),
    )

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    channel: Mapped[Literal["telegram", "console", "web"]]
    kind: Mapped[str] = mapped_column(CleanText(32))
    external_hmac: Mapped[bytes | None] = mapped_column(Digest())
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    payload: Mapped[JsonObject | None] = mapped_column(SystemEncrypted("inbox.payload", "json"))
    state: Mapped[Literal["received", "done", "failed", "ignored"]] = mapped_column(default="received")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    not_before: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    lease_holder: Mapped[str | None] = mapped_column(CleanText(64))
    group_key: Mapped[str | None] = mapped_column(CleanText(64))
    result: Mapped[JsonObject | None]
    last_error: Mapped[str | None] = mapped_column(CleanText(300))
    received_at: Mapped[datetime]


class OutboxRow(Tenant, Base):
    """One row per message to send; committed with the rows it reports."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("user_id", "dedup_key"),
        index_where("state = 'pending'", "priority", "not_before"),
        Index(None, "user_id", "state", "not_before"),
        *ranges(priority=(0, 99), attempts=(0, 50)),
        *rules(state_rule="state <> 'sent' OR sent_at IS NOT NULL"),
    )

    dedup_key: Mapped[str] = mapped_column(CleanText(160))
    channel_account_id: Mapped[UUID] = mapped_column(ForeignKey("channel_accounts.id", ondelete="CASCADE"), index=True)
    category: Mapped[Literal["safety", "reply", "reminder", "nudge", "report", "broadcast"]]
    priority: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str] = mapped_column(CleanText(40))
    writer: Mapped[Literal["rich", "html", "plain"]] = mapped_column(default="html")
    maybe_twice: Mapped[bool] = mapped_column(default=False)
    body: Mapped[JsonObject | None] = mapped_column(Encrypted("outbox.body", "json"))
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    state: Mapped[Literal["pending", "sent", "failed", "dropped"]] = mapped_column(default="pending")
    drop_reason: Mapped[
        Literal["blocked", "expired", "quiet_hours", "cap", "paused", "safety", "superseded", "erased", "invalid"]
        | None
    ]
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    lease_holder: Mapped[str | None] = mapped_column(CleanText(64))
    telegram_message_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[UUID | None]
    last_error: Mapped[str | None] = mapped_column(CleanText(300))


class Lease(System, Base):
    """Who does a singleton job."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(CleanText(64), primary_key=True)
    holder: Mapped[str | None] = mapped_column(CleanText(64))
    token: Mapped[int] = mapped_column(BigInteger, default=0)
    expires_at: Mapped[datetime | None]

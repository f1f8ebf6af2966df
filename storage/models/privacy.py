"""Consent, proof and what is kept about access: consents, audit, files, erasure (data-model 3)."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Directory, System, Tenant, TenantLog, index_where, ranges, rules, unique_where
from storage.types import CleanText, Digest, JsonObject


class Consent(Tenant, Base):
    """One row per grant and purpose."""

    __tablename__ = "consents"
    __table_args__ = (
        unique_where("withdrawn_at IS NULL", "user_id", "purpose", name="uq_consents_user_id_purpose"),
        *rules(withdrawn_at_rule="withdrawn_at IS NULL OR withdrawn_at >= granted_at"),
    )

    purpose: Mapped[Literal["coaching", "llm_provider", "cycle", "analytics", "coach_share", "crisis_contact"]]
    policy_version: Mapped[str] = mapped_column(CleanText(20))
    locale: Mapped[str] = mapped_column(CleanText(16))
    granted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    source_message_id: Mapped[UUID | None]


class File(Tenant, Base):
    """Pictures, voice, imports, exports."""

    __tablename__ = "files"
    __table_args__ = (
        Index(None, "user_id", "created_at"),
        Index(None, "user_id", "content_hmac"),
        index_where("expires_at IS NOT NULL", "expires_at"),
        *ranges(size_bytes=(0, 524288000)),
        *rules(storage_rule="(storage = 'db') = (data IS NOT NULL)"),
    )

    kind: Mapped[
        Literal[
            "profile_picture",
            "progress_photo",
            "meal_photo",
            "pantry_photo",
            "label_photo",
            "voice",
            "import",
            "export",
            "chart",
            "document",
        ]
    ]
    original_name: Mapped[str | None] = mapped_column(Encrypted("files.original_name"))
    telegram_file_id: Mapped[str | None] = mapped_column(Encrypted("files.telegram_file_id"))
    mime_type: Mapped[str] = mapped_column(CleanText(100))
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(Digest())
    content_hmac: Mapped[bytes] = mapped_column(Digest())
    storage: Mapped[Literal["db", "disk"]] = mapped_column(default="db")
    data: Mapped[bytes | None] = mapped_column(Encrypted("files.data", "bytes"))
    storage_key: Mapped[str | None] = mapped_column(CleanText(120))
    expires_at: Mapped[datetime | None]


class AuditEntry(TenantLog, Base):
    """Every change of the audited tables and every access by somebody else."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "user_id", "table_name", "row_id"),)

    table_name: Mapped[str] = mapped_column(CleanText(100))
    row_id: Mapped[UUID | None]
    operation: Mapped[Literal["insert", "update", "delete", "read", "export", "login"]]
    old_values: Mapped[JsonObject | None] = mapped_column(Encrypted("audit_log.old_values", "json"))
    new_values: Mapped[JsonObject | None] = mapped_column(Encrypted("audit_log.new_values", "json"))
    changed_by: Mapped[Literal["user", "admin", "system", "coach"]]
    actor_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    request_id: Mapped[str | None] = mapped_column(CleanText(64))
    ip_address: Mapped[str | None] = mapped_column(Encrypted("audit_log.ip_address"))
    user_agent: Mapped[str | None] = mapped_column(Encrypted("audit_log.user_agent"))


class ErasureEntry(System, Base):
    """Proof of erasure and guard after a restore."""

    __tablename__ = "erasure_ledger"
    __table_args__ = (UniqueConstraint("subject_hmac"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_hmac: Mapped[bytes] = mapped_column(Digest())
    requested_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    table_counts: Mapped[JsonObject | None]
    certificate_sha256: Mapped[bytes | None] = mapped_column(Digest())
    backups_clear_on: Mapped[date | None]
    replayed_at: Mapped[datetime | None]


class AnalyticsEvent(Directory, Base):
    """Product funnel."""

    __tablename__ = "analytics_events"
    __table_args__ = (
        Index(None, "user_id", "occurred_at"),
        Index(None, "event_name", "occurred_at"),
    )

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    session_id: Mapped[str | None] = mapped_column(CleanText(64))
    event_name: Mapped[str] = mapped_column(CleanText(64))
    event_properties: Mapped[JsonObject] = mapped_column(default=dict)
    occurred_at: Mapped[datetime]

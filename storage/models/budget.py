"""What models cost: reserve, then settle (data-model 8.6)."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, System, Tenant, TenantKeyed, index_where, rules
from storage.types import CleanText, Digest

Kind = Literal["text", "vision", "transcription"]  # what is counted, and capped, by itself
_NEVER_NEGATIVE = "reserved_tokens >= 0 AND tokens_in >= 0 AND tokens_out >= 0 AND cost_micros >= 0"


class LlmCall(Tenant, Base):
    """One row per model call: reserve, then settle."""

    __tablename__ = "llm_calls"
    __table_args__ = (
        Index(None, "user_id", "day"),
        Index(None, "day"),
        index_where("state = 'reserved'", "expires_at"),
    )

    day: Mapped[date]
    kind: Mapped[Kind]
    purpose: Mapped[str] = mapped_column(CleanText(60))
    model: Mapped[str] = mapped_column(CleanText(60))
    prompt_id: Mapped[str] = mapped_column(CleanText(60))
    prompt_sha256: Mapped[bytes] = mapped_column(Digest())
    state: Mapped[Literal["reserved", "settled", "released", "expired"]] = mapped_column(default="reserved")
    reserved_tokens: Mapped[int] = mapped_column(default=0)
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    cost_micros: Mapped[int] = mapped_column(BigInteger, default=0)
    latency_ms: Mapped[int | None]
    finish: Mapped[str | None] = mapped_column(CleanText(40))
    message_id: Mapped[UUID | None]
    expires_at: Mapped[datetime]


class _Counts:
    """What one ledger row counts."""

    limit_tokens: Mapped[int] = mapped_column(BigInteger)
    reserved_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    tokens_in: Mapped[int] = mapped_column(BigInteger, default=0)
    tokens_out: Mapped[int] = mapped_column(BigInteger, default=0)
    cost_micros: Mapped[int] = mapped_column(BigInteger, default=0)
    calls: Mapped[int] = mapped_column(default=0)


class UsageEntry(TenantKeyed, _Counts, Base):
    """Budget per person, day and kind."""

    __tablename__ = "usage_ledger"
    __table_args__ = (Index(None, "day"), *rules(reserved_tokens_rule=_NEVER_NEGATIVE))

    day: Mapped[date] = mapped_column(primary_key=True, sort_order=-1)
    kind: Mapped[Kind] = mapped_column(primary_key=True, sort_order=-1)


class UsageTotal(System, _Counts, Base):
    """Budget of everybody together per day and kind; it names nobody."""

    __tablename__ = "usage_totals"
    __table_args__ = (*rules(reserved_tokens_rule=_NEVER_NEGATIVE),)

    day: Mapped[date] = mapped_column(primary_key=True, sort_order=-1)
    kind: Mapped[Kind] = mapped_column(primary_key=True, sort_order=-1)

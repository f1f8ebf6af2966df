"""Measurements and where they come from: metrics, cycles, imports, devices (data-model 6)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, index_where, part_of, points_to, unique_where
from storage.types import CleanText, Dec, Digest, JsonObject


class HealthMetric(Tenant, Base):
    """Measurements, typed in or imported."""

    __tablename__ = "health_metrics"
    __table_args__ = (
        *part_of(import_batch_id="import_batches"),
        *points_to(file_id="files"),
        UniqueConstraint("user_id", "metric_code", "measured_at", "source"),
        Index(None, "user_id", "metric_code", "local_date"),
        Index(None, "user_id", "import_batch_id"),
    )

    metric_code: Mapped[str] = mapped_column(CleanText(40), ForeignKey("ref_metric_types.code"), index=True)
    value: Mapped[Decimal] = mapped_column(Dec(12, 4))
    unit: Mapped[str] = mapped_column(CleanText(16))
    measured_at: Mapped[datetime]
    local_date: Mapped[date]
    source: Mapped[str] = mapped_column(CleanText(60))
    quality: Mapped[Literal["ok", "suspect", "corrected"]] = mapped_column(default="ok")
    import_batch_id: Mapped[UUID | None]
    file_id: Mapped[UUID | None]


class Cycle(Tenant, Base):
    """Menstrual cycles, opt-in."""

    __tablename__ = "cycles"
    __table_args__ = (
        *part_of(import_batch_id="import_batches"),
        UniqueConstraint("user_id", "start_key"),
        Index(None, "user_id", "import_batch_id"),
    )

    start_key: Mapped[bytes] = mapped_column(Digest())
    start_date: Mapped[date | None] = mapped_column(Encrypted("cycles.start_date", "date"))
    end_date: Mapped[date | None] = mapped_column(Encrypted("cycles.end_date", "date"))
    predicted_ovulation: Mapped[date | None] = mapped_column(Encrypted("cycles.predicted_ovulation", "date"))
    symptoms: Mapped[JsonObject | None] = mapped_column(Encrypted("cycles.symptoms", "json"))
    is_predicted: Mapped[bool] = mapped_column(default=False)
    import_batch_id: Mapped[UUID | None]


class ImportBatch(Tenant, Base):
    """One import, undoable."""

    __tablename__ = "import_batches"
    __table_args__ = (
        *points_to(file_id="files"),
        unique_where("state <> 'undone'", "user_id", "content_hmac", name="uq_import_batches_user_id_content_hmac"),
    )

    source: Mapped[
        Literal[
            "apple_health", "fit", "csv", "fitbit", "google", "garmin", "open_wearables", "calendar", "period_tracker"
        ]
    ]
    file_id: Mapped[UUID | None]
    content_hmac: Mapped[bytes] = mapped_column(Digest())
    state: Mapped[Literal["received", "running", "done", "failed", "undone"]] = mapped_column(default="received")
    counts: Mapped[JsonObject] = mapped_column(default=dict)
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    error: Mapped[str | None] = mapped_column(CleanText(300))


class WearableConnection(Tenant, Base):
    """A live device link."""

    __tablename__ = "wearable_connections"
    __table_args__ = (
        UniqueConstraint("user_id", "provider"),
        index_where("sync_status = 'connected'", "next_sync_at"),
    )

    provider: Mapped[str] = mapped_column(CleanText(50))
    device_type: Mapped[str] = mapped_column(CleanText(50))
    credentials: Mapped[JsonObject | None] = mapped_column(Encrypted("wearable_connections.credentials", "json"))
    sync_status: Mapped[Literal["connected", "syncing", "error", "revoked"]] = mapped_column(default="connected")
    last_sync_at: Mapped[datetime | None]
    next_sync_at: Mapped[datetime | None]

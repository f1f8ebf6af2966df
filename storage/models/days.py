"""How a person is, day by day: check-ins and derived totals (data-model 5.11, 6.1)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, TenantKeyed, ranges, unique_where
from storage.types import CleanText, Dec, Digest, JsonObject


class DaySummary(TenantKeyed, Base):
    """Derived day totals; can be rebuilt at any time."""

    __tablename__ = "day_summaries"
    __table_args__ = (
        *ranges(
            completion_rate=(0, 1),
            energy=(0, 10),
            mood=(0, 10),
            stress=(0, 10),
            soreness=(0, 10),
            sleep_quality=(0, 10),
            digestion=(0, 10),
        ),
    )

    local_date: Mapped[date] = mapped_column(primary_key=True)
    planned_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    done_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    similar_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    skipped_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    completion_rate: Mapped[Decimal | None] = mapped_column(Dec(4, 3))
    streak_days: Mapped[int] = mapped_column(SmallInteger, default=0)
    meal_completed: Mapped[bool] = mapped_column(default=False)
    workout_completed: Mapped[bool] = mapped_column(default=False)
    kcal_target: Mapped[int | None]
    kcal_in: Mapped[int | None]
    kcal_out: Mapped[int | None]
    protein_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    carbs_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fat_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fibre_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    water_ml: Mapped[int | None]
    steps: Mapped[int | None]
    sleep_hours: Mapped[Decimal | None] = mapped_column(Dec(4, 2))
    energy: Mapped[int | None] = mapped_column(SmallInteger)
    mood: Mapped[int | None] = mapped_column(SmallInteger)
    stress: Mapped[int | None] = mapped_column(SmallInteger)
    soreness: Mapped[int | None] = mapped_column(SmallInteger)
    sleep_quality: Mapped[int | None] = mapped_column(SmallInteger)
    digestion: Mapped[int | None] = mapped_column(SmallInteger)
    weight_kg: Mapped[Decimal | None] = mapped_column(Dec(6, 3))
    weight_trend_kg: Mapped[Decimal | None] = mapped_column(Dec(6, 3))
    tdee_kcal: Mapped[int | None]
    tdee_sd_kcal: Mapped[int | None]
    filter_state: Mapped[JsonObject | None]
    source_hash: Mapped[bytes | None] = mapped_column(Digest())


class CheckIn(Tenant, Base):
    """How the person is."""

    __tablename__ = "check_ins"
    __table_args__ = (
        unique_where(
            "slot IN ('baseline', 'morning', 'evening')",
            "user_id",
            "local_date",
            "slot",
            name="uq_check_ins_user_id_local_date_slot",
        ),
        Index(None, "user_id", "recorded_at"),
        Index(None, "user_id", "local_date"),
        *ranges(
            energy_level=(0, 10),
            mood=(0, 10),
            stress_level=(0, 10),
            soreness_level=(0, 10),
            sleep_quality=(0, 10),
            digestion_score=(0, 10),
            sleep_hours=(0, 24),
            water_ml=(0, 20000),
        ),
    )

    local_date: Mapped[date]
    slot: Mapped[Literal["baseline", "morning", "evening", "adhoc", "import"]]
    recorded_at: Mapped[datetime]
    data_source: Mapped[Literal["user_input", "wearable", "system", "coach"]] = mapped_column(default="user_input")
    energy_level: Mapped[int | None] = mapped_column(SmallInteger)
    mood: Mapped[int | None] = mapped_column(SmallInteger)
    stress_level: Mapped[int | None] = mapped_column(SmallInteger)
    soreness_level: Mapped[int | None] = mapped_column(SmallInteger)
    sleep_quality: Mapped[int | None] = mapped_column(SmallInteger)
    digestion_score: Mapped[int | None] = mapped_column(SmallInteger)
    mood_label: Mapped[str | None] = mapped_column(CleanText(30))
    sleep_hours: Mapped[Decimal | None] = mapped_column(Dec(4, 2))
    sleep_quality_notes: Mapped[str | None] = mapped_column(Encrypted("check_ins.sleep_quality_notes"))
    injury_notes: Mapped[str | None] = mapped_column(Encrypted("check_ins.injury_notes"))
    note: Mapped[str | None] = mapped_column(Encrypted("check_ins.note"))
    ai_notes: Mapped[str | None] = mapped_column(Encrypted("check_ins.ai_notes"))
    cycle_phase: Mapped[str | None] = mapped_column(Encrypted("check_ins.cycle_phase"))
    water_ml: Mapped[int | None]
    is_ill: Mapped[bool] = mapped_column(default=False)
    raw: Mapped[JsonObject] = mapped_column(default=dict)
    source_message_id: Mapped[UUID | None]

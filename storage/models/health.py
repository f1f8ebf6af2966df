"""Goals and what must not be harmed: limits, redlines, screening (data-model 4)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, TenantLog, index_where, points_to, ranges, rules, unique_where
from storage.types import CleanText, Dec, Digest, JsonList, JsonObject


class Goal(Tenant, Base):
    """What the person wants, measurable where possible."""

    __tablename__ = "goals"
    __table_args__ = (
        Index(None, "user_id", "status", "priority"),
        *ranges(
            target_body_fat_percentage=(3, 50),
            target_muscle_gain_kg=(0, 50),
            target_timeline_weeks=(1, 520),
            priority=(1, 99),
            weighting=(0, 1),
        ),
        *rules(
            target_weight_kg_rule="target_weight_kg IS NULL OR (target_weight_kg > 0 AND target_weight_kg < 500)",
            completed_at_rule="status <> 'completed' OR completed_at IS NOT NULL",
        ),
    )

    goal_type: Mapped[Literal["primary", "secondary"]]
    goal_category: Mapped[str] = mapped_column(CleanText(50), ForeignKey("ref_goal_categories.code"), index=True)
    title: Mapped[str | None] = mapped_column(Encrypted("goals.title"))
    user_explanation: Mapped[str | None] = mapped_column(Encrypted("goals.user_explanation"))
    metric_code: Mapped[str | None] = mapped_column(CleanText(40), ForeignKey("ref_metric_types.code"), index=True)
    start_value: Mapped[Decimal | None] = mapped_column(Dec(10, 3))
    target_value: Mapped[Decimal | None] = mapped_column(Dec(10, 3))
    progress_value: Mapped[Decimal | None] = mapped_column(Dec(10, 3))
    target_weight_kg: Mapped[Decimal | None] = mapped_column(Dec(5, 2))
    target_body_fat_percentage: Mapped[Decimal | None] = mapped_column(Dec(4, 2))
    target_muscle_gain_kg: Mapped[Decimal | None] = mapped_column(Dec(4, 2))
    target_timeline_weeks: Mapped[int | None] = mapped_column(SmallInteger)
    target_on: Mapped[date | None]
    priority: Mapped[int] = mapped_column(SmallInteger, default=1)
    weighting: Mapped[Decimal] = mapped_column(Dec(3, 2), default=Decimal("1.00"))
    status: Mapped[Literal["active", "completed", "paused", "abandoned"]] = mapped_column(default="active")
    completed_at: Mapped[datetime | None]


class PhysicalConstraint(Tenant, Base):
    """Injuries, limits, equipment, place, time."""

    __tablename__ = "physical_constraints"
    __table_args__ = (
        Index(None, "user_id", "is_active"),
        Index(None, "user_id", "constraint_type"),
        *ranges(pain_score=(0, 10), max_workout_duration_minutes=(15, 180)),
    )

    constraint_type: Mapped[Literal["injury", "limitation", "equipment", "location_preference", "time_constraint"]]
    constraint_category: Mapped[str | None] = mapped_column(CleanText(100))
    description: Mapped[str | None] = mapped_column(Encrypted("physical_constraints.description"))
    severity: Mapped[Literal["mild", "moderate", "severe"] | None]
    body_side: Mapped[Literal["left", "right", "both"] | None]
    pain_score: Mapped[int | None] = mapped_column(SmallInteger)
    modifications: Mapped[JsonList] = mapped_column(default=list)
    excluded_patterns: Mapped[JsonList] = mapped_column(default=list)
    workout_location: Mapped[Literal["home", "gym", "outdoor", "hybrid"] | None]
    available_equipment: Mapped[JsonList] = mapped_column(default=list)
    max_workout_duration_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    available_time_slots: Mapped[JsonList | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    resolved_at: Mapped[datetime | None]
    source_message_id: Mapped[UUID | None]


class MedicalFlag(Tenant, Base):
    """Redlines and clearance."""

    __tablename__ = "medical_flags"
    __table_args__ = (
        *points_to(clearance_file_id="files"),
        unique_where("is_active", "user_id", "flag_key", name="uq_medical_flags_user_id_flag_key"),
        index_where("clearance = 'cleared'", "clearance_expires_on"),
        *rules(
            cleared_on_rule="clearance <> 'cleared' OR (cleared_on IS NOT NULL AND clearance_expires_on IS NOT NULL)"
        ),
    )

    flag_key: Mapped[bytes] = mapped_column(Digest())
    payload: Mapped[JsonObject] = mapped_column(Encrypted("medical_flags.payload", "json"))
    source: Mapped[Literal["screening", "chat", "coach", "import"]]
    is_active: Mapped[bool] = mapped_column(default=True)
    clearance: Mapped[Literal["not_needed", "required", "cleared", "refused"]] = mapped_column(default="required")
    clearance_scopes: Mapped[JsonList] = mapped_column(default=list)
    cleared_on: Mapped[date | None]
    clearance_expires_on: Mapped[date | None]
    clearance_file_id: Mapped[UUID | None]


class ScreeningAnswer(TenantLog, Base):
    """Pre-exercise and eating screens, answer by answer."""

    __tablename__ = "screening_answers"
    __table_args__ = (
        UniqueConstraint(
            "user_id",
            "question_set",
            "set_version",
            "question_code",
            "answered_at",
            name="uq_screening_answers_user_id_question_answered_at",
        ),
    )

    question_set: Mapped[str] = mapped_column(CleanText(40))
    question_code: Mapped[str] = mapped_column(CleanText(40))
    set_version: Mapped[str] = mapped_column(CleanText(10))
    answer: Mapped[JsonObject] = mapped_column(Encrypted("screening_answers.answer", "json"))
    answered_at: Mapped[datetime]
    valid_until: Mapped[date]

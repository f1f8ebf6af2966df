"""How plans bend: overrides, adherence, reviews, advice, experiments (data-model 5)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, index_where, part_of, points_to, ranges, rules, unique_where
from storage.types import CleanText, Dec, JsonObject


class DayOverride(Tenant, Base):
    """One-day adjustment, always a proposal first."""

    __tablename__ = "day_overrides"
    __table_args__ = (
        *points_to(plan_id="plans"),
        unique_where("status = 'pending'", "user_id", "local_date", name="uq_day_overrides_user_id_local_date_pending"),
        unique_where(
            "status = 'approved'", "user_id", "local_date", name="uq_day_overrides_user_id_local_date_approved"
        ),
        Index(None, "user_id", "local_date"),
        index_where("status = 'pending'", "expires_at"),
        *ranges(volume_adj=(-40, 0), intensity=(0.3, 1), kcal_adj=(0, 800)),
        *rules(decided_at_rule="status NOT IN ('approved', 'rejected', 'undone') OR decided_at IS NOT NULL"),
    )

    local_date: Mapped[date]
    plan_id: Mapped[UUID | None]
    reason_code: Mapped[
        Literal[
            "poor_sleep",
            "high_stress",
            "high_soreness",
            "injury",
            "low_adherence",
            "illness",
            "travel",
            "no_equipment",
            "weather",
            "cycle_symptoms",
            "body_signals",
            "time_short",
            "holiday",
            "comeback",
            "user_request",
        ]
    ]
    evidence: Mapped[JsonObject] = mapped_column(default=dict)
    volume_adj: Mapped[int] = mapped_column(SmallInteger, default=0)
    intensity: Mapped[Decimal] = mapped_column(Dec(3, 2), default=Decimal("1.00"))
    kcal_adj: Mapped[int] = mapped_column(SmallInteger, default=0)
    modifications: Mapped[JsonObject] = mapped_column(default=dict)
    explanation: Mapped[str | None] = mapped_column(Encrypted("day_overrides.explanation"))
    status: Mapped[Literal["pending", "approved", "rejected", "undone", "expired"]] = mapped_column(default="pending")
    decided_by: Mapped[Literal["user", "coach", "system"] | None]
    decided_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class AdherenceRecord(Tenant, Base):
    """Planned against done."""

    __tablename__ = "adherence_records"
    __table_args__ = (
        *part_of(planned_workout_id="planned_workouts", planned_meal_id="planned_meals", task_id="tasks"),
        *points_to(activity_id="activities", meal_id="meals"),
        unique_where(
            "planned_workout_id IS NOT NULL",
            "user_id",
            "planned_workout_id",
            name="uq_adherence_records_user_id_planned_workout_id",
        ),
        unique_where(
            "planned_meal_id IS NOT NULL",
            "user_id",
            "planned_meal_id",
            name="uq_adherence_records_user_id_planned_meal_id",
        ),
        unique_where("task_id IS NOT NULL", "user_id", "task_id", name="uq_adherence_records_user_id_task_id"),
        Index(None, "user_id", "created_at"),
        Index(None, "user_id", "local_date"),
        *ranges(similarity_score=(0, 1)),
        *rules(
            similarity_score_rule="status <> 'similar' OR similarity_score IS NOT NULL",
            one_subject="CASE WHEN planned_workout_id IS NULL THEN 0 ELSE 1 END + CASE WHEN "
            "planned_meal_id IS NULL THEN 0 ELSE 1 END + CASE WHEN task_id IS NULL "
            "THEN 0 ELSE 1 END = 1",
        ),
    )

    local_date: Mapped[date]
    planned_workout_id: Mapped[UUID | None]
    planned_meal_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    status: Mapped[Literal["completed", "similar", "skipped"]]
    similarity_score: Mapped[Decimal | None] = mapped_column(Dec(4, 3))
    activity_id: Mapped[UUID | None]
    meal_id: Mapped[UUID | None]
    skip_reason: Mapped[
        Literal["no_response", "no_time", "tired", "pain", "illness", "no_equipment", "disliked", "travel", "other"]
        | None
    ]
    recorded_by: Mapped[Literal["user", "matcher", "system"]]


class Reassessment(Tenant, Base):
    """The 14-day review and its controllers."""

    __tablename__ = "reassessments"
    __table_args__ = (
        UniqueConstraint("user_id", "period_end"),
        *ranges(adherence_rate=(0, 1), kcal_delta=(-200, 200), volume_delta=(-6, 6)),
        *rules(period_start_rule="period_end > period_start"),
    )

    period_start: Mapped[date]
    period_end: Mapped[date]
    adherence_rate: Mapped[Decimal | None] = mapped_column(Dec(4, 3))
    weight_trend_start_kg: Mapped[Decimal | None] = mapped_column(Dec(6, 3))
    weight_trend_end_kg: Mapped[Decimal | None] = mapped_column(Dec(6, 3))
    target_rate_kg_week: Mapped[Decimal | None] = mapped_column(Dec(5, 3))
    observed_rate_kg_week: Mapped[Decimal | None] = mapped_column(Dec(5, 3))
    tdee_kcal: Mapped[int | None]
    tdee_low_kcal: Mapped[int | None]
    tdee_high_kcal: Mapped[int | None]
    gates: Mapped[JsonObject] = mapped_column(default=dict)
    controller_state: Mapped[JsonObject] = mapped_column(default=dict)
    kcal_delta: Mapped[int] = mapped_column(SmallInteger, default=0)
    volume_delta: Mapped[int] = mapped_column(SmallInteger, default=0)
    decision: Mapped[Literal["hold", "adjust", "ease", "insufficient_data", "refer"]]
    status: Mapped[Literal["proposed", "approved", "rejected", "undone"]] = mapped_column(default="proposed")
    explanation: Mapped[str | None] = mapped_column(Encrypted("reassessments.explanation"))
    resulting_bundle_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]


class Recommendation(Tenant, Base):
    """Advice with its evidence and outcome."""

    __tablename__ = "recommendations"
    __table_args__ = (Index(None, "user_id", "category", "given_at"),)

    category: Mapped[
        Literal["workout", "sleep", "nutrition", "mindset", "hydration", "cycle", "lifestyle", "logistics"]
    ]
    content: Mapped[str] = mapped_column(Encrypted("recommendations.content"))
    based_on: Mapped[JsonObject] = mapped_column(Encrypted("recommendations.based_on", "json"))
    given_at: Mapped[datetime]
    status: Mapped[Literal["given", "accepted", "dismissed", "expired"]] = mapped_column(default="given")
    outcome: Mapped[JsonObject | None]
    message_id: Mapped[UUID | None]


class Experiment(Tenant, Base):
    """N-of-1 trial."""

    __tablename__ = "experiments"
    __table_args__ = (
        unique_where("status = 'running'", "user_id", name="uq_experiments_user_id"),
        *rules(starts_on_rule="ends_on IS NULL OR ends_on >= starts_on"),
    )

    title: Mapped[str] = mapped_column(Encrypted("experiments.title"))
    hypothesis: Mapped[str] = mapped_column(Encrypted("experiments.hypothesis"))
    outcome_code: Mapped[str] = mapped_column(CleanText(40))
    design: Mapped[JsonObject]
    status: Mapped[Literal["draft", "running", "finished", "stopped"]] = mapped_column(default="draft")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    result: Mapped[JsonObject | None]


class ExperimentDay(Tenant, Base):
    """One day of a trial."""

    __tablename__ = "experiment_days"
    __table_args__ = (
        *part_of(experiment_id="experiments"),
        UniqueConstraint("user_id", "experiment_id", "local_date"),
    )

    experiment_id: Mapped[UUID]
    local_date: Mapped[date]
    arm: Mapped[Literal["a", "b", "washout"]]
    adhered: Mapped[bool | None]
    outcome: Mapped[Decimal | None] = mapped_column(Dec(12, 4))

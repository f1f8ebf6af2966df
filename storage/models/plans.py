"""Plans and what they ask for: immutable versions, targets, tasks (data-model 5)."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import (
    Base,
    Tenant,
    TenantLog,
    Versioned,
    index_where,
    part_of,
    points_to,
    ranges,
    rules,
    unique_where,
)
from storage.types import CleanText, Dec, Digest, JsonList, JsonObject


class Plan(Tenant, Versioned, Base):
    """One immutable plan version per kind."""

    __tablename__ = "plans"
    __table_args__ = (
        *points_to(goal_id="goals", previous_plan_id="plans"),
        ForeignKeyConstraint(
            ["user_id", "source_profile_version"], ["profile_versions.user_id", "profile_versions.version"]
        ),
        UniqueConstraint("user_id", "kind", "version"),
        unique_where("status = 'active'", "user_id", "kind", name="uq_plans_user_id_kind"),
        Index(None, "user_id", "bundle_id"),
        index_where("status = 'active'", "next_reassessment_on"),
        *ranges(version=(1, 1000000), duration_weeks=(1, 104), frequency_per_week=(0, 21)),
        *rules(activated_at_rule="status NOT IN ('active', 'superseded') OR activated_at IS NOT NULL"),
    )

    kind: Mapped[Literal["exercise", "nutrition", "sleep"]]
    version: Mapped[int]
    bundle_id: Mapped[UUID]
    status: Mapped[Literal["proposed", "active", "superseded", "rejected"]] = mapped_column(default="proposed")
    name: Mapped[str] = mapped_column(CleanText(120))
    focus: Mapped[str | None] = mapped_column(CleanText(40))
    primary_goal: Mapped[str | None] = mapped_column(CleanText(50), ForeignKey("ref_goal_categories.code"), index=True)
    goal_id: Mapped[UUID | None]
    starts_on: Mapped[date]
    duration_weeks: Mapped[int | None] = mapped_column(SmallInteger)
    frequency_per_week: Mapped[int | None] = mapped_column(SmallInteger)
    next_reassessment_on: Mapped[date | None]
    content: Mapped[JsonObject] = mapped_column(Encrypted("plans.content", "json"))
    rationale: Mapped[str | None] = mapped_column(Encrypted("plans.rationale"))
    decision_note: Mapped[str | None] = mapped_column(Encrypted("plans.decision_note"))
    tdee: Mapped[JsonObject | None]
    macros: Mapped[JsonObject | None]
    safety: Mapped[JsonObject] = mapped_column(Encrypted("plans.safety", "json"))
    feasibility: Mapped[JsonObject] = mapped_column(default=dict)
    made_for: Mapped[
        Literal["onboarding", "consultation", "reassessment", "override", "user_request", "coach", "restore"]
    ]
    origin: Mapped[Literal["engine", "model", "coach", "import"]]
    source_profile_version: Mapped[int | None]
    engine_version: Mapped[str | None] = mapped_column(CleanText(60))
    model: Mapped[str | None] = mapped_column(CleanText(60))
    prompts: Mapped[JsonList] = mapped_column(default=list)
    input_sha256: Mapped[bytes | None] = mapped_column(Digest())
    previous_plan_id: Mapped[UUID | None]
    generated_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]


class NutritionTarget(Tenant, Base):
    """Calories and macros of a nutrition plan."""

    __tablename__ = "nutrition_targets"
    __table_args__ = (
        *part_of(plan_id="plans"),
        *points_to(clearance_id="medical_flags"),
        UniqueConstraint("user_id", "plan_id", "day_type"),
        *ranges(meals_per_day=(2, 8), fibre_g=(0, 200)),
        *rules(
            protein_g_rule="protein_g > 0 AND carbs_g > 0 AND fat_g > 0",
            kcal_range="kcal_ceiling IN (5000, 6000) AND kcal_target <= kcal_ceiling AND "
            "kcal_min >= kcal_floor AND kcal_min <= kcal_target AND kcal_target < "
            "kcal_max",
            floor="(floor_basis = 'female' AND kcal_floor >= 1200) OR (floor_basis IN "
            "('male', 'unspecified') AND kcal_floor >= 1500) OR (floor_basis = "
            "'supervised' AND kcal_floor >= 1000 AND clearance_id IS NOT NULL)",
            energy_agrees="abs(protein_g * 4 + carbs_g * 4 + fat_g * 9 - kcal_target) <= 50",
        ),
    )

    plan_id: Mapped[UUID]
    day_type: Mapped[Literal["all", "training", "rest"]] = mapped_column(default="all")
    meals_per_day: Mapped[int] = mapped_column(SmallInteger)
    kcal_target: Mapped[int]
    kcal_min: Mapped[int]
    kcal_max: Mapped[int]
    kcal_floor: Mapped[int]
    kcal_ceiling: Mapped[int]
    floor_basis: Mapped[Literal["female", "male", "unspecified", "supervised"]]
    clearance_id: Mapped[UUID | None]
    protein_g: Mapped[Decimal] = mapped_column(Dec(6, 2))
    carbs_g: Mapped[Decimal] = mapped_column(Dec(6, 2))
    fat_g: Mapped[Decimal] = mapped_column(Dec(6, 2))
    fibre_g: Mapped[Decimal | None] = mapped_column(Dec(5, 1))
    plan_rationale: Mapped[str | None] = mapped_column(Encrypted("nutrition_targets.plan_rationale"))
    recalculation_reason: Mapped[str | None] = mapped_column(Encrypted("nutrition_targets.recalculation_reason"))
    is_locked: Mapped[bool] = mapped_column(default=True)
    locked_at: Mapped[datetime | None]
    last_recalculated_at: Mapped[datetime | None]


class Task(Tenant, Versioned, Base):
    """An action with a due day."""

    __tablename__ = "tasks"
    __table_args__ = (
        *points_to(plan_id="plans"),
        Index(None, "user_id", "due_on", "status"),
        Index(None, "user_id", "plan_id"),
        *rules(
            snoozed_until_rule="snoozed_until IS NULL OR status = 'pending'",
            completed_at_rule="(status = 'completed') = (completed_at IS NOT NULL)",
        ),
    )

    plan_id: Mapped[UUID | None]
    category: Mapped[
        Literal["exercise", "nutrition", "sleep", "hydration", "lifestyle", "logistics", "lesson", "safety"]
    ]
    task_description: Mapped[str] = mapped_column(Encrypted("tasks.task_description"))
    subject_type: Mapped[Literal["planned_workout", "planned_meal", "habit", "grocery_list", "lesson", "none"]] = (
        mapped_column(default="none")
    )
    subject_id: Mapped[UUID | None]
    due_on: Mapped[date]
    due_time: Mapped[time | None]
    status: Mapped[Literal["pending", "completed", "skipped", "missed"]] = mapped_column(default="pending")
    snoozed_until: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    created_by: Mapped[Literal["engine", "user", "coach", "system"]] = mapped_column(default="engine")
    moved_from: Mapped[date | None]


class PlanChange(TenantLog, Base):
    """Every change of an active plan, with its inverse."""

    __tablename__ = "plan_changes"
    __table_args__ = (
        *part_of(plan_id="plans"),
        *points_to(reverts_id="plan_changes"),
        unique_where("reverts_id IS NOT NULL", "user_id", "reverts_id", name="uq_plan_changes_user_id_reverts_id"),
        Index(None, "user_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    source: Mapped[Literal["day_override", "reassessment", "user", "coach", "engine", "safety", "restore"]]
    source_id: Mapped[UUID | None]
    change_kind: Mapped[
        Literal["swap", "move", "shorten", "remove", "add", "target", "volume", "substitute", "pause", "resume"]
    ]
    patch: Mapped[JsonList] = mapped_column(Encrypted("plan_changes.patch", "json"))
    inverse: Mapped[JsonList] = mapped_column(Encrypted("plan_changes.inverse", "json"))
    reason: Mapped[str | None] = mapped_column(Encrypted("plan_changes.reason"))
    approved_by: Mapped[Literal["user", "coach", "system"]]
    local_date: Mapped[date | None]
    reverts_id: Mapped[UUID | None]

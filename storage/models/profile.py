"""The profile, its versions, and how it is asked for (data-model 4)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import (
    Base,
    Single,
    Tenant,
    TenantKeyedLog,
    Versioned,
    index_where,
    points_to,
    ranges,
    rules,
    unique_where,
)
from storage.types import CleanText, Dec, JsonList, JsonObject


class Profile(Single, Versioned, Base):
    """The current configuration, single source of truth for every agent."""

    __tablename__ = "profiles"
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "previous_version"], ["profile_versions.user_id", "profile_versions.version"]),
        Index(None, "primary_goal", "secondary_goal"),
        Index(None, "updated_at"),
        *ranges(
            version=(0, 1000000),
            age_years=(13, 120),
            height_cm=(50, 272),
            energy_level=(0, 10),
            stress_level=(0, 10),
            sleep_quality=(0, 10),
            average_sleep_hours=(0, 24),
            workout_frequency_per_week=(0, 14),
            meals_per_day=(2, 8),
            estimated_tdee_kcal=(500, 10000),
        ),
        *rules(
            age_years_rule="age_years IS NULL OR age_recorded_on IS NOT NULL",
            starting_weight_kg_rule="starting_weight_kg IS NULL OR (starting_weight_kg > 0 AND "
            "starting_weight_kg < 500)",
            target_weight_kg_rule="target_weight_kg IS NULL OR (target_weight_kg > 0 AND target_weight_kg < 500)",
            primary_goal_rule="secondary_goal IS NULL OR secondary_goal <> primary_goal",
            locked_complete="NOT is_locked OR (version >= 1 AND locked_at IS NOT NULL AND "
            "fitness_level IS NOT NULL AND primary_goal IS NOT NULL AND "
            "energy_level IS NOT NULL AND stress_level IS NOT NULL AND "
            "sleep_quality IS NOT NULL)",
        ),
    )

    version: Mapped[int] = mapped_column(default=0)
    previous_version: Mapped[int | None]
    is_locked: Mapped[bool] = mapped_column(default=False)
    locked_at: Mapped[datetime | None]
    consultation_completed_at: Mapped[datetime | None]
    last_modified_by: Mapped[Literal["user", "admin", "system", "coach"]] = mapped_column(default="user")
    modification_reason: Mapped[str | None] = mapped_column(Encrypted("profiles.modification_reason"))
    gender: Mapped[str | None] = mapped_column(Encrypted("profiles.gender"))
    birth_date: Mapped[date | None]
    age_years: Mapped[int | None] = mapped_column(SmallInteger)
    age_recorded_on: Mapped[date | None]
    sex: Mapped[Literal["female", "male", "unspecified"]] = mapped_column(default="unspecified")
    height_cm: Mapped[Decimal | None] = mapped_column(Dec(4, 1))
    starting_weight_kg: Mapped[Decimal | None] = mapped_column(Dec(5, 2))
    target_weight_kg: Mapped[Decimal | None] = mapped_column(Dec(5, 2))
    fitness_level: Mapped[str | None] = mapped_column(CleanText(50), ForeignKey("ref_fitness_levels.code"), index=True)
    primary_goal: Mapped[str | None] = mapped_column(CleanText(50), ForeignKey("ref_goal_categories.code"))
    secondary_goal: Mapped[str | None] = mapped_column(
        CleanText(50), ForeignKey("ref_goal_categories.code"), index=True
    )
    energy_level: Mapped[int | None] = mapped_column(SmallInteger)
    stress_level: Mapped[int | None] = mapped_column(SmallInteger)
    sleep_quality: Mapped[int | None] = mapped_column(SmallInteger)
    average_sleep_hours: Mapped[Decimal | None] = mapped_column(Dec(3, 1))
    work_activity: Mapped[Literal["very_light", "light", "moderate", "heavy"] | None]
    leisure_activity: Mapped[Literal["very_light", "light", "moderate", "active", "very_active"] | None]
    activity_level: Mapped[Literal["sedentary", "light", "moderate", "active", "very_active"] | None]
    workout_frequency_per_week: Mapped[int | None] = mapped_column(SmallInteger)
    meals_per_day: Mapped[int | None] = mapped_column(SmallInteger)
    resolution_class: Mapped[Literal["performance", "vitality", "longevity"] | None]
    estimated_tdee_kcal: Mapped[int | None]
    field_sources: Mapped[JsonObject] = mapped_column(default=dict)
    extra: Mapped[JsonObject | None] = mapped_column(Encrypted("profiles.extra", "json"))


class ProfileVersion(TenantKeyedLog, Base):
    """Immutable snapshots."""

    __tablename__ = "profile_versions"
    __table_args__ = (
        unique_where("valid_until IS NULL", "user_id", name="uq_profile_versions_user_id"),
        Index(None, "user_id", "valid_from"),
        Index(None, "valid_from"),
        *ranges(version=(1, 1000000)),
        *rules(valid_until_rule="valid_until IS NULL OR valid_until >= valid_from"),
    )

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    snapshot: Mapped[JsonObject] = mapped_column(Encrypted("profile_versions.snapshot", "json"))
    changed_fields: Mapped[JsonList] = mapped_column(default=list)
    change_reason: Mapped[str | None] = mapped_column(Encrypted("profile_versions.change_reason"))
    changed_by: Mapped[Literal["user", "admin", "system", "coach"]]
    source_message_id: Mapped[UUID | None]
    restored_from_version: Mapped[int | None]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class OnboardingState(Single, Versioned, Base):
    """Progress of the 12 steps; survives leaving."""

    __tablename__ = "onboarding_states"
    __table_args__ = (
        index_where("completed_at IS NULL", "last_activity_at"),
        Index(None, "completed_at", "started_at"),
        *ranges(current_step=(0, 11)),
        *rules(completed_at_rule="completed_at IS NULL OR completed_at >= started_at"),
    )

    current_step: Mapped[int] = mapped_column(SmallInteger, default=0)
    completed_steps: Mapped[JsonList] = mapped_column(default=list)
    skipped_steps: Mapped[JsonList] = mapped_column(default=list)
    step_data: Mapped[JsonObject] = mapped_column(Encrypted("onboarding_states.step_data", "json"), default=dict)
    pending_question: Mapped[str | None] = mapped_column(CleanText(80))
    flow_version: Mapped[str] = mapped_column(CleanText(10), default="1.0")
    started_at: Mapped[datetime]
    last_activity_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    nudged_at: Mapped[datetime | None]
    session_id: Mapped[str | None] = mapped_column(CleanText(255))
    device_type: Mapped[str | None] = mapped_column(CleanText(50))
    user_agent: Mapped[str | None] = mapped_column(Encrypted("onboarding_states.user_agent"))


class ProfileFact(Tenant, Base):
    """Everything else known about the person, with provenance."""

    __tablename__ = "profile_facts"
    __table_args__ = (
        unique_where("status = 'active'", "user_id", "kind", "fact_key", name="uq_profile_facts_user_id_kind_fact_key"),
        index_where("on_date IS NOT NULL", "user_id", "on_date"),
        *ranges(confidence=(0, 1)),
    )

    kind: Mapped[
        Literal[
            "training_modality",
            "familiar_exercise",
            "training_availability",
            "preferred_meal_time",
            "typical_meal_food",
            "improvement_goal",
            "difficulty",
            "non_negotiable",
            "upcoming_event",
            "location",
            "food_alias",
            "memory",
        ]
    ]
    fact_key: Mapped[str] = mapped_column(CleanText(120))
    value: Mapped[JsonObject] = mapped_column(Encrypted("profile_facts.value", "json"))
    on_date: Mapped[date | None]
    source: Mapped[Literal["user", "message", "inferred", "import", "coach", "default"]]
    source_message_id: Mapped[UUID | None]
    consultation_session_id: Mapped[UUID | None]
    confidence: Mapped[Decimal] = mapped_column(Dec(3, 2), default=Decimal("1.00"))
    status: Mapped[Literal["active", "superseded", "rejected", "expired"]] = mapped_column(default="active")
    superseded_by_id: Mapped[UUID | None]
    confirmed_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class ConsultationSession(Tenant, Base):
    """SHARPENED's seven-section interview."""

    __tablename__ = "consultation_sessions"
    __table_args__ = (
        *points_to(conversation_id="conversations"),
        unique_where("status = 'active'", "user_id", name="uq_consultation_sessions_user_id"),
        *ranges(current_section=(1, 7), progress_percentage=(0, 100)),
        *rules(completed_at_rule="status <> 'completed' OR completed_at IS NOT NULL"),
    )

    conversation_id: Mapped[UUID]
    invite_id: Mapped[UUID | None] = mapped_column(ForeignKey("invites.id", ondelete="SET NULL"), index=True)
    current_section: Mapped[int] = mapped_column(SmallInteger, default=1)
    progress_percentage: Mapped[int] = mapped_column(SmallInteger, default=0)
    status: Mapped[Literal["active", "completed", "abandoned"]] = mapped_column(default="active")
    started_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    plan_bundle_id: Mapped[UUID | None]

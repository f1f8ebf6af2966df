"""The rows of a plan: one meal or one session on one day (data-model 5.6, 5.7, 5.12)."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, part_of, ranges, rules, unique_where
from storage.types import CleanText, Dec, JsonList, JsonObject


class PlannedMeal(Tenant, Base):
    """One meal on one day."""

    __tablename__ = "planned_meals"
    __table_args__ = (
        *part_of(plan_id="plans"),
        unique_where(
            "status <> 'swapped'",
            "user_id",
            "plan_id",
            "local_date",
            "meal_number",
            name="uq_planned_meals_user_id_plan_id_local_date_meal_number",
        ),
        Index(None, "user_id", "local_date"),
        Index(None, "user_id", "plan_id", "week_index", "day_index"),
        *ranges(week_index=(0, 103), day_index=(0, 103), meal_number=(1, 10), servings=(0, 50)),
    )

    plan_id: Mapped[UUID]
    local_date: Mapped[date]
    week_index: Mapped[int] = mapped_column(SmallInteger)
    day_index: Mapped[int] = mapped_column(SmallInteger)
    meal_number: Mapped[int] = mapped_column(SmallInteger)
    meal_type: Mapped[str] = mapped_column(CleanText(50), ForeignKey("meal_times.code"), index=True)
    scheduled_time: Mapped[time | None]
    recipe_id: Mapped[UUID | None] = mapped_column(ForeignKey("recipes.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(CleanText(160))
    servings: Mapped[Decimal] = mapped_column(Dec(5, 2), default=Decimal("1"))
    kcal: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    protein_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    carbs_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fat_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fibre_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    allergen_proof: Mapped[JsonObject] = mapped_column(default=dict)
    status: Mapped[Literal["planned", "eaten", "swapped", "skipped"]] = mapped_column(default="planned")
    batch_key: Mapped[str | None] = mapped_column(CleanText(40))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("households.id", ondelete="SET NULL"), index=True)
    household_meal_key: Mapped[str | None] = mapped_column(CleanText(40))
    notes: Mapped[str | None] = mapped_column(Encrypted("planned_meals.notes"))


class PlannedMealItem(Tenant, Base):
    """Foods of a planned meal."""

    __tablename__ = "planned_meal_items"
    __table_args__ = (
        *part_of(planned_meal_id="planned_meals"),
        UniqueConstraint("user_id", "planned_meal_id", "position"),
        *ranges(position=(0, 99), grams=(0, 20000)),
    )

    planned_meal_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    food_id: Mapped[UUID | None] = mapped_column(ForeignKey("foods.id", ondelete="SET NULL"), index=True)
    food_name: Mapped[str] = mapped_column(CleanText(160))
    serving: Mapped[str | None] = mapped_column(CleanText(80))
    grams: Mapped[Decimal] = mapped_column(Dec(8, 2))
    kcal: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    protein_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    carbs_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fat_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fibre_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))


class PlannedWorkout(Tenant, Base):
    """One session on one day."""

    __tablename__ = "planned_workouts"
    __table_args__ = (
        *part_of(plan_id="plans"),
        Index(None, "user_id", "local_date"),
        Index(None, "user_id", "plan_id", "week_index", "day_index"),
        Index(None, "user_id", "session_kind", "is_outdoor"),
        *ranges(week_index=(0, 103), day_index=(0, 103), duration_minutes=(0, 600), est_kcal=(0, 10000)),
    )

    plan_id: Mapped[UUID]
    local_date: Mapped[date]
    week_index: Mapped[int] = mapped_column(SmallInteger)
    day_index: Mapped[int] = mapped_column(SmallInteger)
    scheduled_time: Mapped[time | None]
    name: Mapped[str] = mapped_column(CleanText(160))
    session_kind: Mapped[
        Literal["strength", "cardio", "hiit", "flexibility", "compound", "yoga", "mobility", "sport", "rest"]
    ]
    is_outdoor: Mapped[bool] = mapped_column(default=False)
    difficulty_level: Mapped[Literal["beginner", "intermediate", "advanced"]]
    intensity_level: Mapped[Literal["light", "moderate", "intense"]] = mapped_column(default="moderate")
    duration_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    est_kcal: Mapped[int | None]
    forbidden_patterns: Mapped[JsonList] = mapped_column(default=list)
    status: Mapped[Literal["planned", "in_progress", "completed", "partial", "skipped", "missed", "moved"]] = (
        mapped_column(default="planned")
    )
    moved_from: Mapped[date | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    progress: Mapped[JsonObject] = mapped_column(default=dict)


class PlannedExercise(Tenant, Base):
    """Exercises of a session."""

    __tablename__ = "planned_exercises"
    __table_args__ = (
        *part_of(planned_workout_id="planned_workouts"),
        UniqueConstraint("user_id", "planned_workout_id", "position"),
        *ranges(
            position=(0, 99),
            sets=(1, 20),
            reps_min=(1, 200),
            reps_max=(1, 200),
            duration_seconds=(0, 7200),
            rest_sec=(0, 7200),
            target_load_kg=(0, 1000),
            target_rpe=(1, 10),
        ),
        *rules(reps_min_rule="reps_max IS NULL OR reps_min <= reps_max"),
    )

    planned_workout_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    exercise_id: Mapped[UUID | None] = mapped_column(ForeignKey("exercises.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(CleanText(160))
    phase: Mapped[Literal["warm_up", "main", "cool_down"]] = mapped_column(default="main")
    sets: Mapped[int | None] = mapped_column(SmallInteger)
    reps_min: Mapped[int | None] = mapped_column(SmallInteger)
    reps_max: Mapped[int | None] = mapped_column(SmallInteger)
    duration_seconds: Mapped[int | None] = mapped_column(SmallInteger)
    rest_sec: Mapped[int | None] = mapped_column(SmallInteger)
    target_load_kg: Mapped[Decimal | None] = mapped_column(Dec(6, 2))
    target_rpe: Mapped[Decimal | None] = mapped_column(Dec(3, 1))
    tempo: Mapped[str | None] = mapped_column(CleanText(20))
    superset_key: Mapped[str | None] = mapped_column(CleanText(20))
    instructions: Mapped[str | None]
    modifications: Mapped[JsonList] = mapped_column(default=list)
    substituted_for_id: Mapped[UUID | None]

"""What was trained: activities, sets, templates (data-model 6.3, 6.5)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, part_of, points_to, ranges, rules, unique_where
from storage.types import CleanText, Dec, JsonObject


class Activity(Tenant, Base):
    """What was done."""

    __tablename__ = "activities"
    __table_args__ = (
        *part_of(import_batch_id="import_batches"),
        *points_to(planned_workout_id="planned_workouts", template_id="activity_templates"),
        unique_where(
            "external_id IS NOT NULL",
            "user_id",
            "source",
            "external_id",
            name="uq_activities_user_id_source_external_id",
        ),
        Index(None, "user_id", "start_time"),
        Index(None, "user_id", "local_date"),
        Index(None, "user_id", "planned_workout_id"),
        Index(None, "user_id", "import_batch_id"),
        *ranges(
            duration_minutes=(0, 1440),
            calories_burned=(0, 20000),
            intensity_mets=(0.9, 25),
            rpe=(1, 10),
            soreness_level=(0, 10),
        ),
        *rules(end_time_rule="end_time IS NULL OR end_time >= start_time"),
    )

    category: Mapped[Literal["cardio_steady", "cardio_interval", "strength", "sports", "flexibility", "other"]]
    name: Mapped[str] = mapped_column(CleanText(120))
    start_time: Mapped[datetime]
    end_time: Mapped[datetime | None]
    local_date: Mapped[date]
    duration_minutes: Mapped[Decimal | None] = mapped_column(Dec(6, 1))
    calories_burned: Mapped[int | None]
    intensity_mets: Mapped[Decimal | None] = mapped_column(Dec(4, 1))
    met_code: Mapped[str | None] = mapped_column(CleanText(10), ForeignKey("activity_mets.code"), index=True)
    metrics: Mapped[JsonObject] = mapped_column(default=dict)
    rpe: Mapped[Decimal | None] = mapped_column(Dec(3, 1))
    soreness_level: Mapped[int | None] = mapped_column(SmallInteger)
    is_outdoor: Mapped[bool] = mapped_column(default=False)
    planned_workout_id: Mapped[UUID | None]
    template_id: Mapped[UUID | None]
    source: Mapped[str] = mapped_column(CleanText(60), default="manual")
    external_id: Mapped[str | None] = mapped_column(CleanText(120))
    import_batch_id: Mapped[UUID | None]
    notes: Mapped[str | None] = mapped_column(Encrypted("activities.notes"))


class ExerciseSet(Tenant, Base):
    """One set."""

    __tablename__ = "exercise_sets"
    __table_args__ = (
        *part_of(activity_id="activities"),
        UniqueConstraint(
            "user_id",
            "activity_id",
            "exercise_position",
            "set_number",
            name="uq_exercise_sets_user_id_activity_id_position_set_number",
        ),
        Index(None, "user_id", "exercise_id"),
        *ranges(
            exercise_position=(1, 200),
            set_number=(1, 200),
            reps=(0, 1000),
            weight_kg=(0, 1000),
            rpe=(1, 10),
            duration_seconds=(0, 86400),
            distance_m=(0, 1000000),
        ),
    )

    activity_id: Mapped[UUID]
    exercise_id: Mapped[UUID | None] = mapped_column(ForeignKey("exercises.id", ondelete="SET NULL"), index=True)
    exercise_name: Mapped[str] = mapped_column(CleanText(160))
    exercise_position: Mapped[int] = mapped_column(SmallInteger)
    set_number: Mapped[int] = mapped_column(SmallInteger)
    reps: Mapped[int | None] = mapped_column(SmallInteger)
    weight_kg: Mapped[Decimal | None] = mapped_column(Dec(6, 2))
    rpe: Mapped[Decimal | None] = mapped_column(Dec(3, 1))
    duration_seconds: Mapped[int | None]
    distance_m: Mapped[Decimal | None] = mapped_column(Dec(9, 1))
    is_warmup: Mapped[bool] = mapped_column(default=False)


class ActivityTemplate(Tenant, Base):
    """A saved workout."""

    __tablename__ = "activity_templates"
    __table_args__ = (UniqueConstraint("user_id", "template_name"),)

    template_name: Mapped[str] = mapped_column(CleanText(120))
    category: Mapped[Literal["cardio_steady", "cardio_interval", "strength", "sports", "flexibility", "other"]]
    template_data: Mapped[JsonObject]
    use_count: Mapped[int] = mapped_column(default=0)

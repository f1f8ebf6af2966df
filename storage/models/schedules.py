"""When things happen in a person's week (data-model 5.3 to 5.5)."""

from datetime import time
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Single, Tenant, points_to, ranges, rules
from storage.types import CleanText


class MealSchedule(Tenant, Base):
    """When each meal happens."""

    __tablename__ = "meal_schedules"
    __table_args__ = (
        *points_to(plan_id="plans"),
        UniqueConstraint("user_id", "meal_number"),
        Index(None, "user_id", "scheduled_time"),
        *ranges(meal_number=(1, 10), notification_offset_minutes=(-120, 0)),
    )

    plan_id: Mapped[UUID | None]
    meal_number: Mapped[int] = mapped_column(SmallInteger)
    meal_time: Mapped[str | None] = mapped_column(CleanText(50), ForeignKey("meal_times.code"), index=True)
    meal_name: Mapped[str | None] = mapped_column(CleanText(50))
    scheduled_time: Mapped[time]
    notification_offset_minutes: Mapped[int] = mapped_column(SmallInteger, default=-15)
    earliest_time: Mapped[time | None]
    latest_time: Mapped[time | None]
    is_active: Mapped[bool] = mapped_column(default=True)


class WorkoutSchedule(Single, Base):
    """Training days."""

    __tablename__ = "workout_schedules"
    __table_args__ = (
        *ranges(preferred_workout_duration_minutes=(15, 180), reminder_offset_minutes=(-240, 0)),
        *rules(
            monday_workout_rule="monday_workout OR tuesday_workout OR wednesday_workout OR "
            "thursday_workout OR friday_workout OR saturday_workout OR "
            "sunday_workout"
        ),
    )

    monday_workout: Mapped[bool] = mapped_column(default=False)
    tuesday_workout: Mapped[bool] = mapped_column(default=False)
    wednesday_workout: Mapped[bool] = mapped_column(default=False)
    thursday_workout: Mapped[bool] = mapped_column(default=False)
    friday_workout: Mapped[bool] = mapped_column(default=False)
    saturday_workout: Mapped[bool] = mapped_column(default=False)
    sunday_workout: Mapped[bool] = mapped_column(default=False)
    preferred_workout_time: Mapped[time | None]
    preferred_workout_duration_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    workout_reminder_enabled: Mapped[bool] = mapped_column(default=True)
    reminder_offset_minutes: Mapped[int] = mapped_column(SmallInteger, default=-30)
    rest_day_preference: Mapped[Literal["fixed", "flexible", "auto"] | None]
    is_locked: Mapped[bool] = mapped_column(default=True)


class HydrationPreferences(Single, Base):
    """Water target and reminders."""

    __tablename__ = "hydration_preferences"
    __table_args__ = (*ranges(daily_water_target_ml=(500, 10000), reminder_frequency_minutes=(15, 480)),)

    daily_water_target_ml: Mapped[int] = mapped_column(default=2000)
    reminder_enabled: Mapped[bool] = mapped_column(default=True)
    reminder_frequency_minutes: Mapped[int] = mapped_column(SmallInteger, default=60)
    reminder_start_time: Mapped[time] = mapped_column(default=time(8, 0))
    reminder_end_time: Mapped[time] = mapped_column(default=time(22, 0))
    reminder_tone: Mapped[Literal["gentle", "motivational", "minimal"]] = mapped_column(default="gentle")
    auto_remind_with_meals: Mapped[bool] = mapped_column(default=True)

"""Small recurring behaviours and what was earned (data-model 6.5)."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, TenantLog, part_of, ranges
from storage.types import CleanText, JsonList, JsonObject


class Habit(Tenant, Base):
    """A small recurring behaviour."""

    __tablename__ = "habits"
    __table_args__ = (
        Index(None, "user_id", "is_active"),
        *ranges(target_per_day=(1, 50)),
    )

    habit_type: Mapped[str] = mapped_column(CleanText(40))
    title: Mapped[str] = mapped_column(Encrypted("habits.title"))
    anchor: Mapped[str | None] = mapped_column(Encrypted("habits.anchor"))
    days_of_week: Mapped[JsonList] = mapped_column(default=lambda: [0, 1, 2, 3, 4, 5, 6])
    target_per_day: Mapped[int] = mapped_column(SmallInteger, default=1)
    is_active: Mapped[bool] = mapped_column(default=True)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class HabitLog(Tenant, Base):
    """Done or not, per day."""

    __tablename__ = "habit_logs"
    __table_args__ = (
        *part_of(habit_id="habits"),
        UniqueConstraint("user_id", "habit_id", "local_date"),
        Index(None, "user_id", "local_date"),
        *ranges(amount=(0, 50)),
    )

    habit_id: Mapped[UUID]
    local_date: Mapped[date]
    status: Mapped[bool]
    amount: Mapped[int] = mapped_column(SmallInteger, default=1)
    notes: Mapped[str | None] = mapped_column(Encrypted("habit_logs.notes"))


class Achievement(TenantLog, Base):
    """Earned once per period, never taken back."""

    __tablename__ = "achievements"
    __table_args__ = (UniqueConstraint("user_id", "code", "period_key"),)

    code: Mapped[str] = mapped_column(CleanText(60))
    period_key: Mapped[str] = mapped_column(CleanText(60))
    earned_on: Mapped[date]
    evidence: Mapped[JsonObject] = mapped_column(default=dict)

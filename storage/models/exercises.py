"""The movement catalogue (data-model 7.3, 7.4)."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Catalogue, Reference, ranges, unique_where
from storage.types import CleanText, Dec, JsonList


class Exercise(Catalogue, Base):
    """Movements."""

    __tablename__ = "exercises"
    __table_args__ = (
        unique_where("user_id IS NULL", "slug", name="uq_exercises_slug"),
        unique_where("user_id IS NOT NULL", "user_id", "slug", name="uq_exercises_user_id_slug"),
        Index(None, "session_kind", "level"),
        *ranges(met=(0.9, 25)),
    )

    slug: Mapped[str] = mapped_column(CleanText(80))
    name: Mapped[str] = mapped_column(CleanText(160))
    session_kind: Mapped[Literal["strength", "cardio", "hiit", "flexibility", "compound", "yoga", "mobility", "sport"]]
    level: Mapped[str] = mapped_column(CleanText(50), ForeignKey("ref_fitness_levels.code"), index=True)
    patterns: Mapped[JsonList] = mapped_column(default=list)
    equipment: Mapped[JsonList] = mapped_column(default=list)
    primary_muscles: Mapped[JsonList] = mapped_column(default=list)
    secondary_muscles: Mapped[JsonList] = mapped_column(default=list)
    is_unilateral: Mapped[bool] = mapped_column(default=False)
    is_outdoor: Mapped[bool] = mapped_column(default=False)
    is_timed: Mapped[bool] = mapped_column(default=False)
    met: Mapped[Decimal | None] = mapped_column(Dec(4, 1))
    instructions: Mapped[str | None]
    modifications: Mapped[JsonList] = mapped_column(default=list)
    cues: Mapped[JsonList] = mapped_column(default=list)
    source: Mapped[str | None] = mapped_column(CleanText(80))
    source_ref: Mapped[str | None] = mapped_column(CleanText(80))


class ExerciseSubstitution(Catalogue, Base):
    """What replaces an exercise, and for which reason."""

    __tablename__ = "exercise_substitutions"
    __table_args__ = (
        UniqueConstraint("exercise_id", "substitute_id", "reason"),
        Index(None, "user_id"),
    )

    exercise_id: Mapped[UUID] = mapped_column(ForeignKey("exercises.id", ondelete="CASCADE"))
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("exercises.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(CleanText(60))
    rank: Mapped[int] = mapped_column(SmallInteger, default=1)


class ActivityMet(Reference, Base):
    """How hard an activity is, as a multiple of rest (science.md section 4)."""

    __tablename__ = "activity_mets"
    __table_args__ = (*ranges(met=(0.9, 25)),)

    code: Mapped[str] = mapped_column(CleanText(10), primary_key=True)
    activity: Mapped[str] = mapped_column(CleanText(160))
    category: Mapped[Literal["cardio_steady", "cardio_interval", "strength", "sports", "flexibility", "other"]]
    met: Mapped[Decimal] = mapped_column(Dec(4, 1))
    citation: Mapped[str] = mapped_column(CleanText(80))


class TrainingModality(Reference, Base):
    """Ways to train."""

    __tablename__ = "training_modalities"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    session_kind: Mapped[str] = mapped_column(CleanText(32))

"""Shared tables known by a code; their rows ship with the program (data-model 7.4)."""

from datetime import time
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Reference
from storage.types import CleanText, Dec, JsonList, JsonObject


class FitnessLevel(Reference, Base):
    """Training experience."""

    __tablename__ = "ref_fitness_levels"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    description: Mapped[str | None]


class GoalCategory(Reference, Base):
    """Kinds of goals and which go together."""

    __tablename__ = "ref_goal_categories"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    description: Mapped[str | None]
    compatible_with_primary: Mapped[bool] = mapped_column(default=True)
    compatible_with_secondary: Mapped[bool] = mapped_column(default=True)
    conflicts_with: Mapped[JsonObject] = mapped_column(default=dict)


class DietType(Reference, Base):
    """Ways of eating."""

    __tablename__ = "ref_diet_types"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    description: Mapped[str | None]
    excludes_food_groups: Mapped[JsonList] = mapped_column(default=list)


class EquipmentType(Reference, Base):
    """Training equipment."""

    __tablename__ = "ref_equipment_types"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    category: Mapped[str | None] = mapped_column(CleanText(50))
    typical_locations: Mapped[JsonList] = mapped_column(default=list)


class Allergen(Reference, Base):
    """Allergens with the words that name them (science.md N-30)."""

    __tablename__ = "ref_allergens"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    words: Mapped[JsonList] = mapped_column(default=list)


class MetricType(Reference, Base):
    """Measurements with unit and plausible range."""

    __tablename__ = "ref_metric_types"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    unit: Mapped[str] = mapped_column(CleanText(16))
    min_value: Mapped[Decimal] = mapped_column(Dec(12, 4))
    max_value: Mapped[Decimal] = mapped_column(Dec(12, 4))
    usual_low: Mapped[Decimal | None] = mapped_column(Dec(12, 4))
    usual_high: Mapped[Decimal | None] = mapped_column(Dec(12, 4))


class MealTime(Reference, Base):
    """Slots of a day in which people eat."""

    __tablename__ = "meal_times"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    default_time: Mapped[time | None]


class EventType(Reference, Base):
    """Kinds of dated events."""

    __tablename__ = "event_types"

    display_name: Mapped[str] = mapped_column(CleanText(100))
    default_impact: Mapped[str | None] = mapped_column(CleanText(20))

"""What was eaten (data-model 6.4, 6.5)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, part_of, points_to, ranges
from storage.types import CleanText, Dec, JsonList


class Meal(Tenant, Base):
    """What was eaten."""

    __tablename__ = "meals"
    __table_args__ = (
        *points_to(planned_meal_id="planned_meals", photo_file_id="files"),
        Index(None, "user_id", "logged_at"),
        Index(None, "user_id", "local_date"),
        Index(None, "user_id", "planned_meal_id"),
        *ranges(
            kcal=(0, 20000),
            protein_g=(0, 20000),
            carbs_g=(0, 20000),
            fat_g=(0, 20000),
            fibre_g=(0, 20000),
            sugar_g=(0, 20000),
            sat_fat_g=(0, 20000),
            sodium_mg=(0, 100000),
            confidence=(0, 1),
        ),
    )

    logged_at: Mapped[datetime]
    local_date: Mapped[date]
    meal_type: Mapped[str] = mapped_column(CleanText(50), ForeignKey("meal_times.code"), index=True)
    name: Mapped[str | None] = mapped_column(CleanText(160))
    kcal: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    protein_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    carbs_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    fat_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    fibre_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    sugar_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    sat_fat_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    sodium_mg: Mapped[Decimal] = mapped_column(Dec(8, 1), default=Decimal("0"))
    entry: Mapped[Literal["text", "photo", "barcode", "quick", "copy", "plan", "voice", "api"]]
    planned_meal_id: Mapped[UUID | None]
    quick_meal_id: Mapped[UUID | None]
    photo_file_id: Mapped[UUID | None]
    confidence: Mapped[Decimal] = mapped_column(Dec(3, 2), default=Decimal("1.00"))
    allergen_alert: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str | None] = mapped_column(Encrypted("meals.notes"))
    source_message_id: Mapped[UUID | None]


class MealItem(Tenant, Base):
    """Foods of a logged meal, nutrients frozen."""

    __tablename__ = "meal_items"
    __table_args__ = (
        *part_of(meal_id="meals"),
        UniqueConstraint("user_id", "meal_id", "position"),
        *ranges(position=(0, 99), quantity=(0, 100000), grams=(0, 20000), confidence=(0, 1)),
    )

    meal_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    food_id: Mapped[UUID | None] = mapped_column(ForeignKey("foods.id", ondelete="SET NULL"), index=True)
    recipe_id: Mapped[UUID | None] = mapped_column(ForeignKey("recipes.id", ondelete="SET NULL"), index=True)
    food_name: Mapped[str] = mapped_column(CleanText(160))
    quantity: Mapped[Decimal] = mapped_column(Dec(9, 3))
    unit: Mapped[str] = mapped_column(CleanText(40))
    grams: Mapped[Decimal] = mapped_column(Dec(8, 2))
    kcal: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    protein_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    carbs_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    fat_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    fibre_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    sugar_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    sat_fat_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    sodium_mg: Mapped[Decimal] = mapped_column(Dec(8, 1), default=Decimal("0"))
    portion_source: Mapped[Literal["stated", "asked", "default_serving", "photo", "label"]]
    confidence: Mapped[Decimal] = mapped_column(Dec(3, 2), default=Decimal("1.00"))


class QuickMeal(Tenant, Base):
    """One-tap meals."""

    __tablename__ = "quick_meals"
    __table_args__ = (UniqueConstraint("user_id", "meal_name"),)

    meal_name: Mapped[str] = mapped_column(CleanText(120))
    kcal: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    protein_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    carbs_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    fat_g: Mapped[Decimal] = mapped_column(Dec(7, 2), default=Decimal("0"))
    components: Mapped[JsonList] = mapped_column(default=list)
    use_count: Mapped[int] = mapped_column(default=0)
    last_used_at: Mapped[datetime | None]

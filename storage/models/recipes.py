"""The recipe catalogue (data-model 7.2, 7.4)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Catalogue, Tenant, ranges, unique_where
from storage.types import CleanText, Dec, JsonList, JsonObject


class Recipe(Catalogue, Base):
    """Dishes."""

    __tablename__ = "recipes"
    __table_args__ = (
        unique_where(
            "user_id IS NULL AND source_ref IS NOT NULL", "source", "source_ref", name="uq_recipes_source_source_ref"
        ),
        Index(None, "user_id", "created_at"),
        Index(None, "name"),
        *ranges(servings=(0.1, 100), prep_time_minutes=(0, 1440), cook_time_minutes=(0, 1440)),
    )

    name: Mapped[str] = mapped_column(CleanText(200))
    description: Mapped[str | None]
    servings: Mapped[Decimal] = mapped_column(Dec(5, 2), default=Decimal("1"))
    kcal: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    protein_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    carbs_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fat_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fibre_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    prep_time_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    cook_time_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    difficulty: Mapped[Literal["beginner", "intermediate", "advanced"]] = mapped_column(default="beginner")
    cuisine: Mapped[str | None] = mapped_column(CleanText(40))
    meal_times: Mapped[JsonList] = mapped_column(default=list)
    equipment: Mapped[JsonList] = mapped_column(default=list)
    allergen_proof: Mapped[JsonObject] = mapped_column(default=dict)
    diet_flags: Mapped[JsonObject] = mapped_column(default=dict)
    derived_at: Mapped[datetime | None]
    derivation_version: Mapped[str | None] = mapped_column(CleanText(20))
    cost_per_serving: Mapped[Decimal | None] = mapped_column(Dec(8, 2))
    source: Mapped[Literal["builtin", "user", "model", "import"]]
    source_ref: Mapped[str | None] = mapped_column(CleanText(80))


class RecipeIngredient(Catalogue, Base):
    """One ingredient of a recipe."""

    __tablename__ = "recipe_ingredients"
    __table_args__ = (
        UniqueConstraint("recipe_id", "position"),
        Index(None, "user_id"),
        *ranges(grams=(0, 20000)),
    )

    recipe_id: Mapped[UUID] = mapped_column(ForeignKey("recipes.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    food_id: Mapped[UUID | None] = mapped_column(ForeignKey("foods.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(CleanText(160))
    quantity: Mapped[Decimal | None] = mapped_column(Dec(9, 3))
    unit: Mapped[str | None] = mapped_column(CleanText(40))
    grams: Mapped[Decimal | None] = mapped_column(Dec(8, 2))
    is_optional: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(CleanText(160))


class RecipeStep(Catalogue, Base):
    """One step of a recipe."""

    __tablename__ = "recipe_steps"
    __table_args__ = (
        UniqueConstraint("recipe_id", "position"),
        Index(None, "user_id"),
        *ranges(minutes=(0, 1440)),
    )

    recipe_id: Mapped[UUID] = mapped_column(ForeignKey("recipes.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str]
    minutes: Mapped[int | None] = mapped_column(SmallInteger)


class RecipeMark(Tenant, Base):
    """A person's marks on a recipe."""

    __tablename__ = "recipe_marks"
    __table_args__ = (
        UniqueConstraint("user_id", "recipe_id"),
        *ranges(rating=(1, 5)),
    )

    recipe_id: Mapped[UUID] = mapped_column(ForeignKey("recipes.id", ondelete="CASCADE"), index=True)
    is_favourite: Mapped[bool] = mapped_column(default=False)
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    is_hidden: Mapped[bool] = mapped_column(default=False)
    last_eaten_on: Mapped[date | None]

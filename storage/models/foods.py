"""The food catalogue: foods, servings, allergens (data-model 7.1, 7.4)."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Catalogue, ranges, unique_where
from storage.types import CleanText, Dec, JsonObject


class Food(Catalogue, Base):
    """Shared and custom foods, nutrients per 100 g."""

    __tablename__ = "foods"
    __table_args__ = (
        unique_where(
            "user_id IS NULL AND source_ref IS NOT NULL", "source", "source_ref", name="uq_foods_source_source_ref"
        ),
        unique_where(
            "user_id IS NOT NULL AND barcode IS NOT NULL", "user_id", "barcode", name="uq_foods_user_id_barcode"
        ),
        Index(None, "barcode"),
        Index(None, "name_key"),
        Index(None, "user_id", "name_key"),
        *ranges(
            kcal=(0, 1000),
            protein_g=(0, 1000),
            carbs_g=(0, 1000),
            fat_g=(0, 1000),
            fibre_g=(0, 1000),
            sugar_g=(0, 1000),
            sat_fat_g=(0, 1000),
            alcohol_g=(0, 1000),
            sodium_mg=(0, 100000),
            density_g_ml=(0.05, 3),
        ),
    )

    name: Mapped[str] = mapped_column(CleanText(200))
    name_key: Mapped[str] = mapped_column(CleanText(200))
    brand: Mapped[str | None] = mapped_column(CleanText(120))
    barcode: Mapped[str | None] = mapped_column(CleanText(14))
    food_group: Mapped[str | None] = mapped_column(CleanText(40))
    kcal: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    protein_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    carbs_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fat_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    fibre_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    sugar_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    sat_fat_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    alcohol_g: Mapped[Decimal | None] = mapped_column(Dec(7, 2))
    sodium_mg: Mapped[Decimal | None] = mapped_column(Dec(8, 1))
    carb_convention: Mapped[Literal["us", "eu"] | None]
    density_g_ml: Mapped[Decimal | None] = mapped_column(Dec(5, 3))
    diet_flags: Mapped[JsonObject] = mapped_column(default=dict)
    price_per_100g: Mapped[Decimal | None] = mapped_column(Dec(8, 3))
    currency: Mapped[str | None] = mapped_column(CleanText(3))
    source: Mapped[Literal["usda", "off", "label", "user", "recipe", "model"]]
    source_ref: Mapped[str | None] = mapped_column(CleanText(80))
    is_verified: Mapped[bool] = mapped_column(default=False)


class FoodServing(Catalogue, Base):
    """A household measure of a food."""

    __tablename__ = "food_servings"
    __table_args__ = (
        UniqueConstraint("food_id", "label"),
        Index(None, "user_id"),
        *ranges(grams=(0, 20000)),
    )

    food_id: Mapped[UUID] = mapped_column(ForeignKey("foods.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(CleanText(80))
    grams: Mapped[Decimal] = mapped_column(Dec(8, 2))
    is_default: Mapped[bool] = mapped_column(default=False)


class FoodAllergen(Catalogue, Base):
    """What is known about one allergen in one food; no row means unknown, which counts as may."""

    __tablename__ = "food_allergens"
    __table_args__ = (
        UniqueConstraint("food_id", "allergen_code"),
        Index(None, "user_id"),
    )

    food_id: Mapped[UUID] = mapped_column(ForeignKey("foods.id", ondelete="CASCADE"))
    allergen_code: Mapped[str] = mapped_column(CleanText(50), ForeignKey("ref_allergens.code"), index=True)
    verdict: Mapped[Literal["clear", "may", "contains"]]
    basis: Mapped[Literal["label", "ontology", "source", "user"]]

"""Packaged foods by the number on the package: the person's own first, then the shared ones (data-model 7.1)."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agents.domain.barcodes import spellings
from agents.domain.product import Product
from storage.models.foods import Food, FoodServing


def by_number(session: Session, user_id: UUID, number: str) -> Product | None:
    """The product of this number; None when no table has it with its energy and macros."""
    query = (
        select(Food)
        .where(
            Food.barcode.in_(spellings(number)),
            or_(Food.user_id == user_id, Food.user_id.is_(None)),
            *(column.is_not(None) for column in (Food.kcal, Food.protein_g, Food.carbs_g, Food.fat_g)),
        )
        .order_by(Food.user_id.is_(None), Food.is_verified.desc(), Food.id)
        .limit(1)
    )
    row = session.scalar(query)
    return _product(row, _serving_g(session, row.id)) if row is not None else None


def _serving_g(session: Session, food_id: UUID) -> float | None:
    query = select(FoodServing.grams).where(FoodServing.food_id == food_id).order_by(FoodServing.is_default.desc())
    return _number(session.scalar(query.limit(1)))


def _product(row: Food, serving_g: float | None) -> Product:
    fibre = _number(row.fibre_g)
    carbs = _number(row.carbs_g) or 0.0
    return Product(
        name=f"{row.brand} {row.name}" if row.brand and row.brand.lower() not in row.name.lower() else row.name,
        kcal=_number(row.kcal) or 0.0,
        protein_g=_number(row.protein_g) or 0.0,
        carbs_g=carbs + (fibre or 0.0) if row.carb_convention == "eu" else carbs,  # eu leaves fibre out (7.1)
        fat_g=_number(row.fat_g) or 0.0,
        fibre_g=fibre,
        sugar_g=_number(row.sugar_g),
        sat_fat_g=_number(row.sat_fat_g),
        sodium_mg=_number(row.sodium_mg),
        serving_g=serving_g,
    )


def _number(figure: Decimal | None) -> float | None:
    return None if figure is None else float(figure)

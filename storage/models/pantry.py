"""Food at home and food to buy (data-model 6.5)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Tenant, index_where, part_of, points_to, ranges
from storage.types import CleanText, Dec


class PantryItem(Tenant, Base):
    """Food at home."""

    __tablename__ = "pantry_items"
    __table_args__ = (
        *points_to(image_file_id="files"),
        Index(None, "user_id", "name"),
        index_where("status = 'in_stock'", "user_id", "expiry_date"),
        *ranges(quantity=(0, 100000)),
    )

    name: Mapped[str] = mapped_column(CleanText(120))
    food_id: Mapped[UUID | None] = mapped_column(ForeignKey("foods.id", ondelete="SET NULL"), index=True)
    quantity: Mapped[Decimal | None] = mapped_column(Dec(9, 3))
    unit: Mapped[str | None] = mapped_column(CleanText(20))
    expiry_date: Mapped[date | None]
    place: Mapped[Literal["pantry", "fridge", "freezer"]] = mapped_column(default="pantry")
    status: Mapped[Literal["in_stock", "used_up", "thrown_away"]] = mapped_column(default="in_stock")
    image_file_id: Mapped[UUID | None]


class GroceryList(Tenant, Base):
    """A shopping list."""

    __tablename__ = "grocery_lists"
    __table_args__ = (Index(None, "user_id", "status"),)

    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("households.id", ondelete="SET NULL"), index=True)
    title: Mapped[str] = mapped_column(CleanText(120))
    week_start: Mapped[date | None]
    status: Mapped[Literal["open", "done", "archived"]] = mapped_column(default="open")
    est_cost: Mapped[Decimal | None] = mapped_column(Dec(9, 2))
    currency: Mapped[str | None] = mapped_column(CleanText(3))


class GroceryItem(Tenant, Base):
    """A line of the list."""

    __tablename__ = "grocery_items"
    __table_args__ = (
        *part_of(grocery_list_id="grocery_lists"),
        Index(None, "user_id", "grocery_list_id"),
        *ranges(quantity=(0, 100000)),
    )

    grocery_list_id: Mapped[UUID]
    food_id: Mapped[UUID | None] = mapped_column(ForeignKey("foods.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(CleanText(120))
    quantity: Mapped[Decimal | None] = mapped_column(Dec(9, 3))
    unit: Mapped[str | None] = mapped_column(CleanText(20))
    aisle: Mapped[str | None] = mapped_column(CleanText(40))
    is_checked: Mapped[bool] = mapped_column(default=False)
    checked_at: Mapped[datetime | None]
    est_cost: Mapped[Decimal | None] = mapped_column(Dec(8, 2))

"""How a person eats and what they must not eat (data-model 4.7, 4.8)."""

from datetime import datetime, time
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Single, Tenant, ranges, rules, unique_where
from storage.types import CleanText, Dec, JsonList


class DietaryPreferences(Single, Base):
    """Diet type and kitchen."""

    __tablename__ = "dietary_preferences"
    __table_args__ = (
        *ranges(max_meal_prep_time_minutes=(0, 480), budget_per_day=(0, 999999)),
        *rules(diet_type_other_rule="diet_type <> 'other' OR diet_type_other IS NOT NULL"),
    )

    diet_type: Mapped[str] = mapped_column(CleanText(50), ForeignKey("ref_diet_types.code"), index=True)
    diet_type_other: Mapped[str | None] = mapped_column(CleanText(100))
    preferred_cuisines: Mapped[JsonList] = mapped_column(default=list)
    cooking_skill_level: Mapped[Literal["beginner", "intermediate", "advanced"] | None]
    meal_prep_willingness: Mapped[Literal["none", "minimal", "moderate", "extensive"] | None]
    max_meal_prep_time_minutes: Mapped[int | None] = mapped_column(SmallInteger)
    budget_per_day: Mapped[Decimal | None] = mapped_column(Dec(8, 2))
    budget_currency: Mapped[str] = mapped_column(CleanText(3), default="USD")
    fasting_start: Mapped[time | None]
    fasting_end: Mapped[time | None]
    additional_notes: Mapped[str | None] = mapped_column(Encrypted("dietary_preferences.additional_notes"))


class DietaryRestriction(Tenant, Base):
    """One row per allergy, intolerance, dislike or rule."""

    __tablename__ = "dietary_restrictions"
    __table_args__ = (
        unique_where("is_active", "user_id", "kind", "code", name="uq_dietary_restrictions_user_id_kind_code"),
        *rules(strictness_rule="kind <> 'allergy' OR strictness = 'never'"),
    )

    kind: Mapped[Literal["allergy", "intolerance", "dislike", "religious", "exclusion"]]
    code: Mapped[str] = mapped_column(CleanText(60))
    label: Mapped[str | None] = mapped_column(Encrypted("dietary_restrictions.label"))
    severity: Mapped[Literal["mild", "moderate", "severe", "anaphylaxis"] | None]
    strictness: Mapped[Literal["never", "avoid", "prefer_not"]] = mapped_column(default="never")
    is_active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    source_message_id: Mapped[UUID | None]

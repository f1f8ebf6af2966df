"""What a person shares with others: friends, human coaches, households (data-model 3.5, 6.5)."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted, SystemEncrypted
from storage.models.base import Base, Directory, Tenant, part_of, ranges, rules
from storage.types import Dec, JsonList, JsonObject


class UserConnection(Tenant, Base):
    """Friends and human coaches."""

    __tablename__ = "user_connections"
    __table_args__ = (
        UniqueConstraint("user_id", "peer_user_id", "kind"),
        Index(None, "peer_user_id", "status"),
    )

    peer_user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[Literal["friend", "coach"]]
    scopes: Mapped[JsonList] = mapped_column(default=list)
    status: Mapped[Literal["invited", "active", "ended"]] = mapped_column(default="invited")
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class SharedWorkout(Tenant, Base):
    """A workout sent to a connection."""

    __tablename__ = "shared_workouts"
    __table_args__ = (
        *part_of(planned_workout_id="planned_workouts", activity_id="activities"),
        Index(None, "peer_user_id", "status"),
        Index(None, "user_id", "planned_workout_id"),
        Index(None, "user_id", "activity_id"),
        *rules(activity_id_rule="planned_workout_id IS NOT NULL OR activity_id IS NOT NULL"),
    )

    peer_user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    planned_workout_id: Mapped[UUID | None]
    activity_id: Mapped[UUID | None]
    note: Mapped[str | None] = mapped_column(Encrypted("shared_workouts.note"))
    payload: Mapped[JsonObject]
    status: Mapped[Literal["offered", "accepted", "declined"]] = mapped_column(default="offered")


class Household(Directory, Base):
    """Private shared meal planning."""

    __tablename__ = "households"

    owner_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    name: Mapped[str | None] = mapped_column(SystemEncrypted("households.name"))
    status: Mapped[Literal["active", "closed"]] = mapped_column(default="active")


class HouseholdMember(Directory, Base):
    """Who eats together."""

    __tablename__ = "household_members"
    __table_args__ = (
        UniqueConstraint("household_id", "user_id"),
        Index(None, "user_id", "status"),
        *ranges(portion_factor=(0.25, 3)),
        *rules(role_rule="role <> 'guest' OR user_id IS NULL"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id", ondelete="CASCADE"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    role: Mapped[Literal["owner", "member", "guest"]]
    status: Mapped[Literal["invited", "active", "left"]] = mapped_column(default="invited")
    alias: Mapped[str | None] = mapped_column(SystemEncrypted("household_members.alias"))
    guest_restrictions: Mapped[JsonObject | None] = mapped_column(
        SystemEncrypted("household_members.guest_restrictions", "json")
    )
    added_by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    portion_factor: Mapped[Decimal] = mapped_column(Dec(3, 2), default=Decimal("1.00"))
    eats: Mapped[JsonObject] = mapped_column(default=dict)
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

"""Reminders, the proof of each firing, and the randomised choices behind them (data-model 8.4 to 8.6)."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.encrypted import Encrypted
from storage.models.base import Base, Tenant, Versioned, index_where, part_of, ranges, rules, unique_where
from storage.types import CleanText, Dec, Digest, JsonObject


class Reminder(Tenant, Versioned, Base):
    """What to remind, when, in the person's own time."""

    __tablename__ = "reminders"
    __table_args__ = (
        index_where("state = 'active'", "next_due_at"),
        Index(None, "user_id", "kind"),
        unique_where(
            "source = 'schedule' AND state <> 'cancelled' AND subject_id IS NOT NULL",
            "user_id",
            "kind",
            "subject_id",
            name="uq_reminders_user_id_kind_subject_id",
        ),
        *ranges(max_age_minutes=(1, 1440)),
        *rules(
            next_local_time_rule="next_due_at IS NULL OR (next_local_date IS NOT NULL AND next_local_time IS NOT NULL)"
        ),
    )

    kind: Mapped[
        Literal[
            "morning_brief",
            "meal",
            "hydration",
            "workout",
            "bedtime",
            "weigh_in",
            "check_in",
            "expiry",
            "follow_up",
            "task",
            "habit",
            "weekly_report",
            "onboarding_resume",
            "custom",
        ]
    ]
    subject_type: Mapped[
        Literal[
            "meal_schedule",
            "workout_schedule",
            "hydration",
            "task",
            "habit",
            "pantry_item",
            "experiment",
            "message",
            "none",
        ]
    ] = mapped_column(default="none")
    subject_id: Mapped[UUID | None]
    title: Mapped[str | None] = mapped_column(Encrypted("reminders.title"))
    recurrence: Mapped[JsonObject]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    next_due_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    next_local_date: Mapped[date | None]
    next_local_time: Mapped[time | None]
    state: Mapped[Literal["active", "paused", "finished", "cancelled"]] = mapped_column(default="active")
    quiet_policy: Mapped[Literal["drop", "shift", "ignore"]] = mapped_column(default="shift")
    tone: Mapped[Literal["gentle", "motivational", "minimal"]] = mapped_column(default="gentle")
    max_age_minutes: Mapped[int] = mapped_column(SmallInteger, default=60)
    policy: Mapped[Literal["fixed", "bandit"]] = mapped_column(default="fixed")
    source: Mapped[Literal["schedule", "user", "coach", "system"]]


class ReminderFiring(Tenant, Base):
    """One row per occurrence: the proof of exactly one."""

    __tablename__ = "reminder_firings"
    __table_args__ = (
        *part_of(reminder_id="reminders"),
        UniqueConstraint("user_id", "reminder_id", "local_date", "local_time"),
        Index(None, "user_id", "due_at"),
        *ranges(snooze_count=(0, 3)),
        *rules(suppressed_reason_rule="state <> 'suppressed' OR suppressed_reason IS NOT NULL"),
    )

    reminder_id: Mapped[UUID]
    local_date: Mapped[date]
    local_time: Mapped[time]
    due_at: Mapped[datetime]
    state: Mapped[Literal["queued", "sent", "suppressed", "coalesced", "failed"]] = mapped_column(default="queued")
    suppressed_reason: Mapped[
        Literal["quiet_hours", "cap", "paused", "safety", "late", "bandit_off", "blocked", "not_needed"] | None
    ]
    outbox_id: Mapped[UUID | None]
    response: Mapped[Literal["none", "done", "snoozed", "skipped", "not_useful"]] = mapped_column(default="none")
    responded_at: Mapped[datetime | None]
    snooze_count: Mapped[int] = mapped_column(SmallInteger, default=0)


class NudgeDecision(Tenant, Base):
    """Randomised choices and what followed."""

    __tablename__ = "nudge_decisions"
    __table_args__ = (
        *part_of(firing_id="reminder_firings"),
        Index(None, "user_id", "policy", "decided_at"),
        index_where("outcome_at IS NULL", "outcome_due_at"),
        Index(None, "user_id", "firing_id"),
        *rules(propensity_rule="propensity > 0 AND propensity <= 1"),
    )

    firing_id: Mapped[UUID | None]
    policy: Mapped[str] = mapped_column(CleanText(40))
    policy_version: Mapped[str] = mapped_column(CleanText(40))
    context: Mapped[JsonObject]
    context_hash: Mapped[bytes] = mapped_column(Digest())
    arms: Mapped[JsonObject]
    arm: Mapped[str] = mapped_column(CleanText(40))
    propensity: Mapped[Decimal] = mapped_column(Dec(6, 5))
    decided_at: Mapped[datetime]
    outcome_due_at: Mapped[datetime]
    outcome_kind: Mapped[str | None] = mapped_column(CleanText(40))
    outcome: Mapped[Decimal | None] = mapped_column(Dec(8, 3))
    outcome_at: Mapped[datetime | None]

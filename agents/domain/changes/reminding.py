"""Reminders set, scheduled, cancelled and answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from agents.domain.recurrence import Recurrence
from agents.domain.schedule import ReminderSpec


@dataclass(frozen=True, slots=True, eq=False)
class ReminderAdded:
    """A new reminder; `quiet_policy` ignore only for a clock time the person typed (science.md B-4)."""

    id: UUID
    kind: str
    title: str
    recurrence: Recurrence
    quiet_policy: Literal["drop", "shift", "ignore"]
    max_age_minutes: int
    source: Literal["user", "system"]
    tone: str = "gentle"


@dataclass(frozen=True, slots=True, eq=False)
class RemindersScheduled:
    """The whole set of reminders that follow from the answers; storage keeps, adds and cancels to match."""

    reminders: tuple[ReminderSpec, ...]
    tone: str


@dataclass(frozen=True, slots=True, eq=False)
class ReminderCancelled:
    """A reminder ends."""

    reminder_id: UUID


@dataclass(frozen=True, slots=True, eq=False)
class FiringAnswered:
    """A tap on a reminder that was sent. `until` is set for a snooze (aware UTC)."""

    firing_id: UUID
    response: Literal["done", "snoozed", "skipped", "not_useful"]
    until: datetime | None = None

"""What the house itself notes: safety and use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, eq=False)
class SafetyNoted:
    """A red flag and what was done. `quiet_until` silences unasked messages (science.md S-8)."""

    level: str
    category: str
    rule_ids: tuple[str, ...]
    locale: str
    action: Literal["template_sent", "plan_blocked", "goal_refused", "nudges_paused", "referred", "noted"]
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SafetyEased:
    """The person said it is not happening now: the silence of an emergency ends (never that of a crisis)."""


@dataclass(frozen=True, slots=True, eq=False)
class EventNoted:
    """Product analytics: codes and numbers, never text."""

    name: str
    properties: Mapping[str, Json] = field(default_factory=dict)

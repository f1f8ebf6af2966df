"""Why a day may bend: a reason code, the rule, the numbers behind it and what it asks for (science.md R-2 to R-10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.readiness.effect import Effect
from agents.domain.safety.levels import Level

Reason = Literal[
    "poor_sleep", "high_stress", "high_soreness", "injury", "low_adherence", "illness", "travel", "no_equipment",
    "weather", "cycle_symptoms", "body_signals", "time_short", "holiday", "comeback", "user_request",
]  # fmt: skip
# Which reason names a day that several explain. Safety first; what the person feels before what a device says.
PRECEDENCE: Final[tuple[Reason, ...]] = (
    "illness", "injury", "weather", "poor_sleep", "high_stress", "high_soreness", "cycle_symptoms", "body_signals",
    "comeback", "low_adherence", "travel", "no_equipment", "time_short", "holiday", "user_request",
)  # fmt: skip
# S-rules, R-6 and R-7 do not wait for an answer; a "no" or an undo never brings back what they keep out.
AT_ONCE: Final[frozenset[Reason]] = frozenset({"illness", "injury", "weather"})
# R-9 counts these: how body and mind are today.
REDS: Final[frozenset[Reason]] = frozenset(
    {"poor_sleep", "high_stress", "high_soreness", "cycle_symptoms", "body_signals"}
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reason on one day. `evidence` are names and values, in order, for whoever explains it."""

    reason: Reason
    rule: str
    effect: Effect
    evidence: tuple[tuple[str, float | str], ...] = ()
    level: Level = "none"

    @property
    def is_red(self) -> bool:
        """Whether it counts for the table of R-9."""
        return self.reason in REDS

    @property
    def is_at_once(self) -> bool:
        """Whether it holds without being asked about."""
        return self.reason in AT_ONCE


def in_order(triggers: Iterable[Trigger]) -> tuple[Trigger, ...]:
    """Strongest first, each said once; the order in which they came does not matter."""
    unique = set(triggers)
    return tuple(sorted(unique, key=lambda each: (PRECEDENCE.index(each.reason), each.rule, repr(each.evidence))))

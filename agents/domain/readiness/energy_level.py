"""Low energy for days: what to look into, by rule (science.md R-10). It is never a reason to eat less (E10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from agents.domain.readiness.reds import LOW_ENERGY

DAYS: Final = 3
Check = Literal["energy_availability", "sleep", "iron_with_clinician"]
CHECKS: Final[tuple[Check, ...]] = ("energy_availability", "sleep", "iron_with_clinician")


@dataclass(frozen=True, slots=True)
class LowEnergy:
    """So many days in a row up to today, and what to check in this order: E5, sleep, iron by way of a clinician."""

    days: int
    checks: tuple[Check, ...] = CHECKS
    rules: tuple[str, ...] = ("R-10", "E5")


def low_energy(scores: Mapping[date, float], *, on: date) -> LowEnergy | None:
    """R-10: three days or more with an energy up to 3 until this local day; one without an answer ends the row."""
    days = 0
    while (score := scores.get(on - timedelta(days=days))) is not None and score <= LOW_ENERGY:
        days += 1
    return LowEnergy(days) if days >= DAYS else None

"""How a person says they are on one local day (science.md R-1). Not answered is None, never "fine"."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from agents.domain.readiness.scales import in_range

DAY_HOURS: Final = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayState:
    """The answers of a day on a scale of 0 to 10; `sleep_hours` of the last night, `sore_muscles` as exercises do.

    Raises ValueError for a score outside its scale: a typo is asked about, it does not steer a session.
    """

    sleep_hours: float | None = None
    sleep_quality: float | None = None
    stress: float | None = None
    soreness: float | None = None
    energy: float | None = None
    sore_muscles: frozenset[str] = frozenset()
    cycle_symptoms: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for value in (self.sleep_quality, self.stress, self.soreness, self.energy):
            if value is not None:
                in_range(value)
        if self.sleep_hours is not None:
            in_range(self.sleep_hours, DAY_HOURS)


def merged(answers: Iterable[DayState]) -> DayState:
    """The day from its check-ins, oldest first: what was said last counts, and a gap keeps what was said before."""
    found = DayState()
    for answer in answers:
        found = replace(found, **_said(answer))
    return found


def _said(answer: DayState) -> dict[str, Any]:
    values = {field.name: getattr(answer, field.name) for field in fields(answer)}
    return {name: value for name, value in values.items() if value is not None and value != frozenset()}

"""How the triage judges the safety cases: each alone, without a profile and without history."""

from dataclasses import dataclass

from agents.domain.safety import Level, triage
from agents.domain.safety.levels import LEVELS
from tests.evals.cases import Case, cases


@dataclass(frozen=True)
class Judged:
    """One case and the level it was given."""

    case: Case
    level: Level

    @property
    def is_exact(self) -> bool:
        """Whether the level is the one that was meant."""
        return self.level == self.case["level"]

    @property
    def is_caught(self) -> bool:
        """Whether the level is at least the one that was meant."""
        return LEVELS.index(self.level) >= LEVELS.index(self.case["level"])


def judged() -> tuple[Judged, ...]:
    """Every case with its level."""
    return tuple(Judged(case, triage(case["text"]).level) for case in cases("safety"))


def share(of: tuple[Judged, ...], *, exactly: bool = False) -> float:
    """The share that was caught, or judged exactly; 1 for no cases."""
    right = sum(each.is_exact if exactly else each.is_caught for each in of)
    return right / len(of) if of else 1.0

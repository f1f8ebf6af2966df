"""What a guardrail answers: findings with a rule id and one kind sentence, and whether the wish is allowed."""

from dataclasses import dataclass

from agents.domain.safety.levels import Level


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that speaks against something, with the sentence the person may read."""

    rule: str
    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed and what was found on the way; truthy exactly when allowed."""

    allowed: bool
    findings: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed

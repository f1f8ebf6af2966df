"""What is noted while somebody looks back."""

from dataclasses import dataclass

from agents.domain.achievements import Achievement


@dataclass(frozen=True, slots=True, eq=False)
class AchievementsEarned:
    """Achievements that are new; each is kept once, whoever finds it first."""

    earned: tuple[Achievement, ...]

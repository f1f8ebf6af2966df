"""Other exercises for the same job (science.md T-11)."""

from agents.domain.exercises import Exercise, Library
from agents.domain.profile import Profile
from agents.domain.training.session import Session


def swap(session: Session, position: int, profile: Profile, library: Library) -> tuple[Exercise, ...]:
    """Up to two substitutes."""
    return ()

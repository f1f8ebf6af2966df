"""From a person to a programme."""

from datetime import date

from agents.domain.exercises import Library
from agents.domain.profile import Profile
from agents.domain.safety.screening import Allowed
from agents.domain.training.session import Programme


def programme(
    profile: Profile,
    library: Library,
    *,
    screening_allowed: Allowed,
    start: date,
    days: int = 14,
    seed: int = 0,
) -> Programme:
    """Sessions."""
    return Programme(sessions=())

"""Other exercises for the same job: a busy machine, a pain, a dislike (science.md T-11)."""

from datetime import date
from typing import Final

from agents.domain.exercises import Exercise, Library
from agents.domain.profile import Profile
from agents.domain.safety.screening import Allowed
from agents.domain.training.choice import ranked
from agents.domain.training.session import Block, Session
from agents.domain.training.trainee import trainee

OFFERED: Final = 2
_CAP_OF: Final[dict[str, Allowed]] = {"light": "light", "moderate": "moderate", "intense": "vigorous"}


def swap(
    session: Session,
    position: int,
    profile: Profile,
    library: Library,
    *,
    on: date | None = None,
    seed: int = 0,
    limit: int = OFFERED,
) -> tuple[Exercise, ...]:
    """Up to `limit` substitutes for the block at `position` (from 0), best first: of the same family and use, and where
    none is left, for the same muscle (T-31: the pattern or the muscle stays).

    They fit the profile as it is now (a fresh injury counts) and are no harder than the session; what the session
    already holds is not offered. () when nothing fits. Raises IndexError for a position the session does not have.
    """
    if not 0 <= position < len(session.exercises):
        raise IndexError(f"the session has no exercise {position}")
    block = session.exercises[position]
    cap = "easy" if _is_easy(session) else _CAP_OF[session.intensity]
    person = trainee(profile, screening_allowed=cap, on=on or session.date, seed=seed)
    present = {other.exercise.slug for other in session.exercises}
    open_to = [e for e in library if e.slug not in present and _can_hold(e, block) and person.admits(e)]
    fitting = [e for e in open_to if e.family == block.exercise.family]
    order = ranked(fitting or [e for e in open_to if _is_for_same_muscle(e, block.exercise)], person)
    order.sort(key=lambda e: -_likeness(e, block.exercise))
    return tuple(order[:limit])


def _is_easy(session: Session) -> bool:
    return all(block.exercise.is_easy for block in session.phase("main"))


def _is_for_same_muscle(exercise: Exercise, wanted: Exercise) -> bool:
    is_alike = exercise.is_strength == wanted.is_strength and (exercise.family == "cardio") == (
        wanted.family == "cardio"
    )
    return is_alike and not set(exercise.primary_muscles).isdisjoint(wanted.primary_muscles)


def _can_hold(exercise: Exercise, block: Block) -> bool:
    """Whether the block's dose and use suit it: one in repetitions cannot hold a timed exercise, steady no bouts."""
    wanted = block.exercise
    is_bouts = wanted.session_kind == "hiit"
    if exercise.is_timed != wanted.is_timed or (exercise.session_kind == "hiit") != is_bouts:
        return False
    if block.phase == "main" or block.phase not in wanted.uses:  # the ramp warms up with the lift itself
        return bool({"main", "accessory"}.intersection(wanted.uses, exercise.uses))
    return block.phase in exercise.uses


def _likeness(exercise: Exercise, wanted: Exercise) -> int:
    """Shared direct muscles count two, a named variant two more, shared parts of the body one."""
    shared = len(set(exercise.primary_muscles).intersection(wanted.primary_muscles))
    is_variant = exercise.slug in (wanted.easier, wanted.harder)
    return 2 * (shared + is_variant) + (not set(exercise.loads).isdisjoint(wanted.loads))

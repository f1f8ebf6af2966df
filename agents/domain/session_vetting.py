"""A programme checked against the screening and the body (science.md S-102, S-120, S-150, T-5, T-8, T-11, T-31)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from agents.domain.exercises import Effort, Exercise
from agents.domain.injuries import limits
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.safety import Findings, profile_findings
from agents.domain.training.dose import WEEKLY_SETS
from agents.domain.training.lifting import weekly_sets
from agents.domain.training.session import Block, Programme, Session, total_seconds
from agents.domain.training.trainee import Trainee, trainee

_EFFORTS: tuple[Effort, ...] = ("easy", "light", "moderate", "vigorous")
DEEPEST_RIR = 1  # repetitions in reserve: nobody without a free row goes to the limit
HIGH_REPS = 12  # S-150
ROUNDING_SECONDS = 60
SETS_TOLERANCE = 0.5  # a helping muscle counts half a set


def exercise_choice_findings(programme: Programme, profile: Profile, *, on: date) -> Iterator[Note]:
    """S-102: nothing above the cap. T-11, T-31: no tag, part of the body, place or equipment that is closed."""
    found = profile_findings(profile, on=on)
    if not programme.sessions:
        return
    if found.training_cap == "none":
        yield Note(found.screening.row, found.screening.messages[0])
        return
    allowed = limits(found.profile, on=on)
    person = trainee(found.profile, screening_allowed=found.training_cap, on=on)
    for exercise in {b.exercise.slug: b.exercise for s in programme.sessions for b in s.exercises}.values():
        if not allowed.permits(exercise) or not allowed.forbidden.isdisjoint(exercise.tags):
            yield Note("T-31", f"{exercise.name} does not go with what you told me about your body, so I hold it back.")
        elif not _is_within_cap(exercise, person):
            yield Note("S-102", f"{exercise.name} is harder than your answers allow for now, so I hold it back.")
        elif not person.admits(exercise):
            yield Note("T-11", f"{exercise.name} does not fit your place, equipment or level, so I hold it back.")


def _is_within_cap(exercise: Exercise, person: Trainee) -> bool:
    """The effort against the cap; a steady jog of a trained person passes the talk test and counts as moderate."""
    if _EFFORTS.index(exercise.effort) <= _EFFORTS.index(person.cap):
        return True
    return person.cap == "moderate" and exercise.session_kind == "cardio" and person.admits(exercise)


def session_findings(programme: Programme, profile: Profile, *, on: date) -> Iterator[Note]:
    """S-102 by session, T-8: the minutes asked for and honestly counted; one session a day, none in the past."""
    found = profile_findings(profile, on=on)
    if found.training_cap == "none":
        return
    minutes = trainee(found.profile, screening_allowed=found.training_cap, on=on).minutes
    days = Counter(session.date for session in programme.sessions)
    for session in programme.sessions:
        if session.intensity == "intense" and found.training_cap != "vigorous":
            yield Note("S-102", f"{session.title} is harder than your answers allow for now, so I hold it back.")
        if not 0 < session.minutes <= minutes or not _is_counted(session):
            yield Note("T-8", f"{session.title} does not fit the time you have, so I hold it back.")
        if days[session.date] > 1 or session.date < on:
            yield Note("T-8", f"{session.title} is on a day that does not work, so I hold it back.")


def dose_findings(programme: Programme, profile: Profile, *, on: date) -> Iterator[Note]:
    """T-5: sets a week inside the band's top. S-120, S-130, S-150: nothing to the limit, many light repetitions."""
    found = profile_findings(profile, on=on)
    if found.training_cap == "none" or not programme.sessions:
        return
    person = trainee(found.profile, screening_allowed=found.training_cap, on=on)
    most = WEEKLY_SETS[person.training_level][1]
    for week in sorted({(session.date - on).days // 7 for session in programme.sessions}):
        blocks = [b for s in programme.sessions if (s.date - on).days // 7 == week for b in s.exercises]
        if any(sets > most + SETS_TOLERANCE for sets in weekly_sets(blocks).values()):
            yield Note("T-5", f"Week {week + 1} has more sets than your level takes well, so I hold it back.")
    for block in (block for session in programme.sessions for block in session.exercises):
        yield from _block_findings(block, person, found)


def _block_findings(block: Block, person: Trainee, found: Findings) -> Iterator[Note]:
    name = block.exercise.name
    if block.sets < 1 or not block.set_seconds > 0:
        yield Note("T-8", f"{name} has no work in it, so I hold the plan back.")
    if block.rir is not None and block.rir < DEEPEST_RIR and not found.max_tests_allowed:
        yield Note("S-120", f"{name} went to the very limit, so I hold the plan back.")
    is_lift = block.exercise.takes_load and block.phase == "main"
    if person.needs_high_reps and is_lift and block.reps_max is not None and block.reps_max < HIGH_REPS:
        yield Note("S-150", f"{name} was too heavy for your blood pressure, so I hold the plan back.")


def _is_counted(session: Session) -> bool:
    return abs(total_seconds(session.exercises) - session.minutes * 60) <= ROUNDING_SECONDS

"""The words of a programme: titles, hints beside an exercise, notes, the reason in a sentence or two."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from agents.domain.exercises import Library
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.training.session import Block
from agents.domain.training.trainee import DEFAULT_MINUTES, MAX_MINUTES, MIN_MINUTES, Trainee
from agents.domain.training.week import DayKind, Focus

BLOCKED: Final = Note(
    "S-102",
    "No workouts for now: please let a doctor look at your answers first. Once you have a yes, tell me and we start.",
)
NOTHING_LEFT: Final = Note("T-31", "With these injuries I have nothing safe to offer. Please rest and see a clinician.")
_CARE: Final = "half the range or a third less load, pain at most 2 of 10"
_GOALS: Final = {
    "fat_loss": "losing fat",
    "muscle_gain": "building muscle",
    "general_fitness": "all-round fitness",
    "strength": "getting stronger",
    "endurance": "endurance",
    "flexibility": "moving freely",
    "athletic_performance": "your sport",
}
_FOCUS: Final = {"full": "Full body", "upper": "Upper body", "lower": "Lower body"}
_KIND_WORDS: Final = {
    "strength": "strength",
    "mixed": "strength",
    "cardio": "cardio",
    "mobility": "mobility",
    "easy": "easy movement",
}


def strength_title(focus: Focus, number: int, of: int, blocks: Sequence[Block]) -> str:
    """ "Full body A", "Upper body and cardio"."""
    letter = f" {'ABCDEFG'[number]}" if of > 1 else ""
    families = {block.exercise.family for block in blocks if block.phase == "main"}
    extra = " and cardio" if "cardio" in families else " and mobility" if "mobility" in families else ""
    return _FOCUS[focus] + letter + extra


def movement_title(kind: DayKind, main: Sequence[Block]) -> str:
    """The name of a day without lifting."""
    cardio = [block.exercise for block in main if block.exercise.family == "cardio"]
    if kind == "easy":
        return "Easy walk and mobility" if cardio else "Easy mobility"
    if cardio:
        return cardio[0].name
    return "Yoga and mobility" if any(b.exercise.session_kind == "yoga" for b in main) else "Mobility"


def with_hints(block: Block, person: Trainee, library: Library) -> Block:
    """The block with what to mind: the reserve, breathing, a mild hurt, and an easier form if there is a safe one."""
    return replace(block, modifications=(*block.modifications, *_hints(block, person, library)))


def _hints(block: Block, person: Trainee, library: Library) -> Iterator[str]:
    exercise = block.exercise
    if exercise.takes_load and block.rir is not None:
        thing = "band" if "resistance_bands" in exercise.equipment else "weight"
        yield f"choose a {thing} that leaves {block.rir} good reps"
    elif block.rir is not None:
        yield f"stop while {block.rir} good reps are left"
    if exercise.family == "cardio" and block.phase == "main":
        yield _talk_test(block)
    if person.limits.asks_care(exercise):
        yield _CARE
    if person.needs_breath_cue and exercise.is_strength:
        yield "breathe out on effort"
    easier = library.get(exercise.easier) if exercise.easier else None
    if easier is not None and block.phase == "main" and exercise.is_strength and person.admits(easier):
        yield f"easier: {easier.name}"


def _talk_test(block: Block) -> str:
    if block.exercise.session_kind == "hiit":
        return "a few words at a time in the fast parts, full sentences in the slow ones"
    return "you could sing" if block.exercise.effort in ("easy", "light") else "you can talk in full sentences"


def notes_of(profile: Profile, person: Trainee, *, strength_days: int, has_all_patterns: bool) -> Iterator[Note]:
    """What was assumed and what to know, most important first."""
    yield from person.limits.notes
    if person.is_minor:
        yield Note(
            "S-120", "Technique first: no all-out lifts while you grow. Moving an hour a day in all is a good aim."
        )
    if person.cap == "easy":
        yield Note(
            "S-103", "For now only easy walking and mobility. More opens up once the health questions are answered."
        )
    if not profile.workout_days:
        yield Note("T-11", "I chose Monday, Wednesday and Friday. Tell me if other days suit you better.")
    if profile.workout_minutes is None:
        yield Note("T-8", f"I planned {DEFAULT_MINUTES} minutes a session. Tell me if you have more or less time.")
    elif not MIN_MINUTES <= profile.workout_minutes <= MAX_MINUTES:
        yield Note("T-8", f"Sessions can be {MIN_MINUTES} to {MAX_MINUTES} minutes long; I planned {person.minutes}.")
    if profile.equipment is None and profile.location != "gym":
        yield Note("T-11", "I planned without equipment. Tell me what you have and I will use it.")
    if person.is_new and person.cap != "easy" and not person.limits.easy_only:
        yield Note("T-4", "The first two weeks stay easy on purpose: always stop with 3 good repetitions left.")
    if person.cap != "easy" and not person.limits.easy_only and (strength_days < 2 or not has_all_patterns):
        yield Note("T-5", _lean_week(strength_days))


def _lean_week(strength_days: int) -> str:
    if strength_days < 2:
        return "Two strength days a week bring clearly more than one. Add a second one when you can."
    return "Some movement patterns are missing this week, because of time or because of what you should spare."


def rationale_of(person: Trainee, kinds: Sequence[DayKind]) -> str:
    """Why the plan looks as it does."""
    counts = Counter(_KIND_WORDS[kind] for kind in kinds)
    parts = ", ".join(f"{number} × {word}" for word, number in counts.items())
    per_week = "session" if len(kinds) == 1 else "sessions"
    text = f"For {_GOALS[person.goal]}: {len(kinds)} {per_week} a week of up to {person.minutes} minutes ({parts})."
    return f"{text} The first week starts a little easier, the second adds a bit."

"""The words of a programme: titles, hints beside an exercise, notes, the reason in a sentence or two."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Final

from agents.domain.exercises import Exercise, Library
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.safety.screening import screen
from agents.domain.training.periods import (
    DELOAD_EVERY,
    RECOVERY_DAYS,
    TAPER_DAYS,
    TIME_RISE,
    Period,
    comeback_share,
)
from agents.domain.training.session import Block
from agents.domain.training.trainee import DEFAULT_MINUTES, MAX_MINUTES, MIN_MINUTES, ROAD_MODALITIES, Trainee
from agents.domain.training.week import MAJOR, DayKind, DayPlan, Focus

BLOCKED: Final = Note(
    "S-102",
    "No workouts for now: please let a doctor look at your answers first. Once you have a yes, tell me and we start.",
)
RESTING: Final = Note("S-190", "No workouts while you are ill. Tell me when you are well and we start again with half.")
EASY_UNTIL_ANSWERED: Final = Note(
    "S-103", "For now only easy walking and mobility. More opens up once the health questions are answered."
)
EASY_COLD: Final = Note("S-190", "Only easy walking and mobility, half as long as usual, until your cold is over.")
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
_NO_LOSS_GOAL: Final = "feeling well and strong"  # where a deficit is not allowed, nothing speaks of losing fat
RUN_SHARE_START, RUN_SHARE_MOST = 1 / 3, 0.75
_FOCUS: Final = {"full": "Full body", "upper": "Upper body", "lower": "Lower body"}
_SPORT: Final = {"running": "run", "cycling": "ride", "swimming": "swim", "rowing": "row"}
_FINAL_RESTS: Final = ("rest_on_back", "rest_on_side", "seated_rest")
_KIND_WORDS: Final = {
    "strength": "strength",
    "mixed": "strength",
    "cardio": "cardio",
    "mobility": "mobility",
    "yoga": "yoga",
    "easy": "easy movement",
}


def strength_title(focus: Focus, number: int, of: int, blocks: Sequence[Block]) -> str:
    """ "Full body A", "Upper body and swim", "Lower body B and mobility"."""
    letter = f" {'ABCDEFG'[number]}" if of > 1 else ""
    main = [block.exercise for block in blocks if block.phase == "main"]
    if focus == "full" and not any("legs" in exercise.loads for exercise in main if exercise.is_strength):
        focus = "upper"
    return _FOCUS[focus] + letter + "".join(f" and {part}" for part in _also(main))


def _also(main: Sequence[Exercise]) -> list[str]:
    """What comes after the lifts: the sports by name, else cardio, yoga or mobility."""
    cardio = [exercise for exercise in main if exercise.family == "cardio"]
    sports = [_SPORT[exercise.modality] for exercise in cardio if exercise.modality in _SPORT]
    if sports or cardio:
        return list(dict.fromkeys(sports)) or ["cardio"]
    if any(exercise.slug in _FINAL_RESTS for exercise in main):
        return ["yoga"]
    return ["mobility"] if any(exercise.family == "mobility" for exercise in main) else []


def movement_title(kind: DayKind, main: Sequence[Block]) -> str:
    """The name of a day without lifting."""
    cardio = [block.exercise for block in main if block.exercise.family == "cardio"]
    if kind == "easy":
        return "Easy walk and mobility" if cardio else "Easy mobility"
    if kind == "yoga" and main[0].exercise.session_kind in ("yoga", "mobility", "flexibility"):
        return "Yoga"
    first = main[0].exercise
    if first.session_kind == "hiit" and first.modality not in ROAD_MODALITIES:
        return "Intervals"
    if kind == "mobility" or not cardio:
        return "Yoga and mobility" if any(b.exercise.session_kind == "yoga" for b in main) else "Mobility"
    sports = dict.fromkeys(exercise.modality for exercise in cardio)
    if len(sports) == 1 or not sports.keys() <= ROAD_MODALITIES:
        return cardio[0].name
    return " and ".join(sports).capitalize()


def with_hints(block: Block, person: Trainee, library: Library, when: Period) -> Block:
    """The block with what to mind: the reserve, breathing, a mild hurt, and an easier form if there is a safe one."""
    return replace(block, modifications=(*block.modifications, *_hints(block, person, library, when)))


def _hints(block: Block, person: Trainee, library: Library, when: Period) -> Iterator[str]:
    exercise = block.exercise
    if exercise.takes_load and block.rir is not None and block.load_kg is None:
        if "resistance_bands" in exercise.equipment:
            yield f"choose a band that leaves {block.rir} good reps"
        elif not block.modifications:
            yield f"find the weight by effort: start light, add until {block.rir} good reps are left"
    elif block.rir is not None:
        yield f"stop while {block.rir} good reps are left"
    if (exercise.family == "cardio" or exercise.session_kind == "hiit") and block.phase == "main":
        if exercise.level == "beginner" and "impact_run" in exercise.tags:
            yield run_walk_words(when.built)
        yield _talk_test(block)
    if person.limits.asks_care(exercise):
        yield _CARE
    if person.needs_breath_cue and exercise.is_strength:
        yield "breathe out on effort"
    easier = library.get(exercise.easier) if exercise.easier else None
    if easier is not None and block.phase == "main" and exercise.is_strength and person.admits(easier):
        yield f"easier: {easier.name}"


def run_walk_words(built: int) -> str:
    """T-23: the running part of run and walk in turns, a third at first, then a tenth more each week."""
    share = min(RUN_SHARE_MOST, RUN_SHARE_START * TIME_RISE**built)
    run = 60 if share < 0.5 else 120 if share < 0.65 else 180
    walk = ceil(run * (1 - share) / share / 5 - 1e-9) * 5
    return f"jog {run} s, walk {walk} s, in turns"


def _talk_test(block: Block) -> str:
    if block.exercise.session_kind == "hiit":
        return "a few words at a time in the fast parts, full sentences in the slow ones"
    return "you could sing" if block.exercise.effort in ("easy", "light") else "you can talk in full sentences"


def notes_of(profile: Profile, person: Trainee, plans: Sequence[DayPlan], open_sports: Sequence[str]) -> Iterator[Note]:
    """What was assumed and what to know, most important first."""
    yield from person.limits.notes
    if person.is_minor:
        yield Note(
            "S-120", "Technique first: no all-out lifts while you grow. Moving an hour a day in all is a good aim."
        )
    if person.cap == "easy":
        yield EASY_COLD if person.has_cold else EASY_UNTIL_ANSWERED
    yield from _assumed(profile, person)
    if person.cap != "easy" and not person.limits.easy_only:
        missing = " and ".join(sport for sport in person.sports if sport not in open_sports)
        if missing:
            yield Note("T-11", f"No {missing} in this plan: place, equipment or what you should spare is against it.")
        yield from _strength_notes(person, plans)


def _strength_notes(person: Trainee, plans: Sequence[DayPlan]) -> Iterator[Note]:
    if person.is_new:
        yield Note("T-4", "The first two weeks stay easy on purpose: always stop with 3 good repetitions left.")
    families = {block.exercise.family for plan in plans for block in plan.main}
    has_all = families.issuperset(MAJOR[:4]) and not families.isdisjoint(("trunk", "carry"))
    days = sum(1 for plan in plans if plan.kind in ("strength", "mixed"))
    if not person.limits.seated_only and (days < 2 or not has_all):
        yield Note("T-5", _lean_week(days))


def _assumed(profile: Profile, person: Trainee) -> Iterator[Note]:
    """What was not known and how it was filled in."""
    if not profile.workout_days:
        yield Note("T-11", "I chose Monday, Wednesday and Friday. Tell me if other days suit you better.")
    if profile.workout_minutes is None:
        yield Note("T-8", f"I planned {DEFAULT_MINUTES} minutes a session. Tell me if you have more or less time.")
    elif not MIN_MINUTES <= profile.workout_minutes <= MAX_MINUTES:
        yield Note("T-8", f"Sessions can be {MIN_MINUTES} to {MAX_MINUTES} minutes long; I planned {person.minutes}.")
    if profile.equipment is None and profile.location != "gym":
        yield Note("T-11", "I planned without equipment. Tell me what you have and I will use it.")


def _lean_week(strength_days: int) -> str:
    if strength_days < 2:
        return "Two strength days a week bring clearly more than one. Add a second one when you can."
    return "Some movement patterns are missing this week, because of time or because of what you should spare."


def period_notes(event_on: date | None, comeback_weeks: int | None, start: date, days: int) -> Iterator[Note]:
    """What a coming event or a break changes, for the days that are planned."""
    if event_on is not None and -RECOVERY_DAYS <= (event_on - start).days <= days + TAPER_DAYS:
        yield Note(
            "T-23",
            f"Before {event_on:%d %B} there is about half the work at the same effort, then a free eve; "
            "the week after is easy.",
        )
    share = comeback_share(comeback_weeks)
    if share is None:
        yield Note("T-9", "After a long break we start anew: beginner's volume and 3 reps in reserve for two weeks.")
    elif share < 1:
        yield Note("T-9", f"After your break: {1 - share:.0%} less volume and load for two weeks, then back up.")


def closed_by(profile: Profile, *, on: date) -> Note:
    """Why there is no session at all: an illness that passes, or answers that a doctor should see (S-190, S-102)."""
    screening = screen(profile, on=on)
    return RESTING if screening.is_waiting and not screening.needs_clearance else BLOCKED


def rationale_of(person: Trainee, kinds: Sequence[DayKind], *, week: int = 1) -> str:
    """Why the plan looks as it does."""
    counts = Counter(_KIND_WORDS[kind] for kind in kinds)
    parts = ", ".join(f"{number} × {word}" for word, number in counts.items())
    per_week = "session" if len(kinds) == 1 else "sessions"
    goal = _GOALS[person.goal] if person.may_lose or person.goal != "fat_loss" else _NO_LOSS_GOAL
    text = f"For {goal}: {len(kinds)} {per_week} a week of up to {person.minutes} minutes ({parts})."
    if week % DELOAD_EVERY == 0:
        return f"{text} This is a lighter week, so that what you built can settle."
    return f"{text} The first week starts a little easier, the second adds a bit." if week == 1 else text

"""Cardio, mobility and easy days, and what fills the rest of a strength day (science.md T-20 to T-23)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from agents.domain.exercises import Exercise, Library
from agents.domain.profile import FitnessLevel
from agents.domain.training.choice import best, ranked
from agents.domain.training.session import CHANGE_SECONDS, Block, total_seconds
from agents.domain.training.trainee import Trainee

# The longest steady block in seconds: more time a day is not better for people who start.
LONGEST: Final[dict[FitnessLevel, int]] = {"beginner": 45 * 60, "intermediate": 75 * 60, "advanced": 120 * 60}
ROAD_MODALITIES: Final = frozenset({"walking", "running", "cycling", "swimming", "rowing"})
ON_THE_SPOT_SECONDS: Final = 15 * 60
LONGEST_MOBILITY: Final = 40 * 60
INTERVAL_SECONDS: Final = 20 * 60
NEWCOMER_SHARE: Final = 0.2  # T-23
MOST_BOUTS: Final = 20
NEAR_MET: Final = 0.8
LEAST_FINISHER: Final = 4 * 60
LONGEST_FINISHER: Final = 30 * 60
HOLD_SECONDS: Final = 40
PAUSE_SECONDS: Final = 10
MOST_DRILLS: Final = 14
_INTERVAL_GOALS: Final = ("fat_loss", "endurance", "athletic_performance")


def cardio(library: Library, person: Trainee, *, seconds: int, used: Collection[str] = ()) -> list[Block]:
    """Steady work: what the person likes; run–walk or walking first for joints, weight and newcomers (T-23).

    Work on the spot is split into two kinds, because half an hour of the same steps is long.
    """
    longest = min(seconds, LONGEST[person.training_level])
    order = ranked(_steady(library, person), person, used=used)
    if not order:
        return []
    if order[0].modality in ROAD_MODALITIES or longest < ON_THE_SPOT_SECONDS + LEAST_FINISHER:
        return [_steady_block(order[0], longest)]
    first, *others = [e for e in order if e.modality not in ROAD_MODALITIES][:2]
    blocks = [_steady_block(first, ON_THE_SPOT_SECONDS)]
    return blocks + [_steady_block(e, min(ON_THE_SPOT_SECONDS, longest - ON_THE_SPOT_SECONDS)) for e in others]


def intervals(library: Library, person: Trainee, *, seconds: int) -> list[Block]:
    """The hard day: at most 20 minutes of intervals, the rest easy. Empty where it is not the time for it.

    Newcomers get none but the low-impact kind, and only where they asked for intervals (T-23: 20 % of time at most).
    """
    likes = "hiit" in person.modalities
    if not likes and (person.goal not in _INTERVAL_GOALS or person.is_new):
        return []
    fitting = [e for e in library.of_family("cardio") if e.session_kind == "hiit" and person.admits(e)]
    fitting = [e for e in fitting if not (person.is_new and e.effort == "vigorous")]
    exercise = best(fitting, person)
    if exercise is None:
        return []
    share = NEWCOMER_SHARE if person.is_new else 1.0
    hard = interval_block(exercise, int(min(INTERVAL_SECONDS, seconds * share)))
    rest = seconds - hard.seconds
    steady = cardio(library, person, seconds=rest) if rest >= LEAST_FINISHER else []
    return [hard, *(block for block in steady if block.exercise != exercise)]


def interval_block(exercise: Exercise, seconds: int) -> Block:
    """Bouts with easy breaks: a minute and two on the road, half a minute and one on the spot, equal at low impact."""
    if exercise.effort != "vigorous":
        work, pause = 30, 30
    else:
        work, pause = (60, 120) if exercise.modality in ROAD_MODALITIES else (30, 60)
    sets = max(1, min(MOST_BOUTS, seconds // (work + pause)))
    return Block(exercise=exercise, phase="main", sets=sets, duration_seconds=work, rest_sec=pause)


def finisher(
    library: Library, person: Trainee, *, seconds: int, wants_cardio: bool, used: Collection[str]
) -> list[Block]:
    """What fills the time a strength day leaves: cardio after a change-over, else mobility; nothing under 4 minutes."""
    room = min(seconds, LONGEST_FINISHER) // 30 * 30
    if wants_cardio and room - CHANGE_SECONDS >= LEAST_FINISHER:
        return cardio(library, person, seconds=room - CHANGE_SECONDS)
    return mobility(library, person, seconds=room, used=used) if room >= LEAST_FINISHER else []


def mobility(library: Library, person: Trainee, *, seconds: int, used: Collection[str] = ()) -> list[Block]:
    """Drills, stretches and balance for the whole body, led by a flow where one fits; never longer than `seconds`."""
    seconds = min(seconds, LONGEST_MOBILITY)
    moves = [*library.of_family("mobility"), *library.of_family("balance")]
    fitting = [e for e in moves if "main" in e.uses and e.slug not in used and person.admits(e)]
    flows = [e for e in fitting if _is_flow(e)]
    flow = best(flows, person) if seconds >= 8 * 60 else None
    blocks = [_steady_block(flow, seconds // 3)] if flow else []
    drills = _spread(ranked((e for e in fitting if not _is_flow(e)), person))
    for sets in (1, 2, 3):
        _lay(blocks, drills, seconds, sets)
    return blocks


def easy(library: Library, person: Trainee, *, seconds: int) -> list[Block]:
    """S-103, T-31: an easy walk and easy mobility, whichever of them is open."""
    easy_going = replace(person, cap="easy")
    walk = cardio(library, easy_going, seconds=seconds // 2)
    return [*walk, *mobility(library, easy_going, seconds=seconds - total_seconds(tuple(walk)))]


def _steady(library: Library, person: Trainee) -> list[Exercise]:
    """Steady choices; the harder half of them, so that nobody who may walk briskly is sent to stroll."""
    fitting = [e for e in library.of_family("cardio") if e.session_kind == "cardio" and person.admits(e)]
    runs = [e for e in fitting if "impact_run" in e.tags]
    wants_runs = "running" in person.modalities
    is_jog_out = person.spares_joints or person.is_new
    fitting = [e for e in fitting if e not in runs or (wants_runs and (e.level == "beginner") == is_jog_out)]
    aim = _aim_met(person)
    closest = min((abs(e.met - aim) for e in fitting), default=0.0)
    liked = [e for e in fitting if e.modality in person.modalities]
    return liked or [e for e in fitting if abs(e.met - aim) <= closest + NEAR_MET]


def _aim_met(person: Trainee) -> float:
    if person.cap in ("easy", "light"):
        return 2.8
    if person.is_gentle:
        return 3.8
    return 4.8 if person.is_new or person.cap == "moderate" else 6.5


def _is_flow(exercise: Exercise) -> bool:
    return exercise.session_kind == "yoga" or exercise.modality == "pilates"


def _spread(drills: Sequence[Exercise]) -> list[Exercise]:
    """The same drills with neighbours for different muscles: a muscle comes again only after all had their turn."""
    waiting, result = list(drills), []
    while waiting:
        seen: set[str] = set()
        for exercise in tuple(waiting):
            if seen.isdisjoint(exercise.primary_muscles):
                seen.update(exercise.primary_muscles)
                result.append(exercise)
                waiting.remove(exercise)
    return result


def _lay(blocks: list[Block], drills: Sequence[Exercise], seconds: int, sets: int) -> None:
    """Adds drills (first round) or a set to each (later rounds) while they fit."""
    placed = {block.exercise.slug: index for index, block in enumerate(blocks)}
    spent = total_seconds(tuple(blocks))
    for drill in drills:
        grown = _drill(drill, sets)
        index = placed.get(drill.slug)
        if index is None:
            if len(blocks) < MOST_DRILLS and spent + grown.seconds <= seconds:
                placed[drill.slug] = len(blocks)
                blocks.append(grown)
                spent += grown.seconds
            continue
        more = grown.seconds - blocks[index].seconds
        if blocks[index].sets == sets - 1 and spent + more <= seconds:
            blocks[index] = grown
            spent += more


def _drill(exercise: Exercise, sets: int) -> Block:
    reps = None if exercise.is_timed else 8
    return Block(
        exercise=exercise,
        phase="main",
        sets=sets,
        reps_min=reps,
        reps_max=reps,
        duration_seconds=HOLD_SECONDS if exercise.is_timed else None,
        rest_sec=PAUSE_SECONDS,
    )


def _steady_block(exercise: Exercise, seconds: int) -> Block:
    return Block(exercise=exercise, phase="main", sets=1, duration_seconds=max(30, seconds // 30 * 30))

"""Mobility work and yoga sequences (science.md M table; a yoga session is a sequence, from arriving to final rest)."""

from collections.abc import Collection, Sequence
from typing import Final

from agents.domain.exercises import Exercise, Library, Stage
from agents.domain.training.choice import best, is_too_easy, ranked
from agents.domain.training.session import Block, steady_block, total_seconds
from agents.domain.training.trainee import Trainee

LONGEST_MOBILITY: Final = 40 * 60
FLOW_FROM_SECONDS: Final = 8 * 60
HOLD_SECONDS: Final = 40
PAUSE_SECONDS: Final = 10
MOST_DRILLS: Final = 14
MOST_POSES: Final = 12  # of one stage
POSE_ROUNDS: Final = 3
REST_SHARE, LEAST_REST, LONGEST_REST = 0.08, 60, 480
FLOW_SHARE: Final = 0.25
# The share of each stage in what is left of a yoga session after the flow and the final rest.
STAGE_SHARES: Final[dict[Stage, float]] = {
    "opening": 0.12,
    "standing": 0.45,
    "balance": 0.1,
    "floor": 0.21,
    "closing": 0.12,
}
_FINAL_RESTS: Final = ("rest_on_back", "rest_on_side", "seated_rest")


def mobility(library: Library, person: Trainee, *, seconds: int, used: Collection[str] = ()) -> list[Block]:
    """Drills, stretches and balance for the whole body, led by a flow where one fits; never longer than `seconds`."""
    seconds = min(seconds, LONGEST_MOBILITY)
    moves = [*library.of_family("mobility"), *library.of_family("balance")]
    fitting = [e for e in moves if "main" in e.uses and e.slug not in used and person.admits(e)]
    flow = best(filter(_is_flow, fitting), person) if seconds >= FLOW_FROM_SECONDS else None
    blocks = [steady_block(flow, seconds // 3)] if flow else []
    drills = _spread(ranked((e for e in fitting if not (_is_flow(e) or _is_pose(e) or is_too_easy(e, person))), person))
    for sets in (1, 2, 3):
        _lay(blocks, drills, seconds, sets, most=MOST_DRILLS)
    return blocks


def yoga(library: Library, person: Trainee, *, seconds: int) -> list[Block]:
    """A sequence: arriving, a flow, standing and balance poses, the floor, closing, final rest.

    Empty when nothing of it is open to this person; never longer than `seconds`.
    """
    fitting = [e for e in library if e.session_kind == "yoga" or e.modality == "yoga" or e.stage is not None]
    fitting = [e for e in fitting if "main" in e.uses and person.admits(e)]
    rest = next((e for slug in _FINAL_RESTS for e in fitting if e.slug == slug), None)
    flow = best(filter(_is_flow, fitting), person)
    if rest is None or not any(e.stage or _is_flow(e) for e in fitting if e != rest):
        return []
    end = steady_block(rest, min(LONGEST_REST, max(LEAST_REST, int(seconds * REST_SHARE))))
    middle = [steady_block(flow, int(seconds * FLOW_SHARE))] if flow else []
    left = seconds - total_seconds((*middle, end))
    poses = {stage: _poses(fitting, person, stage) for stage in STAGE_SHARES}
    parts = _shared_out(poses, left)
    return [*parts["opening"], *middle, *(b for stage in list(parts)[1:] for b in parts[stage]), end]


def _shared_out(poses: dict[Stage, list[Exercise]], seconds: int) -> dict[Stage, list[Block]]:
    """Poses of each stage within its share; what a stage leaves goes to the next, the end of it to more rounds."""
    parts: dict[Stage, list[Block]] = {}
    spare = 0.0
    for stage, share in STAGE_SHARES.items():
        room = seconds * share + spare
        parts[stage] = []
        _lay(parts[stage], poses[stage], int(room), 1, most=MOST_POSES)
        spare = room - total_seconds(tuple(parts[stage]))
    for rounds in range(1, POSE_ROUNDS + 1):
        for stage in ("standing", "floor", "balance", "opening", "closing"):
            before = total_seconds(tuple(parts[stage]))
            _lay(parts[stage], poses[stage], int(before + spare), rounds, most=MOST_POSES)
            spare -= total_seconds(tuple(parts[stage])) - before
    return parts


def _poses(fitting: Sequence[Exercise], person: Trainee, stage: Stage) -> list[Exercise]:
    return _spread(ranked((e for e in fitting if e.stage == stage and e.slug not in _FINAL_RESTS), person))


def _is_flow(exercise: Exercise) -> bool:
    """A whole flow by itself: it has no single place in a sequence."""
    return exercise.stage is None and (exercise.session_kind == "yoga" or exercise.modality == "pilates")


def _is_pose(exercise: Exercise) -> bool:
    """Only of use inside a yoga sequence."""
    return exercise.session_kind == "yoga" and exercise.stage is not None and "cool_down" not in exercise.uses


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


def _lay(blocks: list[Block], drills: Sequence[Exercise], seconds: int, sets: int, *, most: int) -> None:
    """Adds drills (first round) or a set to each (later rounds) while they fit."""
    placed = {block.exercise.slug: index for index, block in enumerate(blocks)}
    spent = total_seconds(tuple(blocks))
    for drill in drills:
        grown = _drill(drill, sets)
        index = placed.get(drill.slug)
        if index is None:
            if sets == 1 and len(blocks) < most and spent + grown.seconds <= seconds:
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

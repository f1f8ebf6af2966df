"""What comes before and after the work: warm-up and cool-down (science.md T-8)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from agents.domain.exercises import Area, Exercise, Library
from agents.domain.strength import RAMP, ramp_kg
from agents.domain.training.choice import is_too_easy, ranked
from agents.domain.training.session import Block, total_seconds
from agents.domain.training.trainee import PELVIC_FLOOR, Trainee

WARM_UP_SHARE: Final = 0.12
MIN_WARM_UP, MAX_WARM_UP = 300, 600  # seconds, T-8
COOL_DOWN: Final = 300  # seconds, T-8
SHORT_COOL_DOWN: Final = 120
AMPLE_MINUTES: Final = 45
LONGEST_COOL_DOWN: Final = 720
SHORT_COOL_DOWN_SHARE: Final = 0.1
DRILL_SECONDS: Final = 30
STRETCH_SECONDS: Final = 30
MOST_PIECES: Final = 6
PIECE_SECONDS: Final = 50  # one more piece for so much more time
SLOWING_FROM, SLOWING_MOST = 180, 240  # seconds
LEADING: Final = 3  # the first pieces of work decide what is moved before it
RAISE_MET: Final = 3.8
LIGHT_RAISE_MET: Final = 2.8
LEAST_RAISE: Final = 180
RAMP_REST: Final = 40
RAMP_SECONDS: Final = 216  # three sets, eight repetitions at most, with their rests
RAMP_FROM_MINUTES: Final = 40


def warm_up_seconds(person: Trainee, *, is_ramped: bool = False) -> int:
    """5 to 10 minutes by the length of the session; the full 10 where the lungs need a long start (T-31 asthma).

    The ramp is a part of it (T-8): with one (`is_ramped`) this is the time before it, three minutes at least.
    """
    if person.needs_long_warm_up and person.minutes >= RAMP_FROM_MINUTES:
        seconds = MAX_WARM_UP
    else:
        share = round(person.minutes * 60 * WARM_UP_SHARE / 30) * 30
        seconds = min(MAX_WARM_UP, max(MIN_WARM_UP + 90 * person.needs_long_warm_up, share))
    return max(LEAST_RAISE, seconds - RAMP_SECONDS) if is_ramped else seconds


def cool_down_seconds(person: Trainee, *, after_lifts: bool = False) -> int:
    """Five minutes, and a tenth of a session shorter than half an hour.

    After lifts alone two minutes are kept for it below `AMPLE_MINUTES`: the sets need the time more (T-5), and what
    they leave comes back to it. A heart or a high pressure keeps its slow end.
    """
    if after_lifts and person.minutes < AMPLE_MINUTES and not person.needs_high_reps:
        return SHORT_COOL_DOWN
    return COOL_DOWN if person.minutes >= 30 else round(person.minutes * 60 * SHORT_COOL_DOWN_SHARE / 30) * 30


def warm_up(
    library: Library, person: Trainee, *, seconds: int, main: Sequence[Block], loads: Collection[Area]
) -> tuple[Block, ...]:
    """Raise the pulse for half the time, then move the joints that will work; never longer than `seconds`."""
    fitting = [e for e in library if "warm_up" in e.uses and person.admits(e)]
    used = {block.exercise.slug for block in main}
    is_outdoor = bool(main) and main[0].exercise.is_outdoor
    sport = main[0].exercise.modality if main and main[0].exercise.family == "cardio" else None
    aim = RAISE_MET if person.cap in ("moderate", "vigorous") else LIGHT_RAISE_MET
    raisers = ranked((e for e in fitting if e.family == "cardio"), replace(person, modalities=frozenset()))
    raisers.sort(key=lambda e: (e.is_outdoor and not is_outdoor, e.modality != sport, round(abs(e.met - aim))))
    blocks: list[Block] = []
    if raisers and not _is_yoga(main):
        blocks.append(_timed(raisers[0], "warm_up", seconds // 2 // 30 * 30))
    moves = [e for e in fitting if e.family != "cardio" and not is_too_easy(e, person)]
    drills = ranked(moves, person, used=used)
    moved = {muscle for block in main[:LEADING] for muscle in block.exercise.muscles}
    drills.sort(key=lambda e: (not set(e.loads).issubset(loads), -len(moved.intersection(e.primary_muscles))))
    return (*blocks, *_fill(drills, "warm_up", seconds - total_seconds(tuple(blocks)), DRILL_SECONDS))


def _is_yoga(main: Sequence[Block]) -> bool:
    """Whether the work is a yoga sequence, which warms up by itself."""
    has_poses = any(block.exercise.modality == "yoga" for block in main)
    return has_poses and all(block.exercise.family in ("mobility", "balance") for block in main)


def cool_down(library: Library, person: Trainee, *, seconds: int, main: Sequence[Block]) -> tuple[Block, ...]:
    """Stretches for what worked, the pelvic floor before them where it is needed; never longer than `seconds`."""
    fitting = [e for e in library if "cool_down" in e.uses and e.family == "mobility" and person.admits(e)]
    used = {block.exercise.slug for block in main}
    wanted = {muscle for block in main for muscle in block.exercise.primary_muscles}
    stretches = ranked(fitting, person)
    stretches.sort(
        key=lambda e: (e.slug not in PELVIC_FLOOR, e.slug in used, -len(wanted.intersection(e.primary_muscles)))
    )
    slower = _slowing(library, person, main, seconds)
    return (*slower, *_fill(_varied(stretches), "cool_down", seconds - total_seconds(slower), STRETCH_SECONDS))


def _slowing(library: Library, person: Trainee, main: Sequence[Block], seconds: int) -> tuple[Block, ...]:
    """After cardio: the same sport or an easy walk for a third of the time, so that the pulse comes down."""
    if not main or main[-1].exercise.family != "cardio" or seconds < SLOWING_FROM:
        return ()
    last = main[-1].exercise
    open_to = [e for e in library.of_family("cardio") if "cool_down" in e.uses and person.admits(e)]
    open_to.sort(
        key=lambda e: (e.slug == last.slug, e.modality != last.modality, e.is_outdoor != last.is_outdoor, e.met)
    )
    return tuple(_timed(e, "cool_down", min(SLOWING_MOST, seconds // 3 // 30 * 30)) for e in open_to[:1])


def longer_cool_down(library: Library, person: Trainee, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The easier first weeks leave time: it goes into the stretches, so that the session stays as long as asked."""
    kept = tuple(block for block in blocks if block.phase != "cool_down")
    room = person.minutes * 60 - total_seconds(kept)
    main = [block for block in kept if block.phase == "main"]
    return (*kept, *cool_down(library, person, seconds=min(room, LONGEST_COOL_DOWN), main=main))


def is_ramped(exercise: Exercise) -> bool:
    """Whether the first lift is one to climb up to: a weight, and both sides at once."""
    return exercise.takes_load and exercise.modality != "bodyweight" and not exercise.is_unilateral


def with_ramp_loads(block: Block, load_kg: float, *, step_kg: float) -> Block:
    """T-8: the climbing sets in kg, once the working weight is known; steps that round to the same are one."""
    steps = ramp_kg(load_kg, step_kg=step_kg)
    if not steps:
        return block
    text = ", ".join(f"{reps} reps with {kg:g} kg" for kg, reps in steps)
    reps = [count for _, count in steps]
    return replace(block, sets=len(steps), reps_min=min(reps), reps_max=max(reps), modifications=(text,))


def ramp(block: Block) -> Block:
    """T-8: the climbing warm-up sets of the first lift; the loads are shares of a working weight not yet known."""
    text = ", ".join(f"{reps} reps with {share:.0%}" for share, reps in RAMP)
    return Block(
        exercise=block.exercise,
        phase="warm_up",
        sets=len(RAMP),
        reps_min=min(reps for _, reps in RAMP),
        reps_max=max(reps for _, reps in RAMP),
        rest_sec=RAMP_REST,
        modifications=(f"{text} of your working weight",),
    )


def _varied(stretches: Sequence[Exercise]) -> list[Exercise]:
    """One stretch for each muscle first, the doubles after them."""
    seen: set[str] = set()
    first: list[Exercise] = []
    doubles: list[Exercise] = []
    for exercise in stretches:
        (doubles if seen.intersection(exercise.primary_muscles) else first).append(exercise)
        seen.update(exercise.primary_muscles)
    return first + doubles


def _fill(exercises: Iterable[Exercise], phase: str, seconds: int, each: int) -> tuple[Block, ...]:
    """As many pieces as fit, then longer ones, up to a minute a side, then more pieces, so that the time is used."""
    order = list(exercises)
    blocks: list[Block] = []
    _add(blocks, order, phase, seconds, each, most=MOST_PIECES)
    for longer in (each + 15, each + 30):
        for index, block in enumerate(blocks):
            grown = replace(block, duration_seconds=longer)
            if total_seconds(tuple(blocks)) - block.seconds + grown.seconds <= seconds:
                blocks[index] = grown
    _add(blocks, order, phase, seconds, each, most=max(MOST_PIECES, seconds // PIECE_SECONDS))
    return tuple(blocks)


def _add(blocks: list[Block], exercises: Sequence[Exercise], phase: str, seconds: int, each: int, *, most: int) -> None:
    present = {block.exercise.slug for block in blocks}
    for exercise in exercises:
        block = _timed(exercise, phase, each)
        fits = len(blocks) < most and total_seconds((*blocks, block)) <= seconds
        if fits and exercise.slug not in present:
            blocks.append(block)


def _timed(exercise: Exercise, phase: str, seconds: int) -> Block:
    return Block(
        exercise=exercise,
        phase="warm_up" if phase == "warm_up" else "cool_down",
        sets=1,
        duration_seconds=seconds,
    )

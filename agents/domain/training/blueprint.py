"""One week in full dose: a day plan for each training day, to be eased or repeated week by week."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from agents.domain.exercises import Area, Library, SessionKind
from agents.domain.training import framing, lifting, moving
from agents.domain.training.session import Block, SessionIntensity, total_seconds
from agents.domain.training.trainee import JOG_MET, Trainee
from agents.domain.training.week import DayKind, Focus, shape
from agents.domain.training.wording import movement_title, strength_title

# The part of a mixed day's work that is kept for what the goal is about.
FINISHER_SHARE: Final = {"endurance": 0.4, "flexibility": 0.3, "fat_loss": 0.25}
FINISHER_FROM_MINUTES: Final = 40
LEADING: Final = 3  # the first lifts decide what is mobilised
_MOBILE_GOALS: Final = ("flexibility", "muscle_gain", "strength")
_ALL_AREAS: Final[tuple[Area, ...]] = ("legs", "arms", "trunk")


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A training day without its date."""

    kind: DayKind
    title: str
    blocks: tuple[Block, ...]

    @property
    def main(self) -> tuple[Block, ...]:
        """The working part."""
        return tuple(block for block in self.blocks if block.phase == "main")


def blueprint(library: Library, person: Trainee, *, days: int) -> tuple[DayPlan, ...]:
    """The training days of one week in order; () when nothing safe is left to train."""
    kinds = shape(person, days)
    lifting_days = [index for index, kind in enumerate(kinds) if kind in ("strength", "mixed")]
    lifts = dict(zip(lifting_days, _lifts(library, person, kinds), strict=True))
    plans: list[DayPlan] = []
    used: set[str] = set()
    may_go_hard = not any(is_intense(block) for _, blocks in lifts.values() for block in blocks)
    for index, kind in enumerate(kinds):
        if index in lifts and lifts[index][1]:
            number = lifting_days.index(index)
            plans.append(_strength_day(library, person, kind, lifts[index], number, len(lifting_days)))
            continue
        main = _movement(library, person, kind, used=used, may_go_hard=may_go_hard)
        used.update(block.exercise.slug for block in main)
        may_go_hard = may_go_hard and not any(map(is_intense, main))  # T-23: one hard day a week, so none adjacent
        if any(block.exercise.loads for block in main):  # breathing alone is no session
            plans.append(DayPlan(kind, movement_title(kind, main), _framed(library, person, main)))
    return tuple(plan for plan in plans if any(block.phase == "warm_up" for block in plan.blocks))


def is_intense(block: Block) -> bool:
    """Whether it is hard by itself: fast intervals, a pace beyond the talk test, or heavy sets near the limit (T-4)."""
    if block.phase != "main":
        return False
    if block.exercise.is_strength:
        return block.rir is not None and block.rir <= 2 and (block.reps_max or 99) <= 6
    is_hiit = block.exercise.session_kind == "hiit" and block.exercise.effort == "vigorous"
    return is_hiit or block.exercise.met > JOG_MET


def intensity_of(plan: DayPlan, person: Trainee) -> SessionIntensity:
    """The session's intensity, never above the screening's cap."""
    if any(is_intense(block) for block in plan.main):
        return "intense"
    is_light = all(block.exercise.effort in ("easy", "light") for block in plan.main)
    return "light" if is_light or person.cap in ("easy", "light") else "moderate"


def session_kind_of(plan: DayPlan) -> SessionKind:
    """Strength where there are lifts, else the kind of the longest piece."""
    if any(block.exercise.is_strength for block in plan.main):
        return "strength"
    if any(block.exercise.session_kind == "hiit" for block in plan.main):
        return "hiit"
    longest = max(plan.main, key=lambda block: block.seconds).exercise
    return longest.session_kind if longest.family == "cardio" or longest.session_kind == "yoga" else "mobility"


def _main_seconds(person: Trainee) -> int:
    return person.minutes * 60 - framing.warm_up_seconds(person) - framing.cool_down_seconds(person)


def _lifts(library: Library, person: Trainee, kinds: tuple[DayKind, ...]) -> list[tuple[Focus, list[Block]]]:
    count = sum(1 for kind in kinds if kind in ("strength", "mixed"))
    seconds = _main_seconds(person)
    if person.minutes >= framing.RAMP_FROM_MINUTES:
        seconds -= framing.RAMP_SECONDS
    if "mixed" in kinds and person.minutes >= FINISHER_FROM_MINUTES:
        seconds -= ceil(seconds * FINISHER_SHARE.get(person.goal, 0.0))
    return lifting.strength_days(library, person, days=count, seconds=seconds)


def _strength_day(
    library: Library, person: Trainee, kind: DayKind, day: tuple[Focus, list[Block]], number: int, of: int
) -> DayPlan:
    focus, lifts = day
    first = lifts[0]
    ramp: tuple[Block, ...] = ()
    if person.minutes >= framing.RAMP_FROM_MINUTES and framing.is_ramped(first.exercise):
        ramp = (framing.ramp(first),)
    room = _main_seconds(person) - total_seconds((*ramp, *lifts))
    is_mobile = person.goal == "flexibility" or (kind == "strength" and person.goal in _MOBILE_GOALS)
    used = {block.exercise.slug for block in lifts}
    extra = moving.finisher(library, person, seconds=room, wants_cardio=not is_mobile, used=used)
    blocks = _framed(library, person, [*lifts, *extra], ramp=ramp)
    return DayPlan(kind, strength_title(focus, number, of, blocks), blocks)


def _movement(library: Library, person: Trainee, kind: DayKind, *, used: set[str], may_go_hard: bool) -> list[Block]:
    """Main blocks of a day without lifts; where the wanted kind is closed, the other one."""
    seconds = _main_seconds(person)
    if kind == "easy":
        return moving.easy(library, person, seconds=seconds)
    hard = moving.intervals(library, person, seconds=seconds) if kind == "cardio" and may_go_hard else []
    steady = moving.cardio(library, person, seconds=seconds, used=used) if kind != "mobility" else []
    main = hard or steady
    room = seconds - total_seconds(tuple(main))
    if room < moving.LEAST_FINISHER:
        return main
    return [*main, *moving.mobility(library, person, seconds=room)] or moving.cardio(library, person, seconds=seconds)


def _framed(library: Library, person: Trainee, main: list[Block], *, ramp: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    loads = {area for block in main[:LEADING] for area in block.exercise.loads} or set(_ALL_AREAS)
    before = framing.warm_up(library, person, seconds=framing.warm_up_seconds(person), main=main, loads=loads)
    after = framing.cool_down(library, person, seconds=framing.cool_down_seconds(person), main=main)
    return (*before, *ramp, *main, *after)

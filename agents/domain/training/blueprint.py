"""One week in full dose: a day plan for each training day, to be eased or repeated week by week."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from agents.domain.exercises import Area, Library, SessionKind
from agents.domain.training import framing, lifting, moving
from agents.domain.training.flexing import yoga
from agents.domain.training.session import CHANGE_SECONDS, Block, SessionIntensity, total_seconds
from agents.domain.training.trainee import JOG_MET, Trainee
from agents.domain.training.week import DayKind, DayPlan, Focus, shape
from agents.domain.training.wording import movement_title, strength_title

# The part of a mixed day's work that is kept for what the goal, the sport or yoga is about.
FINISHER_SHARE: Final = {"endurance": 0.4, "flexibility": 0.3, "fat_loss": 0.25}
FINISHER_FROM_MINUTES: Final = 40
LONELY_SHARE: Final = 0.25  # where no day of the week is for the heart alone
LONGEST_LIFTING: Final = 50 * 60  # seconds of sets beside a sport of endurance: an hour with its warm-up
EASIER_SECONDS: Final = 480  # so much shorter than the long day are the others, or this share
EASIER_SHARE: Final = 0.07
LONG_DAY_FROM: Final = 4  # training days
LONG_TITLES: Final = {
    "running": "Long run", "cycling": "Long ride", "swimming": "Long swim", "rowing": "Long row",
}  # fmt: skip
SPORT_SHARE: Final = 0.5
SPORT_FROM_MINUTES: Final = 25
YOGA_FROM_SECONDS: Final = 8 * 60
LEADING: Final = 3  # the first lifts decide what is mobilised
_MOBILE_GOALS: Final = ("flexibility", "muscle_gain", "strength")
_ALL_AREAS: Final[tuple[Area, ...]] = ("legs", "arms", "trunk")
Sports = tuple[str, ...]


def blueprint(library: Library, person: Trainee, *, weekdays: Sequence[int]) -> tuple[DayPlan, ...]:
    """The training days of one week in order; () when nothing safe is left to train. Monday is 0."""
    is_back_to_back = len(weekdays) > 1 and weekdays[-1] - weekdays[0] == len(weekdays) - 1
    kinds = shape(person, len(weekdays), is_back_to_back=is_back_to_back)
    lifting_days = [index for index, kind in enumerate(kinds) if kind in ("strength", "mixed")]
    lifts = dict(zip(lifting_days, _lifts(library, person, kinds), strict=True))
    sports = sports_by_day(moving.open_sports(library, person), kinds)
    long_day, shorter = _long_day(person, kinds)
    plans: list[DayPlan] = []
    used: set[str] = set()
    may_go_hard = not any(is_intense(block) for _, blocks in lifts.values() for block in blocks)
    for index, kind in enumerate(kinds):
        today = sports.get(index, ())
        if index in lifts and lifts[index][1]:
            number = lifting_days.index(index)
            plans.append(_strength_day(library, person, kinds, index, lifts[index], number, today))
            used.update(block.exercise.slug for block in plans[-1].main)
            continue
        is_shorter = index in shorter
        main = _movement(library, person, kind, today, used=used, may_go_hard=may_go_hard, is_shorter=is_shorter)
        used.update(block.exercise.slug for block in main)
        may_go_hard = may_go_hard and not any(map(is_intense, main))  # T-23: one hard day a week, so none adjacent
        if any(block.exercise.loads for block in main):  # breathing alone is no session
            title = movement_title(kind, main)
            title = LONG_TITLES.get(main[0].exercise.modality, title) if index == long_day else title
            plans.append(DayPlan(kind, title, _framed(library, person, main)))
    return tuple(plan for plan in plans if any(block.phase == "warm_up" for block in plan.blocks))


def _long_day(person: Trainee, kinds: tuple[DayKind, ...]) -> tuple[int | None, frozenset[int]]:
    """The long day of a sport of endurance, the last one of sport alone, and the days that are shorter for it."""
    days = [index for index, kind in enumerate(kinds) if kind == "cardio"]
    if not person.is_enduring or person.is_pregnant or len(kinds) < LONG_DAY_FROM or len(days) < 2:
        return None, frozenset()
    return days[-1], frozenset(days[:-1])


def sports_by_day(sports: Sports, kinds: tuple[DayKind, ...]) -> dict[int, Sports]:
    """Which sport on which day: in turns; with fewer days than sports the last day takes what is left."""
    days = [index for index, kind in enumerate(kinds) if kind in ("cardio", "mixed")]
    if not days or not sports:
        return {}
    if len(days) < len(sports):
        dealt = {day: sports[place : place + 1] for place, day in enumerate(days)}
        return dealt | {days[-1]: sports[len(days) - 1 :]}
    return {day: (sports[place % len(sports)],) for place, day in enumerate(days)}


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


def _lifting_seconds(person: Trainee, kinds: Sequence[DayKind], kind: DayKind, *, has_ramp: bool) -> int:
    """What a day with lifts has for its work, a finisher included; a ramp comes from 40 minutes on."""
    is_ramped = has_ramp and person.minutes >= framing.RAMP_FROM_MINUTES
    before = framing.warm_up_seconds(person, is_ramped=is_ramped) + is_ramped * framing.RAMP_SECONDS
    after_lifts = kind == "strength" or not _finisher_share(person, kinds)
    return person.minutes * 60 - before - framing.cool_down_seconds(person, after_lifts=after_lifts)


def _lifts(library: Library, person: Trainee, kinds: tuple[DayKind, ...]) -> list[tuple[Focus, list[Block]]]:
    count = sum(1 for kind in kinds if kind in ("strength", "mixed"))
    seconds = _lifting_seconds(person, kinds, "mixed" if "mixed" in kinds else "strength", has_ramp=True)
    if "mixed" in kinds:
        seconds -= ceil(seconds * _finisher_share(person, kinds))
    seconds = min(seconds, LONGEST_LIFTING) if person.is_enduring else seconds
    return lifting.strength_days(library, person, days=count, seconds=seconds)


def _finisher_share(person: Trainee, kinds: Sequence[DayKind]) -> float:
    """What a mixed day keeps free after its lifts; a week of mixed days alone keeps some for the heart."""
    has_own = bool(person.sports) or person.is_yogi
    if has_own and person.minutes >= SPORT_FROM_MINUTES:
        return SPORT_SHARE
    usual = 0.0 if "cardio" in kinds else LONELY_SHARE
    return FINISHER_SHARE.get(person.goal, usual) if person.minutes >= FINISHER_FROM_MINUTES else 0.0


def _strength_day(
    library: Library,
    person: Trainee,
    kinds: Sequence[DayKind],
    index: int,
    day: tuple[Focus, list[Block]],
    number: int,
    sports: Sports,
) -> DayPlan:
    kind, (focus, lifts) = kinds[index], day
    of = sum(1 for other in kinds if other in ("strength", "mixed"))
    first = lifts[0]
    ramp: tuple[Block, ...] = ()
    if person.minutes >= framing.RAMP_FROM_MINUTES and framing.is_ramped(first.exercise):
        ramp = (framing.ramp(first),)
    seconds = _lifting_seconds(person, kinds, kind, has_ramp=bool(ramp))
    is_mobile = person.goal == "flexibility" or (kind == "strength" and person.goal in _MOBILE_GOALS)
    main = [*lifts, *(_own_finisher(library, person, lifts, sports, seconds) if kind == "mixed" else ())]
    main = moving.filled(library, person, main, seconds=seconds, wants_cardio=not is_mobile)
    blocks = _framed(library, person, main, ramp=ramp)
    return DayPlan(kind, strength_title(focus, number, of, blocks), blocks)


def _own_finisher(library: Library, person: Trainee, lifts: list[Block], sports: Sports, seconds: int) -> list[Block]:
    """The sport or the yoga a mixed day ends with, where there is time for it."""
    room = seconds - total_seconds(tuple(lifts))
    if sports and room - CHANGE_SECONDS >= moving.LEAST_FILLER:
        return moving.in_turn(library, person, sports, seconds=room - CHANGE_SECONDS)
    return yoga(library, person, seconds=room) if person.is_yogi and room >= YOGA_FROM_SECONDS else []


def _movement(
    library: Library,
    person: Trainee,
    kind: DayKind,
    sports: Sports,
    *,
    used: set[str],
    may_go_hard: bool,
    is_shorter: bool,
) -> list[Block]:
    """Main blocks of a day without lifts; where the wanted kind is closed, the other one."""
    seconds = _main_seconds(person)
    if is_shorter:
        seconds -= min(EASIER_SECONDS, int(seconds * EASIER_SHARE))
    if kind == "easy":
        return moving.easy(library, person, seconds=seconds)
    main: list[Block] = []
    if kind == "yoga":
        main = yoga(library, person, seconds=seconds)
    elif kind != "mobility":
        hard = moving.intervals(library, person, sports, seconds=seconds) if kind == "cardio" and may_go_hard else []
        main = hard or moving.in_turn(library, person, sports, seconds=seconds, used=used)
    return moving.filled(library, person, main, seconds=seconds, wants_cardio=False)


def _framed(library: Library, person: Trainee, main: list[Block], *, ramp: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    """Warm-up, ramp, work, cool-down; what the work leaves of the time goes into the cool-down."""
    loads = {area for block in main[:LEADING] for area in block.exercise.loads} or set(_ALL_AREAS)
    warming = framing.warm_up_seconds(person, is_ramped=bool(ramp))
    before = framing.warm_up(library, person, seconds=warming, main=main, loads=loads)
    room = person.minutes * 60 - total_seconds((*before, *ramp, *main))
    after = framing.cool_down(library, person, seconds=min(room, framing.LONGEST_COOL_DOWN), main=main)
    return (*before, *ramp, *main, *after)

"""Cardio, intervals, sports in turn and easy days (science.md T-20 to T-23, S-103)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from agents.domain.exercises import Exercise, Library
from agents.domain.profile import FitnessLevel
from agents.domain.training.choice import STRENGTH_MODALITIES, ranked
from agents.domain.training.flexing import LONGEST_MOBILITY, mobility
from agents.domain.training.session import CHANGE_SECONDS, Block, steady_block, total_seconds
from agents.domain.training.trainee import JOG_MET, ROAD_MODALITIES, Trainee

# The longest steady block in seconds: more time a day is not better for people who start.
LONGEST: Final[dict[FitnessLevel, int]] = {"beginner": 45 * 60, "intermediate": 75 * 60, "advanced": 120 * 60}
LONGEST_PREGNANT: Final = 30 * 60  # S-130
ON_THE_SPOT_SECONDS: Final = 15 * 60
INTERVAL_SECONDS: Final = 20 * 60
NEWCOMER_SHARE: Final = 0.2  # T-23
MOST_BOUTS: Final = 20
MOST_KINDS: Final = 3
LEAST_KIND: Final = 4 * 60  # seconds
NEAR_MET: Final = 0.8
LEAST_FILLER: Final = 4 * 60
LONGEST_FILLER: Final = 30 * 60
FILLER_ROUNDS: Final = 3
NO_WHOLE_SWIM: Final = ("water_walk", "water_aerobics", "aqua_jog", "swim_kick", "swim_drills")
_INTERVAL_GOALS: Final = ("fat_loss", "endurance", "athletic_performance")


def cardio(library: Library, person: Trainee, *, seconds: int, used: Collection[str] = ()) -> list[Block]:
    """Steady work: what the person likes; run–walk or walking first for joints, weight and newcomers (T-23).

    Work on the spot is split into two kinds, because half an hour of the same steps is long.
    """
    longest = min(seconds, LONGEST_PREGNANT if person.is_pregnant else LONGEST[person.training_level])
    order = ranked(_steady(library, person), person, used=used)
    if not order:
        return []
    if order[0].modality in ROAD_MODALITIES or longest < ON_THE_SPOT_SECONDS + LEAST_FILLER:
        return [steady_block(order[0], longest)]
    first, *others = [e for e in order if e.modality not in ROAD_MODALITIES][:2]
    blocks = [steady_block(first, ON_THE_SPOT_SECONDS)]
    return blocks + [steady_block(e, min(ON_THE_SPOT_SECONDS, longest - ON_THE_SPOT_SECONDS)) for e in others]


def for_sports(person: Trainee, sports: Collection[str]) -> Trainee:
    """The person for whom only these of their sports count today."""
    return replace(person, modalities=(person.modalities - frozenset(person.sports)) | frozenset(sports))


def open_sports(library: Library, person: Trainee) -> tuple[str, ...]:
    """The wanted sports for which something can be planned: equipment, place, cap and hurts allow it."""
    return tuple(sport for sport in person.sports if _liked(_admitted(library, for_sports(person, (sport,))), {sport}))


def in_turn(
    library: Library, person: Trainee, sports: Sequence[str], *, seconds: int, used: Collection[str] = ()
) -> list[Block]:
    """Steady work in one sport, or in several one after the other with equal time."""
    if not sports:
        return cardio(library, person, seconds=seconds, used=used)
    share = seconds // len(sports)
    parts = [cardio(library, for_sports(person, (sport,)), seconds=share, used=used) for sport in sports]
    return [block for part in parts for block in part]


def intervals(library: Library, person: Trainee, sports: Sequence[str], *, seconds: int) -> list[Block]:
    """The hard day: at most 20 minutes of intervals, the rest easy. Empty where it is not the time for it.

    Newcomers get none but the low-impact kind, and only where they asked for intervals (T-23: 20 % of time at most).
    """
    likes = "hiit" in person.modalities
    if not likes and ((person.goal not in _INTERVAL_GOALS and not person.sports) or person.is_new):
        return []
    today = for_sports(person, sports)
    fitting = [e for e in library if e.session_kind == "hiit" and e.is_timed and today.admits(e)]
    fitting = [e for e in fitting if not (person.is_new and e.effort == "vigorous")]
    fitting = [e for e in fitting if not (person.spares_joints and e.impact == "high")]  # T-23: run and walk first
    if sports:
        fitting = [e for e in fitting if e.modality in sports or (likes and e.modality not in ROAD_MODALITIES)]
    share = NEWCOMER_SHARE if person.is_new else 1.0
    hard = _bouts(ranked(fitting, today), int(min(INTERVAL_SECONDS, seconds * share)))
    if not hard:
        return []
    rest = seconds - total_seconds(tuple(hard))
    steady = in_turn(library, person, sports, seconds=rest) if rest >= LEAST_FILLER else []
    chosen = {block.exercise.slug for block in hard}
    return [*hard, *_new(steady, chosen)]


def _bouts(order: Sequence[Exercise], seconds: int) -> list[Block]:
    """One kind of bouts on the road; on the spot up to three kinds for different muscles, one after the other."""
    if not order or order[0].modality in ROAD_MODALITIES:
        return [interval_block(exercise, seconds) for exercise in order[:1]]
    kinds: list[Exercise] = []
    for exercise in order:
        is_new = all(set(exercise.primary_muscles).isdisjoint(other.primary_muscles) for other in kinds)
        if is_new and exercise.modality not in ROAD_MODALITIES and len(kinds) < MOST_KINDS:
            kinds.append(exercise)
    count = min(len(kinds), max(1, seconds // LEAST_KIND))
    return [interval_block(exercise, seconds // count) for exercise in kinds[:count]]


def interval_block(exercise: Exercise, seconds: int) -> Block:
    """Bouts with easy breaks: a minute and two on the road, half a minute and one on the spot, equal at low impact."""
    if exercise.effort != "vigorous":
        work, pause = 30, 30
    else:
        work, pause = (60, 120) if exercise.modality in ROAD_MODALITIES else (30, 60)
    sets = max(1, min(MOST_BOUTS, seconds // (work + pause)))
    return Block(exercise=exercise, phase="main", sets=sets, duration_seconds=work, rest_sec=pause)


def filled(
    library: Library, person: Trainee, main: Sequence[Block], *, seconds: int, wants_cardio: bool
) -> list[Block]:
    """The main part with the rest of its time used: easy cardio and mobility in turns; gaps under 4 minutes stay."""
    blocks = list(main)
    calm = _calm(person)
    for turn in range(2 * FILLER_ROUNDS):
        is_cardio = wants_cardio == (turn % 2 == 0)
        room = seconds - total_seconds(tuple(blocks)) - _change(blocks, is_cardio=is_cardio)
        if room < LEAST_FILLER:
            continue
        used = {block.exercise.slug for block in blocks}
        limit = LONGEST_FILLER if wants_cardio or turn > 1 or not main else room
        if is_cardio:
            blocks += _new(cardio(library, calm, seconds=min(room, LONGEST_FILLER) // 30 * 30, used=used), used)
        elif (left := min(room, max(limit, LEAST_FILLER), _mobility_left(person, blocks))) >= LEAST_FILLER:
            blocks += mobility(library, person, seconds=left, used=used)
    return _stretched(library, person, blocks, seconds=seconds)


def _stretched(library: Library, person: Trainee, blocks: list[Block], *, seconds: int) -> list[Block]:
    """Where the half hour of mobility leaves time nothing new fills: the last steady work longer, then mobility."""
    steady = [index for index, block in enumerate(blocks) if block.exercise.session_kind == "cardio"]
    room = seconds - total_seconds(tuple(blocks))
    if not person.is_enduring or room < LEAST_FILLER:
        return blocks
    if steady:
        last = blocks[steady[-1]].duration_seconds or 0
        longest = max(last, LONGEST_PREGNANT if person.is_pregnant else LONGEST[person.training_level])
        blocks[steady[-1]] = steady_block(blocks[steady[-1]].exercise, min(longest, last + room))
    room = seconds - total_seconds(tuple(blocks))
    used = {block.exercise.slug for block in blocks}
    return [*blocks, *(mobility(library, person, seconds=room, used=used) if room >= LEAST_FILLER else ())]


def _mobility_left(person: Trainee, blocks: Sequence[Block]) -> int:
    """Half an hour of mobility is enough beside a sport of endurance; for others it is what fills the time."""
    if not person.is_enduring:
        return LONGEST_MOBILITY
    return LONGEST_FILLER - sum(block.seconds for block in blocks if block.exercise.family in ("mobility", "balance"))


def easy(library: Library, person: Trainee, *, seconds: int) -> list[Block]:
    """S-103, T-31: an easy walk and easy mobility, whichever of them is open."""
    easy_going = replace(person, cap="easy")
    walk = cardio(library, easy_going, seconds=seconds // 2)
    blocks = [*walk, *mobility(library, easy_going, seconds=seconds - total_seconds(tuple(walk)))]
    room = seconds - total_seconds(tuple(blocks))
    if walk and room >= 30:
        blocks[0] = replace(walk[0], duration_seconds=(walk[0].duration_seconds or 0) + room // 30 * 30)
    return blocks


def _calm(person: Trainee) -> Trainee:
    """What fills time is easy whatever the person may do, and no second helping of their sport."""
    cap = "moderate" if person.cap == "vigorous" else person.cap
    others = person.modalities - frozenset(person.sports)
    return replace(person, cap=cap, may_jog=False, modalities=others, is_gentle=True)


def _change(blocks: Sequence[Block], *, is_cardio: bool) -> int:
    """T-8: two minutes from the lifts to the first cardio."""
    has_lifts = any(block.exercise.is_strength for block in blocks)
    has_cardio = any(block.exercise.family == "cardio" for block in blocks)
    return CHANGE_SECONDS if is_cardio and has_lifts and not has_cardio else 0


def _new(blocks: Sequence[Block], used: Collection[str]) -> list[Block]:
    return [block for block in blocks if block.exercise.slug not in used]


def _admitted(library: Library, person: Trainee) -> list[Exercise]:
    """Steady choices at a pace that passes the talk test; nothing vigorous for newcomers (T-23)."""
    fitting = [e for e in library.of_family("cardio") if e.session_kind == "cardio" and person.admits(e)]
    fitting = [e for e in fitting if e.met <= JOG_MET and not (person.is_new and e.effort == "vigorous")]
    runs = [e for e in fitting if "impact_run" in e.tags]
    wants_runs = "running" in person.modalities
    is_jog_out = person.spares_joints or person.is_new or person.is_pregnant
    return [e for e in fitting if e not in runs or (wants_runs and (e.level == "beginner") == is_jog_out)]


def _steady(library: Library, person: Trainee) -> list[Exercise]:
    """Steady choices; the harder half of them, so that nobody who may walk briskly is sent to stroll."""
    fitting = _admitted(library, person)
    aim = _aim_met(person)
    liked = _liked(fitting, person.modalities)
    pool = liked or fitting
    if not (person.is_new or person.is_gentle or person.spares_joints):
        pool = [e for e in pool if e.slug not in NO_WHOLE_SWIM] or pool  # a swimmer swims
    closest = min((abs(e.met - aim) for e in pool), default=0.0)
    near = 2 * NEAR_MET if liked else NEAR_MET
    return [e for e in pool if abs(e.met - aim) <= closest + near]


def _liked(fitting: Sequence[Exercise], modalities: Collection[str]) -> list[Exercise]:
    return [e for e in fitting if e.modality in modalities and e.modality not in STRENGTH_MODALITIES]


def _aim_met(person: Trainee) -> float:
    if person.cap in ("easy", "light"):
        return 2.8
    if person.is_gentle:
        return 3.8
    return 4.8 if person.is_new or person.cap == "moderate" else 6.5

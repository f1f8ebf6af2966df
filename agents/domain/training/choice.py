"""Which exercise for which pattern (science.md T-11)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from agents.domain.exercises import LEVELS, Exercise
from agents.domain.training.trainee import Trainee

STRENGTH_MODALITIES: Final = frozenset({"bodyweight", "free_weights", "machines", "powerlifting", "crossfit"})
EVERYDAY_MODALITIES: Final = frozenset({"walking", "cycling"})  # what most people can do without being asked
FAMILIAR: Final = 0.9  # a lift with a log goes on, so that its load can grow (T-6)
AMPLE_MINUTES: Final = 40  # below, one-sided work costs too much of the time
NEED_WEIGHT: Final = 2.0
GENTLE_MET: Final = 3.0  # below: the supported forms of a pattern, first choice only for people who need them
IDLE: Final = 2.0  # palms against each other, elbows into a wall: no pull or push that can grow
LIFTS: Final = ("squat", "hinge", "push", "pull")
_ALIKE: Final[dict[str, str]] = {"crossfit": "free_weights", "powerlifting": "free_weights"}


def best(
    candidates: Iterable[Exercise],
    person: Trainee,
    *,
    used: Collection[str] = (),
    worked: Collection[str] = (),
    needs: Mapping[str, float] | None = None,
) -> Exercise | None:
    """The best candidate. `used` are slugs to repeat only at need, `worked` muscles that had their turn today.

    `needs` tells from 0 to 1 how much of its weekly sets a muscle still misses (T-5).
    """
    return min(candidates, key=lambda e: (_cost(e, person, used, worked) - _need(e, needs or {}), e.slug), default=None)


def _need(exercise: Exercise, needs: Mapping[str, float]) -> float:
    return NEED_WEIGHT * max((needs.get(muscle, 0.0) for muscle in exercise.primary_muscles), default=0.0)


def ranked(candidates: Iterable[Exercise], person: Trainee, *, used: Collection[str] = ()) -> list[Exercise]:
    """All candidates, best first."""
    return sorted(candidates, key=lambda e: (_cost(e, person, used, ()), e.slug))


def _cost(exercise: Exercise, person: Trainee, used: Collection[str], worked: Collection[str]) -> float:
    cost = person.jitter(exercise.slug) * 0.6
    cost += 3.0 if person.limits.asks_care(exercise) else 0.0
    cost += _repeat_cost(exercise, person) if exercise.slug in used else 0.0
    cost -= FAMILIAR if exercise.slug in person.familiar else 0.0
    cost += _impact_cost(exercise, person)
    cost += 1.2 * len(set(worked).intersection(exercise.primary_muscles))
    if exercise.family not in ("mobility", "balance"):
        levels_below = LEVELS.index(person.level) - LEVELS.index(exercise.level)
        cost += 0.8 * levels_below * (0.3 if person.is_new else 1.0)
    if exercise.is_strength:
        cost += _load_cost(exercise, person) + _gentleness_cost(exercise, person)
        cost += _one_sided_cost(exercise, person) + _chair_cost(exercise, person)
    return cost + _preference_cost(exercise, person)


def _one_sided_cost(exercise: Exercise, person: Trainee) -> float:
    """One-sided work doubles the time: least for the legs, where it also trains balance."""
    if not exercise.is_unilateral:
        return 0.0
    if person.minutes < AMPLE_MINUTES:
        return 1.0
    return 0.3 if "legs" in exercise.loads else 0.8


def is_too_easy(exercise: Exercise, person: Trainee) -> bool:
    """Balance for starters says nothing to people who train, unless they need care."""
    is_trained = person.level != "beginner" and not (person.is_gentle or person.needs_balance)
    return is_trained and exercise.family == "balance" and exercise.level == "beginner"


def _impact_cost(exercise: Exercise, person: Trainee) -> float:
    """Soft landings first for joints, weight, age and pregnancy; nothing is forbidden by impact alone (T-30 does)."""
    if not (person.spares_joints or person.is_gentle):
        return 0.0
    return {"none": 0.0, "low": 0.2, "high": 1.5}[exercise.impact]


def _repeat_cost(exercise: Exercise, person: Trainee) -> float:
    """Variety within the week, except where practice of the same lift is the point (T-5) or the rest is unloaded."""
    is_lift = exercise.takes_load and exercise.family != "trunk" and "main" in exercise.uses
    if not is_lift:
        return 1.5
    return 0.3 if person.goal == "strength" else 0.8


def _load_cost(exercise: Exercise, person: Trainee) -> float:
    if exercise.takes_load and "resistance_bands" in exercise.equipment:
        return 0.3  # fine, but weights that can be counted come first
    if exercise.takes_load:
        is_bar = "barbell" in exercise.equipment
        return -1.0 if is_bar and person.goal == "strength" and not (person.is_new or person.is_minor) else 0.0
    if person.goal in ("strength", "muscle_gain"):
        return 2.0
    is_waste = exercise.family in LIFTS and person.owns_loads and "bodyweight" not in person.modalities
    return 1.8 if is_waste else 0.7  # what is at home is there to be used


def _gentleness_cost(exercise: Exercise, person: Trainee) -> float:
    is_gentle = exercise.met < GENTLE_MET
    if person.is_minor and "breath_hold" in exercise.tags:  # S-120: technique first, heavy bars later
        return 1.5
    if person.is_gentle:
        is_light = exercise.takes_load or exercise.family == "pull"  # a band, a weight, a bag can be as light as needed
        is_simple = exercise.level == "beginner" and (is_light or not person.is_new)
        return 0.0 if is_gentle or is_simple else 0.5
    return 1.2 if is_gentle and exercise.family != "trunk" else 0.0


def _chair_cost(exercise: Exercise, person: Trainee) -> float:
    """From a chair, upright or against nothing a movement asks little: only for people who need it (T-11).

    Standing and seated trunk work stays as good as any for people who go gently.
    """
    if person.limits.seated_only or (exercise.takes_load and exercise.family != "trunk"):
        return 0.0
    if exercise.family == "trunk":
        is_upright = not exercise.tags and not exercise.takes_load
        return 0.8 if not person.is_gentle and (is_upright or exercise.is_wheelchair_friendly) else 0.0
    is_idle = exercise.family == "pull" and exercise.met < GENTLE_MET
    return IDLE if is_idle or exercise.is_wheelchair_friendly else 0.0


def _preference_cost(exercise: Exercise, person: Trainee) -> float:
    if not person.modalities:
        return -0.7 if exercise.modality in EVERYDAY_MODALITIES else 0.0
    wanted = {_ALIKE.get(code, code) for code in person.modalities} | person.modalities
    if _ALIKE.get(exercise.modality, exercise.modality) in wanted:
        return 0.0
    if exercise.is_strength:
        return 0.8 if wanted & STRENGTH_MODALITIES else 0.0
    return 2.5

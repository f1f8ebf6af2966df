"""When no plan can be: the smallest set of constraints that collide, and two or three tried ways out (N-20)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from agents.domain.meals.constraints import Constraint, Step, constraints_of, general_steps
from agents.domain.meals.judge import judge_for
from agents.domain.meals.menu import menu_for
from agents.domain.meals.plan import Conflict, MealRefusal, TradeOff
from agents.domain.meals.request import Request
from agents.domain.meals.slots import slots_of
from agents.domain.meals.week import compiled

MOST_OFFERS = 3
MOST_PROBES = 40  # of smaller sets: a set of two or three is found long before
Probe = Callable[[Request], bool]


def refusal(request: Request, missed: int) -> MealRefusal:
    """Why the day with index `missed` cannot be met, and what would open the whole plan."""
    probe = _probe(request, missed)
    named = smallest_conflict(request, probe)
    offers = ways_out(request, named)
    conflict = Conflict(tuple(c.label for c in named) or ("your targets",), _reason(request, named))
    return MealRefusal(_message(conflict, offers), (conflict,), offers)


def smallest_conflict(request: Request, probe: Probe) -> tuple[Constraint, ...]:
    """The fewest constraints that leave no plan together with the targets; () where the targets alone are too much.

    First each constraint is dropped that is not needed for the collision (what is left cannot lose another), those
    first that nobody is asked to give up; then smaller sets are tried.
    """
    everything = constraints_of(request)

    @cache
    def collide(kept: frozenset[int]) -> bool:
        bare = request
        for number in (n for n in range(len(everything)) if n not in kept):
            bare = everything[number].lifted(bare)
        return not probe(bare)

    needed = set(range(len(everything)))
    for number in reversed(range(len(everything))):
        if collide(frozenset(needed - {number})):
            needed.discard(number)
    for kept in _smaller(range(len(everything)), len(needed)):
        if collide(kept):
            needed = set(kept)
            break
    return tuple(everything[number] for number in sorted(needed))


def ways_out(request: Request, named: Sequence[Constraint]) -> tuple[TradeOff, ...]:
    """Up to three preferences that could give way, the named ones first. A whole plan was made with each.

    Where one preference is the only way, it is offered with a little more room as well.
    """
    labels = {constraint.label for constraint in named}
    others = [constraint for constraint in constraints_of(request) if constraint.label not in labels]
    ladders = (*(c.steps for c in named), *((step,) for step in general_steps(request)), *(c.steps for c in others))
    found: list[Step] = []
    for steps in ladders:
        if len(found) < MOST_OFFERS and (step := _first_that_works(steps)):
            found.append(step)
    if len(found) == 1:
        found += [step for steps in ladders if (step := _roomier(steps, found[0]))]
    return tuple(step.offer for step in found[:MOST_OFFERS])


def _roomier(steps: Sequence[Step], least: Step) -> Step | None:
    """The next step of the same ladder that works, where there is one."""
    if least not in steps:
        return None
    return next((step for step in steps[steps.index(least) + 1 :] if is_feasible(step.request, is_patient=False)), None)


def is_feasible(request: Request, *, is_patient: bool = True) -> bool:
    """Whether every day of the plan meets its targets. A plan found without patience is a plan all the same."""
    return compiled(request, is_probe=True, is_patient=is_patient).missed is None


def _first_that_works(steps: Sequence[Step]) -> Step | None:
    """The smallest step that works; each next one allows all that the one before did."""
    if not steps or not is_feasible(steps[-1].request, is_patient=False):
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_feasible(steps[middle].request, is_patient=False) else (middle + 1, high)
    return steps[low]


def _probe(request: Request, missed: int) -> Probe:
    """A day by itself tells most collisions; where it can be met alone, it takes all the days up to it."""

    def alone(asked: Request) -> bool:
        return is_feasible(replace(asked, targets=asked.targets[missed : missed + 1], start=request.dates[missed]))

    def so_far(asked: Request) -> bool:
        return is_feasible(replace(asked, targets=asked.targets[: missed + 1]))

    return so_far if alone(request) else alone


def _smaller(numbers: Iterable[int], size: int) -> Iterable[frozenset[int]]:
    pool = list(numbers)
    sets = (frozenset(kept) for length in range(size) for kept in combinations(pool, length))
    return (kept for kept, _ in zip(sets, range(MOST_PROBES), strict=False))


def _reason(request: Request, named: Sequence[Constraint]) -> str:
    """What fails: a meal without any dish, or the figures."""
    goal = request.targets[0]
    menu = menu_for(request.profile, goal, request.catalogue, judge_for(request.profile))
    empty = [kind for kind in dict.fromkeys(slot.kind for slot in slots_of(request.profile)) if not menu.options[kind]]
    together = _listed([constraint.label for constraint in named])
    if empty:
        return f"I know no {_listed(list(empty), 'or')} that goes with {together}."
    if not named:
        return "No day of food I know meets this mix of energy, protein, carbohydrate and fat."
    return f"I find no plan that meets your energy and macros with {together}."


def _message(conflict: Conflict, offers: Sequence[TradeOff]) -> str:
    if not offers:
        return f"{conflict.message} I would rather say so than guess."
    words = [f"{letter}) {offer.message}" for letter, offer in zip("ABC", offers, strict=False)]
    return f"{conflict.message} What could give way: {' '.join(words)}"


def _listed(names: Sequence[str], word: str = "and") -> str:
    if not names:
        return "your choices"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"

"""What binds a plan, each with its name, how the plan would look without it, and the smaller steps a person may take.

An allergy, an intolerance, a faith rule or a conviction can be named as a reason and is never offered up; a time limit,
a cooking level, a budget, a self-chosen exclusion or a weight-loss style of eating may be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from agents.domain.meals.judge import label_of
from agents.domain.meals.menu import SKILL_RANK, minutes_label
from agents.domain.meals.plan import TradeOff
from agents.domain.meals.request import Request
from agents.domain.meals.slots import slots_of
from agents.domain.profile import Restriction

# Leaving these out is often a matter of faith or conscience even when it was said plainly.
CONSCIENCE: Final = frozenset({"pork", "beef", "meat", "alcohol", "gelatine", "blood", "poultry", "fish", "seafood"})
STYLES_OF_EATING: Final = ("keto", "paleo")
WIDER_BAND, MORE_OFTEN = 0.10, 7
BUDGET_FACTORS: Final = (1.15, 1.3, 1.5, 1.75, 2.0)
BUDGETS: Final = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0)
MORE_MEALS: Final = (4, 5)
SKILLS: Final = tuple(sorted(SKILL_RANK, key=SKILL_RANK.__getitem__))

Change = Callable[[Request], Request]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that could give way, and the request with it."""

    offer: TradeOff
    request: Request


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that binds. `steps` are ways to give a little, the smallest first; () for what is never offered up."""

    label: str
    lifted: Change
    steps: tuple[Step, ...] = ()


def constraints_of(request: Request) -> tuple[Constraint, ...]:
    """Everything that binds this request beyond its targets, preferences first."""
    return tuple(_found(request))


def general_steps(request: Request) -> tuple[Step, ...]:
    """What is open to everybody: wider bands."""
    if request.leeway.band < WIDER_BAND:
        offer = TradeOff("band", str(WIDER_BAND), "Let energy and macros be up to 10 % off on some days.")
        return (Step(offer, replace(request, leeway=replace(request.leeway, band=WIDER_BAND))),)
    return ()


def _found(request: Request) -> Iterator[Constraint]:
    profile = request.profile
    if profile.max_prep_minutes is not None:
        label = minutes_label(profile.max_prep_minutes)
        yield Constraint(label, _profile(max_prep_minutes=None), _more_minutes(request))
    if profile.cooking_skill is not None and SKILL_RANK[profile.cooking_skill] < SKILL_RANK[SKILLS[-1]]:
        yield Constraint(f"{profile.cooking_skill} cooking", _profile(cooking_skill=None), _more_skill(request))
    if profile.budget_per_day is not None:
        label = f"a budget of {profile.budget_per_day:g} a day"
        yield Constraint(label, _profile(budget_per_day=None), _more_budget(request))
    meals = len(slots_of(profile))
    if meals < MORE_MEALS[0]:
        yield Constraint(
            f"{meals} meals a day", _profile(meals_per_day=MORE_MEALS[-1], meal_times=()), _more_meals(request)
        )
    limit = request.leeway.most_a_week
    if limit < MORE_OFTEN and len(request.targets) > limit:
        words = "Have the same dish more often than three times a week."
        often = replace(request, leeway=replace(request.leeway, most_a_week=MORE_OFTEN))
        step = Step(TradeOff("most_a_week", str(MORE_OFTEN), words), often)
        yield Constraint(f"no dish more than {limit} times a week", _often, (step,))
    for restriction in profile.restrictions:
        if restriction.kind != "dislike":
            yield Constraint(label_of(restriction), _without(restriction), _allowing(request, restriction))
    if profile.diet_type is not None:
        yield Constraint(f"{profile.diet_type} eating", _profile(diet_type=None), _other_style(request))
    if profile.conditions:
        yield Constraint("your health conditions", _profile(conditions=()))


def _profile(**values: object) -> Change:
    return lambda request: replace(request, profile=replace(request.profile, **values))  # type: ignore[arg-type]


def _often(request: Request) -> Request:
    return replace(request, leeway=replace(request.leeway, most_a_week=MORE_OFTEN))


def _without(restriction: Restriction) -> Change:
    def lifted(request: Request) -> Request:
        kept = tuple(r for r in request.profile.restrictions if r != restriction)
        return replace(request, profile=replace(request.profile, restrictions=kept))

    return lifted


def _step(request: Request, field: str, value: object, text: str, message: str) -> Step:
    profile = replace(request.profile, **{field: value})  # type: ignore[arg-type]
    return Step(TradeOff(field, text, message), replace(request, profile=profile))


def _more_minutes(request: Request) -> tuple[Step, ...]:
    now = request.profile.max_prep_minutes or 0
    longer = sorted({recipe.minutes for recipe in request.catalogue.recipes if recipe.minutes > now})
    return tuple(_step(request, "max_prep_minutes", m, str(m), f"Allow up to {m} minutes for a meal.") for m in longer)


def _more_skill(request: Request) -> tuple[Step, ...]:
    rank = SKILL_RANK[request.profile.cooking_skill or SKILLS[0]]
    words = "Try dishes that take a little more practice."
    return tuple(_step(request, "cooking_skill", skill, skill, words) for skill in SKILLS[rank + 1 :])


def _more_budget(request: Request) -> tuple[Step, ...]:
    now = request.profile.budget_per_day or 0.0
    near = (round(now * factor, 2) for factor in BUDGET_FACTORS)
    amounts = sorted({*near, *(amount for amount in BUDGETS if amount > now)})
    return tuple(
        _step(request, "budget_per_day", amount, f"{amount:g}", f"Spend up to {amount:g} a day.") for amount in amounts
    )


def _more_meals(request: Request) -> tuple[Step, ...]:
    now = len(slots_of(request.profile))
    steps = []
    for meals in (count for count in MORE_MEALS if count > now):
        profile = replace(request.profile, meals_per_day=meals, meal_times=())
        offer = TradeOff("meals_per_day", str(meals), f"Eat {meals} times a day instead of {now}.")
        steps.append(Step(offer, replace(request, profile=profile)))
    return tuple(steps)


def _allowing(request: Request, restriction: Restriction) -> tuple[Step, ...]:
    if restriction.kind != "exclusion" or restriction.code in CONSCIENCE:
        return ()
    name = restriction.label or restriction.code.replace("_", " ")
    offer = TradeOff("exclusion", restriction.code, f"Allow {name} again.")
    return (Step(offer, _without(restriction)(request)),)


def _other_style(request: Request) -> tuple[Step, ...]:
    """A style of eating chosen for weight may rest."""
    style = request.profile.diet_type
    if style not in STYLES_OF_EATING:
        return ()
    words = {
        "mediterranean": f"Eat the Mediterranean way instead of {style} for a while.",
        "omnivore": f"Eat without the {style} rules for a while.",
    }
    return tuple(_step(request, "diet_type", other, other, message) for other, message in words.items())

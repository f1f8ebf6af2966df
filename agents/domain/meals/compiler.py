"""The plan compiler (P3): days of meals that meet their targets inside every rule, or an honest refusal."""

from agents.domain.meals.feasibility import refusal
from agents.domain.meals.judge import judge_for
from agents.domain.meals.plan import MealPlan, MealRefusal
from agents.domain.meals.request import Request
from agents.domain.meals.serving import planned_day
from agents.domain.meals.week import compiled


def plan_meals(request: Request) -> MealPlan | MealRefusal:
    """The days asked for, or why there can be none (N-20) and what would open a way."""
    found = compiled(request)
    if found.missed is not None:
        return refusal(request, found.missed)
    judge = judge_for(request.profile)
    days = tuple(
        planned_day(on, dosed, goal, request.catalogue, judge)
        for on, dosed, goal in zip(request.dates, found.days, request.targets, strict=True)
    )
    proofs = tuple(dict.fromkeys(proof for day in days for meal in day.meals for proof in meal.proof))
    return MealPlan(days, proofs, band=request.leeway.band)

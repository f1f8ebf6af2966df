"""The last word over a plan before it is written: the rules are checked again on the finished thing (fail closed)."""

from agents.domain.changes import ExercisePlanMade, NutritionPlanMade
from agents.domain.diets import meal_conflicts
from agents.domain.injuries import limits
from agents.domain.meals.judge import judge_for
from agents.domain.profile import Profile

ENERGY_AGREES_KCAL = 50  # N-1


def nutrition_findings(change: NutritionPlanMade, profile: Profile) -> tuple[str, ...]:
    """Rule ids that the targets or a planned food break; () when the plan may stand."""
    broken: list[str] = []
    aim = change.targets
    if aim.kcal_min < aim.kcal_floor or aim.kcal < aim.kcal_floor:
        broken.append("E3")
    if abs(aim.protein_g * 4 + aim.carbs_g * 4 + aim.fat_g * 9 - aim.kcal) > ENERGY_AGREES_KCAL:
        broken.append("N-1")
    judge = judge_for(profile)
    dishes = [meal for day in change.meals.days for meal in day.meals]
    if any(not judge(item.food).allowed for meal in dishes for item in meal.items):
        broken.append("N-32")
    if any(meal_conflicts([item.food for item in meal.items], profile) for meal in dishes):
        broken.append("N-3.1")
    return tuple(broken)


def exercise_findings(change: ExercisePlanMade, profile: Profile) -> tuple[str, ...]:
    """Rule ids that a session breaks; () when the programme may stand."""
    allowed = limits(profile)
    used = [block.exercise for session in change.programme.sessions for block in session.exercises]
    return () if all(allowed.permits(exercise) for exercise in used) else ("T-11",)

"""People, goals and plans that the meal tests share."""

from datetime import date

from agents.domain.meals import DayTargets, Larder, Leeway, MealPlan, Request, plan_meals
from agents.domain.profile import Profile, Restriction
from storage.reference.food_tables import catalogue

MONDAY = date(2026, 1, 5)
DIETS = ["omnivore", "vegetarian", "vegan", "pescatarian", "keto", "paleo", "mediterranean"]


def day_targets(kcal=2000, protein_g=110.0, fat_g=66.0, carbs_g=None, fibre_g=28.0):
    carbs = carbs_g if carbs_g is not None else (kcal - 4 * protein_g - 9 * fat_g) / 4
    return DayTargets(
        kcal=kcal,
        kcal_min=0.95 * kcal,
        kcal_max=1.05 * kcal,
        protein_g=protein_g,
        carbs_g=carbs,
        fat_g=fat_g,
        fibre_g=fibre_g,
    )


KETO = day_targets(1800, 112, 132.4, 40, 20)  # science.md N-6


def targets_of(profile):
    return KETO if profile.diet_type == "keto" else day_targets()


def allergic_to(*codes, severity="severe", **more):
    return Profile(restrictions=tuple(Restriction("allergy", code, severity) for code in codes), **more)


def request(profile=None, targets=None, *, days=7, seed=1, history=(), larder=None, leeway=None, tables=None):
    who = profile or Profile()
    return Request(
        profile=who,
        targets=(targets or targets_of(who),) * days,
        catalogue=tables or catalogue(),
        start=MONDAY,
        seed=seed,
        history=tuple(history),
        larder=larder or Larder(),
        leeway=leeway or Leeway(),
    )


def plan(profile=None, targets=None, **more):
    return plan_meals(request(profile, targets, **more))


def must(profile=None, targets=None, **more):
    found = plan(profile, targets, **more)
    assert isinstance(found, MealPlan), found
    return found


def deviations(day):
    goals = day.targets.figures
    sums = day.totals
    return [abs(h / w - 1) for h, w in zip((sums.kcal, sums.protein_g, sums.carbs_g, sums.fat_g), goals, strict=True)]


def codes_of(found):
    return [meal.recipe_code for day in found.days for meal in day.meals]


def foods_of(found):
    return [item.food for day in found.days for meal in day.meals for item in meal.items]

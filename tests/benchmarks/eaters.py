"""Twelve people to plan a week of meals for: diets, allergies, faith, two to eight meals, purse, hurry, training."""

import datetime as dt
from collections.abc import Mapping

from agents.domain.day_goals import goals_for, training_weekdays
from agents.domain.meals import Request
from agents.domain.profile import Profile, Restriction
from agents.domain.targets import Targets, targets
from storage.reference.food_tables import catalogue

MONDAY = dt.date(2026, 1, 5)
DAYS = 7


class NoTargetsError(Exception):
    """Somebody of the panel has no targets, so that there is nothing to plan."""


def _person(
    sex: str = "female", age: int = 34, height_cm: float = 168, weight_kg: float = 66, **more: object
) -> Profile:
    known = {
        "sex": sex, "age": age, "height_cm": height_cm, "weight_kg": weight_kg, "primary_goal": "general_fitness",
        "conditions": (), "symptoms": (), "medications": (), "injuries": (), "workout_days": (0, 2, 4),
        "workout_minutes": 45, "allergies_asked": True,
    }  # fmt: skip
    return Profile(**{**known, **more})  # type: ignore[arg-type]  # checked by the plans that come of it


def _allergies(*codes: str) -> tuple[Restriction, ...]:
    return tuple(Restriction("allergy", code, "severe") for code in codes)


PEOPLE: Mapping[str, Profile] = {
    "omnivore, three meals": _person(),
    "loses weight, four meals": _person(age=45, weight_kg=88, primary_goal="fat_loss", meals_per_day=4),
    "gains muscle, six meals": _person("male", 26, 183, 78, primary_goal="muscle_gain", meals_per_day=6),
    "two meals": _person("male", 52, 176, 84, meals_per_day=2, workout_days=(5,)),
    "eight meals": _person(
        "male", 23, 190, 92, primary_goal="endurance", meals_per_day=8, workout_days=(0, 1, 3, 5, 6)
    ),
    "vegan, little money": _person(diet_type="vegan", budget_per_day=7.0, workout_days=(1, 4)),
    "keto": _person("male", 38, 180, 95, diet_type="keto", primary_goal="fat_loss"),
    "vegetarian, no milk or egg": _person(
        diet_type="vegetarian", restrictions=_allergies("milk", "egg"), meals_per_day=4
    ),
    "peanut, tree nut, soy": _person(restrictions=_allergies("peanut", "tree_nut", "soy"), meals_per_day=5),
    "coeliac, in a hurry": _person(
        restrictions=(Restriction("intolerance", "gluten"),), max_prep_minutes=20, cooking_skill="beginner"
    ),
    "halal, rests and trains": _person(
        "male", 30, 178, 81, restrictions=(Restriction("religious", "halal"),), primary_goal="strength",
        meals_per_day=4, workout_days=(0, 1, 3, 4),
    ),
    "pescatarian, no mushrooms": _person(
        age=67, weight_kg=60, diet_type="pescatarian", restrictions=(Restriction("exclusion", "mushrooms"),),
        budget_per_day=14.0,
    ),
}  # fmt: skip
JOINT = ("omnivore, three meals", "vegan, little money", "halal, rests and trains")  # the joint week is slow


def request_of(name: str, seed: int) -> Request:
    """A week from a Monday, with this person's own targets for training and rest days."""
    person = PEOPLE[name]
    aim = targets(person, deficit_allowed=True)
    if not isinstance(aim, Targets):
        raise NoTargetsError(name)
    dates = [MONDAY + dt.timedelta(days=n) for n in range(DAYS)]
    goals = goals_for(aim, dates, training_weekdays(person))
    return Request(profile=person, targets=goals, catalogue=catalogue(), start=MONDAY, seed=seed)

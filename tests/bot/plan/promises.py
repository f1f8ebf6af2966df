"""What `keel plan --json` promises, checked from the outside: a profile and the answer in, the broken promises out.

Written from the rules alone (ids in brackets). Nothing of the engines is called; only the shipped tables are read, for
prices and for what an exercise needs.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.bot.plan.promised_food import forbidden_food
from tests.bot.plan.promised_shopping import over_budget, unkept_shopping
from tests.bot.plan.promised_targets import floor_kcal, unkept_safety, unkept_targets
from tests.bot.plan.promised_training import unkept_training

Json = dict[str, Any]
NUMBER = (int, float)
FIGURES = ("kcal", "protein_g", "carbs_g", "fat_g", "fibre_g")
BAND = 0.05
ROUNDING = 0.05
# The keys of architecture.md and their types; what else is there must be a known addition.
TOP = {
    "safety": dict, "feasibility": dict, "targets": (dict, type(None)), "days": list, "workouts": list,
    "sleep": (dict, type(None)), "grocery": list, "proofs": list, "rationale": str,
}  # fmt: skip
MORE_ON_TOP = {"habits": list, "shopping": list}
EXERCISE = {
    "name": str, "tags": list, "sets": int, "reps": (str, int, type(None)), "load_kg": (*NUMBER, type(None)),
    "rir": (int, type(None)), "rest_s": (int, type(None)), "modifications": list,
}  # fmt: skip
WORKOUT = {
    "date": str, "title": str, "minutes": int, "warm_up": list, "exercises": list, "cool_down": list,
}  # fmt: skip
MEAL = {"slot": str, "name": str, "items": list, "totals": dict, "prep_minutes": int}
ITEM = {"food": str, "grams": NUMBER, **dict.fromkeys(FIGURES, NUMBER), "allergens": list}


def broken_promises(profile: Json, answer: Json, *, days: int) -> list[str]:
    """One line for each promise that does not hold."""
    shape = list(_shape(answer))
    if shape:
        return shape
    return [
        *unkept_safety(profile, answer),
        *unkept_targets(profile, answer),
        *_days(profile, answer, days),
        *_meals(profile, answer),
        *over_budget(profile, answer),
        *unkept_shopping(profile, answer),
        *forbidden_food(profile, answer),
        *unkept_training(profile, answer, days=days),
    ]


def _keys(where: str, found: Any, wanted: dict[str, Any]) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where} is {type(found).__name__}"
        return
    for key, kinds in wanted.items():
        if key not in found:
            yield f"{where} lacks {key}"
        elif not isinstance(found[key], kinds) or (isinstance(found[key], bool) and kinds is not bool):
            yield f"{where}.{key} is {found[key]!r}"


def _shape(answer: Json) -> Iterator[str]:
    yield from _keys("answer", answer, TOP | MORE_ON_TOP)
    yield from (f"an unknown key {key}" for key in answer.keys() - TOP.keys() - MORE_ON_TOP.keys())
    safety, feasible = answer["safety"], answer["feasibility"]
    yield from _keys("safety", safety, {"level": str, "cleared": bool, "findings": list})
    yield from _keys("feasibility", feasible, {"feasible": bool, "conflicts": list, "trade_offs": list})
    for finding in safety["findings"]:
        yield from _keys("finding", finding, {"rule": str, "message": str})
    if answer["targets"]:
        figures = dict.fromkeys(("kcal_min", "kcal_max", *FIGURES), NUMBER)
        yield from _keys("targets", answer["targets"], figures | {"water_ml": (int, type(None))})
    for day in answer["days"]:
        yield from _keys("day", day, {"date": str, "training_day": bool, "meals": list, "totals": dict})
        yield from _keys("day.totals", day["totals"], dict.fromkeys(FIGURES, NUMBER))
        for meal in day["meals"]:
            yield from _keys("meal", meal, MEAL)
            yield from (fault for item in meal["items"] for fault in _keys("item", item, ITEM))
    for workout in answer["workouts"]:
        yield from _keys("workout", workout, WORKOUT)
        yield from (fault for block in workout["exercises"] for fault in _keys("exercise", block, EXERCISE))
    for line in answer["grocery"]:
        yield from _keys("grocery", line, {"food": str, "grams": NUMBER, "aisle": str})
    for proof in answer["proofs"]:
        wanted = {"food": str, "allergen": str, "verdict": str, "derivation": dict, "table_version": (str, int)}
        yield from _keys("proof", proof, wanted)


def _near(found: float, goal: float) -> bool:
    return abs(found - goal) <= BAND * goal + ROUNDING


def _days(profile: Json, answer: Json, days: int) -> Iterator[str]:
    feasible = answer["feasibility"]["feasible"]
    if feasible != bool(answer["days"]):
        yield f"feasible is {feasible} with {len(answer['days'])} days"
    if not answer["days"]:
        return
    start = date.fromisoformat(profile["start_date"])
    dates = [(start + timedelta(days=n)).isoformat() for n in range(days)]
    if [day["date"] for day in answer["days"]] != dates:
        yield f"dates {[day['date'] for day in answer['days']]}"
    trained = {workout["date"] for workout in answer["workouts"]}
    for day in answer["days"]:
        if day["training_day"] != (day["date"] in trained):
            yield f"{day['date']}: training_day {day['training_day']}"
        yield from _day(profile, answer["targets"], day)
    if days >= 7:
        for figure in ("kcal", "protein_g", "carbs_g", "fat_g"):
            mean = sum(day["targets"][figure] for day in answer["days"][:7]) / 7
            if abs(mean - answer["targets"][figure]) > (10 if figure == "kcal" else 3):
                yield f"the mean {figure} of the week is {mean:.1f}, not {answer['targets'][figure]} [K-8]"


def _day(profile: Json, aim: Json, day: Json) -> Iterator[str]:
    goal, have, when = day["targets"], day["totals"], day["date"]
    for figure in ("kcal", "protein_g", "carbs_g", "fat_g"):
        if not _near(have[figure], goal[figure]):
            yield f"{when}: {figure} {have[figure]} for {goal[figure]} [P3]"
    if have["kcal"] < floor_kcal(profile) - ROUNDING:
        yield f"{when}: {have['kcal']} kcal below the floor {floor_kcal(profile):.0f} [E3]"
    if have["fibre_g"] < 0.95 * goal["fibre_g"] - ROUNDING:
        yield f"{when}: fibre {have['fibre_g']} for {goal['fibre_g']} [N-5]"
    if profile.get("diet_type") == "keto" and aim["carbs_g"] < 100 and have["carbs_g"] - have["fibre_g"] > 50.5:
        yield f"{when}: {have['carbs_g'] - have['fibre_g']:.0f} g net carbohydrate on keto [3.1]"
    for figure in FIGURES:
        sums = sum(meal["totals"][figure] for meal in day["meals"])
        if abs(sums - have[figure]) > ROUNDING:
            yield f"{when}: meals make {sums:.2f} {figure}, the day says {have[figure]}"


def _meals(profile: Json, answer: Json) -> Iterator[str]:
    longest, wanted = profile.get("max_prep_minutes"), profile.get("meals_per_day") or 3
    dishes = [(date.fromisoformat(day["date"]), meal["name"]) for day in answer["days"] for meal in day["meals"]]
    for day in answer["days"]:
        if len(day["meals"]) != wanted:
            yield f"{day['date']}: {len(day['meals'])} meals, not {wanted}"
        yield from (f"{day['date']}: {fault}" for meal in day["meals"] for fault in _meal(meal, longest))
        week = [name for when, name in dishes if 0 <= (when - date.fromisoformat(day["date"])).days < 7]
        yield from (f"{name} {n} times in a week [P3]" for name, n in Counter(week).items() if n > 3)


def _meal(meal: Json, longest: int | None) -> Iterator[str]:
    if not meal["items"] or not meal["name"].strip():
        yield "an empty meal"
    if longest is not None and meal["prep_minutes"] > longest:
        yield f"{meal['name']} takes {meal['prep_minutes']} of {longest} minutes"
    for item in meal["items"]:
        if item["grams"] <= 0 or min(item[figure] for figure in FIGURES) < 0:
            yield f"{item['food']}: {item['grams']} g"
    for figure in FIGURES:
        sums = sum(item[figure] for item in meal["items"])
        if abs(sums - meal["totals"][figure]) > ROUNDING:
            yield f"{meal['name']}: items make {sums:.2f} {figure}, the meal says {meal['totals'][figure]}"

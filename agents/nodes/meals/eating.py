"""What was eaten: matched to foods we know, with an alert for what is on the allergy list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from agents.domain import crockford
from agents.domain.allergens import KEYS, decide
from agents.domain.changes import LoggedFood, MealLogged
from agents.domain.context import Context
from agents.domain.foods import Food
from agents.domain.profile import Restriction
from agents.domain.rationale import hides_numbers
from agents.ports import Ports
from agents.schemas import Intent, LogFood
from agents.state import Choice, Line, Part


async def log_food(context: Context, order: Intent, ports: Ports) -> Part:
    """What was eaten, by the person's words."""
    said = order.payload
    if not isinstance(said, LogFood) or not said.items:
        return Part("meal_planner", lines=(Line("food-how"),))
    return log_items(context, said, ports)


def log_items(
    context: Context, said: LogFood, ports: Ports, *, entry: Literal["text", "photo", "barcode"] = "text"
) -> Part:
    """What was eaten, matched to foods we know; what is unknown is named and not counted."""
    logged: list[LoggedFood] = []
    unknown: list[str] = []
    known_foods: list[Food] = []
    guesses: list[Line] = []
    for item in said.items:
        match = ports.match_food(item)
        if match is None:
            unknown.append(item.name)
            continue
        food = _logged(match.food, item.quantity or 1.0, item.unit or "serving", match.grams, match.source)
        is_estimate = entry == "photo" and match.source == "stated"
        logged.append(replace(food, portion_source="photo") if is_estimate else food)
        known_foods.append(match.food)
        if not match.is_sure:
            guesses.append(Line("food-unsure", {"said": item.name[:40], "food": match.food.name.lower()}))
    if not logged:
        return Part("meal_planner", lines=(Line("food-unknown", {"foods": ", ".join(unknown)[:120]}),))
    alerts, doubts = listed_in(known_foods, context.profile.allergies)
    guesses += [Line("allergen-may", {"food": food}) for food in doubts]
    at = said.at.astimezone(context.local_now.tzinfo) if said.at else context.local_now
    slot = said.slot or slot_at(at.hour)
    change = MealLogged(ports.new_id(), slot, at, at.date(), tuple(logged), bool(alerts), entry)
    return logged_part(context, change, unknown, alerts, guesses)


def listed_in(foods: Sequence[Food], allergies: tuple[Restriction, ...]) -> tuple[list[str], list[str]]:
    """Names of foods in which something on the allergy list certainly is, and of those in which it may be."""
    doubtful = [food for food in foods if not _is_clear(food, allergies)]
    alerts = [food.name for food in doubtful if _contains(food, allergies)]
    return alerts, [food.name for food in doubtful if food.name not in alerts]


def _is_clear(food: Food, allergies: tuple[Restriction, ...]) -> bool:
    """Whether nothing on the allergy list is, or may be, in this food (science.md N-31, N-32)."""
    ruling = decide(
        allergies, food.allergens, food=food.name, ingredients=food.synonyms, is_single_ingredient=food.is_curated
    )
    return ruling.allowed


def _contains(food: Food, allergies: tuple[Restriction, ...]) -> bool:
    """Whether something on the allergy list is certainly in it."""
    words = f"{food.name} {' '.join(food.synonyms)}".lower()
    return any(food.allergens.get(r.code) == "contains" or (r.code not in KEYS and r.code in words) for r in allergies)


def _logged(food: Food, quantity: float, unit: str, grams: float, source: str) -> LoggedFood:
    share = grams / 100
    return LoggedFood(
        name=food.name,
        food_code=food.code,
        quantity=quantity,
        unit=unit,
        grams=grams,
        kcal=food.kcal * share,
        protein_g=food.protein_g * share,
        carbs_g=food.carbs_g * share,
        fat_g=food.fat_g * share,
        fibre_g=(food.fibre_g or 0.0) * share,
        sugar_g=(food.sugar_g or 0.0) * share,
        sat_fat_g=(food.sat_fat_g or 0.0) * share,
        sodium_mg=(food.sodium_mg or 0.0) * share,
        portion_source="stated" if source == "stated" else "default_serving",
    )


def slot_at(hour: int) -> str:
    """The meal that something eaten at this hour belongs to."""
    limits = ((10, "breakfast"), (12, "morning_snack"), (15, "lunch"), (17, "afternoon_snack"), (22, "dinner"))
    return next((slot for end, slot in limits if 4 <= hour < end), "evening_snack")


def logged_part(
    context: Context, change: MealLogged, unknown: list[str], alerts: list[str], guesses: list[Line]
) -> Part:
    """What was written, what the day comes to, and an alert that comes first."""
    foods = ", ".join(f"{item.name.lower()} ({item.grams:.0f} g)" for item in change.items)
    lines = [Line("done-food", {"foods": foods}, (change,))]
    if not hides_numbers(context.profile):
        kcal = sum(item.kcal for item in change.items)
        total = context.logged.kcal + kcal
        lines.append(Line("food-sum", {"kcal": f"{kcal:.0f}", "total": f"{total:.0f}"}))
    lines += guesses
    if unknown:
        lines.append(Line("food-not-counted", {"foods": ", ".join(unknown)[:120]}))
    if alerts:
        lines.insert(0, Line("allergen-alert", {"foods": ", ".join(alerts)}))
    undo = Choice("opt-undo", f"undo:log:meal:{crockford.encode(change.id)}")
    return Part(
        "meal_planner",
        changes=(change,),
        lines=tuple(lines),
        choices=((undo,),),
        level="caution" if alerts else "none",
        rules=("N-32",) if alerts else (),
    )

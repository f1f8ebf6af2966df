"""The meal planner: targets and a week of meals, the meals of a day, a swap, and what was eaten."""

import asyncio
from datetime import timedelta

from langgraph.runtime import Runtime

from agents.domain import crockford
from agents.domain.allergens import KEYS, decide
from agents.domain.changes import LoggedFood, MealLogged, NutritionPlanMade, PlanHead
from agents.domain.context import Context, PlannedMealView
from agents.domain.day_goals import goals_for
from agents.domain.energy import exercise_kcal_per_day
from agents.domain.foods import Food
from agents.domain.meals import MealPlan, MealRefusal, Request, plan_meals
from agents.domain.profile import Profile, Restriction
from agents.domain.rationale import hides_numbers
from agents.domain.safety import deficit_allowed, screen
from agents.domain.targets import Refusal, Targets, targets
from agents.domain.turn import Card
from agents.ports import Ports
from agents.schemas import Intent, LogFood, Target
from agents.state import Choice, Line, Part, State

DAYS = 7


async def meal_planner(state: State, runtime: Runtime[Ports]) -> State:
    """One part for each order about food."""
    context, ports = state["context"], runtime.context
    if context is None:
        raise ValueError("the meal planner needs a context")
    if state["inbound"].tap:
        return {"parts": [Part("meal_planner", lines=(Line("stale-button"),))]}
    return {"parts": [await _part(context, order, ports) for order in state["orders"]]}


async def _part(context: Context, order: Intent, ports: Ports) -> Part:
    if order.name == "replan":
        return await make_plan(context, ports)
    if order.name == "log_food":
        return await log_food(context, order, ports)
    if order.name == "shopping_view":
        return await shopping(context, ports)
    if order.name == "swap_meal":
        return Part("meal_planner", lines=(Line("swap-meal-how"),))
    return await show(context, order, ports)


async def make_plan(context: Context, ports: Ports) -> Part:
    """Targets and seven days of meals for the profile as it is now, or an honest refusal with the reason."""
    profile = context.profile
    is_known = profile.weight_kg is not None and profile.height_cm is not None and profile.age is not None
    aim = targets(
        profile,
        exercise_kcal_per_day=exercise_kcal_per_day(profile) if is_known else None,
        deficit_allowed=deficit_allowed(profile).allowed,
    )
    if isinstance(aim, Refusal):
        return Part("meal_planner", lines=(Line("plain", {"text": aim.message}),), rules=(aim.rule,), order=30)
    dates = [context.today + timedelta(days=n) for n in range(DAYS)]
    request = Request(
        profile=profile,
        targets=goals_for(aim, dates, _training_weekdays(profile)),
        catalogue=ports.tables.foods(),
        start=context.today,
        seed=ports.seed,
    )
    plan = await asyncio.to_thread(plan_meals, request)
    if isinstance(plan, MealRefusal):
        return Part("meal_planner", lines=(Line("plain", {"text": plan.message}),), order=30)
    change = NutritionPlanMade(_head(context, aim, ports), aim, plan, {m.slot: m.at for m in profile.meal_times})
    return Part(
        "meal_planner",
        changes=(change,),
        lines=_plan_lines(context, aim, change),
        cards=_day_cards(plan, is_hidden=hides_numbers(profile)),
        order=30,
    )


def _training_weekdays(profile: Profile) -> tuple[int, ...]:
    """The days on which the person trains; none while the screening lets nobody train."""
    return profile.workout_days or () if screen(profile).allowed != "none" else ()


def _head(context: Context, aim: Targets, ports: Ports) -> PlanHead:
    profile = context.profile
    is_first = not context.plans
    return PlanHead(
        name="Meals",
        starts_on=context.today,
        duration_weeks=1,
        rationale=aim.rationale,
        source_profile_version=profile.version or None,
        made_for="onboarding" if is_first else "user_request",
        primary_goal=profile.primary_goal,
        seed=ports.seed,
        findings=tuple((note.rule, note.message) for note in aim.findings),
    )


def _plan_lines(context: Context, aim: Targets, change: NutritionPlanMade) -> tuple[Line, ...]:
    lines = [Line("done-meal-plan", {"days": DAYS}, (change,)), Line("plain", {"text": aim.rationale})]
    lines += [Line("plain", {"text": note.message}) for note in aim.findings if note.message not in aim.rationale]
    if context.profile.allergies:
        lines.append(Line("allergy-proof"))
    return tuple(lines)


def _day_cards(plan: MealPlan, *, is_hidden: bool) -> tuple[Card, ...]:
    first = plan.days[0]
    rows = tuple(
        (meal.slot.replace("_", " ").capitalize(), meal.name, "" if is_hidden else f"{meal.totals.kcal:.0f} kcal")
        for meal in first.meals
    )
    return (Card(f"Meals for {first.date:%A}", ("Meal", "Dish", "Energy"), rows),)


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """The meals of one day with their foods and grams."""
    if not any(plan.kind == "nutrition" for plan in context.plans):
        key = "no-plan-onboarding" if context.onboarding.is_open else "no-meal-plan"
        return Part("meal_planner", lines=(Line(key),))
    target = order.payload if isinstance(order.payload, Target) else Target()
    day = target.on or context.today
    meals = await ports.memory.meals(day, day)
    wanted = [m for m in meals if not target.words or target.words in m.slot or m.slot in target.words] or list(meals)
    if not wanted:
        return Part("meal_planner", lines=(Line("no-meals-that-day", {"day": day.strftime("%A %d %B")}),))
    head = Line("meals-head", {"day": day.strftime("%A %d %B")})
    total = sum(m.kcal for m in wanted)
    lines = [head] if hides_numbers(context.profile) else [head, Line("meals-total", {"kcal": f"{total:.0f}"})]
    is_hidden = hides_numbers(context.profile)
    cards = tuple(_meal_card(meal, is_hidden=is_hidden) for meal in wanted)
    return Part("meal_planner", lines=tuple(lines), cards=cards, choices=_WEEK)


_WEEK = ((Choice("opt-week", "view:plan"),),)


def _meal_card(meal: PlannedMealView, *, is_hidden: bool) -> Card:
    at = f" at {meal.at:%H:%M}" if meal.at else ""
    title = f"{meal.slot.replace('_', ' ').capitalize()}{at}: {meal.name}"
    rows = tuple(
        (item.food, f"{item.grams:.0f} g", "" if is_hidden else f"{item.kcal:.0f} kcal") for item in meal.items
    )
    return Card(title, ("Food", "Amount", "Energy"), rows)


async def shopping(context: Context, ports: Ports) -> Part:
    """What the coming week needs, summed by food."""
    end = context.today + timedelta(days=DAYS - 1)
    meals = await ports.memory.meals(context.today, end)
    if not meals:
        return Part("meal_planner", lines=(Line("no-meal-plan"),))
    sums: dict[str, float] = {}
    for meal in meals:
        for item in meal.items:
            sums[item.food] = sums.get(item.food, 0.0) + item.grams
    aisles = {food.name: food.aisle for food in ports.tables.foods().foods}
    rows = sorted((aisles.get(food, "other"), food, f"{grams:.0f} g") for food, grams in sums.items())
    return Part(
        "meal_planner",
        lines=(Line("shopping-head"),),
        cards=(Card("Shopping", ("Aisle", "Food", "Amount"), tuple(rows)),),
    )


async def log_food(context: Context, order: Intent, ports: Ports) -> Part:
    """What was eaten, matched to foods we know; what is unknown is named and not counted."""
    said = order.payload
    if not isinstance(said, LogFood) or not said.items:
        return Part("meal_planner", lines=(Line("food-how"),))
    logged: list[LoggedFood] = []
    unknown: list[str] = []
    known_foods: list[Food] = []
    guesses: list[Line] = []
    for item in said.items:
        match = ports.match_food(item)
        if match is None:
            unknown.append(item.name)
            continue
        logged.append(_logged(match.food, item.quantity or 1.0, item.unit or "serving", match.grams, match.source))
        known_foods.append(match.food)
        if not match.is_sure:
            guesses.append(Line("food-unsure", {"said": item.name[:40], "food": match.food.name.lower()}))
    if not logged:
        return Part("meal_planner", lines=(Line("food-unknown", {"foods": ", ".join(unknown)[:120]}),))
    doubtful = [food for food in known_foods if not _is_clear(food, context.profile.allergies)]
    alerts = [food.name for food in doubtful if _contains(food, context.profile.allergies)]
    guesses += [Line("allergen-may", {"food": food.name}) for food in doubtful if food.name not in alerts]
    at = said.at.astimezone(context.local_now.tzinfo) if said.at else context.local_now
    change = MealLogged(ports.new_id(), said.slot or _slot_at(at.hour), at, at.date(), tuple(logged), bool(alerts))
    return _food_part(context, change, unknown, alerts, guesses)


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


def _slot_at(hour: int) -> str:
    limits = ((10, "breakfast"), (12, "morning_snack"), (15, "lunch"), (17, "afternoon_snack"), (22, "dinner"))
    return next((slot for end, slot in limits if 4 <= hour < end), "evening_snack")


def _food_part(
    context: Context, change: MealLogged, unknown: list[str], alerts: list[str], guesses: list[Line]
) -> Part:
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

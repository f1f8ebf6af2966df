"""The whole plan as one JSON object: the stable interface of `keel plan --json`."""

from collections.abc import Iterable, Sequence
from typing import Any

from agents.domain.foods import ALLERGENS, Nutrients
from agents.domain.meals import DayPlan, MealPlan, MealRefusal, PlannedItem, PlannedMeal
from agents.domain.note import Note
from agents.domain.rationale import hides_numbers
from agents.domain.safety import Finding
from agents.domain.targets import Refusal, Targets
from agents.domain.training import Block, Session
from agents.domain.whole_plan import WholePlan

Json = dict[str, Any]


def report(plan: WholePlan, remarks: Sequence[Note] = ()) -> Json:
    """Everything that was found and planned. `remarks` are about the file itself: unknown foods, open questions."""
    return {
        "safety": _safety(plan, remarks),
        "feasibility": _feasibility(plan),
        "targets": _targets(plan),
        "days": _days(plan),
        "workouts": [_workout(session) for session in plan.training.sessions] if plan.training else [],
        "sleep": plan.sleep.document() if plan.sleep else None,
        "habits": [{"code": habit.code, "text": habit.text, "rule": habit.rule} for habit in plan.habits],
        "grocery": [
            {"food": part.food, "grams": part.grams, "aisle": line.aisle}
            for line in plan.groceries
            for part in line.parts
        ],
        "shopping": [
            {"buy": line.bought, "packs": line.packs, "pack": line.pack, "aisle": line.aisle} for line in plan.groceries
        ],
        "proofs": _proofs(plan),
        "rationale": rationale(plan),
    }


def rationale(plan: WholePlan) -> str:
    """Why the plan is as it is, in sentences."""
    parts: list[str] = []
    if isinstance(plan.aim, Targets):
        parts.append(plan.aim.rationale)
    elif isinstance(plan.aim, Refusal):
        parts.append(plan.aim.message)
    if isinstance(plan.meals, MealRefusal):
        parts.append(plan.meals.message)
    parts += [part.rationale for part in (plan.training, plan.sleep) if part is not None and part.rationale]
    return " ".join(parts) or " ".join(finding.message for finding in plan.findings.findings)


def findings_of(plan: WholePlan, remarks: Sequence[Note] = ()) -> list[Note]:
    """Every finding of the engines, each once, the profile's first."""
    notes: list[Note | Finding] = list(plan.findings.findings)
    if isinstance(plan.aim, Targets):
        notes += plan.aim.findings
    elif isinstance(plan.aim, Refusal):
        notes.append(Note(plan.aim.rule, plan.aim.message))
    notes += plan.training.notes if plan.training else ()
    notes += plan.sleep.findings if plan.sleep else ()
    return list(dict.fromkeys(Note(note.rule, note.message) for note in (*notes, *plan.broken, *remarks)))


def _safety(plan: WholePlan, remarks: Sequence[Note]) -> Json:
    return {
        "level": plan.findings.level,
        "cleared": plan.is_cleared,
        "findings": [{"rule": note.rule, "message": note.message} for note in findings_of(plan, remarks)],
    }


def _feasibility(plan: WholePlan) -> Json:
    refusal = plan.meals if isinstance(plan.meals, MealRefusal) else None
    return {
        "feasible": isinstance(plan.meals, MealPlan),
        "conflicts": [
            {"constraints": list(conflict.constraints), "message": conflict.message}
            for conflict in (refusal.conflicts if refusal else ())
        ],
        "trade_offs": [
            {"option": letter, "change": offer.preference, "value": offer.value, "message": offer.message}
            for letter, offer in zip("ABC", refusal.trade_offs if refusal else (), strict=False)
        ],
    }


def _targets(plan: WholePlan) -> Json | None:
    """The daily mean; each day carries its own, which differ between training and rest days."""
    aim = plan.aim
    if not isinstance(aim, Targets):
        return None
    return {
        "kcal": aim.kcal,
        "kcal_min": aim.kcal_min,
        "kcal_max": aim.kcal_max,
        "protein_g": aim.protein_g,
        "carbs_g": aim.carbs_g,
        "fat_g": aim.fat_g,
        "fibre_g": aim.fibre_g,
        "water_ml": aim.water_ml,
        "hide_numbers": hides_numbers(plan.findings.profile),
    }


def _days(plan: WholePlan) -> list[Json]:
    if not isinstance(plan.meals, MealPlan):
        return []
    trained = {session.date for session in plan.training.sessions} if plan.training else set()
    return [_day(day, is_training=day.date in trained) for day in plan.meals.days]


def _day(day: DayPlan, *, is_training: bool) -> Json:
    goal = day.targets
    return {
        "date": day.date.isoformat(),
        "training_day": is_training,
        "targets": {
            "kcal": goal.kcal,
            "protein_g": goal.protein_g,
            "carbs_g": goal.carbs_g,
            "fat_g": goal.fat_g,
            "fibre_g": goal.fibre_g,
        },
        "meals": [_meal(meal) for meal in day.meals],
        "totals": {**_figures(day.totals), "sodium_mg": day.sodium_mg},
    }


def _meal(meal: PlannedMeal) -> Json:
    return {
        "slot": meal.slot,
        "name": meal.name,
        "recipe": meal.recipe_code,
        "servings": meal.servings,
        "leftover": meal.is_leftover,
        "items": [_item(item) for item in meal.items],
        "totals": _figures(meal.totals),
        "prep_minutes": meal.prep_minutes,
        "notes": list(meal.notes),
    }


def _item(item: PlannedItem) -> Json:
    return {
        "food": item.food.name,
        "grams": item.grams,
        **_figures(item.nutrients),
        "allergens": list(item.allergens),
        "may_contain": [key for key in ALLERGENS if item.food.state(key) == "may"],
    }


def _figures(figures: Nutrients) -> Json:
    return {
        "kcal": figures.kcal,
        "protein_g": figures.protein_g,
        "carbs_g": figures.carbs_g,
        "fat_g": figures.fat_g,
        "fibre_g": figures.fibre_g,
    }


def _workout(session: Session) -> Json:
    return {
        "date": session.date.isoformat(),
        "title": session.title,
        "kind": session.session_kind,
        "intensity": session.intensity,
        "minutes": session.minutes,
        "warm_up": _blocks(session.phase("warm_up")),
        "exercises": _blocks(session.phase("main")),
        "cool_down": _blocks(session.phase("cool_down")),
    }


def _blocks(blocks: Iterable[Block]) -> list[Json]:
    return [
        {
            "name": block.exercise.name,
            "tags": sorted(block.exercise.tags),
            "sets": block.sets,
            "reps": reps_of(block),
            "duration_s": block.duration_seconds,
            "load_kg": block.load_kg,
            "rir": block.rir,
            "rest_s": block.rest_sec,
            "modifications": list(block.modifications),
        }
        for block in blocks
    ]


def reps_of(block: Block) -> str | None:
    """ "8-12", "5", or None for timed work."""
    if block.reps_min is None:
        return None
    return str(block.reps_min) if block.reps_min == block.reps_max else f"{block.reps_min}-{block.reps_max}"


def _proofs(plan: WholePlan) -> list[Json]:
    if not isinstance(plan.meals, MealPlan):
        return []
    return [
        {
            "food": proof.food,
            "allergen": proof.allergen,
            "verdict": proof.verdict.upper(),
            "derivation": {"term": proof.term, "key": proof.allergen, "rule": proof.rule},
            "table_version": proof.table_version,
        }
        for proof in plan.meals.proofs
    ]

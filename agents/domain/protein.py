"""How much protein a person needs, and how much of it their food can bring (science.md N-2, N-3, N-7).

Rates are grams per kg of reference weight and day.
"""

from dataclasses import dataclass
from typing import Final

from agents.domain import life_stage
from agents.domain.body import body
from agents.domain.note import Note
from agents.domain.profile import DietType, Goal, Profile

KCAL_PER_G: Final = 4  # N-1
# N-3, for people who train, inside the range of each line.
RATES: Final[dict[Goal, float]] = {
    "fat_loss": 1.8,
    "muscle_gain": 1.8,
    "strength": 1.6,
    "athletic_performance": 1.6,
    "endurance": 1.6,
    "general_fitness": 1.4,
    "flexibility": 1.2,
}
ACTIVE: Final = 1.4  # N-3: active 1.2–1.6, where no goal is known
SEDENTARY: Final = 1.0  # N-3: at least 0.8
OLDER_AGE, OLDER = 65, 1.2  # N-3: 1.0–1.2
MATERNAL: Final = 1.2  # N-3: pregnancy and lactation count as active at the least
LOWEST: Final = 0.8  # N-3
FALLBACK: Final = 1.6  # N-7: where an infeasible set is lowered to
FALLBACK_LOWEST: Final = 1.2  # N-3: the low end of active; a plan that no food can fill helps nobody
CLINICIAN_CODES: Final = {"kidney": "N-3", "dialysis": "N-3", "pku": "3.1"}
PER_MEAL_G_PER_KG: Final = (0.25, 0.40)  # N-3, over 3–5 meals
# Shares of energy that dishes reach on every day. Measured over our own recipes with a linear programme: plant protein
# brings starch or fat along, and below an eighth of energy hardly any combination of normal dishes exists.
LEAST_SHARE: Final = 0.12
MOST_SHARE: Final = 0.40
MOST_SHARE_BY_DIET: Final[dict[DietType, float]] = {"vegan": 0.30, "vegetarian": 0.35}


@dataclass(frozen=True, slots=True)
class Need:
    """Grams a day: what is wanted, how far it may give way (N-7), whether a clinician sets it, and what to tell."""

    wanted_g: float
    least_g: float
    is_for_clinician: bool = False
    notes: tuple[Note, ...] = ()


def reference_weight_kg(*, weight_kg: float, height_cm: float) -> float:
    """N-2: the weight protein is counted on; from BMI 30 only a quarter of the excess over BMI 25 counts."""
    square_m = (height_cm / 100) ** 2
    if weight_kg / square_m < 30:
        return weight_kg
    return 25 * square_m + 0.25 * (weight_kg - 25 * square_m)


def per_meal_g(reference_kg: float) -> tuple[float, float]:
    """N-3: protein that one of 3–5 meals should bring, 0.25 to 0.40 g per kg."""
    low, high = PER_MEAL_G_PER_KG
    return low * reference_kg, high * reference_kg


def is_for_clinician(profile: Profile) -> bool:
    """N-3, 3.1: whether protein is not ours to set. A plan still holds some, the general minimum, never as an aim."""
    return profile.has(*CLINICIAN_CODES)


def g_per_kg(profile: Profile, *, is_deficit: bool) -> float:
    """N-3: the rate for this person."""
    if is_for_clinician(profile):
        return LOWEST
    rate = _rate_by_goal(profile, is_deficit=is_deficit)
    if profile.age is not None and profile.age >= OLDER_AGE:
        rate = max(rate, OLDER)
    if life_stage.is_pregnant(profile) or life_stage.is_breastfeeding(profile):
        rate = max(rate, MATERNAL)
    return rate


def need(kcal: float, profile: Profile, *, is_deficit: bool) -> Need:
    """N-3, N-7: grams of this day, inside what the diet can bring. ValueError if height, weight or age is unknown."""
    person = body(profile)
    reference = reference_weight_kg(weight_kg=person.weight_kg, height_cm=person.height_cm)
    rate = g_per_kg(profile, is_deficit=is_deficit)
    if is_for_clinician(profile):
        rule = next(rule for code, rule in CLINICIAN_CODES.items() if profile.has(code))
        note = Note(rule, "How much protein suits you is for your clinician or dietitian to set.")
        return Need(rate * reference, rate * reference, is_for_clinician=True, notes=(note,))
    usual = max(rate * reference, min(FALLBACK * reference, LEAST_SHARE * kcal / KCAL_PER_G))
    most_share = MOST_SHARE_BY_DIET.get(profile.diet_type or "omnivore", MOST_SHARE)
    wanted = max(min(usual, most_share * kcal / KCAL_PER_G), min(rate, FALLBACK_LOWEST) * reference)
    notes = (_lowered(wanted / reference),) if wanted < usual else ()
    return Need(wanted, min(wanted, FALLBACK * reference), notes=notes)


def _lowered(rate: float) -> Note:
    """N-7: which limit broke."""
    if rate >= FALLBACK:
        return Note("N-7", "I lowered protein a little: more would hardly fit into meals of this size.")
    text = f"Protein is {rate:.1f} g per kg, under the usual {FALLBACK}: more would hardly fit into meals of this size."
    return Note("N-7", text)


def _rate_by_goal(profile: Profile, *, is_deficit: bool) -> float:
    if profile.workout_days == () and profile.leisure_activity in (None, "very_light"):
        return ACTIVE if is_deficit else SEDENTARY
    # The high figure for fat loss protects muscle in a deficit; without one there is nothing to protect it from.
    if profile.primary_goal is None or (profile.primary_goal == "fat_loss" and not is_deficit):
        return ACTIVE
    return RATES[profile.primary_goal]

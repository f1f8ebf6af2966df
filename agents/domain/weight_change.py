"""Whether, and how fast, body weight may be planned to change (science.md E1, E2, E4, E6, S-134, K-6, K-7).

Fails closed: whatever the caller allows, the groups named here get no deficit.
"""

import math
from dataclasses import dataclass

from agents.domain import energy, life_stage
from agents.domain.body import body, fat_kg
from agents.domain.forecast import POUNDS_PER_KG, exact_mass
from agents.domain.medicines import takes
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.rationale import hides_numbers
from agents.domain.safety.conditions import understood, unknown_conditions

LEAST_BMI = 18.5  # E2
SLENDER_BMI = 20.0  # E2: below this a deficit needs a stated reason and stays small
SLENDER_CAP = 0.10  # E2, share of expenditure
DEFICIT_CAP = 0.25  # E4, share of expenditure
LOSS_DEFAULT, LOSS_MOST, LOSS_MOST_KG = 0.005, 0.01, 1.0  # E4: share of body weight, and kg, per week
GAIN_DEFAULT, GAIN_MOST = 0.0025, 0.005  # K-7, E4
BREASTFEEDING_MONTHS = 6  # E6
POSTPARTUM_MONTHS = 1.5  # S-134: six weeks
NEAR_GOAL_KG = 1.0  # inside the day-to-day swing of the scale
# E6 and E8; kidney disease of unknown stage counts as stage 3.
NO_DEFICIT_CODES = {
    "eating_disorder": "E6",
    "care_mode": "E8",
    "diabetes_t1": "E6",
    "kidney": "E6",
    "dialysis": "E6",
    "cancer_treatment": "E6",
    "fracture_or_operation": "E6",
    "acute_illness": "E6",
}


@dataclass(frozen=True, slots=True)
class Permission:
    """The verdict of the safety rules on a deficit: whether, up to which share of expenditure, months since a birth.

    The months lift the rule for breastfeeding at 6 months and after a birth at 6 weeks; unknown lifts nothing.
    """

    is_allowed: bool = False
    cap_fraction: float | None = None
    months_since_birth: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Planned daily kcal above (gain) or below (loss, negative) the need, and what was refused on the way."""

    kcal: float = 0.0
    notes: tuple[Note, ...] = ()


def lowest_goal_weight_kg(height_cm: float) -> float:
    """E2: the lowest goal weight accepted, 18.5·m² rounded up to 0.1 kg (170 cm: 53.5)."""
    return round(energy.round_up(LEAST_BMI * (height_cm / 100) ** 2, 0.1), 1)


def forbidden(profile: Profile, *, months_since_birth: float | None = None) -> Note | None:
    """Why this person gets no deficit, or None. The first reason that holds is told.

    A condition nobody understands counts as one that rules it out, until it was asked (E6, S-103).
    """
    profile = understood(profile)
    if profile.age is None or life_stage.is_minor(profile):
        return Note("E1", "I do not plan weight loss for people under 18: growing bodies need the energy.")
    months = -1.0 if months_since_birth is None else months_since_birth
    if life_stage.is_pregnant(profile):
        return Note("E6", "Pregnancy is no time for a deficit, so your plan covers all you need.")
    if life_stage.is_breastfeeding(profile) and months < BREASTFEEDING_MONTHS:
        return Note("E6", "While you breastfeed I plan enough energy for you and for the milk.")
    if profile.has("postpartum") and months < POSTPARTUM_MONTHS:
        return Note("S-134", "Right after a birth the body heals first, so I plan no weight loss yet.")
    return _medical(profile) or _too_light(profile)


def cap_fraction(profile: Profile, permission: Permission) -> float:
    """E2, E4: the largest deficit as a share of expenditure; a slender person needs an explicit cap of the caller."""
    if not permission.is_allowed or forbidden(profile, months_since_birth=permission.months_since_birth) is not None:
        return 0.0
    usual, most = (0.0, SLENDER_CAP) if _is_slender(profile) else (DEFICIT_CAP, DEFICIT_CAP)
    cap = usual if permission.cap_fraction is None else permission.cap_fraction
    return max(0.0, min(most, cap))


def most_deficit_kcal(profile: Profile, *, need_kcal: float) -> float:
    """E4: the largest daily deficit of any plan, a quarter of the need and no more than 1 % or 1 kg a week."""
    person = body(profile)
    weekly_kg = min(LOSS_MOST * person.weight_kg, LOSS_MOST_KG)
    return min(DEFICIT_CAP * need_kcal, weekly_kg * energy.rho_kcal_per_kg(fat_kg(person)) / 7)


def planned(profile: Profile, *, need_kcal: float, permission: Permission) -> Change:
    """K-7: the daily change for this person's goal; goals other than fat loss and muscle gain hold the weight."""
    reason = forbidden(profile, months_since_birth=permission.months_since_birth)
    if profile.primary_goal == "fat_loss":
        return _loss(profile, need_kcal, cap_fraction(profile, permission), reason)
    if profile.primary_goal == "muscle_gain" and not (life_stage.is_pregnant(profile) or life_stage.is_minor(profile)):
        return _gain(profile)
    # Somebody underweight, or with a goal below the limit, is told so whatever the goal of the plan.
    if reason is not None:
        return Change(notes=(reason,) if reason.rule == "E2" else ())
    return Change(notes=_other_wish(profile, may_lose=permission.is_allowed))


def _other_wish(profile: Profile, *, may_lose: bool) -> tuple[Note, ...]:
    """K-7: a goal weight moves only a plan for fat loss or muscle gain; without a word it would seem forgotten.

    Nobody is pointed to a loss that the safety rules would refuse.
    """
    goal, weight = profile.target_weight_kg, body(profile).weight_kg
    if goal is None or abs(goal - weight) < NEAR_GOAL_KG or (goal < weight and not may_lose):
        return ()
    wish = "lose fat" if goal < weight else "build muscle"
    other = "another weight" if hides_numbers(profile) else _told(goal, profile)
    return (Note("K-7", f"This plan keeps your weight. If {other} matters more to you, make '{wish}' your goal."),)


def _loss(profile: Profile, need_kcal: float, cap: float, reason: Note | None) -> Change:
    if reason is not None:
        return Change(notes=(reason,))
    if cap <= 0:
        slender = Note(
            "E2", "You are slender already, so I keep you level. Tell me if there is a reason to lose a little."
        )
        return Change(notes=(slender,) if _is_slender(profile) else ())
    person = body(profile)
    fraction, notes = _loss_fraction(profile, person.weight_kg)
    rho = energy.rho_kcal_per_kg(fat_kg(person))
    wanted, limit = fraction * person.weight_kg * rho / 7, cap * need_kcal
    if wanted > limit:
        most = f"A deficit of {round(limit, -1):,.0f} kcal a day is the most I plan here"
        slower = f"{most}, so it goes a little slower than wished."
        notes = (*notes, Note("E4" if cap > SLENDER_CAP else "E2", slower))
    return Change(-min(wanted, limit), notes)


def _loss_fraction(profile: Profile, weight_kg: float) -> tuple[float, tuple[Note, ...]]:
    """The wished share of body weight per week, or the default where the wish is missing or faster than E4 accepts."""
    goal, weeks = profile.target_weight_kg, profile.target_weeks
    usual = min(LOSS_DEFAULT, LOSS_MOST_KG / weight_kg)
    if goal is None:
        return usual, ()
    if goal >= weight_kg:
        text = f"{_told(goal, profile)} is above your weight now, so there is nothing to lose; I keep you level."
        at_goal = "You are at your goal weight already, so I plan to keep you there."
        return 0.0, (Note("K-7", at_goal if goal - weight_kg < NEAR_GOAL_KG else text),)
    if not weeks or weeks < 0:
        return usual, ()
    wish_kg, most_kg = (weight_kg - goal) / weeks, min(LOSS_MOST * weight_kg, LOSS_MOST_KG)
    if wish_kg <= most_kg:
        return wish_kg / weight_kg, ()
    message = (
        f"{exact_mass(wish_kg, profile.units)} a week is faster than is healthy; "
        f"{exact_mass(most_kg, profile.units)} is the most I plan. "
        f"I start with {exact_mass(usual * weight_kg, profile.units)}, which people keep up best."
    )
    return usual, (Note("E4", message),)


def _gain(profile: Profile) -> Change:
    weight_kg = body(profile).weight_kg
    goal, weeks = profile.target_weight_kg, profile.target_weeks
    if goal is not None and goal < weight_kg:
        return Change(
            notes=(Note("K-7", "Your goal is lighter than you are now, so I build muscle at a steady weight."),)
        )
    fraction = GAIN_DEFAULT
    notes: tuple[Note, ...] = ()
    if goal is not None and weeks and weeks > 0:
        fraction = (goal - weight_kg) / weeks / weight_kg
    if fraction > GAIN_MOST:
        fraction, notes = (
            GAIN_MOST,
            (Note("E4", "Faster gain would mostly be fat, so I stay at half a percent a week."),),
        )
    return Change(fraction * weight_kg * energy.RHO_UNKNOWN_KCAL_PER_KG / 7, notes)


def _is_slender(profile: Profile) -> bool:
    return profile.bmi is None or profile.bmi < SLENDER_BMI


def _medical(profile: Profile) -> Note | None:
    rule = next((rule for code, rule in NO_DEFICIT_CODES.items() if profile.has(code)), None)
    if rule is None and (takes(profile, "insulin") or unknown_conditions(profile)):
        rule = "E6"
    if rule is None:
        return None
    return Note(rule, "With what you told me about your health, I keep your energy level and leave weight loss out.")


def _too_light(profile: Profile) -> Note | None:
    if profile.bmi is not None and profile.bmi < LEAST_BMI:
        return Note(
            "E2",
            "Your weight is on the low side for your height, so I plan no loss. I can plan a slow gain if you like, "
            "and it is worth talking to a clinician.",
        )
    if profile.target_weight_kg is None or profile.height_cm is None:
        return None
    goal, lowest = profile.target_weight_kg, lowest_goal_weight_kg(profile.height_cm)
    if goal >= lowest:
        return None
    if hides_numbers(profile):
        return Note("E2", "That goal is too low for your height, so I look after enough food instead.")
    return Note(
        "E2",
        f"{_told(goal, profile)} is too low for your height; the lowest goal I plan for is {_told(lowest, profile)}.",
    )


def _told(kg: float, profile: Profile) -> str:
    """A body weight in the person's unit. Pounds are rounded up, so that a lowest goal told is never too low."""
    return f"{math.ceil(kg * POUNDS_PER_KG - 1e-9)} lb" if profile.units == "imperial" else f"{kg:g} kg"

"""Guardrails against eating-disorder and low-energy harm (science.md E1, E2, E4, E6, E10) and ages (S-120).

The daily floor E3 and energy availability E5 belong to the energy engine, fasting E7 to `fasting`, the score E8 to
`care_mode`, the alarm E9 to `falling_weight`. Conditions and medicines may be codes or words. A refusal is one kind
sentence with what is possible instead; nothing here blames.
"""

import math
from collections.abc import Collection
from typing import Final, Literal

from agents.domain.profile import Profile, Sex
from agents.domain.rationale import hides_numbers
from agents.domain.safety.conditions import understood, unknown_conditions
from agents.domain.safety.verdict import Finding, Verdict

MIN_ACCOUNT_AGE: Final = 13  # years, S-120
ADULT_AGE: Final = 18  # years, E1
LOWEST_BMI: Final = 18.5  # kg/m², E2
CAREFUL_BMI: Final = 20.0  # kg/m², E2 (deficit <= 10 % of TDEE) and E7 (no fasting)
MAX_LOSS_SHARE_PER_WEEK: Final = 0.01  # of body weight, E4
MAX_LOSS_KG_PER_WEEK: Final = 1.0  # E4
MAX_GAIN_SHARE_PER_WEEK: Final = 0.005  # of body weight, E4
MIN_WEEKS_AFTER_BIRTH: Final = 6  # S-134
MIN_WEEKS_BREASTFEEDING: Final = 26  # E6: six months
MAX_DEFICIT_SHARE: Final = 0.25  # of expenditure, E4
LEAN_DEFICIT_SHARE: Final = 0.10  # of expenditure, E2: between BMI 18.5 and 20, with a stated reason
LOWEST_BODY_FAT_PERCENT: Final[dict[Sex, float]] = {"male": 8.0, "female": 16.0, "unspecified": 16.0}  # E2
BAD_DAY = Literal[
    "poor_sleep", "stress", "soreness", "low_energy", "illness", "injury", "missed_workout", "over_target"
]  # E10

_NO_DEFICIT: Final = {  # E6 and E8: condition code -> (rule, reason)
    "pregnancy": ("E6", "In pregnancy I plan no weight loss. Enough good food is the goal; your midwife can help."),
    "breastfeeding": ("E6", "While breastfeeding I plan no weight loss yet. Let us keep you well fed first."),
    "eating_disorder": ("E6", "With an eating disorder in the picture I plan no weight loss. Regular meals are first."),
    "care_mode": ("E8", "For now I leave weight loss aside and look after regular, enough meals with you."),
    "diabetes_t1": ("E6", "With type 1 diabetes I need your diabetes team's yes before any weight-loss plan."),
    "kidney": ("E6", "With kidney disease, please let your kidney team set the food plan. I plan no deficit."),
    "cancer_treatment": ("E6", "During cancer treatment I plan no weight loss. Your team knows what you need to eat."),
    "fracture_or_operation": ("E6", "While a bone or operation heals I plan no weight loss. Healing needs energy."),
    "acute_illness": ("E6", "While you are ill your body needs fuel, so I plan no weight loss until you are well."),
}  # fmt: skip


def account_allowed(age: int | None) -> Verdict:
    """Whether a person of this age in years may have an account (S-120). Unknown is allowed: it is asked first."""
    if age is None or age >= MIN_ACCOUNT_AGE:
        return Verdict(allowed=True)
    message = (
        "Thank you for telling me. I am made for people from 13 years on, so I cannot coach you yet and I delete what "
        "you sent. A parent, a teacher or your doctor is a good person to ask."
    )
    return Verdict(allowed=False, findings=(Finding("S-120", "caution", message),))


def deficit_allowed(profile: Profile, *, weeks_since_birth: int | None = None, has_fever: bool = False) -> Verdict:
    """Whether any energy deficit may be planned (E1, E2, E6, E8, S-134, S-160 for GLP-1 agonists).

    `weeks_since_birth` matters with `postpartum` (six weeks) and `breastfeeding` (six months): unknown lifts nothing.
    Between BMI 18.5 and 20 a deficit stays allowed with a caution (at most 10 % of TDEE, with a stated reason).
    """
    profile = understood(profile)
    refusals = [
        *age_refusal(profile),
        *_thin_refusal(profile),
        *_condition_refusals(profile, weeks_since_birth),
        *_appetite_refusal(profile),
        *_unknown_refusal(profile),
    ]
    if profile.has("postpartum") and (weeks_since_birth is None or weeks_since_birth < MIN_WEEKS_AFTER_BIRTH):
        refusals.append(
            caution("S-134", "In the first six weeks after a birth I leave weight alone. Rest and eat well.")
        )
    if has_fever:
        refusals.append(caution("E6", "With a fever your body needs fuel. We pause the deficit until you are well."))
    if refusals:
        return Verdict(allowed=False, findings=tuple(refusals))
    return Verdict(allowed=True, findings=(*_lean_notice(profile), *_unasked_notice(profile)))


def lowest_goal_weight_kg(height_cm: float) -> float:
    """The lowest goal weight that is accepted: 18.5·m², rounded up to 0.1 kg so that its BMI is not below 18.5 (E2)."""
    exact = LOWEST_BMI * (height_cm / 100) ** 2
    return math.ceil(round(exact * 10, 6)) / 10


def goal_findings(profile: Profile) -> tuple[Finding, ...]:
    """What speaks against the stated goal: age (E1), goal weight (E2), speed (E4), conditions (E6). Empty = fine."""
    profile = understood(profile)
    found: list[Finding] = []
    if wants_loss(profile):
        found = [*age_refusal(profile), *_thin_refusal(profile), *_condition_refusals(profile)]
    elif profile.target_weight_kg is not None:
        found = age_refusal(profile)
    return (*found, *_low_goal(profile), *_speed(profile))


def deficit_cap(profile: Profile, *, has_reason: bool = False, weeks_since_birth: int | None = None) -> float:
    """The largest deficit as a share of expenditure: 0 where none is allowed, 0.10 for lean people with a stated
    reason and 0 without one (E2), else 0.25 (E4: 2,096 kcal give at most 524).
    """
    if not deficit_allowed(profile, weeks_since_birth=weeks_since_birth):
        return 0.0
    if profile.bmi is not None and profile.bmi < CAREFUL_BMI:
        return LEAN_DEFICIT_SHARE if has_reason else 0.0
    return MAX_DEFICIT_SHARE


def body_fat_goal_allowed(percent: float, sex: Sex) -> Verdict:
    """Whether a goal for body fat is accepted (E2)."""
    lowest = LOWEST_BODY_FAT_PERCENT[sex]
    if percent >= lowest:
        return Verdict(allowed=True)
    message = f"That is too little fat for a body to stay well. The lowest goal I plan for is {lowest:g} %."
    return Verdict(allowed=False, findings=(caution("E2", message),))


def kcal_adjustment(wanted_kcal: float, reasons: Collection[BAD_DAY]) -> float:
    """The change of a day's energy that stays: never a cut on a bad day, whatever an engine wanted (E10)."""
    return max(0.0, wanted_kcal) if reasons else wanted_kcal


def caution(rule: str, message: str) -> Finding:
    """One finding of the level every guardrail has."""
    return Finding(rule, "caution", message)


def age_refusal(profile: Profile) -> list[Finding]:
    """E1, E7: nobody under 18, and nobody whose age is unknown."""
    if profile.age is None:
        return [caution("E1", "I need your age first: for people under 18 I plan no weight loss or fasting.")]
    if profile.age < ADULT_AGE:
        return [
            caution("E1", "Your body is still growing, so I plan no weight loss or fasting. Strong and well fed it is.")
        ]
    return []


def _thin_refusal(profile: Profile) -> list[Finding]:
    if profile.bmi is None or profile.bmi >= LOWEST_BMI:
        return []
    message = (
        "Your weight is already on the low side for your height, so I plan no loss. I gladly help you build up, and a "
        "doctor is a good person to see about it."
    )
    return [caution("E2", message)]


def _condition_refusals(profile: Profile, weeks_since_birth: int | None = None) -> list[Finding]:
    conditions = set(profile.conditions or ())
    if profile.pregnancy_week is not None:
        conditions.add("pregnancy")
    if weeks_since_birth is not None and weeks_since_birth >= MIN_WEEKS_BREASTFEEDING:
        conditions.discard("breastfeeding")
    found = [caution(*_NO_DEFICIT[code]) for code in _NO_DEFICIT if code in conditions]
    if "insulin" in (profile.medications or ()) and "diabetes_t1" not in conditions:
        found.append(caution("E6", "With insulin I need your diabetes team's yes before any weight-loss plan."))
    return found


def _appetite_refusal(profile: Profile) -> list[Finding]:
    """S-160: an appetite that a GLP-1 agonist lowers gets no planned deficit on top."""
    if "glp1" not in (profile.medications or ()):
        return []
    return [caution("S-160", "Your medicine already lowers your appetite, so I plan no deficit on top: protein first.")]


def _unknown_refusal(profile: Profile) -> list[Finding]:
    """E6, S-103: a diagnosis nobody here knows may be one that rules a deficit out, so it does until it is asked."""
    return [
        caution("E6", f'Until I know more about "{" ".join(entry.split())[:40]}" I keep your weight steady.')
        for entry in unknown_conditions(profile)
    ]


def _lean_notice(profile: Profile) -> list[Finding]:
    if profile.bmi is None or profile.bmi >= CAREFUL_BMI:
        return []
    return [caution("E2", "You are already lean, so any deficit stays under a tenth. What is your reason to lose?")]


def _unasked_notice(profile: Profile) -> list[Finding]:
    if profile.conditions is not None:
        return []
    return [caution("E6", "Some conditions rule out weight loss. Please tell me about your health before we start.")]


def wants_loss(profile: Profile) -> bool:
    """Whether the person asks for a lower weight or less fat, as a first or second goal."""
    is_lower = (
        profile.target_weight_kg is not None
        and profile.weight_kg is not None
        and profile.target_weight_kg < profile.weight_kg
    )
    return is_lower or "fat_loss" in (profile.primary_goal, profile.secondary_goal)


def _low_goal(profile: Profile) -> list[Finding]:
    if profile.target_weight_kg is None or not profile.height_cm:
        return []
    lowest = lowest_goal_weight_kg(profile.height_cm)
    if profile.target_weight_kg >= lowest:
        return []
    possible = "Let us look at what keeps you well instead."
    if not hides_numbers(profile):
        possible = f"The lowest I can plan for is {lowest:.1f} kg."
    return [caution("E2", f"That goal would be too low for your height. {possible}")]


def _speed(profile: Profile) -> list[Finding]:
    """E4 over the whole way from the weight now to the target."""
    if profile.target_weight_kg is None or profile.weight_kg is None or not profile.target_weeks:
        return []
    per_week = (profile.weight_kg - profile.target_weight_kg) / profile.target_weeks
    most_loss = min(MAX_LOSS_SHARE_PER_WEEK * profile.weight_kg, MAX_LOSS_KG_PER_WEEK)
    most_gain = MAX_GAIN_SHARE_PER_WEEK * profile.weight_kg
    if per_week <= most_loss + 1e-9 and -per_week <= most_gain + 1e-9:
        return []
    if hides_numbers(profile):
        return [caution("E4", "That is faster than is good for a body. Let us go gently, without counting.")]
    most = most_loss if per_week > 0 else most_gain
    weeks = math.ceil(round(abs(profile.weight_kg - profile.target_weight_kg) / most, 6))
    message = (
        f"That is faster than is good for a body. I can plan up to {most:.1f} kg a week, "
        f"so about {weeks} weeks. Shall I?"
    )
    return [caution("E4", message)]

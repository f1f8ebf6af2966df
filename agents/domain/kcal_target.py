"""The kcal decision: need, planned change, floor, ceiling, or a kind refusal (science.md K-7, E1–E6, S-133).

Whether a deficit is allowed is judged twice: by the caller (the safety rules) and in `weight_change`; both must agree.
"""

from dataclasses import dataclass, replace

from agents.domain import energy, life_stage, weight_change
from agents.domain.energy import Floor
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.weight_change import Change, Permission

CEILING_KCAL, ATHLETE_CEILING_KCAL = 5000, 6000  # E3
STEP_KCAL = 10  # K-7
PLAUSIBLE_BMI = (10.0, 100.0)
PREGNANCY_KCAL = {1: 0, 2: 340, 3: 452, None: 340}  # S-133 by trimester; the middle one where the week is unknown
LACTATION_KCAL, LACTATION_LATE_KCAL = 330, 400  # S-133: months 0–6, 7–12
# 3.1, N-3: food is part of the treatment, and a general plan can do harm.
TREATMENT_DIETS = {
    "pku": ("3.1", "With PKU, food is part of your treatment, so your metabolic dietitian makes the meal plan."),
    "dialysis": ("N-3", "On dialysis, food and drink follow your treatment, so your renal dietitian makes the plan."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """No targets: which profile fields are needed first, or which rule forbids them, in words for the person."""

    missing: tuple[str, ...]
    message: str
    rule: str = "K-1"


@dataclass(frozen=True, slots=True)
class KcalTarget:
    """The target in kcal a day, the need it starts from (`extra_kcal` of it maternal), and what must be told.

    `planned_kcal` is the change that was wanted (loss negative), before floor and ceiling.
    """

    need_kcal: float
    extra_kcal: int
    kcal: int
    floor: Floor
    ceiling_kcal: int
    planned_kcal: float
    is_deficit_forbidden: bool
    notes: tuple[Note, ...]


def kcal_target(profile: Profile, *, exercise_kcal_per_day: float, permission: Permission) -> KcalTarget | Refusal:
    """K-7: need plus the planned change, then floor (E3, E5) and ceiling (E3), rounded to 10."""
    refusal = _refusal(profile)
    if refusal is not None:
        return refusal
    extra, notes = _maternal(profile, permission.months_since_birth)
    need = energy.tdee_kcal(profile).tdee_kcal + extra
    change = weight_change.planned(profile, need_kcal=need, permission=permission)
    floor = energy.kcal_floor(profile, max(0.0, exercise_kcal_per_day))
    is_forbidden = weight_change.forbidden(profile, months_since_birth=permission.months_since_birth) is not None
    # Whoever must not have a deficit does not get one by rounding either.
    rounded = int((energy.round_up if is_forbidden else energy.round_half_away)(need + change.kcal, STEP_KCAL))
    found = KcalTarget(
        need_kcal=need,
        extra_kcal=extra,
        kcal=max(rounded, floor.kcal),
        floor=floor,
        ceiling_kcal=_ceiling(profile),
        planned_kcal=change.kcal,
        is_deficit_forbidden=is_forbidden,
        notes=(*notes, *change.notes, *_floor_notes(rounded, floor, change, need)),
    )
    return _under_ceiling(found, most_hidden_kcal=_most_hidden_kcal(profile, found))


def _most_hidden_kcal(profile: Profile, found: KcalTarget) -> float:
    """How much the ceiling may take from the need: nothing where a deficit is forbidden, else what E4 allows."""
    return 0.0 if found.is_deficit_forbidden else weight_change.most_deficit_kcal(profile, need_kcal=found.need_kcal)


def _refusal(profile: Profile) -> Refusal | None:
    words = {"age": "your age", "height_cm": "your height", "weight_kg": "your weight"}
    missing = tuple(name for name in words if getattr(profile, name) is None)
    if missing:
        *most, last = (words[name] for name in missing)
        listed = f"{', '.join(most)} and {last}" if most else last
        return Refusal(missing, f"To work out how much energy you need, I have to know {listed}.")
    if profile.age is not None and profile.age < life_stage.ACCOUNT_AGE:
        return Refusal((), "I am made for people from 13 years on, so I cannot plan your food.", "S-120")
    if profile.bmi is None or not PLAUSIBLE_BMI[0] <= profile.bmi <= PLAUSIBLE_BMI[1]:
        message = "Your height and weight do not fit together. Please check both, for example 172 cm and 68 kg."
        return Refusal(("height_cm", "weight_kg"), message)
    rule, message = next((told for code, told in TREATMENT_DIETS.items() if profile.has(code)), ("", ""))
    return Refusal((), message, rule) if rule else None


def _maternal(profile: Profile, months_since_birth: float | None) -> tuple[int, tuple[Note, ...]]:
    """S-133: energy on top for pregnancy or breastfeeding. An unknown month of feeding gets the higher figure."""
    if life_stage.is_pregnant(profile):
        trimester = life_stage.trimester(profile)
        extra = PREGNANCY_KCAL[trimester]
        ask = "" if trimester else " Tell me your week and I will make it exact."
        text = f"Your plan has {extra} kcal a day on top for this stage of pregnancy.{ask}"
        return extra, (Note("S-133", text if extra else "The first trimester needs no extra energy yet."),)
    if life_stage.is_breastfeeding(profile):
        is_early = months_since_birth is not None and months_since_birth <= 6
        extra = LACTATION_KCAL if is_early else LACTATION_LATE_KCAL
        return extra, (Note("S-133", f"Your plan has {extra} kcal a day on top for breastfeeding."),)
    return 0, ()


def _floor_notes(wanted_kcal: int, floor: Floor, change: Change, need_kcal: float) -> tuple[Note, ...]:
    if wanted_kcal >= floor.kcal:
        return ()
    least = f"{floor.kcal:,} kcal a day is the least that keeps you well, so I stop there"
    if change.kcal >= 0:
        return (Note(floor.rule, f"{least}."),)
    slower = "and the loss goes slower" if floor.kcal < need_kcal - STEP_KCAL else "and plan no loss"
    return (Note(floor.rule, f"{least} {slower}."),)


def _under_ceiling(found: KcalTarget, *, most_hidden_kcal: float) -> KcalTarget | Refusal:
    """E3: below the ceiling, or a refusal where that would be a hidden deficit or break the floor."""
    top = found.ceiling_kcal - STEP_KCAL
    if found.kcal <= top:
        return found
    if found.floor.kcal > top or found.need_kcal - top > most_hidden_kcal:
        text = "You need more energy a day than I may plan. A dietitian can make a plan that really fits you."
        return Refusal((), text, "E3")
    note = Note("E3", f"{found.ceiling_kcal:,} kcal a day is the most I plan; eat more when you are hungry.")
    return replace(found, kcal=top, notes=(*found.notes, note))


def _ceiling(profile: Profile) -> int:
    """E3: an athlete is advanced and trains five hours a week or for performance."""
    minutes = energy.training_minutes_per_week(profile) or 0
    trains = profile.primary_goal == "athletic_performance" or minutes >= energy.EA_TRAINING_MINUTES_PER_WEEK
    return ATHLETE_CEILING_KCAL if profile.fitness_level == "advanced" and trains else CEILING_KCAL

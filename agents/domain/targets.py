"""Daily targets: kcal with a range, macros, fibre and drinks, and why (science.md K-7, K-8, N-1..N-7, E1..E6, S-133).

The result satisfies the checks of the table nutrition_targets by construction. Whether a deficit is allowed is judged
twice: by the caller (the safety rules) and in `weight_change`; both must agree.
"""

from dataclasses import dataclass, replace
from typing import Literal

from agents.domain import energy, hydration, keto, life_stage, macros, weight_change
from agents.domain.body import body, fat_kg
from agents.domain.energy import Floor, Tdee
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.rationale import Figures, hides_numbers, rationale
from agents.domain.weight_change import Change, Permission

CEILING_KCAL, ATHLETE_CEILING_KCAL = 5000, 6000  # E3
RANGE_SHARE = 0.05  # K-7
STEP_KCAL = 10  # K-7
PLAUSIBLE_BMI = (10.0, 100.0)
PREGNANCY_KCAL = {1: 0, 2: 340, 3: 452, None: 340}  # S-133 by trimester; the middle one where the week is unknown
LACTATION_KCAL, LACTATION_LATE_KCAL = 330, 400  # S-133: months 0–6, 7–12
SPLIT_KCAL = 200.0  # K-8: how much more a training day gets than a rest day


@dataclass(frozen=True, slots=True)
class Targets:
    """One day's targets. kcal per day, grams per day, `water_ml` is drinks (None: S-181 turns the target off).

    `weekly_rate_kg` is the planned change of weight (loss negative). `rationale` is ready to be shown and holds no
    calories for people who should not see them.
    """

    kcal: int
    kcal_min: int
    kcal_max: int
    kcal_floor: int
    kcal_ceiling: int
    floor_basis: Literal["female", "male", "unspecified"]
    protein_g: float
    carbs_g: float
    fat_g: float
    fibre_g: float
    water_ml: int | None
    tdee: Tdee
    weekly_rate_kg: float
    findings: tuple[Note, ...]
    rationale: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No targets: which profile fields are needed first, or which rule forbids them, in words for the person."""

    missing: tuple[str, ...]
    message: str
    rule: str = "K-1"


@dataclass(frozen=True, slots=True)
class _Aim:
    """The kcal decision: the need it starts from, the target, the weekly change and what must be told."""

    need_kcal: float
    kcal: int
    floor: Floor
    ceiling_kcal: int
    notes: tuple[Note, ...]


def targets(
    profile: Profile,
    *,
    exercise_kcal_per_day: float | None = None,
    deficit_allowed: bool = False,
    deficit_cap_fraction: float | None = None,
    months_since_birth: float | None = None,
) -> Targets | Refusal:
    """The targets of this person, or what is missing for them.

    `exercise_kcal_per_day` is the mean net energy of planned training (estimated when None). `deficit_allowed` and
    `deficit_cap_fraction` (share of expenditure) are the verdict of the safety rules: without it no deficit is planned.
    """
    refusal = _refusal(profile)
    if refusal is not None:
        return refusal
    exercise = energy.exercise_kcal_per_day(profile) if exercise_kcal_per_day is None else exercise_kcal_per_day
    floor = energy.kcal_floor(profile, max(0.0, exercise))
    permission = Permission(deficit_allowed, deficit_cap_fraction, months_since_birth)
    aim = _aim(profile, floor, permission)
    return aim if isinstance(aim, Refusal) else _assembled(profile, aim)


def training_and_rest(daily: Targets, *, training_days: int, gap_kcal: float = SPLIT_KCAL) -> tuple[Targets, Targets]:
    """K-8: targets of a training day and of a rest day with the same weekly mean (±5 kcal of rounding).

    Carbohydrate carries the difference, on a low-carb diet fat does. No day is below the floor or at the ceiling.
    """
    if 0 < training_days < 7:
        room = daily.kcal_ceiling - STEP_KCAL - daily.kcal
        gap_kcal = max(0.0, min(gap_kcal, room * 7 / (7 - training_days)))
    train, rest = energy.training_rest_split(
        mean_kcal=daily.kcal, training_days=training_days, gap_kcal=gap_kcal, floor_kcal=daily.kcal_floor
    )
    return _shifted(daily, train), _shifted(daily, rest)


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
    return None


def _aim(profile: Profile, floor: Floor, permission: Permission) -> _Aim | Refusal:
    extra, notes = _maternal(profile, permission.months_since_birth)
    need = energy.tdee_kcal(profile).tdee_kcal + extra
    change = weight_change.planned(profile, need_kcal=need, permission=permission)
    wanted = need + change.kcal
    is_protected = weight_change.forbidden(profile, months_since_birth=permission.months_since_birth) is not None
    # Whoever must not have a deficit does not get one by rounding either.
    rounded = (energy.round_up if is_protected else energy.round_half_away)(wanted, STEP_KCAL)
    aim = _Aim(need, max(int(rounded), floor.kcal), floor, _ceiling(profile), (*notes, *change.notes))
    return _under_ceiling(_above_floor(aim, rounded, change), is_protected=is_protected)


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


def _above_floor(aim: _Aim, wanted_kcal: float, change: Change) -> _Aim:
    if wanted_kcal >= aim.floor.kcal:
        return aim
    least = f"{aim.floor.kcal:,} kcal a day is the least that keeps you well, so I stop there"
    ending = " and the loss goes slower." if change.kcal < 0 else "."
    return replace(aim, notes=(*aim.notes, Note(aim.floor.rule, least + ending)))


def _under_ceiling(aim: _Aim, *, is_protected: bool) -> _Aim | Refusal:
    """E3: below the ceiling, or a refusal where that would be a hidden deficit or break the floor."""
    top = aim.ceiling_kcal - STEP_KCAL
    if aim.kcal <= top:
        return aim
    hidden_deficit = aim.need_kcal - top
    if aim.floor.kcal > top or hidden_deficit > (0 if is_protected else weight_change.DEFICIT_CAP * aim.need_kcal):
        text = "You need more energy a day than I may plan. A dietitian can make a plan that really fits you."
        return Refusal((), text, "E3")
    note = Note("E3", f"{aim.ceiling_kcal:,} kcal a day is the most I plan; eat more when you are hungry.")
    return replace(aim, kcal=top, notes=(*aim.notes, note))


def _ceiling(profile: Profile) -> int:
    """E3: an athlete is advanced and trains five hours a week or for performance."""
    minutes = energy.training_minutes_per_week(profile) or 0
    trains = profile.primary_goal == "athletic_performance" or minutes >= energy.EA_TRAINING_MINUTES_PER_WEEK
    return ATHLETE_CEILING_KCAL if profile.fitness_level == "advanced" and trains else CEILING_KCAL


def _assembled(profile: Profile, aim: _Aim) -> Targets:
    tdee = energy.tdee_kcal(profile)
    rate_kg = _weekly_rate_kg(profile, aim)
    no_keto = keto.refusal(profile) if profile.diet_type == "keto" else None
    is_keto = profile.diet_type == "keto" and no_keto is None
    grams = macros.macros(aim.kcal, profile, is_deficit=rate_kg < 0, is_keto=is_keto)
    extras = tuple(note for note in (no_keto, hydration.note(profile)) if note is not None)
    low, high = _range(aim.kcal, aim.floor.kcal, aim.ceiling_kcal)
    return Targets(
        kcal=aim.kcal,
        kcal_min=low,
        kcal_max=high,
        kcal_floor=aim.floor.kcal,
        kcal_ceiling=aim.ceiling_kcal,
        floor_basis=aim.floor.basis,
        protein_g=grams.protein_g,
        carbs_g=grams.carbs_g,
        fat_g=grams.fat_g,
        fibre_g=round(macros.fibre_g(aim.kcal), 1),
        water_ml=hydration.drinks_target_ml(profile),
        tdee=tdee,
        weekly_rate_kg=rate_kg,
        findings=tuple(_shown(note, profile) for note in (*aim.notes, *grams.notes, *extras)),
        rationale=rationale(profile, _figures(aim, tdee, rate_kg, grams.protein_g)),
    )


def _shown(note: Note, profile: Profile) -> Note:
    """S-120, E8: whoever should not see calories gets the rule without them."""
    if "kcal" not in note.message or not hides_numbers(profile):
        return note
    return replace(note, message="Your plan is set to the amount that keeps you well supplied.")


def _figures(aim: _Aim, tdee: Tdee, rate_kg: float, protein_g: float) -> Figures:
    extra = aim.need_kcal - tdee.tdee_kcal
    return Figures(
        need_kcal=aim.need_kcal,
        low_kcal=tdee.low + extra,
        high_kcal=tdee.high + extra,
        kcal=aim.kcal,
        floor_kcal=aim.floor.kcal,
        rate_kg=rate_kg,
        protein_g=protein_g,
        is_activity_assumed=bool(tdee.assumed),
    )


def _weekly_rate_kg(profile: Profile, aim: _Aim) -> float:
    gap = aim.kcal - aim.need_kcal
    if abs(gap) <= STEP_KCAL:
        return 0.0
    rho = energy.rho_kcal_per_kg(fat_kg(body(profile)) if gap < 0 else None)
    return round(gap * 7 / rho, 2)


def _range(kcal: int, floor: int, ceiling: int) -> tuple[int, int]:
    """K-7: ±5 %, rounded to 10, inside floor and ceiling."""
    low = int(energy.round_half_away(kcal * (1 - RANGE_SHARE), STEP_KCAL))
    high = int(energy.round_half_away(kcal * (1 + RANGE_SHARE), STEP_KCAL))
    return max(low, floor), min(high, ceiling)


def _shifted(daily: Targets, kcal: float) -> Targets:
    rounded = max(int(energy.round_half_away(kcal, STEP_KCAL)), daily.kcal_floor)
    low, high = _range(rounded, daily.kcal_floor, daily.kcal_ceiling)
    more = rounded - daily.kcal
    fibre = round(macros.fibre_g(rounded), 1)
    day = replace(daily, kcal=rounded, kcal_min=low, kcal_max=high, fibre_g=fibre)
    if daily.carbs_g <= keto.NET_CARBS_CAP_G:
        return replace(day, fat_g=round(daily.fat_g + more / macros.KCAL_PER_G_FAT, 1))
    return replace(day, carbs_g=round(daily.carbs_g + more / macros.KCAL_PER_G_CARBS, 1))

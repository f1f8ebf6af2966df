"""Daily targets: kcal with a range, macros, fibre and drinks, and why (science.md K-7, K-8, N-1..N-7, E1..E6, S-133).

The result satisfies the checks of the table nutrition_targets by construction. How the kcal are decided is in
`kcal_target`, what becomes of the weight in `forecast`.
"""

from dataclasses import dataclass, replace
from typing import Literal

from agents.domain import energy, forecast, hydration, keto, macros
from agents.domain.body import body, fat_kg
from agents.domain.energy import Tdee
from agents.domain.kcal_target import STEP_KCAL, KcalTarget, Refusal, kcal_target
from agents.domain.macros import Macros
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.protein import is_for_clinician
from agents.domain.rationale import Figures, hides_numbers, rationale
from agents.domain.weight_change import Permission

__all__ = ["Refusal", "Targets", "targets", "training_and_rest"]

RANGE_SHARE = 0.05  # K-7
SPLIT_KCAL = 200.0  # K-8: how much more a training day gets than a rest day
FIGURE_RULES = ("E3", "E4", "E5", "S-133", "N-7")  # notes of these rules speak in numbers


@dataclass(frozen=True, slots=True)
class Targets:
    """One day's targets. kcal per day, grams per day, `water_ml` is drinks (None: S-181 turns the target off).

    `weekly_rate_kg` is the planned change of weight (loss negative). `rationale` is ready to be shown and holds no
    calories for people who should not see them. With `is_protein_for_clinician` the protein is only what the plan is
    made with (N-3): it is no aim, and nobody should be shown it as one.
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
    is_deficit_forbidden: bool = False
    is_protein_for_clinician: bool = False


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
    is_body_known = profile.weight_kg is not None and profile.height_cm is not None and profile.age is not None
    if exercise_kcal_per_day is None:
        exercise_kcal_per_day = energy.exercise_kcal_per_day(profile) if is_body_known else 0.0
    permission = Permission(deficit_allowed, deficit_cap_fraction, months_since_birth)
    aim = kcal_target(profile, exercise_kcal_per_day=exercise_kcal_per_day, permission=permission)
    return aim if isinstance(aim, Refusal) else _assembled(profile, aim)


def training_and_rest(daily: Targets, *, training_days: int, gap_kcal: float = SPLIT_KCAL) -> tuple[Targets, Targets]:
    """K-8: targets of a training day and of a rest day with the same weekly mean (±5 kcal of rounding).

    Carbohydrate carries the difference, on a low-carb diet fat does. No day is below the floor or at the ceiling, and a
    rest day keeps the 130 g of N-4. Whoever must not have a deficit has none on rest days either: all days are equal.
    """
    gap_kcal = 0.0 if daily.is_deficit_forbidden else gap_kcal
    if 0 < training_days < 7:
        room = (daily.kcal_ceiling - STEP_KCAL - daily.kcal) * 7 / (7 - training_days)
        if not _is_low_carb(daily):
            spare_kcal = macros.KCAL_PER_G_CARBS * (daily.carbs_g - macros.CARBS_LEAST_G)
            room = min(room, spare_kcal * 7 / training_days)
        gap_kcal = max(0.0, min(gap_kcal, room))
    train, rest = energy.training_rest_split(
        mean_kcal=daily.kcal, training_days=training_days, gap_kcal=gap_kcal, floor_kcal=daily.kcal_floor
    )
    return _shifted(daily, train), _shifted(daily, rest)


def _assembled(profile: Profile, aim: KcalTarget) -> Targets:
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
        fibre_g=round(macros.fibre_g(aim.kcal, is_keto=is_keto), 1),
        water_ml=hydration.drinks_target_ml(profile),
        tdee=tdee,
        weekly_rate_kg=rate_kg,
        findings=tuple(_shown(note, profile) for note in (*aim.notes, *grams.notes, *extras)),
        rationale=rationale(profile, _figures(profile, aim, tdee, rate_kg, grams)),
        is_deficit_forbidden=aim.is_deficit_forbidden,
        is_protein_for_clinician=is_for_clinician(profile),
    )


def _shown(note: Note, profile: Profile) -> Note:
    """S-120, E8: whoever should not see calories gets the rule without them."""
    if note.rule not in FIGURE_RULES or not hides_numbers(profile):
        return note
    return replace(note, message="Your plan is set to the amount that keeps you well supplied.")


def _figures(profile: Profile, aim: KcalTarget, tdee: Tdee, rate_kg: float, grams: Macros) -> Figures:
    return Figures(
        need_kcal=aim.need_kcal,
        low_kcal=tdee.low + aim.extra_kcal,
        high_kcal=tdee.high + aim.extra_kcal,
        kcal=aim.kcal,
        floor_kcal=aim.floor.kcal,
        rate_kg=rate_kg,
        is_change_planned=aim.planned_kcal * rate_kg > 0,
        outlook=_outlook(profile, aim, tdee, rate_kg),
        protein_g=None if is_for_clinician(profile) else grams.protein_g,
        assumed=tdee.assumed,
    )


def _outlook(profile: Profile, aim: KcalTarget, tdee: Tdee, rate_kg: float) -> str:
    if aim.planned_kcal * rate_kg <= 0 or hides_numbers(profile):
        return ""
    intake = aim.kcal - aim.extra_kcal
    return forecast.outlook(profile, body(profile), pal=tdee.multiplier, intake_kcal=intake)


def _weekly_rate_kg(profile: Profile, aim: KcalTarget) -> float:
    gap = aim.kcal - aim.need_kcal
    if abs(gap) <= STEP_KCAL:
        return 0.0
    rho = energy.rho_kcal_per_kg(fat_kg(body(profile)) if gap < 0 else None)
    return round(gap * 7 / rho, 2)


def _is_low_carb(daily: Targets) -> bool:
    return daily.carbs_g <= keto.NET_CARBS_CAP_G


def _range(kcal: int, floor: int, ceiling: int) -> tuple[int, int]:
    """K-7: ±5 %, rounded to 10, inside floor and ceiling."""
    low = int(energy.round_half_away(kcal * (1 - RANGE_SHARE), STEP_KCAL))
    high = int(energy.round_half_away(kcal * (1 + RANGE_SHARE), STEP_KCAL))
    return max(low, floor), min(high, ceiling)


def _shifted(daily: Targets, kcal: float) -> Targets:
    rounded = max(int(energy.round_half_away(kcal, STEP_KCAL)), daily.kcal_floor)
    low, high = _range(rounded, daily.kcal_floor, daily.kcal_ceiling)
    more = rounded - daily.kcal
    is_low_carb = _is_low_carb(daily)
    fibre = round(macros.fibre_g(rounded, is_keto=is_low_carb), 1)
    day = replace(daily, kcal=rounded, kcal_min=low, kcal_max=high, fibre_g=fibre)
    if is_low_carb:
        return replace(day, fat_g=round(daily.fat_g + more / macros.KCAL_PER_G_FAT, 1))
    return replace(day, carbs_g=round(daily.carbs_g + more / macros.KCAL_PER_G_CARBS, 1))

"""Safety and daily targets, calculated once more from the rules (E1 to E6, K-1, K-4, K-7, N-1, N-4, N-5, S-120)."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
LEVELS = ("none", "caution", "urgent", "emergency", "crisis")
PAL = {
    "very_light": (1.4, 1.5, 1.6, 1.7), "light": (1.5, 1.6, 1.7, 1.8), "moderate": (1.6, 1.7, 1.8, 1.9),
    "active": (1.7, 1.8, 1.9, 2.1), "very_active": (1.9, 2.0, 2.2, 2.3),
}  # fmt: skip
WORK = ("very_light", "light", "moderate", "heavy")
MOST_KCAL = 4990  # just below the ceiling of E3, where a need may be cut
INSULIN_DEPENDENT = {"diabetes_t1", "type_1_diabetes"}
NO_DEFICIT = {
    "pregnancy", "pregnant", "eating_disorder", "anorexia", "bulimia", "kidney_disease", "cancer", *INSULIN_DEPENDENT,
}  # fmt: skip


def bmi(profile: Json, kg: float | None = None) -> float:
    """Body mass index, of this weight or the present one."""
    return float((kg or profile["weight_kg"]) / (profile["height_cm"] / 100) ** 2)


def rmr(profile: Json) -> float:
    """K-1."""
    extra = {"male": 5, "female": -161, "other": -78}[profile["sex"]]
    return float(10 * profile["weight_kg"] + 6.25 * profile["height_cm"] - 5 * profile["age"] + extra)


def tdee(profile: Json) -> float:
    """K-4."""
    work, leisure = profile.get("work_activity") or "very_light", profile.get("leisure_activity") or "light"
    return rmr(profile) * PAL[leisure][WORK.index(work)]


def floor_kcal(profile: Json) -> float:
    """E3 without E5."""
    return max(1200 if profile["sex"] == "female" else 1500, 0.9 * rmr(profile))


def may_lose(profile: Json) -> bool:
    """E1, E2, E6 of what a file can say."""
    told = {str(word).casefold().replace(" ", "_") for word in profile.get("conditions", ())} & NO_DEFICIT
    told |= {"diabetes_t1"} if "insulin" in profile.get("medications", ()) else set()
    if profile.get("cleared"):
        told -= INSULIN_DEPENDENT
    return not (told or profile["age"] < 18 or profile.get("pregnant") or bmi(profile) < 18.5)


def unkept_safety(profile: Json, answer: Json) -> Iterator[str]:
    """What the verdict on the person should not be."""
    safety = answer["safety"]
    if safety["level"] not in LEVELS:
        yield f"safety level {safety['level']!r}"
    if not all(finding["rule"].strip() and finding["message"].strip() for finding in safety["findings"]):
        yield "an empty finding"
    target = profile.get("target_weight_kg")
    refused = profile["age"] < 13 or (target is not None and bmi(profile, target) < 18.5)
    if refused and safety["cleared"]:
        yield "cleared although the age or the goal weight is refused [S-120, E2]"
    if not safety["cleared"] and not safety["findings"]:
        yield "not cleared, and no word why"
    if profile["age"] < 13 and (answer["days"] or answer["workouts"] or answer["targets"]):
        yield "a plan for a child under 13 [S-120]"
    if not answer["rationale"].strip():
        yield "no rationale"


def unkept_targets(profile: Json, answer: Json) -> Iterator[str]:
    """What the targets should not be."""
    aim = answer["targets"]
    if aim is None:
        if answer["days"] or answer["safety"]["cleared"]:
            yield "days, or cleared, without targets"
        return
    if not aim["kcal_min"] <= aim["kcal"] < aim["kcal_max"]:
        yield f"range {aim['kcal_min']} <= {aim['kcal']} < {aim['kcal_max']} [K-7]"
    if aim["kcal_min"] < floor_kcal(profile) - 0.5:
        yield f"DANGER kcal_min {aim['kcal_min']} below the floor {floor_kcal(profile):.0f} [E3]"
    if aim["kcal"] < MOST_KCAL:
        yield from _deficit(profile, aim["kcal"])
    yield from _macros(profile, answer)


def _deficit(profile: Json, kcal: float) -> Iterator[str]:
    need, has = tdee(profile), f"{kcal} of {tdee(profile):.0f} kcal"
    if kcal < 0.75 * need - 10:
        yield f"DANGER a deficit over 25 %: {has} [E4]"
    if bmi(profile) < 20 and kcal < 0.9 * need - 10:
        yield f"DANGER a deficit over 10 % at BMI {bmi(profile):.1f}: {has} [E2]"
    if kcal < need - 10 and not may_lose(profile):
        yield f"DANGER a deficit that is forbidden: {has} [E1, E2, E6]"
    if kcal < need - 10 and "fat_loss" not in (profile["primary_goal"], profile.get("secondary_goal")):
        yield f"a deficit nobody asked for: {has} [K-7]"


def _macros(profile: Json, answer: Json) -> Iterator[str]:
    aim = answer["targets"]
    energy = 4 * aim["protein_g"] + 4 * aim["carbs_g"] + 9 * aim["fat_g"]
    if abs(energy - aim["kcal"]) > 50:
        yield f"macros make {energy:.0f}, not {aim['kcal']} kcal [N-1]"
    if aim["fat_g"] < 0.2 * aim["kcal"] / 9 - 0.2:
        yield f"fat target {aim['fat_g']} [N-4]"
    if profile.get("diet_type") == "keto":
        return
    if aim["fibre_g"] < max(25, 14 * aim["kcal"] / 1000) - 0.1:
        yield f"fibre target {aim['fibre_g']} [N-5]"
    is_told = "N-7" in [finding["rule"] for finding in answer["safety"]["findings"]]
    if aim["carbs_g"] < 129.9 and not is_told:
        yield f"carbohydrate target {aim['carbs_g']} and not a word of it [N-4, N-7]"

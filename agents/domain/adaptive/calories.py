"""The bounded controller of the energy target: two weeks' progress against the aim (science.md K-40)."""

from dataclasses import dataclass
from typing import Final

KP_SHARE, KI_SHARE = 0.5, 0.1  # of rho / 7
DAYS_PER_WEEK: Final = 7
DEAD_BAND_SHARE: Final = 0.001  # of body weight a week
MOST_STEP_KCAL, MOST_STEP_SHARE = 200.0, 0.10
STEP_KCAL: Final = 10
LEAST_ADHERENCE: Final = 0.70
FIRST_DAYS: Final = 14  # of a plan: too early to judge it


@dataclass(frozen=True, slots=True)
class Review:
    """Two weeks of one person. Rates in kg a week, loss negative; `integral` is what the last review left."""

    aimed_rate: float
    observed_rate: float
    weight_kg: float
    target_kcal: float
    floor_kcal: float
    integral: float = 0.0
    adherence: float = 1.0  # 0 to 1
    plan_days: int = FIRST_DAYS
    is_held: bool = False  # a gate of K-33 is shut, or illness, pregnancy, care mode


@dataclass(frozen=True, slots=True)
class Controlled:
    """What the controller wants: the new target, its integral for the next time, and what kept it back."""

    target_kcal: float
    integral: float
    raw_kcal: float = 0.0
    is_held: bool = False
    is_clamped: bool = False
    is_floored: bool = False


def controlled(review: Review, rho_kcal_per_kg: float) -> Controlled:
    """K-40: the target after this review; the same target where nothing may or need change.

    Never below the floor, never a step above 200 kcal or a tenth of the target.
    """
    if review.is_held or review.adherence < LEAST_ADHERENCE or review.plan_days < FIRST_DAYS:
        return Controlled(review.target_kcal, review.integral, is_held=True)
    error = review.aimed_rate - review.observed_rate
    if abs(error) <= DEAD_BAND_SHARE * review.weight_kg:
        return Controlled(review.target_kcal, review.integral)
    integral = max(-1.0, min(1.0, review.integral + error))
    per_kg = rho_kcal_per_kg / DAYS_PER_WEEK
    raw = KP_SHARE * per_kg * error + KI_SHARE * per_kg * integral
    limit = most_step_kcal(review.target_kcal)
    step = max(-limit, min(limit, raw))
    wanted = review.target_kcal + round(step / STEP_KCAL) * STEP_KCAL
    target = max(review.floor_kcal, wanted)
    is_clamped = abs(raw) > limit and (raw > 0) == (error > 0)
    is_floored = target > wanted
    kept = review.integral if is_clamped or is_floored else integral
    return Controlled(target, kept, raw, is_clamped=is_clamped, is_floored=is_floored)


def most_step_kcal(target_kcal: float) -> float:
    """K-40: how far one review may move the target."""
    return min(MOST_STEP_KCAL, MOST_STEP_SHARE * target_kcal)

"""One writer a review: the learned expenditure where the gates are open, else the controller (science.md K-41)."""

from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.adaptive.calories import STEP_KCAL, Review, controlled, most_step_kcal
from agents.domain.adaptive.expenditure import Belief

Writer = Literal["expenditure", "controller", "none"]
MOST_EXPENDITURE_STEP_KCAL: Final = 150.0  # a week, K-33
WEEKS: Final = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to propose: the new target beside the old one, who wrote it and by which rules.

    `writer` is "none" where the target stays as it is; `reasons` then say why ("held", "dead_band", "inside_interval").
    """

    before_kcal: float
    after_kcal: float
    writer: Writer
    rules: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    integral: float = 0.0

    @property
    def is_change(self) -> bool:
        """Whether there is anything to ask about."""
        return self.after_kcal != self.before_kcal


def reassessed(
    review: Review, belief: Belief | None, *, planned_gap_kcal: float, predicted_kcal: float, rho_kcal_per_kg: float
) -> Proposal:
    """K-41: the one proposal of a review.

    `planned_gap_kcal` is what the plan adds to the expenditure (a deficit is negative), `predicted_kcal` the
    expenditure that the present target was made with. The learned one speaks only where that lies outside its 90 %
    interval.
    """
    if belief is None or review.is_held:
        return _by_controller(review, rho_kcal_per_kg)
    low, high = belief.interval_kcal
    if low <= predicted_kcal <= high:
        return Proposal(
            review.target_kcal, review.target_kcal, "none", ("K-33",), ("inside_interval",), review.integral
        )
    limit = min(most_step_kcal(review.target_kcal), MOST_EXPENDITURE_STEP_KCAL * WEEKS)
    wanted = belief.expenditure_kcal + planned_gap_kcal
    step = max(-limit, min(limit, wanted - review.target_kcal))
    after = max(review.floor_kcal, review.target_kcal + round(step / STEP_KCAL) * STEP_KCAL)
    return Proposal(review.target_kcal, after, "expenditure", ("K-32", "K-33", "K-41"), (), review.integral)


def _by_controller(review: Review, rho_kcal_per_kg: float) -> Proposal:
    found = controlled(review, rho_kcal_per_kg)
    if found.is_held or found.target_kcal == review.target_kcal:
        reasons = ("held",) if found.is_held else ("dead_band",)
        return Proposal(review.target_kcal, review.target_kcal, "none", ("K-40",), reasons, found.integral)
    return Proposal(review.target_kcal, found.target_kcal, "controller", ("K-40",), (), found.integral)

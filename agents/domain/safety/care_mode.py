"""The care-mode score (science.md E8): signs of disordered eating over 14 days. A caution, never a label.

In the general population a positive screen is right about one time in ten, so care mode only makes the coach gentler:
no deficit, no scale prompt, numbers hidden, no streaks, resources offered, meals regular.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Sign = Literal[
    "purging", "vomits_after_eating", "pro_starvation_terms", "goal_below_lowest", "scared_to_eat",
    "exercise_to_undo_eating", "many_weigh_ins", "eats_under_half_of_plan", "asks_under_800_kcal", "large_recent_loss",
    "screen_positive",
]  # fmt: skip

WEIGHTS: Final[dict[Sign, int]] = {
    "purging": 3,  # or laxatives, diuretics for weight
    "vomits_after_eating": 3,
    "pro_starvation_terms": 3,
    "goal_below_lowest": 2,
    "scared_to_eat": 2,
    "exercise_to_undo_eating": 2,
    "many_weigh_ins": 1,  # more than 2 a day on 3 days
    "eats_under_half_of_plan": 1,  # logged intake, on 7 days
    "asks_under_800_kcal": 2,
    "large_recent_loss": 1,  # more than 6 kg in 3 months with further loss wanted
    "screen_positive": 3,  # two or more "yes" on the five topics
}
WINDOW: Final = timedelta(days=14)
THRESHOLD: Final = 3
LEAVES_AFTER: Final = timedelta(days=30)  # below the threshold, and the person asks
MANY_WEIGH_INS, MANY_WEIGH_IN_DAYS = 2, 3
HALF_OF_PLAN, HALF_OF_PLAN_DAYS = 0.5, 7
LARGE_LOSS_KG: Final = 6.0
SCREEN_TOPICS: Final = ("making_oneself_sick", "loss_of_control", "big_recent_loss", "feeling_fat", "food_rules_life")
SCREEN_YES: Final = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign and the local day on which it was seen."""

    sign: Sign
    on: date


def score(signs: Iterable[Seen], *, on: date) -> int:
    """The score of the 14 days up to and with `on`; a sign counts once a day."""
    return sum(WEIGHTS[seen.sign] for seen in frozenset(signs) if on - WINDOW < seen.on <= on)


def begins(signs: Iterable[Seen], *, on: date) -> bool:
    """Whether care mode begins."""
    return score(signs, on=on) >= THRESHOLD


def may_end(signs: Iterable[Seen], *, since: date, on: date, person_asks: bool) -> bool:
    """Whether care mode may end: 30 days in a row below the threshold, and the person asks for it."""
    seen = tuple(signs)
    days = [on - timedelta(days=n) for n in range(LEAVES_AFTER.days)]
    return person_asks and min(days) >= since and all(score(seen, on=day) < THRESHOLD for day in days)


def screen_is_positive(answers: Iterable[bool]) -> bool:
    """Whether the five-topic screen is positive: two or more "yes"."""
    return sum(answers) >= SCREEN_YES


def weighs_too_often(weigh_ins_per_day: Iterable[int]) -> bool:
    """More than two weigh-ins a day on three days of the window."""
    return sum(count > MANY_WEIGH_INS for count in weigh_ins_per_day) >= MANY_WEIGH_IN_DAYS


def eats_too_little(logged_share_of_plan: Iterable[float]) -> bool:
    """Logged intake under half of the plan on seven days; unlogged days are no sign and are left out by the caller."""
    return sum(share < HALF_OF_PLAN for share in logged_share_of_plan) >= HALF_OF_PLAN_DAYS


def lost_much(kg_lost_in_3_months: float, *, wants_more: bool) -> bool:
    """More than 6 kg in three months and further loss wanted."""
    return wants_more and kg_lost_in_3_months > LARGE_LOSS_KG

"""Which time and wording to try now: Thompson sampling whose probabilities are known and kept within bounds (B-7).

Caps, quiet hours and safety are decided before and are not learned. A probability is how often an arm is the best of
many draws from what is known of each arm; it is clipped, so that everything is tried now and then and nothing always.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Arm = str  # "slot/wording", or NOTHING
NOTHING: Final = "nothing"
LEAST, MOST = 0.2, 0.8
MOST_ARMS: Final = 4  # "nothing" included: five would leave nothing to learn between the bounds
DRAWS: Final = 200
POLICY: Final = "thompson-1"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was drawn, and how likely each of the eligible arms was."""

    arm: Arm
    probabilities: Mapping[Arm, float]

    @property
    def sends(self) -> bool:
        """Whether something goes out."""
        return self.arm != NOTHING

    @property
    def p_send(self) -> float:
        """How likely it was that anything goes out."""
        return 1.0 - self.probabilities.get(NOTHING, 0.0)


def chosen(seed: str, eligible: Sequence[Arm], outcomes: Mapping[Arm, tuple[int, int]]) -> Choice:
    """One decision; the same seed and history give the same one.

    `outcomes`: how often an arm led to the asked action, and how often not. Raises ValueError for no arm, a repeated
    one, or more than four.
    """
    if not eligible or len(set(eligible)) != len(eligible) or len(eligible) > MOST_ARMS:
        raise ValueError(f"one to {MOST_ARMS} different arms, not {len(eligible)}")
    chance = random.Random(seed)  # noqa: S311 - a choice that can be repeated, no secret
    probabilities = clipped(_best_of_draws(chance, eligible, outcomes))
    arm = chance.choices(list(probabilities), weights=list(probabilities.values()))[0]
    return Choice(arm, probabilities)


def _best_of_draws(
    chance: random.Random, eligible: Sequence[Arm], outcomes: Mapping[Arm, tuple[int, int]]
) -> dict[Arm, float]:
    """How often each arm is the best of as many draws from its beta posterior (uniform prior)."""
    wins = dict.fromkeys(eligible, 0)
    shapes = [(arm, outcomes.get(arm, (0, 0))) for arm in eligible]
    for _ in range(DRAWS):
        wins[max((chance.betavariate(1 + good, 1 + bad), arm) for arm, (good, bad) in shapes)[1]] += 1
    return {arm: count / DRAWS for arm, count in wins.items()}


def clipped(probabilities: Mapping[Arm, float]) -> dict[Arm, float]:
    """The probabilities within [0.2, 0.8] and with sum 1; what clipping takes or gives is shared by the others.

    A single arm keeps 1: there was nothing to choose.
    """
    if len(probabilities) == 1:
        return dict.fromkeys(probabilities, 1.0)
    fixed: dict[Arm, float] = {}
    free = dict(probabilities)
    while True:
        rest, whole = 1.0 - sum(fixed.values()), sum(free.values())
        shared = {arm: rest * (p / whole if whole else 1 / len(free)) for arm, p in free.items()}
        outside = {arm: min(MOST, max(LEAST, p)) for arm, p in shared.items() if not LEAST <= p <= MOST}
        if not outside:
            return {arm: (fixed | shared)[arm] for arm in probabilities}
        low = {arm: p for arm, p in outside.items() if p == LEAST}
        settled = low or outside  # what is too rare first: it takes from the others
        fixed |= settled
        free = {arm: p for arm, p in free.items() if arm not in settled}
        if not free:
            return {arm: fixed[arm] for arm in probabilities}

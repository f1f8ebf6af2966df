"""Whether sending helps this person: self-normalised inverse propensities with an interval (science.md B-8)."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

FEWEST_TO_JUDGE: Final = 20
FEWEST_TO_DOUBT: Final = 40
NINETY_PERCENT: Final = 1.645

Verdict = Literal["too_early", "helps", "cannot_tell", "thin_out"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One moment at which a nudge could have gone out: whether it did, how likely that was, and what followed."""

    was_sent: bool
    p_send: float  # strictly between 0 and 1
    outcome: float  # 1 when the asked action happened in time, else 0


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much the action is likelier after a nudge than without one, with its 90 % interval."""

    difference: float
    low: float
    high: float
    sent: int
    unsent: int


def effect(decisions: Sequence[Decision]) -> Effect | None:
    """The self-normalised difference; None where one of the two sides was never seen."""
    sent = [(1 / each.p_send, each.outcome) for each in decisions if each.was_sent]
    unsent = [(1 / (1 - each.p_send), each.outcome) for each in decisions if not each.was_sent]
    if not sent or not unsent:
        return None
    with_it, error_with = _weighted(sent)
    without, error_without = _weighted(unsent)
    difference = with_it - without
    reach = NINETY_PERCENT * math.hypot(error_with, error_without)
    return Effect(difference, difference - reach, difference + reach, len(sent), len(unsent))


def plain_effect(decisions: Sequence[Decision]) -> float:
    """The plain inverse-propensity difference: right on average, and too noisy to show. Raises ValueError for none."""
    if not decisions:
        raise ValueError("no decisions")
    total = sum(
        each.outcome / each.p_send if each.was_sent else -each.outcome / (1 - each.p_send) for each in decisions
    )
    return total / len(decisions)


def verdict(decisions: Sequence[Decision]) -> Verdict:
    """B-8: from twenty decisions on, thin out what harms; from forty on, also what cannot be told from nothing."""
    found = effect(decisions)
    if len(decisions) < FEWEST_TO_JUDGE or found is None:
        return "too_early"
    if found.high < 0:
        return "thin_out"
    if found.low > 0:
        return "helps"
    return "thin_out" if len(decisions) >= FEWEST_TO_DOUBT else "cannot_tell"


def policy_value(
    decisions: Sequence[tuple[Mapping[str, float], str, float]], policy: Callable[[Mapping[str, float]], str]
) -> float | None:
    """How good another policy would have been, from what was logged: (probabilities, arm, outcome) each.

    Self-normalised over the moments at which it would have done the same; None where it never would have.
    """
    weighed = [(1 / known[arm], outcome) for known, arm, outcome in decisions if policy(known) == arm]
    return _weighted(weighed)[0] if weighed else None


def _weighted(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The weighted mean of (weight, outcome) and its standard error."""
    whole = sum(weight for weight, _ in pairs)
    mean = sum(weight * outcome for weight, outcome in pairs) / whole
    spread = math.sqrt(sum((weight * (outcome - mean)) ** 2 for weight, outcome in pairs))
    return mean, spread / whole

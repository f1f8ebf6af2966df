"""Nudges that earn their place: which slot and wording to try, and whether it helps at all (science.md B-7, B-8)."""

from agents.domain.nudging.bandit import NOTHING, Arm, Choice, chosen
from agents.domain.nudging.evidence import Decision, Effect, Verdict, effect, plain_effect, policy_value, verdict

__all__ = [
    "NOTHING", "Arm", "Choice", "Decision", "Effect", "Verdict", "chosen", "effect", "plain_effect", "policy_value",
    "verdict",
]  # fmt: skip

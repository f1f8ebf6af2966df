"""Safety: triage of inbound text, fixed answers, screening, guardrails, vetting of outgoing text (science.md 1).

Pure and deterministic; the standard library only. Word tables, texts and numbers lie in `data/` and load at first use.
"""

from agents.domain.safety.countries import Numbers, country_of_timezone, numbers_of
from agents.domain.safety.guardrails import (
    account_allowed,
    deficit_allowed,
    fasting_allowed,
    goal_findings,
    lowest_goal_weight_kg,
)
from agents.domain.safety.levels import Level, worst
from agents.domain.safety.medicines import medicine_group
from agents.domain.safety.screening import Allowed, Screening, screen
from agents.domain.safety.templates import SafetyReply, reply_for
from agents.domain.safety.triage import RiskContext, Triage, triage
from agents.domain.safety.verdict import Finding, Verdict
from agents.domain.safety.vet import vet_text

__all__ = [
    "Allowed", "Finding", "Level", "Numbers", "RiskContext", "SafetyReply", "Screening", "Triage", "Verdict",
    "account_allowed", "country_of_timezone", "deficit_allowed", "fasting_allowed", "goal_findings",
    "lowest_goal_weight_kg", "medicine_group", "numbers_of", "reply_for", "screen", "triage", "vet_text", "worst",
]  # fmt: skip

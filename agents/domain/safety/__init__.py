"""Safety: triage of inbound text, fixed answers, screening, guardrails, vetting of outgoing text (science.md 1).

Pure and deterministic; the standard library only. Word tables, texts and numbers lie in `data/` and load at first use.
"""

from agents.domain.safety.all_clear import is_all_clear
from agents.domain.safety.conditions import understood
from agents.domain.safety.countries import Numbers, country_of_timezone, numbers_of
from agents.domain.safety.fasting import fasting_allowed
from agents.domain.safety.findings import Findings, profile_findings
from agents.domain.safety.guardrails import (
    account_allowed,
    deficit_allowed,
    deficit_cap,
    goal_findings,
    kcal_adjustment,
    lowest_goal_weight_kg,
)
from agents.domain.safety.levels import Level, worst
from agents.domain.safety.medicines import medicine_group, medicine_groups
from agents.domain.safety.screening import Allowed, Screening, clearance_after, screen
from agents.domain.safety.templates import SafetyReply, reply_for
from agents.domain.safety.triage import RiskContext, Triage, triage
from agents.domain.safety.verdict import Finding, Verdict
from agents.domain.safety.vet import vet_text

__all__ = [
    "Allowed", "Finding", "Findings", "Level", "Numbers", "RiskContext", "SafetyReply", "Screening", "Triage",
    "Verdict", "account_allowed", "clearance_after", "country_of_timezone", "deficit_allowed", "deficit_cap",
    "fasting_allowed", "goal_findings", "is_all_clear", "kcal_adjustment", "lowest_goal_weight_kg", "medicine_group",
    "medicine_groups", "numbers_of", "profile_findings", "reply_for", "screen", "triage", "understood",
    "vet_text", "worst",
]  # fmt: skip

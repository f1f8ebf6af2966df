"""What logs teach about a person: the trend of the weight, what they burn, what to propose after two weeks."""

from agents.domain.adaptive.calories import Controlled, Review, controlled
from agents.domain.adaptive.expenditure import Belief, DayLog, beginning, believed
from agents.domain.adaptive.gates import Coverage, coverage_of, holds
from agents.domain.adaptive.reassessment import Proposal, reassessed
from agents.domain.adaptive.trend import Weighing, rate_kg_per_week, trend

__all__ = [
    "Belief", "Controlled", "Coverage", "DayLog", "Proposal", "Review", "Weighing", "beginning", "believed",
    "controlled", "coverage_of", "holds", "rate_kg_per_week", "reassessed", "trend",
]  # fmt: skip

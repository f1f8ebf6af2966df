"""What each class of medicine changes in the product (science.md S-160, S-161). It flags and routes, never a dose."""

from collections.abc import Iterator
from typing import Any, Final

from agents.domain.profile import Profile
from agents.domain.safety.conditions import understood
from agents.domain.safety.lexicon import load
from agents.domain.safety.medicines import is_known, medicine_groups
from agents.domain.safety.verdict import Finding

# Zones are off. Digoxin and the medicines of heart rhythm are beyond the row of S-160: they change the pulse as well.
ZONE_MEDICINES: Final = frozenset({"beta_blocker", "ivabradine", "rate_limiting_calcium_blocker", "antiarrhythmic"})


def medicine_findings(profile: Profile) -> tuple[Finding, ...]:
    """One finding for each row of S-160 that applies, and S-161 for every medicine nobody here knows."""
    groups = frozenset(group for entry in profile.medications or () for group in medicine_groups(entry))
    unknown = tuple(_unknown(entry) for entry in profile.medications or () if not is_known(entry))
    return (*_flags(groups), *_clashes(groups), *unknown)


def zones_allowed(profile: Profile) -> bool:
    """Whether heart-rate zones mean anything: not with S-160 heart medicines, nor while medicines are not asked."""
    medications = understood(profile).medications
    return medications is not None and ZONE_MEDICINES.isdisjoint(medications)


def _flags(groups: frozenset[str]) -> Iterator[Finding]:
    rows: list[dict[str, Any]] = load("medicine_flags")["flags"]
    for row in rows:
        if not groups.isdisjoint(row["groups"]):
            yield Finding(row["rule"], row["level"], row["message"])


def _clashes(groups: frozenset[str]) -> Iterator[Finding]:
    rows: list[dict[str, Any]] = load("medicine_flags")["clashes"]
    for row in rows:
        if row["supplement"] in groups and not groups.isdisjoint(row["groups"]):
            yield Finding(row["rule"], row["level"], row["message"])


def _unknown(entry: str) -> Finding:
    name = " ".join(entry.split())[:40]
    return Finding("S-161", "caution", f'I do not know "{name}". What is it for? Until then I plan carefully.')

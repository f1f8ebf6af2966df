"""Signs of danger among the conditions of a file: it may hold what a message would, and is judged like one (S-2, S-8).

Only what is no known condition counts: "epilepsy" is a diagnosis, "chest pain" a sign of today, also beside one.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from agents.domain.profile import Profile
from agents.domain.safety import Finding, Triage, reply_for, triage
from agents.domain.safety.conditions import named, unread
from agents.domain.safety.levels import LEVELS
from agents.domain.whole_plan import WholePlan

SIGN_RULE: Final = "S-101"
ENDS_THE_PLAN: Final = ("emergency", "crisis")  # S-8


def signs_in(conditions: Iterable[str]) -> dict[str, Triage]:
    """The entries that tell of danger (urgent or worse) or of a sign that needs a doctor before training (S-101)."""
    said = {entry: unread(entry) if named(entry).is_known else entry for entry in conditions}
    found = {entry: triage(words) for entry, words in said.items() if words}
    return {
        entry: judged
        for entry, judged in found.items()
        if LEVELS.index(judged.level) >= LEVELS.index("urgent") or SIGN_RULE in judged.rules
    }


def with_signs(profile: Profile, conditions: Iterable[str]) -> Profile:
    """The profile with these entries as signs instead of diagnoses. A sign voids a clearance (S-107)."""
    signs = tuple(signs_in(conditions))
    if not signs:
        return profile
    # "fever 40" is a sign, and still an illness of now that rules out a deficit (E6).
    codes = tuple(code for entry in signs for code in named(entry).codes)
    left = (*(entry for entry in profile.conditions or () if entry not in signs), *codes)
    return replace(profile, symptoms=signs, conditions=tuple(dict.fromkeys(left)), clearance=None)


def answered_first(plan: WholePlan, conditions: Iterable[str]) -> WholePlan:
    """The plan with the fixed words for each sign before everything else; in an emergency these words alone."""
    judged = tuple(signs_in(conditions).values())
    if not judged:
        return plan
    said = tuple(Finding(sign.rules[0], sign.level, _words(sign)) for sign in judged)
    level = max((plan.findings.level, *(sign.level for sign in judged)), key=LEVELS.index)
    if level in ENDS_THE_PLAN:
        alone = replace(plan.findings, level=level, findings=said, cleared=False, may_plan=False)
        return WholePlan(findings=alone)
    return replace(plan, findings=replace(plan.findings, level=level, findings=(*said, *plan.findings.findings)))


def _words(sign: Triage) -> str:
    return " ".join(reply_for(sign, country=None, locale="en").text.split("\n"))

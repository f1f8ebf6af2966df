import pytest

from agents.domain.profile import Profile
from agents.domain.safety import fasting_allowed

ADULT = {"age": 30, "height_cm": 170.0, "weight_kg": 80.0, "conditions": (), "medications": ()}


def person(**known):
    return Profile(**(ADULT | known))


@pytest.mark.parametrize(
    ("hours", "allowed", "count"),
    [(14, True, 0), (16, True, 0), (16.5, True, 1), (24, True, 1), (24.5, False, 1), (72, False, 1)],
)
def test_e7_fasting_windows(hours, allowed, count):
    verdict = fasting_allowed(person(), hours)
    assert (verdict.allowed, len(verdict.findings)) == (allowed, count)


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"medications": ("insulin",)}, "E7"),
        ({"medications": ("sulfonylurea",)}, "E7"),
        ({"conditions": ("pregnancy",)}, "E7"),
        ({"pregnancy_week": 10}, "E7"),
        ({"conditions": ("breastfeeding",)}, "E7"),
        ({"conditions": ("care_mode",)}, "E7"),
        ({"conditions": ("the flu",)}, "E7"),
        ({"weight_kg": 57.0}, "E7"),
        ({"age": 16}, "E1"),
        ({"age": None}, "E1"),
    ],
)
def test_e7_no_fasting_for_these_people(known, rule):
    verdict = fasting_allowed(person(**known), 14)
    assert (verdict.allowed, [finding.rule for finding in verdict.findings]) == (False, [rule])

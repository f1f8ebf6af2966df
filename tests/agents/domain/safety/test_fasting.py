import pytest

from agents.domain.profile import Profile
from agents.domain.safety import fasting_allowed
from tests.agents.domain.safety.wording import says

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
    ("known", "hours", "words"),
    [
        ({}, 25, ("Fasts over 24 hours", "12 to 14 hour night")),
        ({}, 17, ("More than 16 hours", "Stop when you feel unwell")),
        ({"conditions": ("pregnancy",)}, 14, ("a reason against fasting", "Regular meals")),
        ({"medications": ("insulin",)}, 14, ("insulin or a sulfonylurea", "drop your sugar", "diabetes team first")),
        ({"weight_kg": 57.0}, 14, ("At your weight", "spread your meals")),
        ({"age": 16}, 14, ("still growing",)),
    ],
)
def test_e7_the_reason_is_said_and_is_a_caution(known, hours, words):
    (finding,) = fasting_allowed(person(**known), hours).findings
    assert (finding.rule, finding.level) == ("E1" if "age" in known else "E7", "caution")
    assert says(finding.message, *words)


def test_e7_every_reason_is_told_in_one_order():
    found = fasting_allowed(person(conditions=("pregnancy",), medications=("insulin",), age=16, weight_kg=50.0), 30)
    starts = ["Fasts over", "In what you told", "With insulin", "Your body is still", "At your weight"]
    assert [one.message.startswith(start) for one, start in zip(found.findings, starts, strict=True)] == [True] * 5


def test_e7_a_body_mass_index_of_20_may_fast():
    assert fasting_allowed(person(height_cm=200.0, weight_kg=80.0), 14).allowed
    assert fasting_allowed(person(weight_kg=None), 14).allowed
    assert fasting_allowed(person(medications=None), 14).allowed


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"medications": ("insulin",)}, "E7"),
        ({"medications": ("sulfonylurea",)}, "E7"),
        ({"conditions": ("pregnancy",)}, "E7"),
        ({"pregnancy_week": 10}, "E7"),
        ({"conditions": ("breastfeeding",)}, "E7"),
        ({"conditions": ("care_mode",)}, "E7"),
        ({"conditions": ("eating_disorder",)}, "E7"),
        ({"conditions": ("diabetes_t1",)}, "E7"),
        ({"conditions": ("the flu",)}, "E7"),
        ({"weight_kg": 57.0}, "E7"),
        ({"age": 16}, "E1"),
        ({"age": None}, "E1"),
    ],
)
def test_e7_no_fasting_for_these_people(known, rule):
    verdict = fasting_allowed(person(**known), 14)
    assert (verdict.allowed, [finding.rule for finding in verdict.findings]) == (False, [rule])

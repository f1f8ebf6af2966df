"""F20, S-120, E8: why the targets are what they are, in words."""

from dataclasses import replace

import pytest

from agents.domain.profile import Profile
from agents.domain.targets import targets

MAN = Profile(
    sex="male", weight_kg=94, height_cm=181, age=38, work_activity="very_light", leisure_activity="light",
    primary_goal="fat_loss", target_weight_kg=84, conditions=(), workout_days=(0, 2, 4), workout_minutes=30,
)  # fmt: skip
OLD = Profile(
    sex="female", weight_kg=45, height_cm=150, age=82, work_activity="very_light", leisure_activity="very_light",
    primary_goal="fat_loss", conditions=(),
)  # fmt: skip


def told(person, **change):
    return targets(replace(person, **change), deficit_allowed=True)


def test_k21_a_fat_loss_plan_names_need_aim_time_and_protein():
    assert told(MAN).rationale == (
        "Your body uses about 2,830 kcal a day (2,550 to 3,110 is likely). I aim at 2,350, which is 480 less: around "
        "0.5 kg a week down, and never under 1,700. Your goal is about 10 kg away: 6 to 11 months at this pace. "
        "About 169 g of protein a day looks after your muscles."
    )


def test_pounds_for_people_who_think_in_pounds():
    words = told(MAN, units="imperial").rationale
    assert "1.0 lb a week down" in words
    assert "22 lb away" in words


def test_k21_without_a_goal_weight_the_next_twelve_weeks_are_told():
    assert "In twelve weeks that is about" in told(MAN, target_weight_kg=None).rationale


def test_a_plan_that_holds_the_weight_forecasts_nothing():
    words = told(MAN, primary_goal="strength").rationale
    assert "which keeps your weight steady." in words
    assert "months" not in words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"work_activity": None}, "I assumed desk work; tell me"),
        ({"leisure_activity": None}, "I assumed light exercise; tell me"),
        ({"work_activity": None, "leisure_activity": None}, "I assumed desk work and light exercise; tell me"),
    ],
)
def test_k4_only_what_was_not_answered_is_said_to_be_assumed(change, words):
    rationale = told(MAN, **change).rationale
    assert words in rationale if words else "assumed" not in rationale


@pytest.mark.parametrize(("code", "words"), [("pregnancy", "you and the baby"), ("breastfeeding", "you and the milk")])
def test_s133_no_mother_is_promised_a_steady_weight(code, words):
    rationale = told(MAN, sex="female", conditions=(code,)).rationale
    assert f"which is enough for {words}." in rationale
    assert "steady" not in rationale


def test_e3_at_the_floor_above_the_need_no_loss_is_promised():
    found = told(OLD)
    assert found.kcal == found.kcal_floor == 1200
    assert "I aim at 1,200, the least that keeps you well." in found.rationale
    assert [note.message for note in found.findings] == [
        "1,200 kcal a day is the least that keeps you well, so I stop there and plan no loss."
    ]


def test_n3_with_kidney_disease_no_protein_is_named():
    found = told(MAN, conditions=("kidney",))
    assert "protein" not in found.rationale
    assert found.is_protein_for_clinician


@pytest.mark.parametrize(("code", "rule"), [("pku", "3.1"), ("dialysis", "N-3")])
def test_food_that_is_part_of_a_treatment_is_left_to_the_dietitian(code, rule):
    refused = told(MAN, conditions=(code,))
    assert refused.rule == rule
    assert "dietitian" in refused.message


@pytest.mark.parametrize("change", [{"age": 15}, {"hide_numbers": True}, {"conditions": ("care_mode",)}])
def test_s120_e8_hidden_numbers_leave_words(change):
    words = told(MAN, **change).rationale
    assert words.startswith("Your meals cover all the energy you need")
    assert not any(mark.isdigit() for mark in words)

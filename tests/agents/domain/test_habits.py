"""B-2, R-20: which tiny habits a person is offered, and which never."""

import re
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import habits, sleep
from agents.domain.profile import Injury, Profile, Restriction

relaxed = settings(derandomize=True, deadline=None, max_examples=300)
WELL = Profile(
    sex="female", age=34, height_cm=168, weight_kg=70, primary_goal="fat_loss", conditions=(), symptoms=(),
    medications=(), injuries=(), workout_days=(0, 2, 4), wake_time=time(7), sleep_hours=7.5,
)  # fmt: skip
NEVER = re.compile(r"\b(weigh|weight|scale|calorie|kcal|count|fast|skip|hunger|burn|earn|guilt|mirror|photo)\w*", re.I)


def chosen(**change):
    person = replace(WELL, **change)
    return habits.choose(person, sleep.plan(person))


def codes(**change):
    return [habit.code for habit in chosen(**change)]


def test_b2_a_habit_is_tied_to_a_moment():
    assert chosen()[0].text == "After I fill my plate at dinner, I will add one more spoonful of vegetables."


@pytest.mark.parametrize(
    ("goal", "first"),
    [
        ("fat_loss", "vegetables"),
        ("muscle_gain", "protein_first"),
        ("strength", "kit_ready"),
        ("athletic_performance", "kit_ready"),
        ("endurance", "kit_ready"),
        ("flexibility", "shoulder_rolls"),
        ("general_fitness", "short_walk"),
        (None, "short_walk"),
    ],
)
def test_the_goal_decides_which_comes_first(goal, first):
    assert codes(primary_goal=goal)[0] == first


@pytest.mark.parametrize(
    ("trouble", "first"),
    [
        ({"sleep_hours": 5.5}, "phone_away"),
        ({"stress_level": 8}, "six_breaths"),
        ({"medications": ("semaglutide",)}, "protein_first"),
        ({"conditions": ("care_mode",)}, "breakfast_ready"),
    ],
)
def test_trouble_comes_before_the_goal(trouble, first):
    assert codes(**trouble)[0] == first


@pytest.mark.parametrize(
    "change",
    [
        {"conditions": ("kidney",)},
        {"conditions": ("heart_failure",)},
        {"conditions": ("fluid_restriction",)},
        {"conditions": None},
        {"medications": ("lithium",)},
        {"medications": ("furosemide",)},
        {"medications": None},
        {"water_reminders": False},
    ],
)
def test_s181_no_water_habit_where_drinking_may_be_limited(change):
    assert "water" in codes(primary_goal="endurance")
    assert "water" not in codes(primary_goal="endurance", **change)


@pytest.mark.parametrize(
    "change",
    [
        {"conditions": ("kidney",)},
        {"conditions": ("bowel_disease",)},
        {"medications": ("warfarin",)},
        {"restrictions": (Restriction("intolerance", "fodmap"),)},
    ],
)
def test_no_vegetable_habit_where_vegetables_are_a_clinicians_matter(change):
    assert "vegetables" not in codes(**change)


@pytest.mark.parametrize("code", ["kidney", "dialysis", "pku"])
def test_n3_no_protein_habit_where_a_clinician_sets_protein(code):
    assert "protein_first" not in codes(primary_goal="muscle_gain", conditions=(code,))


@pytest.mark.parametrize(
    "change",
    [
        {"symptoms": ("chest_discomfort",)},
        {"conditions": ("cardiac",)},
        {"injuries": (Injury("knee"),)},
        {"conditions": ("fracture_or_operation",)},
        {"conditions": ("wheelchair",)},
    ],
)
def test_no_walking_habit_without_a_clear_screening_and_whole_limbs(change):
    assert "short_walk" not in codes(primary_goal="general_fitness", **change)


@pytest.mark.parametrize("code", ["care_mode", "eating_disorder"])
def test_e8_no_eating_more_or_less_and_no_exercise_for_people_in_care_mode(code):
    found = chosen(conditions=(code,))
    assert {habit.area for habit in found} == {"food", "sleep", "calm"}
    assert [habit.code for habit in found if habit.area == "food"] == ["breakfast_ready"]


def test_whoever_wakes_in_the_dark_is_not_sent_to_the_window():
    assert "daylight" in codes(primary_goal="general_fitness")
    assert "daylight" not in codes(primary_goal="general_fitness", wake_time=time(4), bed_time=time(20))


def test_fewer_may_be_asked_for_and_never_more_than_three():
    person = WELL
    plan = sleep.plan(person)
    assert [len(habits.choose(person, plan, most=most)) for most in (-1, 0, 1, 3, 9)] == [0, 0, 1, 3, 3]


@relaxed
@given(
    age=st.none() | st.integers(13, 90),
    goal=st.sampled_from([None, *habits.BY_GOAL]),
    conditions=st.none() | st.lists(st.sampled_from(["care_mode", "kidney", "cardiac", "pregnancy"])).map(tuple),
    medications=st.sampled_from([None, (), ("warfarin",), ("insulin",)]),
    quality=st.none() | st.integers(0, 10),
    stress=st.none() | st.integers(0, 10),
    days=st.none() | st.just(()) | st.just((1, 3)),
    wake=st.none() | st.times(),
)
def test_b2_everybody_gets_one_to_three_tiny_habits_that_differ_and_never_harm(
    age, goal, conditions, medications, quality, stress, days, wake
):
    person = Profile(
        age=age, primary_goal=goal, conditions=conditions, medications=medications, sleep_quality=quality,
        stress_level=stress, workout_days=days, wake_time=wake,
    )  # fmt: skip
    plan = sleep.plan(person)
    found = habits.choose(person, plan)
    assert found == habits.choose(person, plan)
    assert 1 <= len(found) <= 3
    assert len({habit.anchor for habit in found}) == len({habit.area for habit in found}) == len(found)
    for habit in found:
        assert habit.text.startswith("After I ")
        assert ", I will " in habit.text
        assert not NEVER.search(habit.text)
        assert len(habit.text) <= 100

"""S-133, S-180, S-181 and B-3: how much to drink and when to be reminded."""

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import hydration
from agents.domain.profile import Profile

relaxed = settings(derandomize=True, deadline=None, max_examples=200)
MEALS = (time(8), time(12, 30), time(19))


@pytest.mark.parametrize(
    ("profile", "minutes", "rate", "ml"),
    [
        (Profile(sex="female", age=30), 45, 600, 2050),
        (Profile(sex="male", age=30), 90, 800, 3200),
        (Profile(sex="female"), 0, None, 1600),
        (Profile(sex="male"), 0, None, 2000),
        (Profile(), 0, None, 1800),
        (Profile(sex="female", age=13), 0, None, 1500),
        (Profile(sex="female", age=14), 0, None, 1600),
        (Profile(sex="female", pregnancy_week=20), 0, None, 1900),
        (Profile(sex="female", conditions=("breastfeeding",)), 0, None, 2300),
        (Profile(sex="male"), 60, 1500, 3000),
        (Profile(sex="male"), 600, None, 4000),
        (Profile(sex="male", water_target_ml=2500), 0, None, 2500),
        (Profile(sex="male", water_target_ml=9000), 0, None, 4000),
        (Profile(sex="female"), -30, None, 1600),
    ],
)
def test_s180_drinks_of_the_day(profile, minutes, rate, ml):
    assert hydration.drinks_target_ml(profile, minutes, sweat_ml_per_hour=rate) == ml


@pytest.mark.parametrize("code", ["fluid_restriction", "kidney", "dialysis", "siadh", "heart_failure", "cardiac"])
def test_s181_restricted_fluid_turns_targets_off(code):
    profile = Profile(sex="male", age=60, conditions=(code,), water_target_ml=3000)
    assert hydration.is_fluid_restricted(profile)
    assert hydration.drinks_target_ml(profile, 60) is None
    assert hydration.note(profile).rule == "S-181"


def test_others_get_no_note():
    assert hydration.note(Profile()) is None


def test_b3_reminders_go_with_meals():
    assert hydration.reminder_times(time(8), time(21, 30), MEALS) == MEALS


def test_b3_parts_of_the_day_without_a_meal_get_their_middle():
    assert hydration.reminder_times(time(8), time(20), ()) == (time(10), time(14), time(18))
    assert hydration.reminder_times(time(8), time(20), (time(9), time(22))) == (time(9), time(14), time(18))


def test_b3_a_short_window_gives_fewer_reminders():
    assert hydration.reminder_times(time(8), time(9), (), count=5) == (time(8, 5),)
    assert hydration.reminder_times(time(8), time(8), (), count=3) == (time(8),)
    assert hydration.reminder_times(time(8), time(20), MEALS, count=0) == ()


def test_a_night_workers_window_crosses_midnight():
    assert hydration.reminder_times(time(18), time(6), (time(1),)) == (time(20), time(1), time(4))


@relaxed
@given(
    first=st.times(),
    last=st.times(),
    meals=st.lists(st.times(), max_size=6),
    count=st.integers(-1, 12),
    gap=st.integers(0, 240),
)
def test_b3_reminders_stay_inside_the_window_and_apart(first, last, meals, count, gap):
    times = hydration.reminder_times(first, last, meals, count, gap)
    start = first.hour * 60 + first.minute
    offsets = [(at.hour * 60 + at.minute - start) % 1440 for at in times]
    assert len(times) <= max(0, count)
    assert all(offset <= (last.hour * 60 + last.minute - start) % 1440 for offset in offsets)
    assert all(later - sooner >= max(1, gap) for sooner, later in pairwise(offsets))


@pytest.mark.parametrize(
    ("before_kg", "after_kg", "words"),
    [(80, 78.4, None), (80, 78.3, "lost a good deal"), (80, 80, None), (80, 80.1, "came back heavier"), (80, 79, None)],
)
def test_s180_two_percent_lost_or_a_gain_is_told_after_a_long_session(before_kg, after_kg, words):
    found = hydration.after_session(Profile(), before_kg=before_kg, after_kg=after_kg)
    assert (found is None) is (words is None)
    assert found is None or words in found.message


def test_s181_with_restricted_fluid_nothing_is_said_about_drinking():
    assert hydration.after_session(Profile(conditions=("dialysis",)), before_kg=80, after_kg=70) is None


def test_s181_the_condition_may_be_named_in_words():
    assert hydration.drinks_target_ml(Profile(conditions=("congestive heart failure",))) is None


def test_s180_a_weight_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="above zero"):
        hydration.after_session(Profile(), before_kg=0, after_kg=70)

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

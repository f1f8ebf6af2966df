"""K-20, K-21 and E4: how long a goal takes, or where the weight levels off, in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import forecast, timeline
from agents.domain.body import Body
from agents.domain.profile import Profile

A = Body(100, 180, 40, "male")
D = Body(60, 170, 28, "female")
relaxed = settings(derandomize=True, deadline=None, max_examples=25)


def words(goal_kg, units="metric"):
    found = forecast.forecast(A, pal=1.5, intake_kcal=2398.3, goal_kg=goal_kg)
    return forecast.goal_in_words(found, units=units)


@pytest.mark.parametrize(
    ("goal_kg", "sentence"),
    [
        (92, "Your goal is about 8 kg away: 4 to 8 months at this pace."),
        (97, "Your goal is about 3 kg away: 5 to 10 weeks at this pace."),
        (80, "Your goal is about 20 kg away: 16 months or longer, as bodies slow down on the way."),
        (99.8, "You are at your goal weight, give or take a day's swing."),
    ],
)
def test_k21_a_goal_is_told_as_a_span_of_time(goal_kg, sentence):
    assert words(goal_kg) == sentence


def test_k21_a_goal_beyond_the_plateau_is_said_to_need_another_step():
    assert words(70) == (
        "On this amount alone your weight would level off near 76 kg, so 70 kg needs another step later; "
        "we look again every two weeks."
    )


def test_pounds_for_people_who_think_in_pounds():
    assert words(92, units="imperial") == "Your goal is about 18 lb away: 4 to 8 months at this pace."


def test_a_goal_far_down_a_slow_path_is_told_step_by_step():
    found = forecast.Forecast(100, 90, soonest_days=None, latest_days=None, level_off_kg=89)
    assert "more than three years" in forecast.goal_in_words(found)


def test_k21_the_ends_of_the_span_are_a_fifth_of_the_change_apart():
    found = forecast.forecast(A, pal=1.5, intake_kcal=2398.3, goal_kg=92)
    weights = timeline.weights_kg(A, pal=1.5, intake_kcal=2398.3, days=found.latest_days)
    assert 1.2 * (100 - weights[found.soonest_days]) >= 8 > 1.2 * (100 - weights[found.soonest_days - 1])
    assert 0.8 * (100 - weights[found.latest_days]) >= 8 > 0.8 * (100 - weights[found.latest_days - 1])


def test_without_a_goal_the_next_twelve_weeks_are_told():
    assert forecast.weeks_in_words(A, pal=1.5, intake_kcal=2398.3) == (
        "In twelve weeks that is about 3.5 to 5.5 kg down."
    )
    assert forecast.weeks_in_words(D, pal=1.6, intake_kcal=2481).endswith("up.")
    assert forecast.weeks_in_words(A, pal=1.5, intake_kcal=2898.3) == ""


@pytest.mark.parametrize(("goal_kg", "start"), [(None, "In twelve weeks"), (110, "In twelve weeks"), (92, "Your goal")])
def test_a_goal_against_the_direction_of_the_plan_is_not_forecast(goal_kg, start):
    person = Profile(target_weight_kg=goal_kg)
    assert forecast.outlook(person, A, pal=1.5, intake_kcal=2398.3).startswith(start)


def test_a_goal_equal_to_the_weight_is_reached_today():
    found = forecast.forecast(A, pal=1.5, intake_kcal=2398.3, goal_kg=100)
    assert (found.soonest_days, found.latest_days) == (0, 0)


@relaxed
@given(
    weight=st.floats(50, 180),
    deficit=st.floats(100, 700),
    share=st.floats(0.02, 0.3),
    sex=st.sampled_from(["female", "male", "unspecified"]),
)
def test_k20_a_heavier_goal_is_never_reached_later(weight, deficit, share, sex):
    person = Body(weight, 172, 40, sex)
    intake = timeline.maintenance_kcal(person, 1.5) - deficit
    near, far = (
        forecast.forecast(person, pal=1.5, intake_kcal=intake, goal_kg=weight * (1 - part))
        for part in (share / 2, share)
    )
    assert near.level_off_kg == far.level_off_kg < weight
    if far.latest_days is not None:
        assert near.latest_days is not None
        assert near.latest_days <= far.latest_days
        assert far.soonest_days <= far.latest_days
        assert far.is_within_reach

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Profile
from agents.schemas import Fact, Moment, Rejected
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
METRIC, IMPERIAL = Profile(), Profile(units="imperial")


def moment(asked=None, profile=METRIC):
    return Moment(now=NOW, expecting=asked, profile=profile)


def values(text, asked=None, profile=METRIC):
    return {f.field: f.value for f in facts(text, moment(asked, profile))[0]}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(20, 400))
def test_every_plausible_weight_is_kept(kilograms):
    assert values(f"I weigh {kilograms} kg") == {"weight_kg": float(kilograms)}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.one_of(st.integers(0, 19), st.integers(401, 10**9)))
def test_no_implausible_weight_is_kept_or_clamped(kilograms):
    found, refusals = facts(f"I weigh {kilograms} kg", moment())
    assert found == ()
    assert refusals == (Rejected("weight_kg", f"{kilograms} kg", "out_of_range", 20, 400),)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.integers(0, 120))
def test_every_age_of_a_person_is_a_fact(age):
    assert values(f"I'm {age} years old") == {"age": age}


def test_a_bare_number_means_what_was_asked():
    assert values("82", "weight_kg") == {"weight_kg": 82.0}
    assert values("180", "height_cm") == {"height_cm": 180.0}
    assert values("34", "age") == {"age": 34}
    assert values("82") == {}


def test_the_units_of_the_person_decide_about_bare_numbers():
    assert values("180", "weight_kg", IMPERIAL) == {"weight_kg": 81.65}
    assert values("70", "height_cm", IMPERIAL) == {"height_cm": 177.8}
    assert values("My weight is 180", None, IMPERIAL) == {"weight_kg": 81.65}
    assert values("180 kg", "weight_kg", IMPERIAL) == {"weight_kg": 180.0}


def test_a_bare_number_that_fits_two_units_is_asked_back():
    assert facts("82", moment("weight_kg", IMPERIAL)) == ((), (Rejected("weight_kg", "82", "ambiguous"),))
    assert facts("5.11", moment("height_cm")) == ((), (Rejected("height_cm", "5.11", "ambiguous"),))


def test_a_birthday_in_figures_follows_the_custom_of_the_units():
    assert values("born 03/05/1990") == {"birth_date": date(1990, 5, 3)}
    assert values("born 03/05/1990", None, IMPERIAL) == {"birth_date": date(1990, 3, 5)}
    assert values("born 25/05/1990", None, IMPERIAL) == {"birth_date": date(1990, 5, 25)}
    assert values("dob 3.5.90") == {"birth_date": date(1990, 5, 3)}


def test_who_turns_eighteen_next_month_is_still_seventeen():
    assert facts("I am turning 18 next month", moment())[0] == (Fact("age", 17, "turning 18", confidence=0.8),)


@pytest.mark.parametrize(("year", "age"), [(1990, 36), (2008, 17), (2013, 12), (2006, 20)])
def test_a_birth_year_counts_the_younger_age_where_the_rules_change(year, age):
    assert values(f"born in {year}") == {"age": age}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I want to get to 70 kg", {"target_weight_kg": 70.0}),
        ("I'm 82 kg and want to get down to 74 kg in 16 weeks",
         {"weight_kg": 82.0, "target_weight_kg": 74.0, "target_weeks": 16}),
        ("lose 20 lb in 2 weeks", {"target_change_kg": -9.07, "primary_goal": "fat_loss", "target_weeks": 2}),
        ("gain 5 kg", {"target_change_kg": 5.0, "primary_goal": "muscle_gain"}),
    ],
)  # fmt: skip
def test_a_weight_is_the_one_now_the_one_wished_for_or_a_change(text, found):
    assert values(text) == found


def test_summer_begins_in_december_in_the_south():
    north = values("get to 70 kg by summer")
    south = values("get to 70 kg by summer", None, Profile(country="AU"))
    assert (north["target_weeks"], south["target_weeks"]) == (27, 1)


def test_a_goal_on_file_is_not_overruled_by_a_wish_about_weight():
    assert values("lose 5 kg", None, Profile(primary_goal="strength")) == {"target_change_kg": -5.0}


def test_an_age_is_heard_while_something_else_is_asked():
    assert values("I'm 34", "consent") == {"age": 34}
    assert values("I'm 82", "weight_kg") == {"weight_kg": 82.0}

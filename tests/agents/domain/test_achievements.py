"""What is earned: days and sessions, once; nothing by weight, nothing by days in a row, nothing in care mode."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.achievements import ACTIVE_DAYS, SESSIONS, earned
from agents.domain.charts.history import History, Kept
from prompts.loader import Catalogue
from tests.support.lookback import PERSON, SUNDAY, days, history

EMPTY = History(SUNDAY, SUNDAY)


def codes(known, person=PERSON):
    return [each.code for each in earned(known, person)]


def test_days_count_whether_or_not_they_follow_one_another():
    scattered = tuple(SUNDAY - timedelta(days=9 * n) for n in reversed(range(7)))
    assert codes(replace(EMPTY, active_days=scattered)) == ["active_days_7"]


def test_the_numbers_of_sessions_are_milestones():
    assert codes(replace(EMPTY, sessions=10)) == ["sessions_1", "sessions_10"]


def test_what_is_known_is_not_earned_again():
    known = replace(EMPTY, sessions=10, earned=frozenset({("sessions_1", "ever")}))
    assert codes(known) == ["sessions_10"]


@pytest.mark.parametrize(("done", "codes_"), [(8, ["good_week"]), (7.9, [])])
def test_a_good_week_is_four_fifths_of_what_was_planned(done, codes_):
    kept = (Kept(SUNDAY - timedelta(days=3), done, 10),)
    assert codes(replace(EMPTY, kept=kept)) == codes_


def test_a_week_is_named_by_its_own_monday_also_when_it_is_told_later():
    kept = (Kept(SUNDAY, 10, 10),)
    on_sunday = earned(replace(EMPTY, kept=kept), PERSON)
    on_thursday = earned(replace(EMPTY, last=SUNDAY + timedelta(days=4), kept=kept), PERSON)
    assert [each.period for each in (*on_sunday, *on_thursday)] == ["2026-W47", "2026-W47"]


def test_a_return_after_ten_days_is_worth_a_word_within_the_week():
    active = (SUNDAY - timedelta(days=15), SUNDAY - timedelta(days=2))
    assert codes(replace(EMPTY, active_days=active)) == ["back_again"]
    assert codes(replace(EMPTY, last=SUNDAY + timedelta(days=9), active_days=active)) == []


def test_in_care_mode_nothing_is_counted():
    assert codes(history(), replace(PERSON, conditions=("care_mode",))) == []


@given(st.floats(30, 200), st.floats(-0.3, 0.3))
def test_weight_earns_nothing(kg, a_day_kg):
    assert codes(history(60, kg=kg, a_day_kg=a_day_kg)) == codes(history(60))


def test_everything_that_can_be_earned_has_its_words():
    names = [f"active_days_{n}" for n in ACTIVE_DAYS] + [f"sessions_{n}" for n in SESSIONS]
    for name in (*names, "good_week", "nights_told", "back_again"):
        assert Catalogue().say("en", f"achievement-{name.replace('_', '-')}", {})


def test_more_days_never_earn_less():
    fewer = {each.key for each in earned(replace(EMPTY, active_days=tuple(days(40))), PERSON)}
    assert fewer <= {each.key for each in earned(replace(EMPTY, active_days=tuple(days(120))), PERSON)}

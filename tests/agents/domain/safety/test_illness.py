import pytest

from agents.domain.safety.illness import free_days_needed, of_conditions, share_of_session, today
from tests.agents.domain.safety.wording import says


@pytest.mark.parametrize(
    ("complaints", "share", "level"),
    [
        ((), 1.0, "none"), (("fever",), 0.0, "caution"), (("vomiting",), 0.0, "caution"),
        (("aching_all_over", "runny_nose"), 0.0, "caution"), (("chest",), 0.0, "urgent"), (("cough",), 0.0, "caution"),
        (("runny_nose", "sore_throat"), 0.5, "caution"), (("headache",), 0.5, "caution"),
    ],
)  # fmt: skip
def test_s190_what_a_day_of_illness_allows(complaints, share, level):
    found = today(complaints)
    assert (found.volume_share, found.level, found.rule) == (share, level, "S-190")


@pytest.mark.parametrize(
    ("ill_days", "covid_like", "free_days"),
    [(0, False, 0), (1, False, 1), (5, False, 5), (7, False, 7), (10, False, 7), (3, True, 7)],
)
def test_s190_one_free_day_for_each_ill_day_up_to_seven(ill_days, covid_like, free_days):
    assert free_days_needed(ill_days, is_covid_like=covid_like) == free_days


def test_s190_back_from_half_with_ten_to_fifteen_percent_a_session():
    assert [share_of_session(n) for n in range(1, 8)] == [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.0]
    assert [share_of_session(n, step=0.15) for n in range(1, 6)] == [0.5, 0.65, 0.8, 0.95, 1.0]


def test_s190_impossible_figures_are_refused():
    with pytest.raises(ValueError, match=r"^days of illness are not negative$"):
        free_days_needed(-1)
    for number, step in ((0, 0.1), (1, 0.3), (1, 0.09), (1, 0.16)):
        with pytest.raises(ValueError, match=r"^sessions count from 1 and grow by 0.10 to 0.15$"):
            share_of_session(number, step=step)


def test_s190_the_share_of_a_session_is_in_whole_percent():
    assert share_of_session(2, step=0.123) == 0.62


def test_s190_an_illness_is_like_covid_only_where_somebody_says_so():
    assert free_days_needed(3) == 3


def test_s190_what_to_do_on_a_day_of_illness_is_said():
    assert says(today(("chest",)).message, "No training", "pressure, or breath is short", "call emergency services")
    assert says(today(("fever",)).message, "Rest today", "Eat and drink enough")
    assert says(today(("runny_nose",)).message, "at most half", "Stop if you feel worse")


@pytest.mark.parametrize(
    ("codes", "has_diabetes", "told"),
    [
        ((), True, []),
        (("acute_illness",), False, [("S-190", "caution", 0.0)]),
        (("cold_above_neck",), False, [("S-190", "caution", 0.5)]),
        (("acute_illness", "cold_above_neck"), False, [("S-190", "caution", 0.0)]),
        (("acute_illness", "covid_like"), False, [("S-190", "caution", 0.0)]),
        (("acute_illness", "chest_illness"), False, [("S-190", "urgent", 0.0), ("S-190", "caution", 0.0)]),
        (("cold_above_neck",), True, [("S-190", "caution", 0.5), ("S-141", "caution", 0.0)]),
    ],
)
def test_s190_s141_what_an_illness_on_file_allows(codes, has_diabetes, told):
    found = of_conditions(codes, has_diabetes=has_diabetes)
    assert [(one.rule, one.level, one.volume_share) for one in found] == told


def test_s190_after_a_covid_like_illness_seven_days_are_named():
    (advice,) = of_conditions(("acute_illness", "covid_like"), has_diabetes=False)
    assert "at least 7 days" in advice.message

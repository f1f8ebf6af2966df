import pytest

from agents.domain.safety import vet_text
from agents.domain.safety.glucose import before_session, mmol_per_l, session_blocked
from tests.agents.domain.safety.wording import says


@pytest.mark.parametrize(
    ("value", "unit", "ketones", "rule", "most", "level"),
    [
        (2.8, "mmol/L", None, "S-141", "none", "urgent"), (51, "mg/dL", None, "S-141", "none", "urgent"),
        (2.9, "mmol/L", None, "S-143", "none", "caution"), (69, "mg/dL", None, "S-143", "none", "caution"),
        (3.9, "mmol/L", None, "S-140", "as_planned", "caution"), (89, "mg/dL", None, "S-140", "as_planned", "caution"),
        (5.0, "mmol/L", None, "S-140", "as_planned", "none"), (90, "mg/dL", None, "S-140", "as_planned", "none"),
        (8.3, "mmol/L", None, "S-140", "as_planned", "none"), (13.8, "mmol/L", None, "S-140", "as_planned", "none"),
        (249, "mg/dL", None, "S-140", "as_planned", "none"), (13.9, "mmol/L", None, "S-140", "none", "caution"),
        (250, "mg/dL", "none", "S-140", "easy", "caution"), (300, "mg/dL", "trace", "S-140", "easy", "caution"),
        (300, "mg/dL", "small", "S-140", "none", "caution"), (300, "mg/dL", "moderate", "S-141", "none", "urgent"),
        (19.4, "mmol/L", None, "S-140", "none", "urgent"), (350, "mg/dL", "none", "S-140", "light", "urgent"),
        (349, "mg/dL", "none", "S-140", "easy", "caution"), (6.0, "mmol/L", "large", "S-141", "none", "urgent"),
    ],
)  # fmt: skip
def test_s140_what_a_reading_allows(value, unit, ketones, rule, most, level):
    found = before_session(value, unit, ketones=ketones)
    assert (found.rule, found.most, found.level) == (rule, most, level)


def test_s140_carbohydrate_first_below_five_and_at_the_start_below_8_3():
    assert before_session(4.9).carbs_g == (15, 30)
    assert "as you start" in before_session(8.2).message
    assert "as you start" not in before_session(8.3).message
    assert before_session(3.5).carbs_g == (15, 15)


def test_s140_the_test_for_ketones_is_asked_from_13_9_on():
    assert not before_session(13.8).asks_ketones
    assert before_session(13.9).asks_ketones
    assert before_session(19.4).asks_ketones


def test_s140_factor():
    assert mmol_per_l(90) == pytest.approx(4.9956, abs=1e-4)


@pytest.mark.parametrize(
    ("value", "unit"), [(0, "mmol/L"), (-1, "mmol/L"), (60, "mmol/L"), (float("nan"), "mmol/L"), (1080, "mg/dL")]
)
def test_s140_a_reading_that_cannot_be_is_asked_again(value, unit):
    with pytest.raises(ValueError, match=r"^this is not a blood glucose reading$"):
        before_session(value, unit)


def test_s140_the_outermost_readings_are_still_answered():
    assert before_session(0.5).rule == "S-141"
    assert before_session(1079, "mg/dL").most == "none"


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({}, None), ({"hours_since_severe_low": 24}, "S-141"), ({"hours_since_severe_low": 24.1}, None),
        ({"ketones": "moderate"}, "S-141"), ({"ketones": "large"}, "S-141"), ({"ketones": "trace"}, None),
        ({"is_ill": True}, "S-141"),
    ],
)  # fmt: skip
def test_s141_no_exercise_today(known, rule):
    found = session_blocked(**known)
    assert (found and found.rule) == rule
    assert found is None or found.most == "none"


def test_s141_why_there_is_no_exercise_today_is_said_with_whom_to_ask():
    after_a_low = session_blocked(hours_since_severe_low=1)
    assert after_a_low.level == "urgent"
    assert says(after_a_low.message, "no exercise for 24 hours", "tell your diabetes team today")
    ill = session_blocked(is_ill=True)
    assert ill.level == "caution"
    assert says(ill.message, "no exercise today", "sick-day plan", "call your diabetes team")
    ketones = session_blocked(ketones="large")
    assert ketones.level == "urgent"
    assert says(ketones.message, "no exercise today", "call your diabetes team now")


def test_s140_each_answer_reads_well():
    for value in (2.0, 3.0, 4.5, 6.0, 10.0, 15.0, 20.0):
        for ketones in (None, "none", "small", "large"):
            assert says(before_session(value, ketones=ketones).message)


def test_s142_nothing_here_speaks_about_insulin_doses():
    for value in (2.0, 3.0, 4.5, 6.0, 10.0, 15.0, 20.0):
        for ketones in (None, "none", "small", "large"):
            assert vet_text(before_session(value, ketones=ketones).message) == ()

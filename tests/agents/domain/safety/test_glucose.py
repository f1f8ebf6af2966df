import pytest

from agents.domain.safety import vet_text
from agents.domain.safety.glucose import before_session, mmol_per_l, session_blocked


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


@pytest.mark.parametrize("value", [0, -1, 60, float("nan")])
def test_s140_a_reading_that_cannot_be_is_asked_again(value):
    with pytest.raises(ValueError, match="not a blood glucose"):
        before_session(value)


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({}, None), ({"hours_since_severe_low": 24}, "S-141"), ({"hours_since_severe_low": 24.1}, None),
        ({"ketones": "moderate"}, "S-141"), ({"ketones": "trace"}, None), ({"is_ill": True}, "S-141"),
    ],
)  # fmt: skip
def test_s141_no_exercise_today(known, rule):
    found = session_blocked(**known)
    assert (found and found.rule) == rule
    assert found is None or found.most == "none"


def test_s142_nothing_here_speaks_about_insulin_doses():
    for value in (2.0, 3.0, 4.5, 6.0, 10.0, 15.0, 20.0):
        for ketones in (None, "none", "small", "large"):
            assert vet_text(before_session(value, ketones=ketones).message) == ()

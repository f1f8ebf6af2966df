import pytest

from agents.domain.safety.pressure import FREE, resting_pressure, resting_pulse
from tests.agents.domain.safety.wording import says


@pytest.mark.parametrize(
    ("systolic", "diastolic", "has_symptoms", "rule", "level", "most"),
    [
        (120, 80, False, "S-150", "none", "vigorous"), (159, 99, True, "S-150", "none", "vigorous"),
        (160, 99, False, "S-150", "urgent", "moderate"), (159, 100, False, "S-150", "urgent", "moderate"),
        (179, 109, False, "S-150", "urgent", "moderate"), (180, 80, False, "S-150", "urgent", "none"),
        (150, 110, False, "S-150", "urgent", "none"), (180, 80, True, "S-39", "emergency", "none"),
        (150, 120, True, "S-39", "emergency", "none"), (150, 119, True, "S-150", "urgent", "none"),
    ],
)  # fmt: skip
def test_s150_blood_pressure_at_rest(systolic, diastolic, has_symptoms, rule, level, most):
    found = resting_pressure(systolic, diastolic, has_symptoms=has_symptoms)
    assert (found.rule, found.level, found.most) == (rule, level, most)


@pytest.mark.parametrize(
    ("beats", "is_trained", "most"),
    [
        (120, False, "vigorous"),
        (121, True, "none"),
        (40, False, "vigorous"),
        (39, False, "none"),
        (39, True, "vigorous"),
    ],
)
def test_s150_pulse_at_rest(beats, is_trained, most):
    found = resting_pulse(beats, is_trained=is_trained)
    assert (found.most, found.level) == (most, "urgent" if most == "none" else "none")


@pytest.mark.parametrize(
    ("systolic", "diastolic"), [(80, 120), (0, 0), (400, 80), (120, 10), (49, 30), (301, 80), (120, 19), (90, 90)]
)
def test_s150_what_is_no_reading_is_asked_again(systolic, diastolic):
    with pytest.raises(ValueError, match=r"^this is not a blood pressure reading$"):
        resting_pressure(systolic, diastolic)


@pytest.mark.parametrize(("systolic", "diastolic"), [(50, 30), (300, 80), (120, 20), (90, 89)])
def test_s150_the_outermost_readings_are_still_answered(systolic, diastolic):
    assert resting_pressure(systolic, diastolic).rule == "S-150"


@pytest.mark.parametrize("beats", [0, 19, 301, 500])
def test_s150_what_is_no_pulse_is_asked_again(beats):
    with pytest.raises(ValueError, match=r"^this is not a pulse$"):
        resting_pulse(beats)


@pytest.mark.parametrize(("beats", "most"), [(20, "none"), (300, "none")])
def test_s150_the_outermost_pulses_are_still_answered(beats, most):
    assert resting_pulse(beats).most == most


def test_s150_symptoms_and_training_are_not_assumed():
    assert resting_pressure(190, 100).rule == "S-150"
    assert resting_pulse(35).most == "none"


def test_s150_what_to_do_with_a_high_reading_is_said():
    assert says(resting_pressure(180, 90).message, "No exercise today", "measure again", "call a doctor today")
    assert says(resting_pressure(160, 90).message, "Stay moderate", "doctor within 3 days")
    assert says(resting_pulse(130).message, "no session today", "doctor today")
    assert resting_pulse(130).rule == "S-150"
    assert resting_pressure(120, 80) == resting_pulse(60) == FREE

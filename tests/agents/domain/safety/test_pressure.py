import pytest

from agents.domain.safety.pressure import resting_pressure, resting_pulse


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


@pytest.mark.parametrize(("systolic", "diastolic"), [(80, 120), (0, 0), (400, 80), (120, 10)])
def test_s150_what_is_no_reading_is_asked_again(systolic, diastolic):
    with pytest.raises(ValueError, match="not a blood pressure"):
        resting_pressure(systolic, diastolic)


@pytest.mark.parametrize("beats", [0, 500])
def test_s150_what_is_no_pulse_is_asked_again(beats):
    with pytest.raises(ValueError, match="not a pulse"):
        resting_pulse(beats)

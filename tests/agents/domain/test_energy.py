"""The worked examples of science.md section 2 (K-1..K-8) and of E3 and E5."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import energy
from agents.domain.profile import Profile

relaxed = settings(derandomize=True, deadline=None, max_examples=150)
MAN_80 = Profile(sex="male", weight_kg=80, height_cm=180, age=30, work_activity="light", leisure_activity="light")
WOMAN_65 = Profile(sex="female", weight_kg=65, height_cm=165, age=35)


@pytest.mark.parametrize(
    ("sex", "weight", "height", "age", "kcal"),
    [
        ("male", 80, 180, 30, 1780.0),
        ("female", 65, 165, 35, 1345.25),
        ("male", 100, 175, 50, 1848.75),
        ("female", 50, 155, 22, 1197.75),
        ("unspecified", 70, 170, 30, 1534.5),
        ("female", 120, 170, 45, 1876.5),
    ],
)
def test_k1_resting_rate(sex, weight, height, age, kcal):
    assert energy.rmr_kcal(weight_kg=weight, height_cm=height, age=age, sex=sex) == pytest.approx(kcal)


@pytest.mark.parametrize(
    ("ffm", "is_athlete", "kcal"), [(64, False, 1752.4), (45.5, False, 1352.8), (64, True, 1908), (45.5, True, 1501)]
)
def test_k2_resting_rate_from_measured_fat_free_mass(ffm, is_athlete, kcal):
    assert energy.rmr_from_ffm_kcal(ffm, is_athlete=is_athlete) == pytest.approx(kcal)


def test_k2_harris_benedict_is_a_reference():
    man = energy.harris_benedict_kcal(weight_kg=80, height_cm=180, age=30, sex="male")
    woman = energy.harris_benedict_kcal(weight_kg=65, height_cm=165, age=35, sex="female")
    assert (round(man, 2), round(woman, 2)) == (1853.63, 1408.27)


@pytest.mark.parametrize(
    ("sex", "weight", "height", "age", "work", "leisure", "kcal"),
    [
        ("male", 80, 180, 30, "light", "light", 2848.0),
        ("female", 65, 165, 35, "very_light", "light", 2017.875),
        ("male", 100, 175, 50, "very_light", "very_light", 2588.25),
        ("female", 50, 155, 22, "very_light", "active", 2036.175),
    ],
)
def test_k4_daily_expenditure(sex, weight, height, age, work, leisure, kcal):
    profile = Profile(
        sex=sex, weight_kg=weight, height_cm=height, age=age, work_activity=work, leisure_activity=leisure
    )
    need = energy.tdee_kcal(profile)
    assert need.tdee_kcal == pytest.approx(kcal)
    assert (need.low, need.high) == (pytest.approx(0.9 * kcal), pytest.approx(1.1 * kcal))
    assert need.assumed == ()


def test_k4_unanswered_activity_is_light_desk_life_and_said_to_be_assumed():
    need = energy.tdee_kcal(WOMAN_65)
    assert need.multiplier == 1.5
    assert need.assumed == ("work_activity", "leisure_activity")


@pytest.mark.parametrize(
    ("leisure", "row"),
    [
        ("very_light", (1.4, 1.5, 1.6, 1.7)),
        ("light", (1.5, 1.6, 1.7, 1.8)),
        ("moderate", (1.6, 1.7, 1.8, 1.9)),
        ("active", (1.7, 1.8, 1.9, 2.1)),
        ("very_active", (1.9, 2.0, 2.2, 2.3)),
    ],
)
def test_k4_every_cell_of_the_table(leisure, row):
    levels = ("very_light", "light", "moderate", "heavy")
    assert tuple(energy.activity_multiplier(work, leisure) for work in levels) == row


@pytest.mark.parametrize(("factor", "kcal"), [(1.2, 2136), (1.375, 2447.5), (1.55, 2759), (1.725, 3070.5), (1.9, 3382)])
def test_k5_imported_single_factors_as_data(factor, kcal):
    assert factor * energy.tdee_kcal(MAN_80).bmr_kcal == pytest.approx(kcal)


@pytest.mark.parametrize(
    ("multiplier", "pal"), [(1.2, 1.4), (1.375, 1.4), (1.55, 1.6), (1.725, 1.7), (1.9, 1.9), (3.0, 2.3)]
)
def test_k5_single_factors_map_to_the_nearest_cell(multiplier, pal):
    assert energy.activity_multiplier(*energy.nearest_activity(multiplier)) == pal


@pytest.mark.parametrize(
    ("fat", "rho"),
    [(8, 5126), (10, 5549), (15, 6315), (20, 6829), (25, 7198), (30, 7475), (35, 7691), (40, 7865), (None, 7700)],
)
def test_k6_energy_density(fat, rho):
    assert round(energy.rho_kcal_per_kg(fat)) == rho


@pytest.mark.parametrize(
    ("profile", "exercise", "floor", "rule"),
    [
        (MAN_80, 300, 2230, "E5"),
        (WOMAN_65, 200, 1580, "E5"),
        (Profile(sex="female", weight_kg=50, height_cm=155, age=22), 200, 1370, "E5"),
        (Profile(sex="female", weight_kg=120, height_cm=170, age=45), 0, 1690, "E3"),
        (Profile(sex="male", weight_kg=100, height_cm=180, age=40), 0, 1740, "E3"),
        (Profile(sex="female", weight_kg=60, height_cm=150, age=90), 0, 1200, "E3"),
        (Profile(sex="unspecified", weight_kg=68, height_cm=160, age=80), 0, 1500, "E3"),
    ],
)
def test_e3_and_e5_floor(profile, exercise, floor, rule):
    found = energy.kcal_floor(profile, exercise)
    assert (found.kcal, found.rule, found.basis) == (floor, rule, profile.sex)


def test_e5_binds_a_heavier_person_who_trains_five_hours_a_week():
    heavy = Profile(sex="male", weight_kg=100, height_cm=180, age=40, workout_minutes=60, workout_days=(0, 1, 2, 3))
    assert energy.kcal_floor(heavy, 500).rule == "E3"
    assert energy.kcal_floor(replace(heavy, workout_days=(0, 1, 2, 3, 4)), 500).rule == "E5"


@pytest.mark.parametrize(
    ("intake", "exercise", "ffm", "available"),
    [
        (1600, 300, 45.5, 28.57),
        (1400, 400, 45.5, 21.98),
        (1700, 300, 45.5, 30.77),
        (2200, 300, 64, 29.69),
        (2300, 300, 64, 31.25),
    ],
)
def test_e5_energy_availability(intake, exercise, ffm, available):
    found = energy.energy_availability(intake_kcal=intake, exercise_kcal=exercise, ffm_kg=ffm)
    assert round(found, 2) == available
    is_enough = intake >= energy.least_intake_kcal(ffm_kg=ffm, exercise_kcal=exercise)
    assert is_enough is (available >= 30)


def test_e5_least_intake():
    assert energy.least_intake_kcal(ffm_kg=45.5, exercise_kcal=300) == 1665


def test_k8_training_and_rest_days_keep_the_weekly_mean():
    train, rest = energy.training_rest_split(mean_kcal=2480, training_days=4, gap_kcal=200, floor_kcal=2230)
    assert (round(train, 1), round(rest, 1)) == (2565.7, 2365.7)


@pytest.mark.parametrize("days", [0, 7])
def test_k8_a_week_of_equal_days_is_not_split(days):
    split = energy.training_rest_split(mean_kcal=2000, training_days=days, gap_kcal=200, floor_kcal=1500)
    assert split == (2000, 2000)


@relaxed
@given(mean=st.floats(1200, 5000), days=st.integers(0, 7), gap=st.floats(-100, 2000), floor_share=st.floats(0.5, 1))
def test_k8_no_day_falls_below_the_floor(mean, days, gap, floor_share):
    train, rest = energy.training_rest_split(
        mean_kcal=mean, training_days=days, gap_kcal=gap, floor_kcal=mean * floor_share
    )
    assert rest >= mean * floor_share - 1e-6
    assert train - rest <= 300 + 1e-6
    assert (days * train + (7 - days) * rest) / 7 == pytest.approx(mean)


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="7"):
        energy.training_rest_split(mean_kcal=2000, training_days=8, gap_kcal=100, floor_kcal=1500)


def test_training_minutes_are_unknown_until_days_and_minutes_are():
    assert energy.training_minutes_per_week(MAN_80) is None
    assert energy.training_minutes_per_week(replace(MAN_80, workout_days=())) == 0
    assert energy.training_minutes_per_week(replace(MAN_80, workout_days=(1,))) is None
    assert energy.training_minutes_per_week(replace(MAN_80, workout_days=(1, 3), workout_minutes=45)) == 90


def test_exercise_energy_is_net_of_rest():
    planned = replace(MAN_80, workout_days=(1, 3, 5), workout_minutes=45)
    assert energy.exercise_kcal_per_day(planned) == pytest.approx(4 * 80 * 135 / 60 / 7)
    assert energy.exercise_kcal_per_day(MAN_80) == energy.exercise_kcal_per_day(planned)
    assert energy.exercise_kcal_per_day(replace(MAN_80, workout_days=())) == 0


@pytest.mark.parametrize("missing", ["age", "height_cm", "weight_kg"])
def test_there_is_no_default_body(missing):
    with pytest.raises(ValueError, match=missing):
        energy.tdee_kcal(replace(MAN_80, **{missing: None}))


@pytest.mark.parametrize("weight", [0, -5, float("nan"), float("inf")])
def test_a_weight_that_cannot_be_is_refused(weight):
    with pytest.raises(ValueError, match="weight_kg"):
        energy.rmr_kcal(weight_kg=weight, height_cm=170, age=30, sex="female")


@pytest.mark.parametrize(
    ("value", "step", "rounded"), [(161.5, 1, 162), (-161.5, 1, -162), (2356, 10, 2360), (1615, 10, 1620), (0.2, 1, 0)]
)
def test_halves_are_rounded_away_from_zero(value, step, rounded):
    assert energy.round_half_away(value, step) == rounded

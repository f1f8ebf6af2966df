"""K-3: the worked figures of body fat, by BMI and by tape."""

import pytest

from agents.domain import body


@pytest.mark.parametrize(
    ("sex", "age", "weight", "height", "percent"),
    [
        ("male", 40, 100, 180, 29.62),
        ("female", 35, 80, 165, 37.97),
        ("male", 23, 70, 180, 13.93),
        ("male", 30, 80, 180, 19.89),
        ("female", 35, 65, 165, 29.68),
        ("female", 45, 120, 170, 53.19),
        ("male", 18, 40, 190, 3.0),
        ("female", 60, 300, 150, 60.0),
    ],
)
def test_k3_body_fat_from_bmi(sex, age, weight, height, percent):
    fat = body.body_fat_percent(weight_kg=weight, height_cm=height, age=age, sex=sex)
    assert fat == pytest.approx(percent, abs=0.005)


def test_k3_unspecified_sex_takes_the_mean():
    female, male, unknown = (
        body.body_fat_percent(weight_kg=70, height_cm=170, age=30, sex=sex) for sex in ("female", "male", "unspecified")
    )
    assert unknown == pytest.approx((female + male) / 2)


def test_k3_tape():
    man = body.body_fat_from_tape_percent(sex="male", height_cm=180, waist_cm=90, neck_cm=40)
    woman = body.body_fat_from_tape_percent(sex="female", height_cm=165, waist_cm=75, neck_cm=34, hip_cm=100)
    assert (round(man, 2), round(woman, 2)) == (18.37, 28.94)


@pytest.mark.parametrize(
    "girths",
    [
        {"sex": "male", "waist_cm": 40, "neck_cm": 40},
        {"sex": "female", "waist_cm": 75, "neck_cm": 34},
        {"sex": "male", "waist_cm": float("nan"), "neck_cm": 40},
        {"sex": "male", "waist_cm": 9e9, "neck_cm": 40},
        {"sex": "male", "waist_cm": 90, "neck_cm": 0},
    ],
)
def test_k3_impossible_girths_are_refused_instead_of_giving_nan(girths):
    with pytest.raises(ValueError, match=r"waist|hip|girths|neck"):
        body.body_fat_from_tape_percent(height_cm=180, **girths)

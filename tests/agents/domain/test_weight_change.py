"""E1, E2, E4, E6, S-134 and K-7: whether and how fast weight may change."""

from dataclasses import replace

import pytest

from agents.domain import weight_change
from agents.domain.profile import Profile


@pytest.mark.parametrize(
    ("goal_kg", "weeks", "kcal", "rules_told"),
    [
        (None, None, 206.25, []),
        (77, 10, 0.2 * 7700 / 7, []),
        (90, 8, 0.005 * 75 * 1100, ["E4"]),
        (80, None, 206.25, []),
        (70, 20, 0, ["K-7"]),
    ],
)
def test_e4_gain_follows_the_wish_up_to_half_a_percent(goal_kg, weeks, kcal, rules_told):
    man = Profile(sex="male", weight_kg=75, height_cm=180, age=30, primary_goal="muscle_gain")
    change = weight_change.planned(
        replace(man, target_weight_kg=goal_kg, target_weeks=weeks),
        need_kcal=2500,
        permission=weight_change.Permission(is_allowed=True),
    )
    assert change.kcal == pytest.approx(kcal)
    assert [note.rule for note in change.notes] == rules_told


@pytest.mark.parametrize(
    ("height", "lowest"), [(150, 41.7), (160, 47.4), (165, 50.4), (170, 53.5), (175, 56.7), (180, 60.0), (190, 66.8)]
)
def test_e2_lowest_goal_weight_has_a_bmi_of_at_least_18_5(height, lowest):
    # The list of E2 rounds to the nearest 0.1; the lowest accepted tenth is the next one up where that is below 18.5.
    assert weight_change.lowest_goal_weight_kg(height) == lowest
    assert lowest / (height / 100) ** 2 >= 18.5


def test_permission_only_ever_narrows():
    man = Profile(sex="male", weight_kg=90, height_cm=180, age=30)
    caps = [weight_change.cap_fraction(man, weight_change.Permission(True, cap)) for cap in (None, 0.1, 0.9, -1)]
    assert caps == [0.25, 0.1, 0.25, 0]
    assert weight_change.cap_fraction(man, weight_change.Permission(is_allowed=False, cap_fraction=0.2)) == 0


def test_s134_after_a_birth_six_weeks_must_have_passed():
    mother = Profile(sex="female", weight_kg=80, height_cm=165, age=30, conditions=("postpartum",))
    assert weight_change.forbidden(mother).rule == "S-134"
    assert weight_change.forbidden(mother, months_since_birth=1).rule == "S-134"
    assert weight_change.forbidden(mother, months_since_birth=2) is None


def test_e1_an_unknown_age_counts_as_young():
    assert weight_change.forbidden(Profile(weight_kg=90, height_cm=180)).rule == "E1"


@pytest.mark.parametrize("weeks", [None, 0, -3])
def test_a_goal_without_a_date_goes_at_the_default_rate(weeks):
    man = Profile(
        sex="male",
        weight_kg=80,
        height_cm=180,
        age=30,
        primary_goal="fat_loss",
        target_weight_kg=72,
        target_weeks=weeks,
    )
    change = weight_change.planned(man, need_kcal=2848, permission=weight_change.Permission(is_allowed=True))
    assert change.kcal == pytest.approx(-367, abs=0.5)

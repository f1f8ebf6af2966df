"""E1, E2, E4, E6, S-134 and K-7: whether and how fast weight may change."""

from dataclasses import replace

import pytest

from agents.domain import energy, weight_change
from agents.domain.body import body, fat_kg
from agents.domain.profile import Profile

ALLOWED = weight_change.Permission(is_allowed=True)
MAN_80 = Profile(sex="male", weight_kg=80, height_cm=180, age=30, primary_goal="fat_loss")
WOMAN_65 = Profile(sex="female", weight_kg=65, height_cm=165, age=35, primary_goal="fat_loss")
WOMAN_50 = Profile(sex="female", weight_kg=50, height_cm=155, age=22, primary_goal="fat_loss")
WOMAN_120 = Profile(sex="female", weight_kg=120, height_cm=170, age=45, primary_goal="fat_loss")
MAN_100 = Profile(sex="male", weight_kg=100, height_cm=180, age=40, primary_goal="fat_loss")


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


@pytest.mark.parametrize(
    ("height", "printed"), [(150, 41.6), (160, 47.4), (165, 50.4), (170, 53.5), (175, 56.7), (180, 59.9), (190, 66.8)]
)
def test_e2_the_printed_list_of_lowest_weights(height, printed):
    assert round(weight_change.LEAST_BMI * (height / 100) ** 2, 1) == printed
    assert 0 <= weight_change.lowest_goal_weight_kg(height) - printed < 0.11


@pytest.mark.parametrize(
    ("goal_kg", "height", "bmi", "is_refused"),
    [(53.4, 170, 18.48, True), (53.5, 170, 18.51, False), (45, 155, 18.73, False), (44, 155, 18.31, True)],
)
def test_e2_goal_weights_at_the_limit(goal_kg, height, bmi, is_refused):
    person = Profile(sex="female", weight_kg=70, height_cm=height, age=30, conditions=(), target_weight_kg=goal_kg)
    assert round(goal_kg / (height / 100) ** 2, 2) == bmi
    assert (weight_change.forbidden(person) is not None) is is_refused


@pytest.mark.parametrize(
    ("person", "tdee", "wish", "wanted", "cap", "planned"),
    [
        (MAN_80, 2848, None, 367, 712, 367),
        (WOMAN_65, 2017.875, None, 314, 504, 314),
        (WOMAN_50, 2036.175, None, 206, 509, 206),
        (WOMAN_120, 2627.1, None, 717, 657, 657),
        (MAN_100, 2895, (88, 16), 799, 724, 724),
    ],
)
def test_k7_wanted_deficit_and_cap(person, tdee, wish, wanted, cap, planned):
    goal, weeks = wish or (None, None)
    person = replace(person, target_weight_kg=goal, target_weeks=weeks)
    limits = [weight_change.planned(person, need_kcal=need, permission=ALLOWED).kcal for need in (1e6, tdee)]
    assert [round(-kcal) for kcal in limits] == [wanted, planned]
    assert round(0.25 * tdee) == cap


@pytest.mark.parametrize(("tdee", "most"), [(2096, 524), (2898, 724)])
def test_e4_a_deficit_is_at_most_a_quarter_of_expenditure(tdee, most):
    fast = replace(WOMAN_120, target_weight_kg=80, target_weeks=40)
    assert int(-weight_change.planned(fast, need_kcal=tdee, permission=ALLOWED).kcal) == most


def test_e4_twenty_pounds_in_two_weeks_in_figures():
    loss_kg = 20 / 2.20462 / 2
    assert (round(loss_kg, 2), round(100 * loss_kg / 90, 2), round(loss_kg * 7700 / 7, -1)) == (4.54, 5.04, 4990)
    wish = replace(MAN_80, weight_kg=90, target_weight_kg=90 - 2 * loss_kg, target_weeks=2)
    change = weight_change.planned(wish, need_kcal=3000, permission=ALLOWED)
    assert change.notes[0].rule == "E4"
    assert "4.5 kg a week is faster than is healthy; 0.9 kg is the most" in change.notes[0].message


def test_e4_eighty_to_seventy_two_in_sixteen_weeks_in_figures():
    wish = replace(MAN_80, target_weight_kg=72, target_weeks=16)
    change = weight_change.planned(wish, need_kcal=1e6, permission=ALLOWED)
    weekly_kg = -change.kcal * 7 / energy.rho_kcal_per_kg(fat_kg(body(wish)))
    assert (round(weekly_kg, 2), 100 * weekly_kg / 80) == (0.5, pytest.approx(0.625))
    assert change.notes == ()


@pytest.mark.parametrize(("goal_kg", "words"), [(81, "above your weight"), (80.5, "at your goal weight")])
def test_a_goal_above_the_weight_is_nothing_to_lose(goal_kg, words):
    change = weight_change.planned(replace(MAN_80, target_weight_kg=goal_kg), need_kcal=2848, permission=ALLOWED)
    assert change.kcal == 0
    assert words in change.notes[0].message


@pytest.mark.parametrize(("goal_kg", "told"), [(72, "lose fat"), (86, "build muscle"), (80.4, None), (None, None)])
def test_k7_a_goal_weight_beside_another_goal_is_not_passed_over(goal_kg, told):
    person = replace(MAN_80, primary_goal="strength", target_weight_kg=goal_kg)
    change = weight_change.planned(person, need_kcal=2848, permission=ALLOWED)
    assert change.kcal == 0
    assert [told in note.message for note in change.notes] == ([True] if told else [])


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


def test_e4_above_200_kg_the_default_is_one_kilogram_a_week():
    man = Profile(sex="male", weight_kg=240, height_cm=185, age=30, primary_goal="fat_loss")
    change = weight_change.planned(man, need_kcal=1e6, permission=ALLOWED)
    assert -change.kcal * 7 / energy.rho_kcal_per_kg(fat_kg(body(man))) == pytest.approx(1.0)


def test_weights_are_told_in_the_persons_unit_and_a_lowest_goal_never_too_low():
    woman = Profile(
        sex="female",
        weight_kg=70,
        height_cm=172,
        age=30,
        primary_goal="fat_loss",
        target_weight_kg=50,
        units="imperial",
    )
    message = weight_change.planned(woman, need_kcal=2000, permission=ALLOWED).notes[0].message
    lowest_lb = int(message.removesuffix(" lb.").split()[-1])
    assert "111 lb is too low" in message
    assert lowest_lb / 2.20462 / 1.72**2 >= 18.5


@pytest.mark.parametrize("words", ["acute_illness", "the flu", "pneumonia", "weird thing", "vomiting blood"])
def test_e6_no_deficit_while_ill_or_with_a_diagnosis_nobody_knows_whatever_the_caller_allows(words):
    ill = replace(MAN_80, conditions=(words,))
    assert weight_change.planned(ill, need_kcal=2500, permission=ALLOWED).kcal == 0
    assert weight_change.cap_fraction(ill, ALLOWED) == 0
    assert weight_change.forbidden(ill).rule == "E6"


def test_e6_a_cold_above_the_neck_is_no_reason_against_a_deficit():
    assert weight_change.forbidden(replace(MAN_80, conditions=("cold",))) is None


@pytest.mark.parametrize("known", [{"age": 16}, {"conditions": ("care_mode",)}, {"hide_numbers": True}])
def test_e8_s120_no_weight_is_named_to_people_whose_numbers_are_hidden(known):
    for goal in ("fat_loss", "strength"):
        for target_kg in (40, 65):
            person = replace(MAN_80, primary_goal=goal, target_weight_kg=target_kg, **known)
            change = weight_change.planned(person, need_kcal=2500, permission=ALLOWED)
            assert not any(sign.isdigit() for note in change.notes if note.rule != "E1" for sign in note.message)


def test_k7_nobody_is_pointed_to_a_loss_that_is_refused():
    strong = replace(MAN_80, primary_goal="strength", target_weight_kg=70)
    assert weight_change.planned(strong, need_kcal=2500, permission=weight_change.Permission()).notes == ()
    assert weight_change.planned(strong, need_kcal=2500, permission=ALLOWED).notes != ()

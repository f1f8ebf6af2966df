"""K-7, K-8, N-2..N-7, E1..E6 and S-133: the daily targets, and the checks of the table nutrition_targets."""

from dataclasses import replace

import pytest

from agents.domain import energy, weight_change
from agents.domain.profile import Profile
from agents.domain.targets import Refusal, Targets, targets, training_and_rest

MAN_80 = Profile(
    sex="male", weight_kg=80, height_cm=180, age=30, work_activity="light", leisure_activity="light",
    primary_goal="fat_loss",
)  # fmt: skip
WOMAN_65 = Profile(sex="female", weight_kg=65, height_cm=165, age=35, primary_goal="fat_loss")
WOMAN_50 = Profile(
    sex="female", weight_kg=50, height_cm=155, age=22, leisure_activity="active", primary_goal="fat_loss"
)
WOMAN_120 = Profile(
    sex="female", weight_kg=120, height_cm=170, age=45, leisure_activity="very_light", primary_goal="fat_loss"
)
MAN_100 = Profile(
    sex="male", weight_kg=100, height_cm=180, age=40, primary_goal="fat_loss", target_weight_kg=88, target_weeks=16
)


def planned(profile, **options):
    found = targets(profile, deficit_allowed=True, **options)
    assert isinstance(found, Targets)
    return found


def rules(found):
    return [note.rule for note in found.findings]


@pytest.mark.parametrize(
    ("profile", "exercise", "tdee", "kcal", "low", "high", "floor", "rule"),
    [
        (MAN_80, 300, 2848, 2480, 2360, 2600, 2230, None),
        (WOMAN_65, 200, 2018, 1700, 1620, 1790, 1580, None),
        (WOMAN_50, 200, 2036, 1830, 1740, 1920, 1370, None),
        (WOMAN_120, 0, 2627, 1970, 1870, 2070, 1690, "E4"),
        (MAN_100, 0, 2895, 2170, 2060, 2280, 1740, "E4"),
    ],
)
def test_k7_table(profile, exercise, tdee, kcal, low, high, floor, rule):
    found = planned(profile, exercise_kcal_per_day=exercise)
    assert (round(found.tdee.tdee_kcal), found.kcal, found.kcal_min, found.kcal_max) == (tdee, kcal, low, high)
    assert found.kcal_floor == floor
    assert rules(found) == ([rule] if rule else [])


def test_k7_other_goals_hold_the_weight():
    found = planned(replace(WOMAN_65, primary_goal="strength"))
    assert (found.kcal, found.weekly_rate_kg) == (2020, 0)


def test_k7_muscle_gain_of_75_kg_is_206_kcal():
    man = Profile(sex="male", weight_kg=75, height_cm=180, age=30, primary_goal="muscle_gain")
    found = planned(man)
    assert found.kcal == energy.round_half_away(found.tdee.tdee_kcal + 206.25, 10)
    assert found.weekly_rate_kg == pytest.approx(0.19, abs=0.01)


def test_e4_twenty_pounds_in_two_weeks_is_refused_and_the_default_planned():
    wish = replace(MAN_80, weight_kg=90, target_weight_kg=90 - 9.07, target_weeks=2)
    found = planned(wish)
    assert rules(found) == ["E4"]
    assert "0.9 kg is the most" in found.findings[0].message
    assert found.kcal == planned(replace(wish, target_weight_kg=None, target_weeks=None)).kcal


def test_e4_eighty_to_seventy_two_in_sixteen_weeks_is_accepted():
    found = planned(replace(MAN_80, target_weight_kg=72, target_weeks=16), exercise_kcal_per_day=0)
    assert rules(found) == []
    assert found.weekly_rate_kg == pytest.approx(-0.5, abs=0.01)


def test_a_person_at_the_goal_weight_keeps_it():
    found = planned(replace(MAN_80, target_weight_kg=80))
    assert (found.kcal, found.weekly_rate_kg, rules(found)) == (2850, 0, ["K-7"])


@pytest.mark.parametrize(("goal_kg", "is_refused"), [(45, False), (44, True), (53.4, True)])
def test_e2_a_goal_below_18_5_gets_no_deficit_and_the_lowest_accepted_weight(goal_kg, is_refused):
    height = 170 if goal_kg == 53.4 else 155
    woman = replace(WOMAN_65, weight_kg=65, height_cm=height, target_weight_kg=goal_kg, target_weeks=60)
    found = planned(woman)
    assert ("E2" in rules(found)) is is_refused
    assert (found.weekly_rate_kg == 0) is is_refused
    if is_refused:
        assert f"{weight_change.lowest_goal_weight_kg(height)} kg" in found.findings[0].message


PROTECTED = {
    "a minor": {"age": 17},
    "pregnancy": {"conditions": ("pregnancy",)},
    "a pregnancy known by its week": {"pregnancy_week": 30},
    "breastfeeding": {"conditions": ("breastfeeding",)},
    "a recent birth": {"conditions": ("postpartum",)},
    "an eating disorder": {"conditions": ("eating_disorder",)},
    "care mode": {"conditions": ("care_mode",)},
    "type 1 diabetes": {"conditions": ("diabetes_t1",)},
    "insulin": {"medications": ("Insulin glargine",)},
    "kidney disease": {"conditions": ("kidney",)},
    "cancer treatment": {"conditions": ("cancer_treatment",)},
    "a fracture or operation": {"conditions": ("fracture_or_operation",)},
    "a BMI under 18.5": {"weight_kg": 50.0},
}


@pytest.mark.parametrize("name", PROTECTED)
def test_e1_e2_e6_no_deficit_even_when_the_caller_allows_one(name):
    person = replace(MAN_80, **PROTECTED[name])
    found = planned(person, deficit_cap_fraction=0.25)
    assert found.kcal >= found.tdee.tdee_kcal
    assert found.weekly_rate_kg >= 0
    assert {"E1", "E2", "E6", "E8", "S-134"} & set(rules(found))


def test_no_deficit_without_the_verdict_of_the_safety_rules():
    found = targets(MAN_80)
    assert (found.kcal, found.weekly_rate_kg) == (2850, 0)


def test_e6_breastfeeding_from_six_months_may_lose_slowly():
    woman = replace(WOMAN_65, conditions=("breastfeeding",))
    assert planned(woman, months_since_birth=5).weekly_rate_kg >= 0
    assert planned(woman, months_since_birth=7).weekly_rate_kg < 0


@pytest.mark.parametrize(("cap", "is_lighter"), [(None, False), (0.10, True), (0.25, True), (0, False)])
def test_e2_a_slender_person_needs_a_reason_and_loses_at_most_ten_percent(cap, is_lighter):
    slender = replace(WOMAN_65, weight_kg=53, leisure_activity="very_active")
    found = planned(slender, deficit_cap_fraction=cap, exercise_kcal_per_day=0)
    assert (found.kcal < found.tdee.tdee_kcal) is is_lighter
    assert found.kcal >= 0.9 * found.tdee.tdee_kcal - 5


def test_e3_the_floor_stops_the_deficit_and_says_so():
    woman = replace(WOMAN_65, leisure_activity="very_light")
    found = planned(woman, exercise_kcal_per_day=500)
    assert found.kcal == found.kcal_min == found.kcal_floor == 1880
    assert "E5" in rules(found)


@pytest.mark.parametrize(
    ("stage", "months", "extra"),
    [
        ({"pregnancy_week": 8}, None, 0),
        ({"pregnancy_week": 14}, None, 340),
        ({"pregnancy_week": 28}, None, 452),
        ({"conditions": ("pregnancy",)}, None, 340),
        ({"conditions": ("breastfeeding",)}, 3, 330),
        ({"conditions": ("breastfeeding",)}, 8, 400),
        ({"conditions": ("breastfeeding",)}, None, 400),
    ],
)
def test_s133_energy_on_top(stage, months, extra):
    woman = replace(WOMAN_65, primary_goal="general_fitness", **stage)
    found = planned(woman, months_since_birth=months)
    assert found.kcal == energy.round_up(found.tdee.tdee_kcal + extra, 10)
    assert rules(found) == ["S-133"]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"weight_kg": None}, ("weight_kg",)),
        ({"age": None, "height_cm": None}, ("age", "height_cm")),
        ({"height_cm": 80.0}, ("height_cm", "weight_kg")),
    ],
)
def test_there_is_no_default_body(change, missing):
    found = targets(replace(MAN_80, **change))
    assert isinstance(found, Refusal)
    assert found.missing == missing


def test_missing_facts_are_named_in_words():
    found = targets(Profile())
    assert found.message.endswith("your age, your height and your weight.")


def test_s120_children_under_thirteen_get_no_plan():
    assert targets(replace(MAN_80, age=12)).rule == "S-120"


@pytest.mark.parametrize(
    "change",
    [
        {"age": 16},
        {"hide_numbers": True},
        {"conditions": ("care_mode", "pregnancy")},
        {"conditions": ("eating_disorder",)},
    ],
)
def test_s120_e8_calories_stay_out_of_words_for_people_who_should_not_see_them(change):
    found = planned(replace(WOMAN_65, **change), exercise_kcal_per_day=900)
    words = " ".join([found.rationale, *(note.message for note in found.findings)])
    assert "kcal" not in words
    assert "energy" in found.rationale


def test_the_rationale_names_need_target_and_meaning():
    words = planned(MAN_80, exercise_kcal_per_day=300).rationale
    assert "2,850 kcal" in words
    assert "2,480, which is 370 less" in words
    assert "never under 2,230" in words


def test_e3_ceiling_is_5000_and_6000_for_athletes():
    giant = Profile(
        sex="male", weight_kg=140, height_cm=205, age=22, work_activity="moderate", leisure_activity="very_active",
        primary_goal="athletic_performance", fitness_level="advanced",
    )  # fmt: skip
    assert planned(giant).kcal_ceiling == 6000
    plain = planned(replace(giant, fitness_level="intermediate"))
    assert (plain.kcal, plain.kcal_max, plain.kcal_ceiling) == (4990, 5000, 5000)
    assert "E3" in rules(plain)


@pytest.mark.parametrize(
    "change", [{"conditions": ("eating_disorder",)}, {"leisure_activity": "very_active", "weight_kg": 250}]
)
def test_e3_the_ceiling_never_hides_a_deficit(change):
    giant = Profile(
        sex="male", weight_kg=190, height_cm=200, age=30, work_activity="heavy", leisure_activity="active",
        primary_goal="general_fitness",
    )  # fmt: skip
    found = targets(replace(giant, **change))
    assert isinstance(found, Refusal)
    assert found.rule == "E3"


def test_n3_kidney_disease_is_routed():
    assert "N-3" in rules(planned(replace(MAN_80, conditions=("kidney",))))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"medications": ("empagliflozin",)}, "S-142"),
        ({"medications": ("gliclazide",)}, "S-160"),
        ({"pregnancy_week": 10}, "S-133"),
        ({"conditions": ("gallbladder",)}, "3.1"),
        ({"age": 16}, "E1"),
    ],
)
def test_keto_is_refused_where_it_harms(change, rule):
    found = planned(replace(WOMAN_65, diet_type="keto", **change))
    assert rule in rules(found)
    assert found.carbs_g >= 130


def test_keto_stays_within_fifty_grams():
    found = planned(replace(WOMAN_65, diet_type="keto"))
    assert (found.carbs_g, found.fibre_g) == (47, 25)


def test_s181_no_water_target_with_restricted_fluid():
    found = planned(replace(MAN_80, conditions=("kidney",)))
    assert found.water_ml is None
    assert "S-181" in rules(found)
    assert planned(MAN_80).water_ml == 2000


def test_k8_training_and_rest_days():
    daily = planned(MAN_80, exercise_kcal_per_day=300)
    train, rest = training_and_rest(daily, training_days=4)
    assert (train.kcal, rest.kcal) == (2570, 2370)
    assert train.carbs_g > daily.carbs_g > rest.carbs_g
    assert train.protein_g == rest.protein_g


def test_k8_keto_days_differ_in_fat():
    daily = planned(replace(WOMAN_65, diet_type="keto", primary_goal="strength"))
    train, rest = training_and_rest(daily, training_days=3)
    assert train.carbs_g == rest.carbs_g == 47
    assert train.fat_g > rest.fat_g

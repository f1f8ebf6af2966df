"""R-20, R-21, N-9 and S-120: the sleep plan."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import sleep, sleep_advice
from agents.domain.clock_minutes import minutes_between
from agents.domain.profile import Profile, Restriction
from agents.domain.safety import understood

ADULT = Profile(age=34, wake_time=time(7), conditions=(), symptoms=())
relaxed = settings(derandomize=True, deadline=None, max_examples=150)


def text_of(plan, code):
    return next((step.text for step in plan.steps if step.code == code), None)


def test_n9_last_coffee_and_pre_workout_for_a_bedtime_of_23():
    assert sleep_advice.last_caffeine(time(23)) == time(14, 12)
    assert sleep_advice.last_caffeine(time(23), is_pre_workout=True) == time(9, 48)
    assert sleep.plan(ADULT).last_coffee == time(14, 12)


def test_r20_an_adult_gets_seven_to_nine_hours():
    plan = sleep.plan(ADULT)
    assert (plan.target_low_h, plan.target_high_h) == (7, 9)
    assert (plan.bed_time, plan.wake_time, plan.wind_down_time) == (time(23), time(7), time(22, 15))
    assert plan.findings == ()


def test_s120_a_minor_gets_eight_to_ten_hours_and_no_word_about_alcohol():
    plan = sleep.plan(replace(ADULT, age=15, weight_kg=50))
    assert (plan.target_low_h, plan.target_high_h, plan.bed_time) == (8, 10, time(22))
    assert text_of(plan, "alcohol") is None
    assert "150 mg" in text_of(plan, "caffeine")


@pytest.mark.parametrize(
    "stage",
    [
        {"age": None},
        {"conditions": ("pregnancy",)},
        {"pregnancy_week": 20},
        {"conditions": ("breastfeeding",)},
        {"conditions": ("liver",)},
        {"medications": ("metformin",)},
        {"restrictions": (Restriction("religious", "halal"),)},
    ],
)
def test_n8_alcohol_is_not_mentioned_to_those_who_must_not_drink(stage):
    assert text_of(sleep.plan(replace(ADULT, **stage)), "alcohol") is None


def test_r20_steps_come_in_the_order_of_the_rule():
    codes = [step.code for step in sleep.plan(ADULT).steps]
    assert codes == [
        "steady_wake", "morning_light", "caffeine", "alcohol", "screens", "cool_dark_room", "wind_down", "nap",
    ]  # fmt: skip


def test_r20_naps_end_at_15_for_a_bedtime_of_23():
    assert "15:00" in text_of(sleep.plan(ADULT), "nap")


def test_an_unknown_wake_time_is_seven_and_said_to_be_assumed():
    plan = sleep.plan(replace(ADULT, wake_time=None))
    assert plan.wake_time == time(7)
    assert "assumed 07:00" in plan.rationale
    assert "assumed" not in sleep.plan(ADULT).rationale


def test_an_unknown_wake_time_follows_a_known_bedtime():
    plan = sleep.plan(replace(ADULT, wake_time=None, bed_time=time(1, 30)))
    assert (plan.bed_time, plan.wake_time) == (time(1, 30), time(9, 30))
    assert "assumed 09:30" in plan.rationale


def test_r21_a_long_night_is_never_shortened():
    plan = sleep.plan(replace(ADULT, bed_time=time(20, 30)))
    assert plan.bed_time == time(20, 30)


def test_a_short_night_is_lengthened_gently():
    plan = sleep.plan(replace(ADULT, bed_time=time(1, 30)))
    assert plan.bed_time == time(23)
    assert "from 01:30" in plan.rationale


def test_r20_a_night_worker_keeps_their_own_clock():
    plan = sleep.plan(replace(ADULT, wake_time=time(16), bed_time=time(8)))
    assert (plan.bed_time, plan.wake_time, plan.last_coffee) == (time(8), time(16), time(23, 12))


@pytest.mark.parametrize(
    ("profile", "limit"),
    [
        (Profile(age=30), 400),
        (Profile(age=30, conditions=("pregnancy",)), 200),
        (Profile(age=30, conditions=("breastfeeding",)), 200),
        (Profile(age=15, weight_kg=50), 150),
        (Profile(age=17, weight_kg=150), 400),
        (Profile(age=16, weight_kg=90, pregnancy_week=9), 200),
        (Profile(age=15), None),
        (Profile(weight_kg=60), 180),
    ],
)
def test_n9_caffeine_limit(profile, limit):
    assert sleep_advice.caffeine_limit_mg(profile) == limit


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"symptoms": ("restless_legs",)}, ["R-21"]),
        ({"symptoms": ("sleepy_at_wheel",)}, ["R-21", "R-21"]),
        ({"conditions": ("sleep_apnoea",)}, ["R-21"]),
        ({"sleep_hours": 6.9}, ["R-20"]),
        ({"sleep_hours": 7.0, "sleep_quality": 5}, []),
        ({"sleep_quality": 4}, ["R-2"]),
        ({"sleep_hours": 6.0}, ["R-20"]),
        ({"sleep_hours": 5.9}, ["R-20", "R-2"]),
    ],
)
def test_findings(change, rules):
    assert [note.rule for note in sleep.plan(replace(ADULT, **change)).findings] == rules


@pytest.mark.parametrize(
    ("change", "at"), [({}, time(22, 15)), ({"sleep_quality": 4}, time(22)), ({"sleep_hours": 5.5}, time(22))]
)
def test_r2_poor_nights_start_the_wind_down_earlier(change, at):
    plan = sleep.plan(replace(ADULT, **change))
    assert plan.wind_down_time == at
    assert f"{at:%H:%M}" in text_of(plan, "screens")


def test_r21_a_short_day_sleep_is_lengthened_at_its_end_because_the_shift_sets_its_start():
    plan = sleep.plan(replace(ADULT, bed_time=time(8, 30), wake_time=time(15)))
    assert (plan.bed_time, plan.wake_time) == (time(8, 30), time(16, 30))
    assert "from 15:00: 15 minutes later" in plan.rationale


@pytest.mark.parametrize("bed", [time(7), time(6, 30), time(12)])
def test_a_bedtime_that_cannot_be_is_asked_about_instead_of_planned(bed):
    plan = sleep.plan(replace(ADULT, bed_time=bed))
    assert plan.bed_time == time(23)
    assert "which one slipped" in plan.rationale
    assert "gently" not in plan.rationale


def test_r21_a_night_worker_sleeps_in_the_dark_and_wakes_to_light():
    plan = sleep.plan(replace(ADULT, wake_time=time(17, 30), bed_time=time(9)))
    assert "main sleep" in plan.rationale
    assert "lamp" in text_of(plan, "morning_light")
    assert "Blackout" in text_of(plan, "cool_dark_room")
    assert "window" in text_of(sleep.plan(ADULT), "morning_light")


def test_r21_somebody_with_insomnia_is_not_told_to_nap_nor_to_spend_less_time_in_bed():
    plan = sleep.plan(replace(ADULT, conditions=("insomnia",), bed_time=time(21)))
    assert text_of(plan, "nap") is None
    assert plan.bed_time == time(21)


def test_n9_two_hundred_milligrams_at_once_and_no_pre_workout_for_minors():
    assert "at most 400 mg of caffeine a day, 200 at once" in text_of(sleep.plan(ADULT), "caffeine")
    assert "no energy or pre-workout drinks" in text_of(sleep.plan(replace(ADULT, age=16)), "caffeine")


def test_a_parent_of_a_baby_gets_a_direction():
    assert "baby rests" in sleep.plan(replace(ADULT, conditions=("postpartum",))).rationale


def test_the_document_names_times_hours_and_a_rule_for_each_tip():
    document = sleep.plan(ADULT).document()
    assert (document["bed_time"], document["wake_time"], document["hours"]) == ("23:00", "07:00", [7.0, 9.0])
    assert (document["wind_down"], document["caffeine_cutoff"]) == ("22:15", "14:12")
    assert [tip["rule"] for tip in document["tips"]] == ["R-20", "R-20", "N-9", "N-8", *["R-20"] * 4]


def test_r20_efficiency():
    assert sleep.efficiency(asleep_minutes=360, in_bed_minutes=450) == 0.80
    assert sleep.efficiency(asleep_minutes=420, in_bed_minutes=480) == 0.875
    with pytest.raises(ValueError, match="asleep"):
        sleep.efficiency(asleep_minutes=500, in_bed_minutes=480)


@relaxed
@given(
    age=st.none() | st.integers(13, 100),
    wake=st.none() | st.times(),
    bed=st.none() | st.times(),
)
def test_every_plan_leaves_at_least_the_low_end_in_bed_and_never_less_than_before(age, wake, bed):
    plan = sleep.plan(Profile(age=age, wake_time=wake, bed_time=bed))
    minutes = minutes_between(plan.bed_time, plan.wake_time)
    assert plan.target_low_h * 60 <= minutes <= 14 * 60
    if wake and bed:
        before = minutes_between(bed, wake)
        assert minutes >= before or before > 14 * 60
    assert minutes_between(plan.last_coffee, plan.bed_time) == 528


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        ("insomnia", 1),
        ("chronic insomnia", 1),
        ("obstructive sleep apnea", 1),
        ("restless legs", 1),
        ("I fall asleep while driving", 2),
        ("hay fever", 0),
        ("my father has sleep apnea", 0),
    ],
)
def test_r21_a_sleep_condition_in_words_is_referred(words, notes):
    found = sleep.plan(understood(replace(ADULT, conditions=(words,)))).findings
    assert [note.rule for note in found].count("R-21") == notes

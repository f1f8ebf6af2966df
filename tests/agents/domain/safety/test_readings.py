import json
from pathlib import Path

import pytest

from agents.domain.safety import triage
from agents.domain.safety.context import read
from agents.domain.safety.lexicon import lexicon
from agents.domain.safety.normalise import normalise
from agents.domain.safety.readings import measured

# One figure at, just below and just above each limit, and each word at the end of its reach and one word further.
EDGES = [json.loads(line) for line in Path(__file__).with_name("readings.jsonl").read_text("utf-8").splitlines()]


def names(text, locale="en"):
    return {match.name for match in measured(read(lexicon(), normalise(text)), locale)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bp 180/100", "bp_crisis"),
        ("bp 150/120", "bp_crisis"),
        ("bp 150/112", "bp_stop"),
        ("bp 160/90", "bp_high"),
        ("bp 140/100", "bp_high"),
        ("190/125", "bp_crisis"),
        ("blood pressure 185 over 95", "bp_crisis"),
        ("systolic 190", "bp_crisis"),
        ("tansiyon 19/12", "bp_crisis"),
        ("temp 40.2", "temp_over_40"),
        ("fever of 102.2 F", "temp_39"),
        ("fever 39", "temp_39"),
        ("38.2 C fever", "fever"),
        ("105 F", "temp_over_40"),
        ("glucose 50 mg/dl", "glucose_very_low"),
        ("glucose 3.8", "glucose_low"),
        ("glucose 85", "glucose_lowish"),
        ("glucose 350", "glucose_very_high"),
        ("glucose 17", "glucose_high"),
        ("glucose 260 mg", "glucose_raised"),
        ("resting pulse 130", "pulse_extreme"),
        ("pulse 35 bpm", "pulse_extreme"),
        ("spo2 85", "oxygen_low"),
        ("oxygen is 93", "oxygen_lowish"),
        ("eat 900 calories", "kcal_too_low"),
        ("1000 kcal a day", "kcal_too_low"),
        ("lose 20 lb in 2 weeks", "loss_too_fast"),
        ("lose 2 stone in two months", "loss_too_fast"),
        ("lose 5 kg in a week", "loss_too_fast"),
        ("36 hours fast", "fast_too_long"),
        ("fasting 3 days", "fast_too_long"),
        ("I am 170 cm, goal 53 kg", "goal_too_low"),
        ("I am 1.70 m and want to weigh 110 lb", "goal_too_low"),
        ("goal weight 40 kg", "goal_too_low"),
        ("goal body fat 6", "goal_too_low"),
        ("bmi 17.5", "bmi_too_low"),
        ("took 20 pills", "took_too_much"),
    ],
)
def test_a_reading_is_found(text, found):
    assert found in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "bp 120/80",
        "bp 90/190",
        "bp 500/400",
        "squat 190/125",
        "lifted 190/125 lb",
        "systolic 130",
        "bp 19",
        "190 over the moon",
        "on 12/5/2024",
        "it is 40 C outside",
        "oven 40 c",
        "I am 39",
        "temp 60",
        "temp 37.2",
        "glucose 110",
        "glucose 5000",
        "25 g sugar",
        "sugar 20 g",
        "last week I wanted to lose 5 kg",
        "hr 130 on the treadmill at rest",
        "pulse 60",
        "oxygen is 98",
        "burned 500 calories a day",
        "eat 1500 calories",
        "500 kcal",
        "lose 2 kg in 4 weeks",
        "lose 5 kg",
        "fasting 14 hours",
        "I am 170 cm, goal 53.5 kg",
        "goal weight 60 kg",
        "goal body fat 15",
        "bmi 22",
        "took 2 pills",
        "took 500 mg pills",
        "height 3 m",
        "300 cm tall",
    ],
)
def test_an_everyday_number_is_left_alone(text):
    assert names(text) == set()


def test_every_limit_and_every_reach_is_where_its_rule_puts_it():
    assert len(EDGES) >= 290
    wrong = []
    for row in EDGES:
        found = [[match.name, *match.at] for match in measured(read(lexicon(), normalise(row["text"])))]
        if found != row["found"]:
            wrong.append(f"{row['text']!r}: {found}, not {row['found']}")
    assert not wrong, "\n".join(wrong)


def test_e3_a_german_thousand_is_a_thousand():
    assert names("ich will 1.100 kalorien am tag essen", "de") == {"kcal_too_low"}
    assert names("1.500 kalorien am tag", "de") == set()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("vomiting for 30 hours", "urgent"),
        ("vomiting for 20 hours", "caution"),
        ("I was sick 3 days ago, fine now", "none"),
        ("ketones 3.4", "emergency"),
        ("ketones are 1.0", "none"),
        ("I'm 5'7 and want to weigh 95 pounds", "caution"),
        ("I'm 5 ft 2 and want to weigh 115 lb", "none"),
        ("resting pulse of 37, I don't exercise", "urgent"),
        ("temp outside is 39 degrees", "none"),
        ("I want to be 10 kg lighter in 2 weeks", "caution"),
        ("lab says 310 mg/dl twice", "urgent"),
        ("my ldl is 310 mg/dl", "none"),
    ],
)
def test_a_figure_in_a_sentence_weighs_what_its_rule_says(text, level):
    assert triage(text).level == level


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("78 kg in 16 weeks", ()),
        ("172 lb in 16 weeks", ()),
        ("from 82 to 78 kg in 16 weeks", ()),
        ("10 kg in 2 weeks", ("E4",)),
        ("lose 40 kg in 2 months", ("E4",)),
    ],
)
def test_e4_a_large_weight_with_a_time_is_where_to_and_a_small_one_how_much(text, rules):
    assert triage(text).rules == rules

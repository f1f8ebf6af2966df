from datetime import UTC, datetime

import pytest

from agents.domain.profile import Injury
from agents.schemas import Fact, Moment, Rejected
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def hurts(text, asked=None, op="add"):
    found, _ = facts(text, Moment(now=NOW, expecting=asked))
    return [f.value for f in found if f.field == "injury" and f.op == op]


@pytest.mark.parametrize(
    ("text", "injury"),
    [
        ("bad left knee, about 4/10", Injury("knee", side="left", pain_score=4)),
        ("slipped disc last year", Injury("back", note="slipped disc")),
        ("sore shoulder, mild", Injury("shoulder", severity="mild")),
        ("severe lower back pain", Injury("back", severity="severe")),
        ("pain in my left hip, 3 out of 10", Injury("hip", side="left", pain_score=3)),
        ("my Achilles hurts", Injury("ankle")),
        ("groin strain", Injury("hip", note="groin strain")),
        ("my hands hurt", Injury("wrist")),
        ("tennis elbow", Injury("elbow", note="tennis elbow")),
        ("stiff neck", Injury("neck", note="stiff neck")),
        ("I have an inguinal hernia", Injury("hernia", note="inguinal hernia")),
    ],
)
def test_a_hurt_place_becomes_its_region(text, injury):
    assert hurts(text) == [injury]


def test_several_places_keep_their_own_sides_and_scores():
    assert hurts("left shoulder and lower back", "injuries") == [Injury("shoulder", side="left"), Injury("back")]
    assert hurts("bad knee 6/10 and a sore wrist 2/10") == [
        Injury("knee", pain_score=6), Injury("wrist", pain_score=2),
    ]  # fmt: skip


def test_a_bare_region_counts_only_where_injuries_were_asked():
    assert hurts("left knee", "injuries") == [Injury("knee", side="left")]
    assert hurts("left knee") == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm back from holiday", "back to the gym", "my back squat is weak", "on the other hand", "I have no knee pain",
        "my dad has a bad knee", "my legs are sore from yesterday", "sore shoulders after yesterday's workout",
        "does my knee hurt from running?", "I'm 5 foot 4", "dumbbell shoulder press",
    ],
)  # fmt: skip
def test_what_is_no_injury(text):
    assert hurts(text) == []


def test_healed_places_are_taken_back():
    assert hurts("my left knee is fine now", op="remove") == [Injury("knee", side="left")]
    assert hurts("my knee doesn't hurt anymore", op="remove") == [Injury("knee")]


def test_no_injuries_is_said_unless_one_follows():
    assert facts("no injuries", Moment(now=NOW))[0] == (Fact("injury", "", "no injuries", "none"),)
    assert hurts("no injuries except my left knee") == [Injury("knee", side="left")]
    assert hurts("no injuries, just a sore wrist", op="none") == []


def test_a_score_beyond_ten_is_refused_and_the_place_kept():
    found, refusals = facts("knee pain 12/10", Moment(now=NOW))
    assert [f.value for f in found] == [Injury("knee")]
    assert refusals == (Rejected("injury", "12/10", "out_of_range"),)


def test_a_place_no_table_knows_is_asked_again():
    assert facts("my ribs", Moment(now=NOW, expecting="injuries")) == (
        (), (Rejected("injury", "my ribs", "unknown_word"),),
    )  # fmt: skip

"""Free activities and weight readings."""

from datetime import UTC, datetime

import pytest

from agents.domain.profile import Profile
from agents.schemas import Amount, LogActivity, Moment
from agents.understanding.rules import Rules

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def activity(text: str):
    intent = Rules().read(text, Moment(now=NOW)).first("log_activity")
    return intent.payload if intent else None


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("ran 5k in 27:30", LogActivity("run", minutes=27.5, distance_m=5000.0)),
        ("5k in 27:30", LogActivity("run", minutes=27.5, distance_m=5000.0)),
        ("half marathon in 1:52:30", LogActivity("run", minutes=112.5, distance_m=21097.5)),
        ("walked 40 min", LogActivity("walk", minutes=40.0)),
        ("30 min yoga", LogActivity("yoga", minutes=30.0)),
        ("yoga 30 min", LogActivity("yoga", minutes=30.0)),
        ("cycled 20 km, easy", LogActivity("cycle", distance_m=20000.0, effort="light")),
        ("played tennis for an hour", LogActivity("tennis", minutes=60.0)),
        ("did a hard 45 minute run", LogActivity("run", minutes=45.0, effort="hard")),
        ("ran 3 miles", LogActivity("run", distance_m=4828.0)),
        ("went for a swim", LogActivity("swim")),
        ("1.5 hours hiking", LogActivity("hike", minutes=90.0)),
    ],
)
def test_an_activity_is_read_with_time_distance_and_effort(text, done):
    assert activity(text) == done


@pytest.mark.parametrize(
    "text",
    [
        "I want to run a marathon", "I run 5k every day", "did my run", "can I run 5k?", "I hate running",
        "ran out of milk",
        "skip the run today", "ran 3 times this week", "today's run", "remind me to walk 30 minutes at 8",
    ],
)  # fmt: skip
def test_wishes_habits_and_orders_are_no_activity(text):
    assert activity(text) is None


def weight(text: str, **profile):
    intent = Rules().read(text, Moment(now=NOW, profile=Profile(**profile))).first("log_weight")
    return intent.payload if intent else None


@pytest.mark.parametrize(
    ("text", "kg"),
    [
        ("weighed 81.4 this morning", 81.4), ("I'm 180 lb today", 81.65), ("weight 82,3 kg", 82.3),
        ("scale says 79.9", 79.9), ("weighed in at 12 st 4", 78.02), ("log my weight 82", 82.0),
    ],
)  # fmt: skip
def test_a_reading_is_kept_in_kilograms(text, kg):
    assert weight(text) == Amount(kg, "kg")


def test_a_bare_number_takes_the_unit_that_fits_the_known_weight():
    assert weight("weighed 180", weight_kg=82.0) == Amount(81.65, "kg")
    assert weight("weighed 83", weight_kg=82.0, units="imperial") == Amount(83.0, "kg")
    assert weight("weighed 180", units="imperial") == Amount(81.65, "kg")


def test_the_locked_profile_decides_between_reading_and_fact():
    assert weight("I'm 82 kg", is_locked=True) == Amount(82.0, "kg")
    assert weight("I'm 82 kg") is None


@pytest.mark.parametrize(
    "text",
    ["I want to weigh 75 kg", "my target weight is 75 kg", "I weighed 90 kg last year", "I'm 34 now", "lost 2 kg"],
)
def test_wishes_and_the_past_are_no_reading(text):
    assert weight(text, is_locked=True) is None

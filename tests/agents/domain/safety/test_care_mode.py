from datetime import date, timedelta

import pytest

from agents.domain.safety.care_mode import (
    WEIGHTS,
    Seen,
    begins,
    eats_too_little,
    lost_much,
    may_end,
    score,
    screen_is_positive,
    weighs_too_often,
)

TODAY = date(2026, 3, 31)


def seen(*signs, days_ago=0):
    return [Seen(sign, TODAY - timedelta(days=days_ago)) for sign in signs]


@pytest.mark.parametrize(
    ("sign", "weight"),
    [
        ("purging", 3), ("vomits_after_eating", 3), ("pro_starvation_terms", 3), ("goal_below_lowest", 2),
        ("scared_to_eat", 2), ("exercise_to_undo_eating", 2), ("many_weigh_ins", 1), ("eats_under_half_of_plan", 1),
        ("asks_under_800_kcal", 2), ("large_recent_loss", 1), ("screen_positive", 3),
    ],
)  # fmt: skip
def test_e8_weights(sign, weight):
    assert WEIGHTS[sign] == score(seen(sign), on=TODAY) == weight
    assert begins(seen(sign), on=TODAY) is (weight >= 3)


def test_e8_two_light_signs_together_reach_the_threshold():
    assert begins(seen("goal_below_lowest", "many_weigh_ins"), on=TODAY)
    assert not begins(seen("many_weigh_ins", "large_recent_loss"), on=TODAY)


def test_e8_the_window_is_14_days_and_a_sign_counts_once_a_day():
    assert score(seen("purging", days_ago=13), on=TODAY) == 3
    assert score(seen("purging", days_ago=14), on=TODAY) == 0
    assert score(seen("scared_to_eat", days_ago=-1), on=TODAY) == 0
    assert score(seen("scared_to_eat") * 3, on=TODAY) == 2
    assert score([*seen("scared_to_eat"), *seen("scared_to_eat", days_ago=1)], on=TODAY) == 4


def test_e8_it_ends_only_after_30_days_below_the_threshold_and_when_the_person_asks():
    since = TODAY - timedelta(days=60)
    assert may_end([], since=since, on=TODAY, person_asks=True)
    assert not may_end([], since=since, on=TODAY, person_asks=False)
    assert not may_end([], since=TODAY - timedelta(days=28), on=TODAY, person_asks=True)
    assert may_end([], since=TODAY - timedelta(days=29), on=TODAY, person_asks=True)
    assert not may_end(seen("purging", days_ago=42), since=since, on=TODAY, person_asks=True)
    assert may_end(seen("purging", days_ago=43), since=since, on=TODAY, person_asks=True)


def test_e8_the_measured_signs():
    assert screen_is_positive([True, True, False, False, False])
    assert not screen_is_positive([True, False, False, False, False])
    assert weighs_too_often([3, 3, 3, 1])
    assert not weighs_too_often([3, 3, 2, 2, 2])
    assert eats_too_little([0.49] * 7)
    assert not eats_too_little([0.49] * 6 + [0.5])
    assert lost_much(6.1, wants_more=True)
    assert not lost_much(6.0, wants_more=True)
    assert not lost_much(9.0, wants_more=False)

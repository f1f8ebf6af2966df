"""T-60: pain now, and what to do with the pattern that hurts."""

import pytest

from agents.domain.training.pain import pain_route


@pytest.mark.parametrize(
    ("score", "route"), [(0, "go_on"), (2, "go_on"), (3, "modify"), (5, "modify"), (6, "stop"), (10, "stop")]
)
def test_t60_by_score(score, route):
    assert pain_route(score) == route


@pytest.mark.parametrize("sign", [{"is_sharp": True}, {"is_worsening": True}, {"hours": 73}])
def test_t60_sharp_worsening_or_lasting_pain_stops_whatever_its_score(sign):
    assert pain_route(1, **sign) == "stop"
    assert pain_route(0, **sign) == "go_on"


def test_t60_seventy_two_hours_are_still_watched():
    assert pain_route(3, hours=72) == "modify"


@pytest.mark.parametrize("score", [-1, 11])
def test_t60_refuses_a_score_off_the_scale(score):
    with pytest.raises(ValueError, match="0 to 10"):
        pain_route(score)

import pytest

from agents.domain.safety.levels import LEVELS, at_most, one_higher, worst


@pytest.mark.parametrize("a", LEVELS)
@pytest.mark.parametrize("b", LEVELS)
def test_s1_worst_is_the_higher_level_and_commutes(a, b):
    assert worst(a, b) == worst(b, a) == LEVELS[max(LEVELS.index(a), LEVELS.index(b))]


def test_s5b_at_most_caps():
    assert at_most("emergency", "caution") == "caution"
    assert at_most("none", "caution") == "none"


def test_s7_one_higher_stops_at_emergency():
    assert [one_higher(level) for level in LEVELS] == ["caution", "urgent", "emergency", "emergency", "crisis"]

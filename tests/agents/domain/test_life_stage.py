"""1.7: ages and stages, at their edges."""

import pytest

from agents.domain import life_stage
from agents.domain.profile import Profile


@pytest.mark.parametrize(("age", "is_minor"), [(None, False), (0, True), (17, True), (18, False)])
def test_s120_minors_are_under_18(age, is_minor):
    assert life_stage.is_minor(Profile(age=age)) is is_minor


@pytest.mark.parametrize(("week", "trimester"), [(None, None), (1, 1), (13, 1), (14, 2), (27, 2), (28, 3), (42, 3)])
def test_s133_trimesters(week, trimester):
    assert life_stage.trimester(Profile(pregnancy_week=week)) == trimester


def test_pregnancy_is_known_by_its_code_or_its_week_and_breastfeeding_by_its_code():
    assert life_stage.is_pregnant(Profile(pregnancy_week=5))
    assert life_stage.is_pregnant(Profile(conditions=("pregnancy",)))
    assert not life_stage.is_pregnant(Profile(conditions=()))
    assert life_stage.is_breastfeeding(Profile(conditions=("breastfeeding",)))
    assert not life_stage.is_breastfeeding(Profile())

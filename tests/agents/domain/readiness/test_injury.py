"""A hurt closes what loads it at once, and is asked about again (science.md R-6, T-31, T-60)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.injuries import REGION_TAGS
from agents.domain.profile import Injury, Severity
from agents.domain.readiness.injury import HurtReport, injury_of, injury_trigger, is_due_again

TODAY = date(2026, 3, 4)
ORDER: tuple[Severity, ...] = ("mild", "moderate", "severe")


def _severity(**said: object) -> str | None:
    return injury_of(HurtReport(told_on=TODAY, region="knee", **said)).severity  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ({}, "moderate"),
        ({"pain": 0}, "mild"),
        ({"pain": 2}, "mild"),
        ({"pain": 3}, "moderate"),
        ({"pain": 5}, "moderate"),
        ({"pain": 6}, "moderate"),
        ({"pain": 8}, "severe"),
        ({"pain": 2, "is_sharp": True}, "moderate"),
        ({"pain": 1, "is_worsening": True}, "moderate"),
        ({"pain": 2, "began_on": TODAY - timedelta(days=4)}, "moderate"),
        ({"pain": 2, "began_on": TODAY - timedelta(days=3)}, "mild"),
        ({"severity": "mild"}, "mild"),
        ({"severity": "mild", "pain": 4}, "moderate"),
        ({"severity": "mild", "is_sharp": True}, "moderate"),
        ({"severity": "severe", "pain": 1}, "severe"),
    ],
)
def test_the_worse_of_word_and_pain_counts(said: dict[str, object], severity: str) -> None:
    assert _severity(**said) == severity


def test_until_answered_a_named_region_is_moderate_and_both_are_asked() -> None:
    found = injury_trigger([injury_of(HurtReport(told_on=TODAY, region="lower back"))], on=TODAY)
    assert found is not None
    assert found.effect.forbidden_tags == REGION_TAGS["back"]
    assert (found.effect.offers, found.level, found.is_at_once) == (("ask_pain",), "caution", True)


def test_a_hurt_without_a_place_leaves_walking_and_asks_where() -> None:
    found = injury_trigger([injury_of(HurtReport(told_on=TODAY))], on=TODAY)
    assert found is not None
    assert (found.effect.mode, found.effect.offers) == ("recovery", ("ask_where", "ask_pain"))


def test_a_mild_one_limits_and_a_severe_one_closes_the_region() -> None:
    mild = injury_trigger([Injury(region="knee", severity="mild", pain_score=1)], on=TODAY)
    severe = injury_trigger([Injury(region="knee", severity="severe", pain_score=9)], on=TODAY)
    assert mild is not None
    assert severe is not None
    assert (mild.effect.forbidden_tags, mild.effect.limited_tags) == (frozenset(), REGION_TAGS["knee"])
    assert (severe.effect.closed_areas, severe.level) == ({"legs"}, "urgent")
    assert "see_clinician" in severe.effect.offers


@pytest.mark.parametrize("region", ["back", "neck", "hernia"])
def test_a_severe_back_neck_or_hernia_leaves_easy_walking(region: str) -> None:
    found = injury_trigger([Injury(region=region, severity="severe")], on=TODAY)
    assert found is not None
    assert found.effect.mode == "recovery"


def test_pain_that_asks_for_change_is_watched_for_a_day() -> None:
    injury = injury_of(HurtReport(told_on=TODAY, region="knee", pain=4))
    assert not is_due_again(injury, on=TODAY)
    assert is_due_again(injury, on=TODAY + timedelta(days=1))


def test_no_hurt_no_trigger() -> None:
    assert injury_trigger([], on=TODAY) is None


def test_pain_outside_its_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="pain"):
        HurtReport(told_on=TODAY, pain=11)


@given(st.sampled_from(sorted(REGION_TAGS)), st.sampled_from(ORDER), st.integers(0, 400))
def test_a_hurt_is_never_lifted_by_time(region: str, severity: Severity, days: int) -> None:
    injury = injury_of(HurtReport(told_on=TODAY, region=region, severity=severity))
    now, later = (injury_trigger([injury], on=TODAY + timedelta(days=n)) for n in (0, days))
    assert now is not None
    assert later is not None
    assert later.effect.forbidden_tags == now.effect.forbidden_tags
    assert later.effect.closed_areas == now.effect.closed_areas
    assert ("ask_again" in later.effect.offers) == is_due_again(injury, on=TODAY + timedelta(days=days))


@given(st.integers(0, 10), st.booleans(), st.booleans())
def test_more_pain_never_allows_more(pain: int, is_sharp: bool, is_worsening: bool) -> None:
    def rank(score: int) -> int:
        severity = _severity(pain=score, is_sharp=is_sharp, is_worsening=is_worsening)
        return ["mild", "moderate", "severe"].index(severity or "")

    assert rank(min(10, pain + 1)) >= rank(pain)

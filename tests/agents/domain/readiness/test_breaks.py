"""Low adherence, comeback and deload (science.md R-5, T-7, T-9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.readiness.breaks import Strain, adherence_trigger, comeback_trigger, deload, deload_sets


@pytest.mark.parametrize(
    ("done", "planned", "fires"),
    [(69, 100, True), (70, 100, False), (7, 10, False), (6, 10, True), (4, 6, True), (5, 6, False), (0, 5, False)],
)
def test_r5_fires_below_seventy_percent_of_six_planned(done: int, planned: int, fires: bool) -> None:
    assert (adherence_trigger(done, planned) is not None) == fires


def test_r5_makes_the_plan_easier_and_asks_what_got_in_the_way() -> None:
    found = adherence_trigger(3, 10)
    assert found is not None
    assert found.effect.time == 0.75
    assert set(found.effect.offers) == {"one_session_fewer", "simpler_meals", "fewer_tasks", "ask_what_got_in_the_way"}
    assert not found.effect.lifts_deficit
    assert not found.is_red


@pytest.mark.parametrize(("done", "planned"), [(3, 2), (-1, 8)])
def test_impossible_tallies_are_refused(done: int, planned: int) -> None:
    with pytest.raises(ValueError, match="done"):
        adherence_trigger(done, planned)


@pytest.mark.parametrize(
    ("days_off", "share"), [(0, None), (13, None), (14, 0.8), (27, 0.8), (28, 0.6), (62, 0.6), (63, 0.6), (400, 0.6)]
)
def test_t9_volume_and_load_after_a_break(days_off: int, share: float | None) -> None:
    found = comeback_trigger(days_off)
    assert (None if found is None else found.effect.volume) == share
    if found is not None:
        assert (found.effect.load, found.effect.rpe_cap) == (share, 7)
        assert ("rebuild_plan" in found.effect.offers) == (days_off > 62)


def test_the_careful_time_after_a_break_is_two_weeks() -> None:
    assert comeback_trigger(20, days_back=13) is not None
    assert comeback_trigger(20, days_back=14) is None
    with pytest.raises(ValueError, match="break"):
        comeback_trigger(-1)


def test_t7_sixteen_sets_become_eight_to_ten() -> None:
    assert deload_sets(16) == (8, 10)
    assert deload_sets(0) == (0, 0)
    with pytest.raises(ValueError, match="sets"):
        deload_sets(-1)


@pytest.mark.parametrize(
    ("strain", "signs"),
    [
        (Strain(weeks_since_deload=3), None),
        (Strain(weeks_since_deload=7), None),
        (Strain(weeks_since_deload=8), ("weeks",)),
        (Strain(weeks_since_deload=4, sore_days=3), ("weeks", "sore")),
        (Strain(weeks_since_deload=3, sore_days=3), None),
        (Strain(weeks_since_deload=3, sore_days=3, poor_nights=4), ("sore", "poor_sleep")),
        (Strain(weeks_since_deload=2, e1rm_falling_weeks=2, poor_nights=4), ("strength_falling", "poor_sleep")),
        (Strain(weeks_since_deload=2, e1rm_falling_weeks=1, poor_nights=3, sore_days=2), None),
        (Strain(weeks_since_deload=0, sore_days=3, poor_nights=4), None),
        (Strain(weeks_since_deload=0, has_asked=True), ("asked",)),
    ],
)
def test_t7_when_an_easy_week_is_due(strain: Strain, signs: tuple[str, ...] | None) -> None:
    found = deload(strain)
    assert (None if found is None else found.signs) == signs
    if found is not None:
        assert 5 <= found.days <= 7
        assert found.least_rir >= 3


@given(st.integers(0, 60))
def test_an_easy_week_never_has_more(sets: int) -> None:
    least, most = deload_sets(sets)
    assert 0 <= least <= most <= sets

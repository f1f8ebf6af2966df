"""What two weeks lead to: the tables of science.md K-33, K-40 and K-41, and what may never happen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.adaptive import (
    Belief,
    Coverage,
    DayLog,
    Review,
    controlled,
    coverage_of,
    holds,
    reassessed,
)

RHO = 7700.0
TODAY = date(2026, 3, 31)
REVIEW = Review(-0.5, -0.2, 80, 2200, 1500)


@pytest.mark.parametrize(
    ("review", "raw", "target", "integral"),
    [
        (REVIEW, -198, 2000, -0.30),
        (replace(REVIEW, observed_rate=-0.45), 0, 2200, 0),
        (replace(REVIEW, observed_rate=0.10), -396, 2000, 0),
        (replace(REVIEW, observed_rate=-0.90, integral=-0.3), 231, 2400, -0.30),
        (Review(-0.5, -0.1, 60, 1300, 1200), -264, 1200, 0),
        (replace(REVIEW, adherence=0.65), 0, 2200, 0),
        (Review(0.25, 0.05, 70, 2700, 1500), 132, 2830, 0.20),
        (replace(REVIEW, observed_rate=-0.30), -132, 2070, -0.20),
        (Review(-0.5, -0.35, 79.4, 2070, 1500, integral=-0.20), -121, 1950, -0.35),
        (replace(REVIEW, plan_days=13), 0, 2200, 0),
        (replace(REVIEW, is_held=True, integral=0.4), 0, 2200, 0.4),
    ],
)
def test_k40_the_table(review: Review, raw: float, target: float, integral: float) -> None:
    found = controlled(review, RHO)
    assert (round(found.raw_kcal), found.target_kcal, round(found.integral, 2)) == (raw, target, integral)


reviews = st.builds(
    Review,
    aimed_rate=st.floats(-1, 0.5), observed_rate=st.floats(-3, 3), weight_kg=st.floats(40, 250),
    target_kcal=st.floats(1500, 5000), floor_kcal=st.floats(1200, 1500), integral=st.floats(-1, 1),
    adherence=st.floats(0, 1), plan_days=st.integers(0, 400), is_held=st.booleans(),
)  # fmt: skip


@given(reviews, st.floats(5000, 9500))
def test_k40_no_review_moves_far_nor_below_the_floor(review: Review, rho: float) -> None:
    found = controlled(review, rho)
    assert found.target_kcal >= review.floor_kcal
    assert abs(found.target_kcal - review.target_kcal) <= min(200, review.target_kcal / 10) + 5  # rounded to ten
    assert -1 <= found.integral <= 1
    if found.is_held:
        assert (found.target_kcal, found.integral) == (review.target_kcal, review.integral)


@given(reviews, st.floats(5000, 9500))
def test_k40_who_loses_too_fast_never_gets_less(review: Review, rho: float) -> None:
    review = replace(review, observed_rate=review.aimed_rate - 0.5, integral=0.0)
    assert controlled(review, rho).target_kcal >= review.target_kcal


def belief(kcal: float, sd: float = 60.0) -> Belief:
    return Belief(TODAY, 80.0, kcal, 0.1, 0.0, sd**2)


def proposal(review: Review = REVIEW, known: Belief | None = None, predicted: float = 2700.0):
    return reassessed(review, known, planned_gap_kcal=-500, predicted_kcal=predicted, rho_kcal_per_kg=RHO)


def test_k41_the_learned_expenditure_speaks_where_it_knows_better_than_the_table() -> None:
    found = proposal(known=belief(2500))
    assert (found.writer, found.after_kcal, found.rules) == ("expenditure", 2000, ("K-32", "K-33", "K-41"))
    assert found.is_change


def test_k33_inside_its_interval_nothing_moves_and_the_controller_is_silent_too() -> None:
    found = proposal(known=belief(2650))
    assert (found.writer, found.after_kcal, found.reasons) == ("none", 2200, ("inside_interval",))
    assert not found.is_change


def test_k41_without_enough_data_the_controller_speaks() -> None:
    assert (proposal().writer, proposal().after_kcal) == ("controller", 2000)
    assert proposal(replace(REVIEW, observed_rate=-0.5)).reasons == ("dead_band",)
    assert proposal(replace(REVIEW, is_held=True)).reasons == ("held",)


def test_e10_a_review_that_is_held_changes_nothing_however_sure_the_estimate_is() -> None:
    assert not proposal(replace(REVIEW, is_held=True), belief(2000)).is_change


@given(reviews, st.floats(800, 6000), st.floats(1, 400), st.floats(-1500, 800), st.floats(1200, 5000))
def test_k41_a_proposal_is_bounded_and_above_the_floor(
    review: Review, kcal: float, sd: float, gap: float, predicted: float
) -> None:
    found = reassessed(review, belief(kcal, sd), planned_gap_kcal=gap, predicted_kcal=predicted, rho_kcal_per_kg=RHO)
    assert found.after_kcal >= review.floor_kcal
    assert abs(found.after_kcal - review.target_kcal) <= min(200, review.target_kcal / 10) + 5
    assert found.is_change == (found.after_kcal != found.before_kcal)


def days(eaten: range, weighed: range) -> list[DayLog]:
    """Days counted back from today."""
    return [
        DayLog(TODAY - timedelta(days=n), 2200, 2200 if n in eaten else None, 80.0 if n in weighed else None)
        for n in range(20)
    ]


@pytest.mark.parametrize(
    ("coverage", "reasons"),
    [
        (Coverage(10, (4, 4)), ()),
        (Coverage(9, (4, 4)), ("intake",)),
        (Coverage(14, (3, 7)), ("weighings",)),
        (Coverage(14, (7, 7), 9), ("unsettled",)),
        (Coverage(14, (7, 7), 10), ()),
        (Coverage(0, (0, 0), 0), ("intake", "weighings", "unsettled")),
    ],
)
def test_k33_the_gates(coverage: Coverage, reasons: tuple[str, ...]) -> None:
    assert holds(coverage) == reasons


def test_k33_only_the_last_fourteen_days_count() -> None:
    assert coverage_of(days(range(20), range(20)), TODAY) == Coverage(14, (7, 7))
    assert coverage_of(days(range(3, 20), range(7, 20)), TODAY) == Coverage(11, (7, 0))
    assert coverage_of([], TODAY, TODAY - timedelta(days=3)) == Coverage(0, (0, 0), 3)

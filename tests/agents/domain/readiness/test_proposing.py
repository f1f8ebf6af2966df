"""What holds at once, what asks, and what an answer does (science.md R-10, E10; data-model 5.9)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.profile import Injury
from agents.domain.readiness.illness import IllnessCourse, illness_trigger
from agents.domain.readiness.injury import injury_trigger
from agents.domain.readiness.override import (
    Answer,
    Override,
    OverrideClosed,
    agreed_reasons,
    answered,
    expired,
    quiet_reasons,
)
from agents.domain.readiness.planned_day import PlannedDay
from agents.domain.readiness.proposing import Proposals, after_answer, placed, proposals, safety_part
from agents.domain.readiness.reds import reds
from agents.domain.readiness.state import DayState
from agents.domain.readiness.surroundings import holiday_trigger, kit_trigger
from agents.domain.readiness.trigger import Reason, Trigger
from tests.agents.domain.readiness.readiness_days import TODAY, fired, gym_day, planned_days

TOMORROW = TODAY + timedelta(days=1)
DAY = gym_day(3, 3, 3, 3, 3, 3, deficit_kcal=367.2)
POOR_SLEEP = reds(DayState(sleep_hours=5.5))
TWO_REDS = reds(DayState(sleep_hours=5.5, stress=8))
KNEE = injury_trigger([Injury(region="knee", severity="moderate", pain_score=4)], on=TODAY)
FEVER = illness_trigger(IllnessCourse(began_on=TODAY, complaints=frozenset({"fever"})), on=TODAY)


def _proposed(*triggers: Trigger | None) -> Override:
    found = proposals(triggers, DAY).proposed
    assert found is not None
    return found


def test_r10_a_poor_night_is_a_proposal_with_its_numbers() -> None:
    found = _proposed(*POOR_SLEEP)
    assert (found.local_date, found.reason_code, found.status) == (TODAY, "poor_sleep", "pending")
    assert (found.volume_adj, found.intensity, found.kcal_adj) == (-2, 0.9, 0)
    assert found.sets == (3, 3, 3, 3, 2, 2)
    assert "earlier_wind_down" in found.offers
    assert _proposed(*TWO_REDS).volume_adj == -6


def test_a_fever_holds_at_once_and_gives_back_the_deficit() -> None:
    found = proposals([FEVER, *TWO_REDS], DAY)
    assert found.proposed is None
    assert found.standing is not None
    assert (found.standing.status, found.standing.decided_by, found.standing.reason_code) == (
        "approved", "system", "illness",
    )  # fmt: skip
    assert (found.standing.volume_adj, found.standing.minutes, found.standing.kcal_adj) == (-18, 0, 368)


def test_a_hurt_holds_at_once_and_the_reds_beside_it_ask() -> None:
    found = proposals([KNEE, *TWO_REDS], DAY)
    assert found.standing is not None
    assert found.proposed is not None
    assert (found.standing.volume_adj, found.proposed.volume_adj) == (0, -6)
    assert found.standing.effect.forbidden_tags <= found.proposed.effect.forbidden_tags
    assert (found.standing.is_safety, found.proposed.is_safety) == (True, False)


def test_on_a_rest_day_nothing_is_proposed_but_safety_still_holds() -> None:
    rest_day = PlannedDay(on=TODAY)
    assert proposals(TWO_REDS, rest_day) == Proposals(TODAY)
    found = proposals([FEVER, *TWO_REDS], rest_day)
    assert found.standing is not None
    assert found.proposed is None


def test_a_walk_is_not_made_lighter_by_a_bad_night() -> None:
    walk = PlannedDay(on=TODAY, minutes=30, is_gentle=True)
    assert proposals(POOR_SLEEP, walk).proposed is None
    assert proposals([holiday_trigger()], walk).proposed is not None


def test_nothing_is_proposed_where_nothing_fired() -> None:
    assert proposals([None, None], DAY) == Proposals(TODAY)


def test_an_override_cannot_make_a_day_harder_or_poorer() -> None:
    good = _proposed(*POOR_SLEEP)
    for worse in ({"volume_adj": 1}, {"intensity": 1.01}, {"kcal_adj": -1}, {"kcal_adj": 801}, {"intensity": 0.2}):
        with pytest.raises(ValueError, match="override never"):
            replace(good, **worse)


@given(fired(), planned_days(), st.frozensets(st.sampled_from(("poor_sleep", "high_stress"))), st.booleans())
def test_e10_food_is_never_cut_and_volume_never_rises(
    triggers: tuple[Trigger | None, ...], day: PlannedDay, some: frozenset[Reason], is_quiet: bool
) -> None:
    found = proposals(triggers, day, quiet=some if is_quiet else (), agreed=() if is_quiet else some)
    for override in filter(None, (found.standing, found.proposed)):
        assert 0 <= override.kcal_adj <= 800
        assert -40 <= override.volume_adj <= 0
        assert 0.3 <= override.intensity <= 1
        assert override.minutes <= day.minutes
        has_illness = any(trigger.reason == "illness" for trigger in override.triggers)
        assert has_illness or override.kcal_adj == 0
    assert found == proposals(triggers[::-1], day, quiet=some if is_quiet else (), agreed=() if is_quiet else some)


@given(fired(), planned_days())
def test_what_asks_contains_what_holds(triggers: tuple[Trigger | None, ...], day: PlannedDay) -> None:
    found = proposals(triggers, day)
    if found.standing is None or found.proposed is None:
        return
    assert found.proposed.volume_adj <= found.standing.volume_adj
    assert found.proposed.intensity <= found.standing.intensity
    assert found.proposed.kcal_adj >= found.standing.kcal_adj
    assert found.proposed.effect.forbidden_tags >= found.standing.effect.forbidden_tags
    assert found.standing.is_safety


@given(
    st.lists(
        st.tuples(fired(), st.sampled_from((None, 0, 1, 2)), st.sampled_from(("approve", "reject", "undo"))), max_size=6
    )
)
def test_of_one_day_at_most_one_is_in_force_and_one_waits(
    story: list[tuple[tuple[Trigger | None, ...], int | None, Answer]],
) -> None:
    overrides: tuple[Override, ...] = ()
    for triggers, index, answer in story:
        new = proposals(triggers, DAY, agreed=agreed_reasons(overrides, on=TODAY))
        overrides = placed(overrides, new)
        assert placed(overrides, new) == overrides
        if index is not None and index < len(overrides):
            overrides = _after(overrides, index, answer)
        statuses = [each.status for each in overrides]
        assert statuses.count("approved") <= 1
        assert statuses.count("pending") <= 1


def _after(overrides: tuple[Override, ...], index: int, answer: Answer) -> tuple[Override, ...]:
    try:
        changed = after_answer(overrides, index, answer, DAY, by="user", on=TODAY)
    except OverrideClosed:
        return overrides
    safety_before = _safety(overrides)
    assert safety_before <= _safety(changed)
    return changed


def _safety(overrides: tuple[Override, ...]) -> set[tuple[str, str]]:
    in_force = [each for each in overrides if each.status == "approved"]
    return {(t.reason, each) for o in in_force for t in o.triggers if t.is_at_once for each in t.effect.forbidden_tags}


def test_a_second_tap_changes_nothing_and_a_change_of_mind_is_taken() -> None:
    asked = _proposed(*POOR_SLEEP)
    yes = answered(asked, "approve", by="user", on=TODAY)
    assert (yes.status, yes.decided_by) == ("approved", "user")
    assert answered(yes, "approve", by="user", on=TOMORROW) == yes
    undone = answered(yes, "undo", by="user", on=TODAY)
    assert answered(undone, "approve", by="user", on=TODAY) == yes
    no = answered(asked, "reject", by="user", on=TODAY)
    assert answered(no, "approve", by="coach", on=TODAY).decided_by == "coach"


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [("pending", "undo", "decided"), ("approved", "reject", "decided"), ("expired", "approve", "expired")],
)
def test_an_answer_that_no_longer_fits_says_why(status: str, answer: Answer, why: str) -> None:
    with pytest.raises(OverrideClosed) as closed:
        answered(replace(_proposed(*POOR_SLEEP), status=status), answer, by="user", on=TODAY)
    assert closed.value.why == why


def test_after_its_day_it_is_over_and_the_plan_stood() -> None:
    asked = _proposed(*POOR_SLEEP)
    assert expired(asked, on=TODAY) == asked
    assert expired(asked, on=TOMORROW).status == "expired"
    assert expired(answered(asked, "reject", by="user", on=TODAY), on=TOMORROW).status == "rejected"
    with pytest.raises(OverrideClosed):
        answered(asked, "approve", by="user", on=TOMORROW)


def test_it_expires_at_local_midnight() -> None:
    expires = _proposed(*POOR_SLEEP).expires_at(ZoneInfo("Asia/Tokyo"))
    assert expires == datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("answer", ["reject", "undo"])
def test_no_answer_takes_safety_away(answer: Answer) -> None:
    overrides = placed((), proposals([KNEE], DAY))
    with pytest.raises(OverrideClosed) as closed:
        after_answer(overrides, 0, answer, DAY, by="user", on=TODAY)
    assert closed.value.why == "safety"


def test_undoing_a_mixed_one_leaves_the_hurt_in_force() -> None:
    overrides = placed((), proposals([KNEE, *TWO_REDS], DAY))
    overrides = after_answer(overrides, 1, "approve", DAY, by="user", on=TODAY)
    assert [each.status for each in overrides] == ["undone", "approved"]
    overrides = after_answer(overrides, 1, "undo", DAY, by="user", on=TODAY)
    assert [each.status for each in overrides] == ["undone", "undone", "approved"]
    assert overrides[2].is_safety
    assert overrides[2].content == overrides[0].content


def test_an_old_yes_does_not_push_a_later_hurt_aside() -> None:
    overrides = placed((), proposals(POOR_SLEEP, DAY))
    overrides = after_answer(overrides, 0, "reject", DAY, by="user", on=TODAY)
    overrides = placed(overrides, proposals([KNEE, *POOR_SLEEP], DAY))
    with pytest.raises(OverrideClosed) as closed:
        after_answer(overrides, 0, "approve", DAY, by="user", on=TODAY)
    assert closed.value.why == "decided"


def test_what_was_agreed_stays_when_a_hurt_comes_on_top() -> None:
    overrides = placed((), proposals(POOR_SLEEP, DAY))
    overrides = after_answer(overrides, 0, "approve", DAY, by="user", on=TODAY)
    agreed = agreed_reasons(overrides, on=TODAY)
    overrides = placed(overrides, proposals([KNEE, *POOR_SLEEP], DAY, agreed=agreed))
    assert [each.status for each in overrides] == ["undone", "approved"]
    assert (overrides[1].volume_adj, overrides[1].reason_code) == (-2, "injury")


def test_the_same_is_not_asked_twice_on_a_day() -> None:
    overrides = placed((), proposals(POOR_SLEEP, DAY))
    overrides = after_answer(overrides, 0, "reject", DAY, by="user", on=TODAY)
    assert placed(overrides, proposals(POOR_SLEEP, DAY)) == overrides
    worse = placed(overrides, proposals(TWO_REDS, DAY))
    assert [each.status for each in worse] == ["rejected", "pending"]


def test_a_corrected_check_in_takes_the_proposal_back() -> None:
    overrides = placed((), proposals(POOR_SLEEP, DAY))
    assert [each.status for each in placed(overrides, proposals((), DAY))] == ["expired"]


def test_always_do_this_needs_no_answer_until_it_is_undone() -> None:
    agreed = agreed_reasons((), on=TODAY, always={"poor_sleep"})
    overrides = placed((), proposals(POOR_SLEEP, DAY, agreed=agreed))
    assert [(each.status, each.decided_by) for each in overrides] == [("approved", "user")]
    overrides = after_answer(overrides, 0, "undo", DAY, by="user", on=TODAY)
    assert agreed_reasons(overrides, on=TODAY, always={"poor_sleep"}) == frozenset()
    assert agreed_reasons(overrides, on=TOMORROW, always={"poor_sleep"}) == {"poor_sleep"}


def test_two_rejections_in_fourteen_days_make_a_reason_quiet_for_fourteen() -> None:
    first, second = TODAY - timedelta(days=13), TODAY
    story: list[tuple[Reason, object]] = [("poor_sleep", first), ("poor_sleep", second), ("illness", first)]
    found = quiet_reasons([*story, ("illness", second)], on=TODAY)  # type: ignore[list-item]
    assert found == {"poor_sleep"}
    assert quiet_reasons([("poor_sleep", first), ("poor_sleep", second)], on=second + timedelta(days=15)) == frozenset()
    assert quiet_reasons([("poor_sleep", TODAY), ("poor_sleep", TODAY)], on=TODAY) == frozenset()
    assert quiet_reasons([("poor_sleep", TODAY - timedelta(days=14)), ("poor_sleep", TODAY)], on=TODAY) == frozenset()


def test_a_quiet_reason_is_silent_alone_and_counts_beside_others() -> None:
    assert proposals(POOR_SLEEP, DAY, quiet={"poor_sleep"}).proposed is None
    found = proposals(TWO_REDS, DAY, quiet={"poor_sleep"}).proposed
    assert found is not None
    assert (found.reason_code, found.volume_adj) == ("high_stress", -6)


def test_safety_alone_is_nothing_where_nothing_hurts() -> None:
    assert safety_part(TWO_REDS, DAY) is None


def test_an_equipment_change_is_a_change_without_fewer_sets() -> None:
    found = _proposed(kit_trigger(["resistance_bands"]))
    assert (found.volume_adj, found.intensity) == (0, 1.0)
    assert found.effect.equipment == {"resistance_bands"}

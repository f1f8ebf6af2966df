"""The cadence: a test for every row of science.md S-8 and B-4."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.cadence import (
    MAX_AGE_MINUTES,
    DueItem,
    Later,
    PersonState,
    Send,
    Skip,
    decide,
    default_max_age,
    goes_out_at,
    quiet_span,
)
from tests.agents.domain.cadence_cases import BERLIN, NOON, at, item, nudge, person


def test_a_due_reminder_in_the_day_is_sent() -> None:
    assert decide(item(), person(), now=NOON) == Send()


def test_an_item_that_is_not_due_waits_for_its_instant() -> None:
    assert decide(item(due="12:01"), person(), now=NOON) == Later(at("12:01"), "not_due")


def test_nothing_goes_to_someone_who_blocked_the_bot() -> None:
    assert decide(item(quiet_policy="ignore"), person(is_blocked=True), now=NOON) == Skip("blocked")


def test_a_pause_holds_chosen_and_unchosen_until_its_end() -> None:
    paused = person(paused_until=at("13:00"))
    assert decide(item(), paused, now=NOON) == Skip("paused")
    assert decide(nudge(), paused, now=NOON) == Skip("paused")
    assert decide(item(), person(paused_until=NOON), now=NOON) == Send()


def test_after_a_danger_only_the_custom_reminders_go_on() -> None:
    shaken = person(safety_quiet_until=at("12:00", day=19))
    assert decide(item("custom"), shaken, now=NOON) == Send()
    assert decide(item("workout"), shaken, now=NOON) == Skip("safety")
    assert decide(item("custom", is_chosen=False), shaken, now=NOON) == Skip("safety")
    assert decide(nudge(), shaken, now=NOON) == Skip("safety")
    assert decide(item("workout"), person(safety_quiet_until=NOON), now=NOON) == Send()


def test_what_the_plan_made_pointless_is_not_sent() -> None:
    assert decide(item("workout", is_needed=False), person(), now=NOON) == Skip("not_needed")


LATENESS = {
    "morning_brief": 180, "meal": 45, "workout": 60, "hydration": 30, "weigh_in": 240, "custom": 720, "bedtime": 60,
    "check_in": 60, "expiry": 60, "follow_up": 60, "task": 60, "habit": 60, "weekly_report": 60,
    "onboarding_resume": 60,
}  # fmt: skip


def test_the_table_of_lateness_is_that_of_the_rule() -> None:
    assert dict(MAX_AGE_MINUTES) == LATENESS


@pytest.mark.parametrize(("kind", "minutes"), LATENESS.items())
def test_a_kind_is_sent_up_to_its_lateness_and_dropped_after_it(kind, minutes) -> None:
    due = DueItem(kind=kind, due_at=at("08:30"))
    calm = person(quiet_start=time(0), quiet_end=time(0))
    assert default_max_age(kind) == minutes
    assert decide(due, calm, now=due.due_at + timedelta(minutes=minutes, seconds=59)) == Send()
    assert decide(due, calm, now=due.due_at + timedelta(minutes=minutes + 1)) == Skip("late")


def test_a_reminder_may_carry_its_own_lateness() -> None:
    assert decide(item(due="11:50", max_age_minutes=5), person(), now=NOON) == Skip("late")
    assert decide(item("meal", due="11:00", max_age_minutes=90), person(), now=NOON) == Send()
    assert decide(item(due="11:59", max_age_minutes=0), person(), now=NOON) == Skip("late")


@pytest.mark.parametrize(
    ("kind", "due", "expected"),
    [
        ("morning_brief", "07:00", Later(at("08:00"), "quiet_hours")),
        ("morning_brief", "05:00", Later(at("08:00"), "quiet_hours")),
        ("morning_brief", "04:59", Skip("late")),
        ("meal", "07:15", Later(at("08:00"), "quiet_hours")),
        ("meal", "07:14", Skip("late")),
        ("workout", "07:00", Later(at("08:00"), "quiet_hours")),
        ("hydration", "07:29", Skip("late")),
        ("weigh_in", "04:00", Later(at("08:00"), "quiet_hours")),
        ("custom", "00:10", Later(at("08:00"), "quiet_hours")),
        ("check_in", "21:30", Skip("late")),
    ],
)
def test_inside_the_quiet_hours_an_item_moves_to_their_end_if_still_useful_there(kind, due, expected) -> None:
    assert decide(item(kind, due=due), person(), now=at(due)) == expected


def test_before_midnight_the_end_of_the_quiet_hours_is_tomorrow() -> None:
    assert decide(item("custom", due="22:00"), person(), now=at("22:00")) == Later(at("08:00", 19), "quiet_hours")


def test_the_quiet_hours_begin_at_their_first_minute_and_end_before_their_last() -> None:
    assert decide(item(due="21:29"), person(), now=at("21:29")) == Send()
    assert decide(item(due="21:30"), person(), now=at("21:30")) == Later(at("08:00", 19), "quiet_hours")
    assert decide(item(due="08:00"), person(), now=at("08:00")) == Send()


def test_what_moved_to_the_end_of_the_quiet_hours_is_sent_by_the_tick_after_it() -> None:
    moved = item("morning_brief", due="05:00")
    assert decide(moved, person(), now=at("08:00") + timedelta(seconds=40)) == Send()


def test_quiet_hours_within_one_day_hold_too() -> None:
    siesta = person(quiet_start=time(13), quiet_end=time(15))
    assert decide(item(due="14:00"), siesta, now=at("14:00")) == Later(at("15:00"), "quiet_hours")
    assert decide(item(due="22:00"), siesta, now=at("22:00")) == Send()


def test_equal_times_mean_no_quiet_hours() -> None:
    assert decide(item(due="03:00"), person(quiet_start=time(7), quiet_end=time(7)), now=at("03:00")) == Send()


def test_an_item_with_policy_drop_is_dropped_in_the_quiet_hours() -> None:
    assert decide(item(due="22:00", quiet_policy="drop"), person(), now=at("22:00")) == Skip("quiet_hours")


def test_a_typed_clock_time_is_sent_as_asked_at_night() -> None:
    typed = item(due="23:00", quiet_policy="ignore")
    assert decide(typed, person(), now=at("23:00")) == Send()
    assert decide(typed, person(), now=at("00:00", 19)) == Send()


def test_a_typed_time_that_an_outage_delayed_into_the_night_waits_for_the_morning() -> None:
    typed = item(due="21:00", quiet_policy="ignore")
    assert decide(typed, person(), now=at("03:00", 19)) == Later(at("08:00", 19), "quiet_hours")
    assert decide(item(due="18:00", quiet_policy="ignore"), person(), now=at("03:00", 19)) == Skip("late")


def test_bedtime_inside_the_quiet_hours_goes_out_at_their_start() -> None:
    bedtime = item("bedtime", due="22:30")
    assert goes_out_at(bedtime, person()) == at("21:30")
    assert decide(bedtime, person(), now=at("21:00")) == Later(at("21:30"), "not_due")
    assert decide(bedtime, person(), now=at("21:30")) == Send()
    assert decide(bedtime, person(), now=at("22:31")) == Skip("late")


def test_bedtime_after_midnight_goes_out_the_evening_before() -> None:
    assert goes_out_at(DueItem(kind="bedtime", due_at=at("00:30", 19)), person()) == at("21:30", 18)


def test_bedtime_outside_the_quiet_hours_or_typed_keeps_its_minute() -> None:
    assert goes_out_at(item("bedtime", due="21:00"), person()) == at("21:00")
    typed = item("bedtime", due="22:30", quiet_policy="ignore")
    assert goes_out_at(typed, person()) == at("22:30")
    assert decide(typed, person(), now=at("22:30")) == Send()


def test_an_early_bedtime_delayed_into_the_quiet_hours_is_late() -> None:
    assert decide(item("bedtime", due="21:10"), person(), now=at("21:40")) == Skip("late")


def test_quiet_hours_end_once_also_when_their_end_happens_twice() -> None:
    state = person(quiet_end=time(2, 30))
    first_0229, first_0230 = datetime(2026, 10, 25, 0, 29, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert quiet_span(first_0229, state) == (datetime(2026, 10, 24, 19, 30, tzinfo=UTC), first_0230)
    assert quiet_span(first_0230 + timedelta(minutes=45), state) is None  # 02:15 for the second time


def test_the_quiet_hours_are_those_of_the_persons_day_however_far_from_ours() -> None:
    east = PersonState(zone="Pacific/Kiritimati", quiet_start=time(1, 0), quiet_end=time(5, 0))
    noon_utc = datetime(2026, 11, 17, 12, tzinfo=UTC)  # two in the morning of the 18th
    assert quiet_span(noon_utc, east) == (noon_utc - timedelta(hours=1), noon_utc + timedelta(hours=3))


MOMENTS = st.integers(0, 366 * 1440).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    kind=st.sampled_from(sorted(LATENESS)),
    due_at=MOMENTS,
    late=st.integers(-60, 800),
    policy=st.sampled_from(["drop", "shift"]),
    is_chosen=st.booleans(),
    quiet=st.tuples(st.times(), st.times()),
    zone=st.sampled_from([BERLIN, "America/New_York", "Asia/Kolkata", "Pacific/Chatham"]),
)
def test_nothing_unasked_is_sent_in_the_quiet_hours_and_later_lies_ahead(
    kind, due_at, late, policy, is_chosen, quiet, zone
) -> None:
    state = PersonState(zone=zone, quiet_start=quiet[0], quiet_end=quiet[1])
    now = due_at + timedelta(minutes=late)
    due = DueItem(kind=kind, due_at=due_at, quiet_policy=policy, is_chosen=is_chosen)
    decision = decide(due, state, now=now)
    if isinstance(decision, Later):
        assert decision.until > now
        assert quiet_span(decision.until, state) is None or kind == "bedtime" or decision.reason == "not_due"
    if decision == Send() and kind != "bedtime":
        assert quiet_span(now, state) is None

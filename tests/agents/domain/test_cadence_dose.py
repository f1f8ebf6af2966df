"""How much and how often: caps, back-off, snoozes and what is left after downtime (science.md B-3..B-6)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agents.domain.cadence import (
    DueItem,
    Later,
    Send,
    Skip,
    backoff_days,
    can_snooze,
    coalesce,
    decide,
    snooze_until,
)
from tests.agents.domain.cadence_cases import BERLIN, NOON, at, item, nudge, person


def test_twelve_chosen_reminders_a_day_are_the_most() -> None:
    assert decide(item(), person(sent_chosen_today=11), now=NOON) == Send()
    assert decide(item(), person(sent_chosen_today=12), now=NOON) == Skip("cap")


def test_chosen_and_unsolicited_are_counted_apart() -> None:
    assert decide(item(), person(sent_unsolicited_today=3, sent_unsolicited_week=9), now=NOON) == Send()
    assert decide(nudge(), person(sent_chosen_today=12), now=NOON) == Send()


def test_one_unsolicited_message_a_day_is_the_default() -> None:
    assert decide(nudge(), person(sent_unsolicited_today=1), now=NOON) == Skip("cap")
    assert decide(nudge(), person(sent_unsolicited_today=1, daily_cap=2), now=NOON) == Send()


def test_no_setting_allows_a_fourth_unsolicited_message_a_day() -> None:
    eager = {"daily_cap": 21, "weekly_cap": 21}
    assert decide(nudge(), person(sent_unsolicited_today=2, **eager), now=NOON) == Send()
    assert decide(nudge(), person(sent_unsolicited_today=3, **eager), now=NOON) == Skip("cap")


@pytest.mark.parametrize("cap", [3, 5, 8])
def test_the_weekly_cap_holds_unsolicited_messages(cap) -> None:
    assert decide(nudge(), person(weekly_cap=cap, sent_unsolicited_week=cap - 1), now=NOON) == Send()
    assert decide(nudge(), person(weekly_cap=cap, sent_unsolicited_week=cap), now=NOON) == Skip("cap")


def test_a_cap_of_zero_silences_every_nudge() -> None:
    assert decide(nudge(), person(daily_cap=0), now=NOON) == Skip("cap")


@pytest.mark.parametrize(
    ("silent_days", "every"),
    [(0, 3), (1, 3), (2, 2), (9, 2), (10, 6), (29, 6), (30, 15), (59, 15), (60, None), (400, None)],
)
def test_the_back_off_ladder(silent_days, every) -> None:
    assert backoff_days(silent_days) == every


@pytest.mark.parametrize(
    ("silent_days", "since_last", "expected"),
    [
        (0, None, Send()),
        (0, 2, Skip("cap")),
        (0, 3, Send()),
        (5, 1, Skip("cap")),
        (5, 2, Send()),
        (12, 5, Skip("cap")),
        (12, 6, Send()),
        (40, 14, Skip("cap")),
        (40, 15, Send()),
        (60, 1, Send(is_farewell=True)),
        (75, 20, Send(is_farewell=True)),
        (75, 15, Skip("cap")),
        (90, 0, Skip("cap")),
        (90, None, Skip("cap")),
    ],
)
def test_nudges_thin_out_end_with_one_farewell_and_then_stop(silent_days, since_last, expected) -> None:
    state = person(days_since_action=silent_days, days_since_unsolicited=since_last)
    assert decide(nudge(), state, now=NOON) == expected


def test_the_back_off_never_holds_what_the_person_chose() -> None:
    assert decide(item(), person(days_since_action=300, days_since_unsolicited=0), now=NOON) == Send()


def test_a_snoozed_item_waits_and_then_goes_out_whatever_the_caps() -> None:
    snoozed = item("meal", due="11:00", snoozed_until=at("12:10"))
    assert decide(snoozed, person(), now=NOON) == Later(at("12:10"), "snoozed")
    assert decide(snoozed, person(sent_chosen_today=12), now=at("12:10")) == Send()
    assert decide(snoozed, person(), now=at("12:56")) == Skip("late")


def test_a_snooze_into_the_quiet_hours_was_asked_for() -> None:
    snoozed = item("meal", due="21:15", snoozed_until=at("21:35"))
    assert decide(snoozed, person(), now=at("21:35")) == Send()


def test_a_snooze_that_an_outage_delayed_into_the_night_waits_for_the_morning() -> None:
    snoozed = item("custom", due="21:15", snoozed_until=at("21:35"))
    assert decide(snoozed, person(), now=at("02:00", 19)) == Later(at("08:00", 19), "quiet_hours")


def test_a_pause_or_a_danger_also_holds_a_snoozed_item() -> None:
    snoozed = item("meal", due="11:00", snoozed_until=at("12:00"))
    assert decide(snoozed, person(paused_until=at("13:00")), now=NOON) == Skip("paused")
    assert decide(snoozed, person(safety_quiet_until=at("13:00")), now=NOON) == Skip("safety")


def test_after_downtime_the_newest_of_each_kind_is_kept() -> None:
    water = [item("hydration", due=due) for due in ("09:00", "11:00", "10:00")]
    lunch, breakfast = item("meal", due="11:30"), item("meal", due="08:00")
    keep, drop = coalesce([*water, lunch, breakfast])
    assert keep == (water[1], lunch)
    assert drop == (breakfast, water[0], water[2])


def test_two_different_wishes_of_a_person_are_both_kept() -> None:
    pill, call = item(due="09:00", subject="pill"), item(due="10:00", subject="call")
    later_pill = item(due="11:00", subject="pill")
    assert coalesce([pill, call, later_pill]) == ((call, later_pill), (pill,))
    one, two = item("meal", due="09:00", subject="a"), item("meal", due="10:00", subject="b")
    assert coalesce([one, two]) == ((two,), (one,))


def test_coalescing_nothing_gives_nothing() -> None:
    assert coalesce([]) == ((), ())


def test_every_instant_handed_out_is_in_utc_wherever_the_program_runs() -> None:
    """A stored instant with another zone would be read back as another moment."""
    local = at("12:00").astimezone(ZoneInfo(BERLIN))
    later = decide(DueItem(kind="meal", due_at=local + timedelta(hours=1)), person(), now=NOON)
    assert isinstance(later, Later)
    assert later.until.tzinfo is UTC
    assert snooze_until("10m", local, BERLIN).tzinfo is UTC
    assert snooze_until("1h", local, BERLIN).tzinfo is UTC


def test_a_snooze_of_minutes_and_hours_counts_from_the_tap() -> None:
    assert snooze_until("10m", NOON, BERLIN) == at("12:10")
    assert snooze_until("1h", NOON, BERLIN) == at("13:00")


def test_a_snooze_until_tomorrow_keeps_the_wall_time_also_over_a_clock_change() -> None:
    assert snooze_until("tomorrow", at("07:45"), BERLIN) == at("07:45", 19)
    assert snooze_until("tomorrow", at("07:45"), BERLIN, nominal=time(7, 30)) == at("07:30", 19)
    assert snooze_until("tomorrow", at("07:45"), BERLIN, nominal=time(0)) == at("00:00", 19)
    summer = datetime(2026, 10, 24, 6, 0, tzinfo=UTC)  # 08:00, the night before the clocks go back
    assert snooze_until("tomorrow", summer, BERLIN) == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)


def test_an_occurrence_can_be_snoozed_three_times() -> None:
    assert [can_snooze(count) for count in range(5)] == [True, True, True, False, False]

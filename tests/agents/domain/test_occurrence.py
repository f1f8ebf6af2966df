"""Occurrence arithmetic: the golden cases of libraries.md L-12 and properties over zones and years."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.occurrence import Occurrence, instant, next_occurrence
from agents.domain.recurrence import Recurrence

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 18, 13, 0, tzinfo=UTC)  # Wednesday, 14:00 in Berlin
ZONES = sorted(zone for zone in available_timezones() if zone not in {"localtime", "posixrules"})
CHANGING_ZONES = [  # northern, southern, at midnight, half an hour, twice a year against the sun, far east and west
    BERLIN, "America/New_York", "Australia/Sydney", "America/Santiago", "Africa/Cairo", "Asia/Beirut",
    "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin", "America/Havana", "Pacific/Chatham", "Asia/Gaza",
]  # fmt: skip

MOMENTS = st.integers(0, 35 * 365 * 86_400).map(lambda s: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


def run(rule: Recurrence, zone: str, after: datetime, limit: int = 10_000) -> list[Occurrence]:
    found: list[Occurrence] = []
    while len(found) < limit and (occurrence := next_occurrence(rule, zone, after=after)):
        found.append(occurrence)
        after = occurrence.due_at
    return found


def walls(rule: Recurrence, count: int, zone: str = BERLIN, after: datetime = NOW) -> list[str]:
    return [f"{o.local_date} {o.local_time:%H:%M}" for o in run(rule, zone, after, count)]


def test_daily_fires_today_if_the_time_is_ahead_and_tomorrow_if_it_has_passed() -> None:
    rule = Recurrence(freq="daily", times=(time(20), time(7, 30)))
    assert walls(rule, 3) == ["2026-11-18 20:00", "2026-11-19 07:30", "2026-11-19 20:00"]


def test_an_occurrence_names_its_wall_time_and_its_utc_instant() -> None:
    rule = Recurrence(freq="daily", times=(time(7, 30),))
    expected = Occurrence(date(2026, 11, 19), time(7, 30), datetime(2026, 11, 19, 6, 30, tzinfo=UTC))
    assert next_occurrence(rule, BERLIN, after=NOW) == expected


def test_the_next_occurrence_is_strictly_after_the_instant() -> None:
    rule = Recurrence(freq="daily", times=(time(14),))
    assert walls(rule, 1) == ["2026-11-19 14:00"]
    assert walls(rule, 1, after=NOW - timedelta(microseconds=1)) == ["2026-11-18 14:00"]


def test_a_time_that_the_clocks_skip_fires_at_the_first_instant_after_the_gap() -> None:
    rule = Recurrence(freq="daily", times=(time(2, 30),))
    found = run(rule, BERLIN, datetime(2026, 3, 28, 12, tzinfo=UTC), 2)
    assert [o.due_at for o in found] == [
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),  # 03:00 summer time
        datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
    ]
    assert found[0].local_time == time(2, 30)


def test_a_time_that_happens_twice_fires_at_the_first_only() -> None:
    rule = Recurrence(freq="daily", times=(time(2, 30),))
    found = run(rule, BERLIN, datetime(2026, 10, 24, 12, tzinfo=UTC), 2)
    assert [o.due_at for o in found] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
    ]


def test_inside_the_repeated_hour_a_time_already_fired_does_not_come_again() -> None:
    second_0210 = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert walls(Recurrence(freq="daily", times=(time(2, 30),)), 1, after=second_0210) == ["2026-10-26 02:30"]
    every_quarter = Recurrence(freq="interval", every_minutes=15, window=(time(1), time(4)))
    assert walls(every_quarter, 2, after=second_0210) == ["2026-10-25 03:00", "2026-10-25 03:15"]


def test_two_times_in_one_gap_are_one_occurrence() -> None:
    rule = Recurrence(freq="daily", times=(time(2, 15), time(2, 45), time(4)))
    assert walls(rule, 2, after=datetime(2026, 3, 28, 12, tzinfo=UTC)) == ["2026-03-29 02:15", "2026-03-29 04:00"]


def test_gaps_of_half_an_hour_at_midnight_and_of_a_whole_day_end_where_the_clocks_go_on() -> None:
    assert instant(date(2026, 10, 4), time(2, 10), "Australia/Lord_Howe") == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)
    assert instant(date(2026, 3, 8), time(0, 30), "America/Havana") == datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert instant(date(2011, 12, 30), time(7), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_a_wall_time_carrying_the_second_passing_still_means_the_first() -> None:
    assert instant(date(2026, 10, 25), time(2, 30, fold=1), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_weekly_fires_on_its_days() -> None:
    rule = Recurrence(freq="weekly", times=(time(18),), dow=(0, 2, 4))
    assert walls(rule, 4) == ["2026-11-18 18:00", "2026-11-20 18:00", "2026-11-23 18:00", "2026-11-25 18:00"]


def test_every_other_week_counts_from_the_week_of_its_first_day() -> None:
    rule = Recurrence(freq="weekly", times=(time(9),), dow=(1,), every_weeks=2, starts_on=date(2026, 11, 24))
    assert walls(rule, 3) == ["2026-11-24 09:00", "2026-12-08 09:00", "2026-12-22 09:00"]
    in_the_off_week = datetime(2026, 12, 2, tzinfo=UTC)
    assert walls(rule, 1, after=in_the_off_week) == ["2026-12-08 09:00"]
    without_a_start = Recurrence(freq="weekly", times=(time(9),), dow=(1,), every_weeks=2)
    first, second = run(without_a_start, BERLIN, NOW, 2)
    assert second.local_date - first.local_date == timedelta(days=14)


def test_once_fires_once() -> None:
    rule = Recurrence(freq="once", times=(time(7),), on=date(2026, 11, 20))
    assert walls(rule, 5) == ["2026-11-20 07:00"]
    assert next_occurrence(rule, BERLIN, after=datetime(2026, 11, 20, 6, tzinfo=UTC)) is None
    assert next_occurrence(Recurrence(freq="once", times=(time(7),)), BERLIN, after=NOW) is None


def test_an_interval_stays_inside_its_window_both_ends_included() -> None:
    rule = Recurrence(freq="interval", every_minutes=180, window=(time(9), time(18)))
    assert walls(rule, 4) == ["2026-11-18 15:00", "2026-11-18 18:00", "2026-11-19 09:00", "2026-11-19 12:00"]
    uneven = Recurrence(freq="interval", every_minutes=120, window=(time(9), time(18)))
    assert walls(uneven, 3) == ["2026-11-18 15:00", "2026-11-18 17:00", "2026-11-19 09:00"]


def test_an_interval_window_may_cross_midnight_and_belongs_to_the_day_it_opens() -> None:
    rule = Recurrence(
        freq="interval",
        every_minutes=180,
        window=(time(22), time(6)),
        starts_on=date(2026, 11, 18),
        ends_on=date(2026, 11, 19),
    )
    assert walls(rule, 9) == [
        "2026-11-18 22:00", "2026-11-19 01:00", "2026-11-19 04:00",
        "2026-11-19 22:00", "2026-11-20 01:00", "2026-11-20 04:00",
    ]  # fmt: skip


def test_an_interval_may_be_limited_to_days_of_the_week() -> None:
    rule = Recurrence(freq="interval", every_minutes=240, window=(time(9), time(17)), dow=(4,))
    assert walls(rule, 4) == ["2026-11-20 09:00", "2026-11-20 13:00", "2026-11-20 17:00", "2026-11-27 09:00"]


def test_a_window_of_a_whole_day_does_not_fire_twice_at_its_seam() -> None:
    rule = Recurrence(freq="interval", every_minutes=480, window=(time(8), time(8)))
    assert walls(rule, 4) == ["2026-11-18 16:00", "2026-11-19 00:00", "2026-11-19 08:00", "2026-11-19 16:00"]
    uneven = Recurrence(freq="interval", every_minutes=420, window=(time(8), time(8)))
    assert walls(uneven, 4) == ["2026-11-18 15:00", "2026-11-18 22:00", "2026-11-19 05:00", "2026-11-19 08:00"]


def test_an_interval_without_a_window_runs_on_from_its_first_day() -> None:
    every_other_day = Recurrence(freq="interval", every_minutes=2880, times=(time(8),), starts_on=date(2026, 11, 19))
    assert walls(every_other_day, 3) == ["2026-11-19 08:00", "2026-11-21 08:00", "2026-11-23 08:00"]
    around_the_clock = Recurrence(freq="interval", every_minutes=480)
    assert walls(around_the_clock, 3) == ["2026-11-18 16:00", "2026-11-19 00:00", "2026-11-19 08:00"]
    bounded = Recurrence(freq="interval", every_minutes=480, ends_on=date(2026, 11, 18))
    assert walls(bounded, 3) == ["2026-11-18 16:00"]


@pytest.mark.parametrize("freq", ["daily", "weekly"])
def test_first_and_last_day_are_inclusive(freq: str) -> None:
    bounds = {"starts_on": date(2026, 11, 25), "ends_on": date(2026, 11, 26), "dow": tuple(range(7))}
    rule = Recurrence(freq=freq, times=(time(7),), **bounds)
    assert walls(rule, 9) == ["2026-11-25 07:00", "2026-11-26 07:00"]


@pytest.mark.parametrize(
    "rule",
    [
        Recurrence(freq="daily"),
        Recurrence(freq="weekly", times=(time(7),)),
        Recurrence(freq="weekly", times=(time(7),), dow=(9,)),
        Recurrence(freq="weekly", times=(time(7),), dow=(1,), every_weeks=0),
        Recurrence(freq="weekly", times=(time(7),), dow=(1,), every_weeks=10**9),
        Recurrence(freq="interval", window=(time(9), time(18))),
        Recurrence(freq="interval", every_minutes=0, window=(time(9), time(18))),
        Recurrence(freq="interval", every_minutes=-5, window=(time(9), time(18))),
        Recurrence(freq="interval", every_minutes=10**12),
        Recurrence(freq="daily", times=(time(7),), ends_on=date(2020, 1, 1)),
    ],
)
def test_a_rule_that_says_nothing_has_no_next_occurrence(rule: Recurrence) -> None:
    assert next_occurrence(rule, BERLIN, after=NOW) is None


def test_a_naive_instant_and_an_unknown_zone_are_refused() -> None:
    rule = Recurrence(freq="daily", times=(time(7),))
    with pytest.raises(ValueError, match="aware"):
        next_occurrence(rule, BERLIN, after=NOW.replace(tzinfo=None))
    with pytest.raises(ZoneInfoNotFoundError):
        next_occurrence(rule, "Mars/Olympus", after=NOW)


def assert_one_a_day(rule: Recurrence, zone: str, first: date, days: int) -> None:
    before = instant(first - timedelta(days=1), time(12), zone)
    found = [o for o in run(rule, zone, before, days + 2) if first <= o.local_date < first + timedelta(days=days)]
    assert [o.local_date for o in found] == [first + timedelta(days=n) for n in range(days)]
    assert all(a.due_at < b.due_at for a, b in pairwise(found))
    for o in found:
        assert instant(o.local_date, o.local_time, zone) == o.due_at
        wall = o.due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        nominal = datetime.combine(o.local_date, o.local_time)
        assert wall.fold == 0
        assert timedelta(0) <= wall - nominal <= timedelta(hours=24)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(zone=st.sampled_from(ZONES), at=st.times(), year=st.integers(1975, 2035))
def test_a_daily_rule_fires_exactly_once_on_every_local_day_of_two_years_in_any_zone(zone, at, year) -> None:
    assert_one_a_day(Recurrence(freq="daily", times=(at,)), zone, date(year, 1, 1), 730)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(zone=st.sampled_from(CHANGING_ZONES), minute=st.integers(0, 4 * 60 - 1), hour=st.sampled_from([0, 22]))
def test_a_daily_rule_in_the_night_hours_survives_every_clock_change(zone, minute, hour) -> None:
    at = time((hour + minute // 60) % 24, minute % 60)
    assert_one_a_day(Recurrence(freq="daily", times=(at,)), zone, date(2026, 1, 1), 365)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    zone=st.sampled_from(ZONES),
    every=st.integers(1, 3000),
    window=st.one_of(st.none(), st.tuples(st.times(), st.times())),
    after=MOMENTS,
)
def test_an_interval_moves_strictly_forward_and_stays_in_its_window(zone, every, window, after) -> None:
    found = run(Recurrence(freq="interval", every_minutes=every, window=window), zone, after, 40)
    assert len(found) == 40
    assert all(a < b for a, b in pairwise([after, *(o.due_at for o in found)]))
    if window and window[0] < window[1]:
        assert all(window[0] <= o.local_time <= window[1] for o in found)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    zone=st.sampled_from(ZONES),
    freq=st.sampled_from(["once", "daily", "weekly", "interval"]),
    times=st.lists(st.times(), max_size=3).map(tuple),
    dow=st.lists(st.integers(-1, 8), max_size=4).map(tuple),
    every_weeks=st.integers(-1, 60),
    starts_on=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))),
    ends_on=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))),
    after=MOMENTS,
)
def test_whatever_the_rule_the_answer_lies_ahead_and_within_its_days(
    zone, freq, times, dow, every_weeks, starts_on, ends_on, after
) -> None:
    rule = Recurrence(
        freq=freq,
        times=times,
        dow=dow,
        on=date(2026, 5, 1),
        every_minutes=90,
        every_weeks=every_weeks,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    found = next_occurrence(rule, zone, after=after)
    if found is not None:
        assert found.due_at > after
        assert found.due_at == instant(found.local_date, found.local_time, zone)
        if freq != "once":
            assert starts_on is None or found.local_date >= starts_on
            assert ends_on is None or found.local_date <= ends_on

"""Exactly one verdict for every occurrence, whatever the zone, the rule and the times at which the scheduler looks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import assume, example, given
from hypothesis import strategies as st

from agents.domain.cadence import MAX_AGE_MINUTES, PersonState
from agents.domain.occurrence import next_occurrence
from agents.domain.recurrence import Recurrence
from bot.reminders.verdicts import Judgement, judge
from bot.simulate.oracle import Stay, arrivals, first_shown, is_quiet, shown
from bot.simulate.people import zones
from storage.due import DueRow

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ME, IT = UUID(int=1), UUID(int=2)
RESTLESS = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago",
            "Asia/Gaza", "Antarctica/Troll", "Pacific/Chatham", "Atlantic/Azores")  # fmt: skip
some_zone = st.one_of(st.sampled_from(RESTLESS), st.sampled_from(zones()))
wall_time = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 20, 30, 45, 59)))
first_day = st.dates(date(2025, 1, 1), date(2028, 12, 1))


@st.composite
def rules(draw: st.DrawFn, start: date) -> Recurrence:
    kind = draw(st.sampled_from(("daily", "weekly", "interval", "once")))
    if kind == "interval":
        window = (draw(wall_time), draw(wall_time))
        assume(window[0] != window[1])
        return Recurrence(freq="interval", every_minutes=draw(st.sampled_from((30, 45, 60, 180))), window=window)
    times = tuple(sorted(draw(st.sets(wall_time, min_size=1, max_size=3))))
    if kind == "once":
        return Recurrence(freq="once", times=times[:1], on=start + draw(st.integers(0, 3)) * DAY)
    if kind == "weekly":
        days = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1))))
        return Recurrence(freq="weekly", times=times, dow=days, every_weeks=draw(st.integers(1, 3)), starts_on=start)
    return Recurrence(freq="daily", times=times)


def first_row(
    rule: Recurrence, zone: str, after: datetime, policy: str = "ignore", kind: str = "custom"
) -> DueRow | None:
    following = next_occurrence(rule, zone, after=after)
    if following is None:
        return None
    max_age = MAX_AGE_MINUTES[kind]
    return DueRow(ME, IT, kind, None, rule, following.local_date, following.local_time, None, policy, max_age, "user")


def live(row: DueRow, state: PersonState, looks: list[datetime]) -> list[tuple[datetime, Judgement]]:
    """What a scheduler that looks at these instants decides, the row moved on each time."""
    seen, handled = [], set()
    due_at: datetime | None = first_shown(datetime.combine(row.local_date, row.local_time), state.zone)
    for now in looks:
        if due_at is None or due_at > now:
            continue
        judgement = judge([row], state, handled, lambda _: True, now)
        seen.append((now, judgement))
        handled |= {verdict.occasion.name for verdict in judgement.verdicts}
        (move,) = judgement.moves
        row = replace(row, local_date=move.local_date, local_time=move.local_time, snoozed_until=move.snoozed_until)
        due_at = move.next_due_at
        assert due_at is None or due_at > now
    return seen


@st.composite
def lives(draw: st.DrawFn) -> tuple[Recurrence, str, datetime, list[datetime]]:
    """A rule in a zone, and a scheduler with pauses of minutes to three hours and more over five days."""
    start_day = draw(first_day)
    zone, rule = draw(some_zone), draw(rules(start_day))
    start = datetime.combine(start_day, draw(wall_time), UTC)
    looks, now = [], start
    for pause in draw(st.lists(st.integers(1, 11 * 60), min_size=20, max_size=40)):
        now += pause * MINUTE
        looks.append(now)
    return rule, zone, start, looks


@given(lives())
@example((Recurrence(freq="daily", times=(time(2, 30),)), "Europe/Berlin", datetime(2026, 3, 28, tzinfo=UTC),
          [datetime(2026, 3, 28, tzinfo=UTC) + n * 20 * MINUTE for n in range(1, 200)]))  # fmt: skip
@example((Recurrence(freq="daily", times=(time(2, 30),)), "Europe/Berlin", datetime(2026, 10, 24, tzinfo=UTC),
          [datetime(2026, 10, 24, tzinfo=UTC) + n * 20 * MINUTE for n in range(1, 200)]))  # fmt: skip
@example((Recurrence(freq="once", times=(time(12),), on=date(2028, 2, 29)), "Asia/Tokyo",
          datetime(2028, 2, 28, tzinfo=UTC), [datetime(2028, 2, 29, 3, 0, 20, tzinfo=UTC)]))  # fmt: skip
def test_every_occurrence_that_came_is_decided_exactly_once(
    life: tuple[Recurrence, str, datetime, list[datetime]],
) -> None:
    rule, zone, start, looks = life
    row = first_row(rule, zone, start)
    assume(row is not None)
    assert row is not None
    nobody_sleeps = PersonState(zone=zone, quiet_start=time(0), quiet_end=time(0))
    verdicts = [verdict for _, found in live(row, nobody_sleeps, looks) for verdict in found.verdicts]
    names = [(verdict.occasion.local_date, verdict.occasion.local_time) for verdict in verdicts]
    came = arrivals(rule, [Stay(start, zone)], start, looks[-1])
    assert sorted(names) == sorted((arrival.day, arrival.at) for arrival in came)
    assert all(verdict.occasion.due_at == first_shown(datetime.combine(*name), zone)
               for verdict, name in zip(verdicts, names, strict=True))  # fmt: skip


@given(lives(), st.sampled_from(("shift", "drop")), wall_time, wall_time)
def test_nothing_is_sent_in_the_quiet_hours_nor_too_late_and_never_two_of_a_kind_at_once(
    life: tuple[Recurrence, str, datetime, list[datetime]], policy: str, quiet_start: time, quiet_end: time
) -> None:
    rule, zone, start, looks = life
    row = first_row(rule, zone, start, policy, "hydration")
    assume(row is not None)
    assert row is not None
    state = PersonState(zone=zone, quiet_start=quiet_start, quiet_end=quiet_end)
    for now, judgement in live(row, state, looks):
        sent = [verdict for verdict in judgement.verdicts if verdict.outcome == "queued"]
        assert len(sent) <= 1
        for verdict in sent:
            assert not is_quiet(now, zone, (quiet_start, quiet_end))
            assert now - verdict.occasion.due_at < 31 * MINUTE


@given(some_zone, wall_time, st.integers(1, 30))
def test_an_outage_of_days_sends_one_and_leaves_the_next_ahead(zone: str, at: time, days: int) -> None:
    start = datetime(2026, 10, 20, 12, tzinfo=UTC)
    row = first_row(Recurrence(freq="daily", times=(at,)), zone, start, "ignore")
    assert row is not None
    now = start + days * DAY
    judgement = judge([row], PersonState(zone=zone, quiet_start=time(0), quiet_end=time(0)), set(), lambda _: True, now)
    assert [verdict.outcome for verdict in judgement.verdicts].count("queued") <= 1
    (move,) = judgement.moves
    assert move.next_due_at is not None
    assert now < move.next_due_at <= now + DAY + 2 * HOUR


@given(some_zone, first_day, wall_time)
def test_the_oracle_agrees_with_the_wall(zone: str, day: date, at: time) -> None:
    wall = datetime.combine(day, at)
    moment = first_shown(wall, zone)
    assert shown(moment, zone) >= wall
    assert shown(moment - MINUTE, zone) < wall

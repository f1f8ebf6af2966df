"""`keel simulate`: a real run keeps its promises, and every broken promise is seen."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest

from agents.domain.recurrence import Recurrence
from bot.settings import SettingsError
from bot.simulate.clock import SimulatedClock
from bot.simulate.command import simulate
from bot.simulate.invariants import Verifier
from bot.simulate.mishaps import mishaps
from bot.simulate.oracle import Stay, arrivals
from bot.simulate.people import Wish, person, zones
from bot.simulate.report import Report
from bot.simulate.run import Plan, Tally
from storage import ledger
from storage.ledger import Fired
from tests.bot.test_main import called
from tests.support.reminded import QUIET, reminded

START = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_a_run_keeps_every_promise_and_looked_at_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(Plan(people=6, days=5, seed=9), "", as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["is_kept"]
    assert found["firings_queued"] > 100
    assert found["deaths_in_mid_work"] > 0
    assert found["ticks_of_two_processes"] > 0
    checked = {invariant["name"]: invariant["checked"] for invariant in found["invariants"]}
    assert checked.pop("pauses") >= 0
    assert all(checked.values())


def test_the_command_prints_one_object_and_ends_with_zero(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        called(monkeypatch, "simulate", "--people", "1", "--days", "1", "--json", "--start", "2028-02-28T12:00Z") == 0
    )
    shown = capsys.readouterr()
    assert json.loads(shown.out)["people"] == 1
    assert shown.err == ""


@pytest.mark.parametrize("arguments", [("--people", "0"), ("--days", "1001"), ("--start", "tomorrow")])
def test_a_wrong_call_is_exit_code_two(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, "simulate", *arguments) == 2
    assert arguments[0] in capsys.readouterr().err


async def test_a_database_with_people_is_refused(tmp_path: Path) -> None:
    async with reminded(START, tmp_path) as house:
        await house.sign_up(Wish("meal", Recurrence(freq="daily", times=(time(8),))))
    with pytest.raises(SettingsError, match="people live in this database"):
        await _in_a_thread(lambda: simulate(Plan(1, 1), f"sqlite:///{tmp_path / 'keel.sqlite3'}", as_json=True))


async def _in_a_thread(fn: Callable[[], bool]) -> bool:
    import asyncio

    return await asyncio.to_thread(fn)


def test_the_same_seed_gives_the_same_people_and_mishaps() -> None:
    assert person(3, 5, START, 30) == person(3, 5, START, 30)
    assert person(3, 5, START, 30) != person(4, 5, START, 30)
    assert mishaps(3, START, 30) == mishaps(3, START, 30)
    assert {mishap.kind for mishap in mishaps(3, START, 30)} == {"outage", "restart", "death", "twins", "setback"}
    assert len(zones()) >= 300


def test_the_clock_stands_where_it_is_put() -> None:
    clock = SimulatedClock(START)
    clock.set(START - DAY)
    assert clock() == START - DAY
    with pytest.raises(ValueError, match="offset"):
        clock.set(datetime(2026, 1, 1))  # noqa: DTZ001 - on purpose


def test_the_oracle_reads_journeys_off_the_wall() -> None:
    noon = Recurrence(freq="daily", times=(time(12),))
    home = Stay(START, "Europe/Berlin")
    west = [home, Stay(START + timedelta(hours=6), "America/New_York")]  # 13:00 becomes 07:00
    came = arrivals(noon, west, START, START + 2 * DAY)
    assert [arrival.day.day for arrival in came] == [23, 24]
    east = [home, Stay(START + timedelta(hours=4), "Asia/Tokyo")]  # 11:00 becomes 19:00
    came = arrivals(noon, east, START, START + DAY)
    assert [(arrival.day.day, arrival.came_at) for arrival in came] == [
        (23, START + timedelta(hours=4)), (24, START + timedelta(hours=21)),
    ]  # fmt: skip


Spoil = Callable[[list[Fired]], list[Fired]]


def _late(fired: list[Fired]) -> list[Fired]:
    return [replace(fired[0], made_at=fired[0].due_at + 3 * 60 * MINUTE), *fired[1:]]


def _in_the_night(fired: list[Fired]) -> list[Fired]:
    """One that was not typed for this minute."""
    night = START.replace(hour=23)
    return [
        replace(one, made_at=night, due_at=night - MINUTE) if one.local_time == time(8, 40) else one for one in fired
    ]


def _invented(fired: list[Fired]) -> list[Fired]:
    return [*fired, replace(fired[0], local_time=time(3, 33), due_at=START + 7 * MINUTE)]


def _storm(fired: list[Fired]) -> list[Fired]:
    other = next(one for one in fired if one.reminder_id != fired[0].reminder_id)
    made_at = max(fired[0].due_at, other.due_at) + 20 * MINUTE
    return [replace(one, made_at=made_at) if one in (fired[0], other) else one for one in fired]


SPOILED: dict[str, Spoil] = {
    "once": lambda fired: [*fired, fired[0]],
    "none lost": lambda fired: fired[1:],
    "none made up": _invented,
    "quiet hours": _in_the_night,
    "lateness": _late,
    "promptness": _late,
    "caps": lambda fired: [*fired, *(replace(fired[-1], due_at=START + m * MINUTE) for m in range(13))],
    "no storm": _storm,
    "bookkeeping": lambda fired: [replace(one, outbox_id=None) for one in fired],
}  # fmt: skip


async def test_each_broken_promise_is_seen(tmp_path: Path) -> None:
    async with reminded(START, tmp_path) as house:
        life = await house.sign_up(
            Wish("meal", Recurrence(freq="daily", times=(time(8, 30),)), "ignore"),
            Wish("custom", Recurrence(freq="daily", times=(time(8, 40),))),
            quiet=QUIET,
        )
        for day in range(4):
            for minutes in (0, 90, 100, 120, 24 * 60 - 20):
                await house.tick_at(START + day * DAY + minutes * MINUTE)
        fired = list(await house.world.read(ledger.fired))
        messages, standing = await house.world.read(ledger.messages), await house.world.read(ledger.standing)

    def judged(found: list[Fired]) -> Report:
        plan, tally = Plan(people=1, days=4, start=START), Tally()
        verifier = Verifier(plan, tally)
        verifier.verify({life.person.user_id: life}, found, messages, standing)
        return Report(plan, tally, 1, 2, verifier.expected, {}, len(messages), verifier.all)

    assert judged(fired).is_kept
    for promise, spoil in SPOILED.items():
        report = judged(spoil(fired))
        assert not report.is_kept
        assert promise in {invariant.name for invariant in report.invariants if invariant.broken}
        out = StringIO()
        report.show(out)
        assert f"{promise}: " in out.getvalue()


def test_a_weekly_and_an_unbroken_rule_are_read_plainly() -> None:
    stays = [Stay(START, "UTC")]
    fortnightly = Recurrence(freq="weekly", times=(time(12),), dow=(0,), every_weeks=2, starts_on=date(2026, 11, 23))
    assert [a.day.day for a in arrivals(fortnightly, stays, START, START + 20 * DAY)] == [23, 7]
    alternate = Recurrence(freq="interval", every_minutes=2880, times=(time(12),), starts_on=date(2026, 11, 23))
    assert [a.day.day for a in arrivals(alternate, stays, START, START + 5 * DAY)] == [23, 25, 27]

"""What time does: tasks are missed, plans go on, an onboarding left open is asked about once."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.house import START, House, locked_copy, open_house

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(locked_copy(tmp_path)) as opened:
        yield opened


def rows(house: House, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(house.path)) as connection:
        return connection.execute(query).fetchall()


async def run_after(house: House, later: timedelta) -> None:
    house.clock.advance(later)
    await house.app.upkeep.run(house.clock())


async def test_it_runs_at_most_once_an_hour(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[object] = []
    monkeypatch.setattr("storage.upkeep.miss_overdue", lambda _session, now: runs.append(now))
    for _ in range(5):
        await run_after(house, timedelta(minutes=20))
    assert len(runs) == 2


async def test_a_task_is_missed_at_the_end_of_the_next_day_and_not_before(house: House) -> None:
    statuses = "SELECT DISTINCT status FROM tasks WHERE due_on = '2026-11-23'"
    await run_after(house, 40 * HOUR)  # Tuesday 23:00 in Berlin
    assert rows(house, statuses) == [("pending",)]
    await run_after(house, 2 * HOUR)
    assert rows(house, statuses) == [("missed",)]
    assert rows(house, "SELECT count(*) FROM tasks WHERE due_on > '2026-11-24' AND status <> 'pending'") == [(0,)]


async def test_a_plan_goes_on_without_a_gap_or_a_second_copy(house: House) -> None:
    for _ in range(16):
        await run_after(house, DAY)
    days = [str(row[0]) for row in rows(house, "SELECT DISTINCT local_date FROM planned_meals ORDER BY 1")]
    first = START.date()
    assert days == [(first + timedelta(days=n)).isoformat() for n in range(len(days))]
    assert len(days) >= 17
    assert rows(house, "SELECT 1 FROM planned_meals GROUP BY local_date HAVING count(*) <> 3") == []
    assert rows(house, "SELECT kind, count(*) FROM plans WHERE status = 'active' GROUP BY kind ORDER BY 1") == [
        ("exercise", 1), ("nutrition", 1), ("sleep", 1),
    ]  # fmt: skip
    assert rows(house, "SELECT count(*) FROM profile_versions") == [(1,)]


async def test_a_plan_that_went_on_says_nothing_by_itself(house: House) -> None:
    await run_after(house, 7 * DAY)
    assert await house.app.turns.unsent(house.person, house.clock()) == ()


async def test_downtime_of_two_months_is_caught_up_with_one_plan(house: House) -> None:
    await run_after(house, 60 * DAY)
    today = (START + 60 * DAY).date().isoformat()
    assert rows(house, f"SELECT count(*) FROM planned_meals WHERE local_date = '{today}'") == [(3,)]
    assert rows(house, "SELECT count(*) FROM plans WHERE kind = 'nutrition'") == [(2,)]


async def test_one_person_whose_plan_can_not_be_made_does_not_stop_the_others(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object) -> None:
        raise RuntimeError("no plan for this one")

    monkeypatch.setattr("agents.nodes.meals.make_plan", broken)
    house.clock.advance(7 * DAY)
    await house.app.tick()
    assert len([m for m in await house.advance("P1D") if "Good morning" in m.text]) == 1


async def test_the_next_instant_lies_ahead_so_that_a_jump_ends(house: House) -> None:
    for _ in range(10):
        await run_after(house, DAY)
        ahead = await house.app.upkeep.next_instant()
        assert ahead is None or ahead > house.clock()


async def test_an_onboarding_left_open_is_asked_about_once(tmp_path: Path) -> None:
    async with open_house(tmp_path / "keel.db") as house:
        await house.say("hello")
        await house.say(tap="onb:consent:yes")
        assert await house.app.upkeep.next_instant() == START + DAY
        heard = await house.advance("P10D")
        assert [message.text.partition(".")[0] for message in heard] == ["We stopped in the middle the other day"]

"""Several schedulers on one database: each occurrence has one firing, whoever gets to it."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from agents.domain.recurrence import Recurrence
from bot.simulate.people import Wish
from storage import ledger
from tests.support import postgres
from tests.support.reminded import Reminded, reminded

ROOT = Path(__file__).resolve().parents[2]
START, DUE = datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)
PEOPLE = 130  # more than one batch


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Each engine in turn."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield f"sqlite:///{tmp_path / 'keel.sqlite3'}"
            return
        if postgres.is_switched_off():
            pytest.skip(f"{postgres.OFF_VARIABLE}=1")
        yield stack.enter_context(postgres.fresh_database())


def process(database: str, folder: Path) -> "subprocess.Popen[str]":
    command = (sys.executable, "-m", "tests.support.ticking", database, str(folder), DUE.isoformat())
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


async def everybody_wants_two(house: Reminded) -> None:
    eight = Recurrence(freq="daily", times=(time(8),))
    for _ in range(PEOPLE):
        await house.sign_up(Wish("meal", eight), Wish("custom", eight, "shift"))


async def test_two_processes_that_tick_at_the_same_time_share_the_work(database: str, tmp_path: Path) -> None:
    async with reminded(START, tmp_path, database) as house:
        await everybody_wants_two(house)
        both = [process(database, tmp_path) for _ in range(2)]
        for one in both:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in both:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        handled = [int(one.communicate(timeout=120)[0]) for one in both]
        assert sum(handled) <= 2 * PEOPLE
        await house.tick_at(DUE)  # what both left to each other, if anything
        fired = await house.firings()
        assert len({(one.reminder_id, one.local_date, one.local_time) for one in fired}) == len(fired) == 2 * PEOPLE
        assert all(one.state == "queued" for one in fired)
        assert await house.world.read(ledger.messages) == {one.outbox_id for one in fired}


async def test_two_schedulers_in_one_process_keep_the_caps_of_everybody(database: str, tmp_path: Path) -> None:
    async with reminded(START, tmp_path, database) as house:
        eight = Recurrence(freq="daily", times=(time(8),))
        for _ in range(20):
            await house.sign_up(*(Wish("custom", eight, "shift") for _ in range(14)))
        await house.world.add_twin()
        for _ in range(3):
            await asyncio.gather(*(one.ticker.tick(DUE) for one in house.world.processes))
        await house.tick_at(DUE)
        fired = await house.firings()
        assert len(fired) == 20 * 14
        for life in house.world.lives.values():
            outcomes = [one.reason or one.state for one in fired if one.user_id == life.person.user_id]
            assert sorted(outcomes) == ["cap"] * 2 + ["queued"] * 12

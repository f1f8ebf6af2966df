"""Fills a database with reminders of people in 300 zones: `python -m tests.benchmarks.reminder_load URL KEY PEOPLE`."""

import asyncio
import sys
import time as clock
from datetime import date, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agents.domain.occurrence import instant
from bot.simulate.people import zones
from bot.spoken import Spoken
from storage import schema
from storage.crypto import MasterKey, load_key_file
from tests.benchmarks import population
from tests.benchmarks.keel import Keel
from tests.benchmarks.one_core import told

ZONES = zones()[:300]
A_PERSON = 10  # reminders
WISHES = ("remind me to stretch every day at 15:00", "remind me to call mum every day at 11:00")
TABLES = (
    "users", "user_keys", "user_settings", "channel_accounts", "conversations", "profiles", "onboarding_states",
    "reminders", "plans", "planned_meals", "planned_workouts", "tasks",
)  # fmt: skip


async def one_person(folder: Path) -> Path:
    """Somebody who went through the onboarding and wants a few things more."""
    keel = Keel()
    await keel.open(folder, 1)
    for wish in WISHES:
        await keel.hear(0, Spoken(text=wish))
    await keel.close()
    return keel.file


def zone_of(number: int) -> str:
    """Where a copy lives."""
    return ZONES[number % len(ZONES)]


def _next_due_at(number: int, row: dict[str, Any]) -> str:
    return _instant(row["next_local_date"], row["next_local_time"], zone_of(number))


@cache
def _instant(day: str, at: str, zone: str) -> str:
    return instant(date.fromisoformat(day), time.fromisoformat(at), zone).isoformat(" ", "microseconds")[:26]


def load(url: str, key: str, people: int) -> dict[str, float]:
    """Make the one person, copy them, and say how long the copying took."""
    with TemporaryDirectory(prefix="keel-bench-") as folder:
        database = asyncio.run(one_person(Path(folder)))
        own = load_key_file(database.with_name(database.name + ".key"))
        today = " AND local_date BETWEEN '2026-11-22' AND '2026-11-25'"
        tasks = today.replace("local_date", "due_on")
        some = dict.fromkeys(TABLES, "") | {"planned_meals": today, "planned_workouts": today, "tasks": tasks}
        template = population.Template(database, own, some)
    template.keys = MasterKey.parse(key)
    vary = {
        ("users", "timezone"): lambda number, _row: zone_of(number),
        ("reminders", "next_due_at"): _next_due_at,
        ("user_keys", "master_key_id"): lambda _number, _row: template.keys.id,
    }
    schema.upgrade(url)
    started = clock.perf_counter()
    population.load(url, population.Copies(template, vary), template, lambda _table: range(people))
    return {"seconds": clock.perf_counter() - started}


if __name__ == "__main__":
    told(lambda: load(sys.argv[1], sys.argv[2], int(sys.argv[3])))

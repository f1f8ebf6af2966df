"""Fills a database with people who have a past: `python -m tests.benchmarks.context_load URL KEY PEOPLE ONE_IN`.

Everybody has an account, settings, a profile, limits, goals of a plan; one in so many also has the rows that grow with
every day of use. Only tables that the read of a turn touches are filled.
"""

import asyncio
import sys
import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.spoken import Spoken
from storage import schema
from storage.crypto import MasterKey, load_key_file
from tests.benchmarks import population, script
from tests.benchmarks.keel import Keel
from tests.benchmarks.one_core import told

TURNS = 20
EVERYBODY = (
    "users", "user_keys", "user_settings", "channel_accounts", "conversations", "consents", "profiles",
    "onboarding_states", "dietary_preferences", "workout_schedules", "hydration_preferences",
)  # fmt: skip
NOW_AND_THEN = (
    "dietary_restrictions", "physical_constraints", "medical_flags", "meal_schedules", "health_metrics", "plans",
    "nutrition_targets", "planned_meals", "planned_workouts", "tasks", "messages", "activities", "meals",
    "safety_events",
)  # fmt: skip
_WEEK = " AND local_date BETWEEN '2026-11-21' AND '2026-11-25'"


async def one_person(folder: Path) -> Path:
    """Somebody after the onboarding and an hour of talk."""
    keel = Keel()
    await keel.open(folder, 1)
    for line in script.lines(0, TURNS):
        if not line.startswith("<"):
            await keel.hear(0, Spoken(text=line))
    await keel.close()
    return keel.file


def load(url: str, key: str, people: int, one_in: int) -> dict[str, float]:
    """Make the one person, copy them, and say how long the copying took and how many rows it made."""
    with TemporaryDirectory(prefix="keel-bench-") as folder:
        database = asyncio.run(one_person(Path(folder)))
        own = load_key_file(database.with_name(database.name + ".key"))
        conditions = dict.fromkeys((*EVERYBODY, *NOW_AND_THEN), "") | {
            "planned_meals": _WEEK,
            "planned_workouts": _WEEK,
            "tasks": _WEEK.replace("local_date", "due_on"),
        }
        template = population.Template(database, own, conditions)
    template.keys = MasterKey.parse(key)
    copies = population.Copies(template, {("user_keys", "master_key_id"): lambda _number, _row: template.keys.id})
    schema.upgrade(url)

    def numbers(table: str) -> range:
        return range(0, people, one_in if table in NOW_AND_THEN else 1)

    started = clock.perf_counter()
    population.load(url, copies, template, numbers)
    rows = sum(len(one.rows) * len(numbers(one.table.name)) for one in template.tables)
    return {"seconds": clock.perf_counter() - started, "rows": rows}


if __name__ == "__main__":
    told(lambda: load(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))

"""Reminders at scale: a table with a million of them, on both engines, beside the job stores others use.

Keel's rows are made in bulk first; everything measured goes through the code that runs in production. The rivals take
as many of the same jobs as they can in a minute; how many that is stands in their lines.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from storage.crypto import MasterKey
from tests.benchmarks.figures import Figure
from tests.benchmarks.one_core import measured
from tests.benchmarks.reminder_load import A_PERSON
from tests.support import postgres

PEOPLE, A_MINUTE = 100_000, 60.0
ENOUGH = 5_000  # rows for a rate
NEEDED_GB = 12


def run(people: int = PEOPLE, seconds: float = A_MINUTE) -> list[Figure]:
    """Both engines, then both rivals on SQLite and the store on PostgreSQL too."""
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="keel-bench-") as folder:
        if shutil.disk_usage(folder).free < NEEDED_GB * 10**9 * people // PEOPLE:
            raise OSError(f"{NEEDED_GB} GB of disk are needed for {people * A_PERSON:,} reminders")
        queue = _rival("job_queue", "-", people, seconds)
        for engine in ("sqlite", "postgres"):
            with database(engine, Path(folder)) as (url, rival_url):
                store = _rival("job_store", rival_url, people, seconds)
                figures += _engine(engine, _keel(url, people), store, queue, people)
    return figures


def _rival(name: str, url: str, people: int, seconds: float) -> dict[str, float]:
    found: dict[str, float] = measured("reminder_rivals", name, url, str(people * A_PERSON), str(seconds))
    return found


def _keel(url: str, people: int) -> dict[str, Any]:
    keys = MasterKey.generate()
    key = (keys.master + keys.index).hex()
    loaded = measured("reminder_load", url, key, str(people))
    print(f"loaded {people * A_PERSON:,} reminders in {loaded['seconds']:.0f} s", file=sys.stderr, flush=True)
    found: dict[str, Any] = measured("reminder_worker", url, key, str(min(ENOUGH, people)))
    return found


@contextmanager
def database(engine: str, folder: Path) -> Iterator[tuple[str, str]]:
    """An empty database for Keel and one for a rival, gone afterwards."""
    if engine == "sqlite":
        files = [folder / "keel.sqlite3", folder / "jobs.sqlite3"]
        try:
            yield f"sqlite:///{files[0]}", f"sqlite:///{files[1]}"
        finally:
            for file in folder.glob("*.sqlite3*"):
                file.unlink()
        return
    with postgres.fresh_database() as url, postgres.fresh_database() as other:
        yield url, other.replace("postgresql://", "postgresql+psycopg://", 1)


def _engine(
    engine: str, keel: dict[str, float], store: dict[str, float], queue: dict[str, float], people: int
) -> list[Figure]:
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[engine]
    held = f"{people * A_PERSON:,} reminders, {name}"
    jobs = f"APScheduler's store holding {store['jobs']:,.0f}"
    queued = f"JobQueue holding {queue['jobs']:,.0f}"
    return [
        Figure(f"{held}: idle tick, p50; against {jobs}", keel["idle_p50_ms"], budget=1, baseline=store["idle_p50_ms"],
               digits=2),
        Figure(f"{held}: idle tick, p99; against {jobs}", keel["idle_p99_ms"], baseline=store["idle_p99_ms"], digits=2),
        Figure(f"{held}: claimed and moved on; against {jobs}", keel["claimed_a_second"], "/s", budget=10_000,
               bound="least", baseline=store["due_a_second"], digits=0),
        Figure(f"{held}: the same a second of our processor time", keel["claimed_a_cpu"], "/s", budget=10_000,
               bound="least", baseline=store["due_a_cpu"], digits=0),
        Figure(f"{held}: judged, worded and enqueued", keel["sent_a_second"], "/s", bound="least", digits=0),
        Figure(f"{held}: the same a second of our processor time", keel["sent_a_cpu"], "/s", bound="least", digits=0),
        Figure(f"{held}: judged after half a day of downtime", keel["late_a_second"], "/s", bound="least", digits=0),
        Figure(f"{held}: the same a second of our processor time", keel["late_a_cpu"], "/s", bound="least", digits=0),
        Figure(f"{held}: adding one, p50; against {jobs}", keel["add_p50_ms"], baseline=store["add_p50_ms"], digits=2),
        Figure(f"{held}: adding one, p50; against {queued}", keel["add_p50_ms"], baseline=queue["add_p50_ms"],
               digits=2),
        Figure(f"{held}: memory; against {jobs}", keel["resident_mb"], "MB", baseline=store["resident_mb"], digits=0),
        Figure(f"{held}: memory; against {queued}", keel["resident_mb"], "MB", baseline=queue["resident_mb"], digits=0),
        Figure(f"{held}: restart to first tick; against {jobs}", keel["restart_ms"], baseline=store["restart_ms"],
               digits=0),
        Figure(f"{held}: restart to first tick; against {queued}", keel["restart_ms"], baseline=queue["restart_ms"],
               digits=0),
        Figure(f"{held}: wake-up lateness, p50, looking every second; against {jobs}", keel["wake_p50_ms"],
               baseline=store["wake_p50_ms"], digits=0),
        Figure(f"{held}: wake-up lateness, worst, looking every second; against {jobs}", keel["wake_worst_ms"],
               budget=1_100, baseline=store["wake_worst_ms"], digits=0),
        Figure(f"{held}: wake-up lateness, worst, looking every second; against {queued}", keel["wake_worst_ms"],
               baseline=queue["wake_worst_ms"], digits=0),
    ]  # fmt: skip

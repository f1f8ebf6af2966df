"""The context of a turn among very many people, on both engines, beside a naive lazy-loading read of its tables."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.crypto import MasterKey
from tests.benchmarks.figures import Figure
from tests.benchmarks.one_core import measured
from tests.benchmarks.reminders import database

PEOPLE, ONE_IN, READS = 1_000_000, 10, 2_000
GB_A_MILLION = 25


def run(people: int = PEOPLE, reads: int = READS) -> list[Figure]:
    """Both engines, one after the other; each database is gone before the next is made."""
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="keel-bench-") as folder:
        if shutil.disk_usage(folder).free < GB_A_MILLION * 1000 * people:
            raise OSError(f"{GB_A_MILLION * people / 1e6:.0f} GB of disk are needed for {people:,} people")
        for engine in ("sqlite", "postgres"):
            with database(engine, Path(folder)) as (url, _):
                figures += _figures(engine, url, people, reads)
    return figures


def _figures(engine: str, url: str, people: int, reads: int) -> list[Figure]:
    keys = MasterKey.generate()
    key = (keys.master + keys.index).hex()
    loaded = measured("context_load", url, key, str(people), str(ONE_IN))
    said = f"loaded {people:,} people, {loaded['rows']:,.0f} rows, in {loaded['seconds']:.0f} s"
    print(said, file=sys.stderr, flush=True)
    found = measured("context_worker", url, key, str(people), str(ONE_IN), str(reads))
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[engine]
    of = f"context among {people:,} people, {name}"
    return [
        Figure(f"{of}, p50", found["ours_again_p50"], baseline=found["naive_again_p50"], digits=2),
        Figure(f"{of}, p99", found["ours_again_p99"], budget=10, baseline=found["naive_again_p99"], digits=2),
        Figure(f"{of}, our processor time, p50", found["ours_again_cpu_p50"], baseline=found["naive_again_cpu_p50"],
               digits=2),
        Figure(f"{of}, our processor time, p99", found["ours_again_cpu_p99"], baseline=found["naive_again_cpu_p99"],
               digits=2),
        Figure(f"{of}, first touch, p50", found["ours_first_p50"], baseline=found["naive_first_p50"], digits=2),
        Figure(f"{of}, first touch, p99", found["ours_first_p99"], baseline=found["naive_first_p99"], digits=2),
    ]  # fmt: skip

"""The read of a turn, ours and the naive one.

python -m tests.benchmarks.context_worker URL KEY PEOPLE ONE_IN READS
"""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from statistics import median
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from bot.app import App, bootstrap
from bot.settings import load_settings
from bot.simulate.clock import SimulatedClock
from storage import people, recall
from storage.keyscope import entered
from tests.benchmarks import lazy_orm
from tests.benchmarks.figures import percentile
from tests.benchmarks.keel import START
from tests.benchmarks.one_core import told
from tests.benchmarks.population import person_id

Read = Callable[[UUID], Awaitable[object]]


async def measure(url: str, key: str, crowd: int, one_in: int, reads: int) -> dict[str, float]:
    """Each way over people nobody has read before, then over the same people again."""
    dice = random.Random(7)
    chosen = [person_id(number) for number in dice.sample(range(0, crowd, one_in), 2 * reads)]
    with TemporaryDirectory(prefix="keel-bench-") as folder:
        settings = load_settings({}, database=url, master_key=key, data_dir=folder)
        app = bootstrap(settings, clock=SimulatedClock(START))
        found = {}
        for name, read, theirs in (("ours", _ours(app), chosen[:reads]), ("naive", _naive(app), chosen[reads:])):
            for touch in ("first", "again"):
                took, cpu = zip(*[await _timed(read, user_id) for user_id in theirs], strict=True)
                found |= {f"{name}_{touch}_p50": median(took), f"{name}_{touch}_p99": percentile(took, 0.99)}
                found |= {f"{name}_{touch}_cpu_p50": median(cpu), f"{name}_{touch}_cpu_p99": percentile(cpu, 0.99)}
        await app.close()
    return found


def _ours(app: App) -> Read:
    """As a turn reads: one hop, one transaction, decrypted and frozen."""

    async def read(user_id: UUID) -> object:
        def work(session: Session) -> object:
            with entered(app.ring.scope(session, user_id)):
                return recall.recall(session, people.reach(session, user_id)[0], app.clock())

        return await app.database.run_read(work)

    return read


def _naive(app: App) -> Read:
    async def read(user_id: UUID) -> object:
        def work(session: Session) -> object:
            with entered(app.ring.scope(session, user_id)):
                return lazy_orm.read(session, user_id)

        return await app.database.run_read(work)

    return read


async def _timed(read: Read, user_id: UUID) -> tuple[float, float]:
    """By the clock, and of this process's processor time; ms."""
    started, cpu = time.perf_counter(), time.process_time()
    await read(user_id)
    return (time.perf_counter() - started) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    url, key, *numbers = sys.argv[1:]
    told(lambda: asyncio.run(measure(url, key, *map(int, numbers))))

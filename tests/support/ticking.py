"""A scheduler in a process of its own: says "ready", ticks once at the given instant when told, says how much it did.

python -m tests.support.ticking DATABASE_URL DATA_DIR INSTANT
"""

import asyncio
import sys
from datetime import datetime

from bot.app import bootstrap
from bot.settings import load_settings
from bot.simulate.clock import SimulatedClock


async def main(url: str, folder: str, instant: str) -> None:
    """One tick."""
    clock = SimulatedClock(datetime.fromisoformat(instant))
    app = bootstrap(load_settings({"KEEL_DATA_DIR": folder}, database=url), clock=clock)
    try:
        print("ready", flush=True)
        sys.stdin.readline()
        print(await app.ticker.tick(clock()), flush=True)
    finally:
        await app.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

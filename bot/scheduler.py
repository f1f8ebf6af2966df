"""The clockwork of a running process: interval jobs, and nothing of the domain (libraries.md L-10, L-11)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

log = logging.getLogger(__name__)


class Scheduler:
    """Runs coroutine functions at intervals in the running event loop.

    A late run is made up for once, never dropped and never piled up; a job that is still running is not started again;
    a job that raises is logged and runs again at its next beat.
    """

    def __init__(self) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # a tenth of a second, off the start path

        # That a long run swallows the next beat is wanted here, so it is no news for the operator.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._inner = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)

    def every(self, seconds: float, job: Callable[[], Awaitable[object]], name: str) -> None:
        """Run `job` every so many seconds; the first time right after `start`."""

        async def beat() -> None:
            try:
                await job()
            except asyncio.CancelledError:
                log.debug("%s was stopped in the middle", name)
            except Exception:  # the last edge of a job: one failure must not end the clockwork
                log.exception("%s failed", name)

        first = datetime.now(UTC)
        self._inner.add_job(beat, "interval", seconds=seconds, id=name, name=name, next_run_time=first)

    def start(self) -> None:
        """Start the clockwork; call it inside the event loop that is to run the jobs."""
        self._inner.start()

    def stop(self) -> None:
        """Stop it and cancel a running job. Call it inside the same event loop; harmless when not started."""
        if self._inner.running:
            self._inner.shutdown(wait=False)

"""What stands rather than happens: queues, lateness, onboarding, the disk; looked at when somebody asks for it."""

import asyncio
import shutil
from functools import partial
from time import monotonic
from typing import Final

from bot.app import App
from bot.metrics import Metrics
from storage.errors import StorageError
from storage.stats import Standing, Waiting, standing_of

FRESH_S: Final = 5.0  # however often somebody asks, the database is asked this seldom
PATIENCE_S: Final = 2.0
BEAT_S: Final = 0.5  # how often the event loop is measured


class Measured:
    """The metrics of a running app. `text` is what `/metrics` answers; `measure` runs beside the rest."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        self._app, self._metrics, self._looked_at = app, metrics, -FRESH_S
        gauge = metrics.gauge
        self._is_up = gauge("keel_database_up", "Whether the database answered: 1 or 0.")
        self._inbox = gauge("keel_inbox_waiting", "Updates written down and not answered.")
        self._inbox_s = gauge("keel_inbox_oldest_seconds", "How long the oldest of them waits.")
        self._outbox = gauge("keel_outbox_waiting", "Messages that may be sent and are not.")
        self._outbox_s = gauge("keel_outbox_oldest_seconds", "How long the oldest of them waits.")
        self._late_s = gauge("keel_reminders_late_seconds", "How long the oldest due reminder is due.")
        self._began = gauge("keel_onboarding_began_7d", "People who began in the last seven days.")
        self._completed = gauge("keel_onboarding_completed_7d", "Those of them who completed it.")
        self._disk = gauge("keel_disk_used_ratio", "Of the disk under KEEL_DATA_DIR, 0 to 1.")
        app.database.timed = metrics.hop
        app.turns.watch(lambda trail, _person: metrics.turn(trail))

    async def text(self) -> bytes:
        """The figures of now; those of the database may be a few seconds old."""
        if monotonic() - self._looked_at >= FRESH_S:
            self._looked_at = monotonic()
            await self._look()
        return self._metrics.text()

    async def measure(self) -> None:
        """How late the event loop comes back from a short rest, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + BEAT_S
            await asyncio.sleep(BEAT_S)
            self._metrics.loop_lag.observe(max(0.0, loop.time() - due))

    async def _look(self) -> None:
        now = self._app.clock()
        try:
            async with asyncio.timeout(PATIENCE_S):
                found = await self._app.database.run_read(partial(standing_of, now=now))
        except (StorageError, TimeoutError):
            self._is_up.set(0)
            return
        self._is_up.set(1)
        self._set(found)
        folder = self._app.settings.data_dir
        if folder.exists():
            disk = await asyncio.to_thread(shutil.disk_usage, folder)
            self._disk.set(disk.used / disk.total)

    def _set(self, found: Standing) -> None:
        self._inbox.set(found.inbox.depth)
        self._inbox_s.set(self._age_s(found.inbox))
        self._outbox.set(found.outbox.depth)
        self._outbox_s.set(self._age_s(found.outbox))
        self._late_s.set(found.reminders_late_s)
        self._began.set(found.funnel.began)
        self._completed.set(found.funnel.completed)

    def _age_s(self, waiting: Waiting) -> float:
        return (self._app.clock() - waiting.oldest).total_seconds() if waiting.oldest is not None else 0.0

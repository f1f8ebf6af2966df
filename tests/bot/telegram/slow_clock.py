"""Seconds that pass only in sleeping, for the limiter and the streams that wait on a clock of their own."""

import asyncio


class Clock:
    """Many may sleep at once; time goes on to the next who wakes as soon as nobody has anything left to do."""

    def __init__(self):
        self.now = 0.0
        self._sleepers = []
        self._number = 0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        self._number += 1
        self._sleepers.append((self.now + seconds, self._number, woken))
        await woken

    async def run(self, *calls, until=None):
        """Run these to their end, or until this instant; what each raised, None for those that ended well."""
        tasks = [asyncio.ensure_future(call) for call in calls]
        while True:
            for _ in range(30):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                return [None if task.cancelled() else task.exception() for task in tasks]
            self._sleepers = [sleeper for sleeper in self._sleepers if not sleeper[2].done()]
            self._sleepers.sort(key=lambda sleeper: sleeper[:2])
            if until is not None and (not self._sleepers or self._sleepers[0][0] > until):
                self.now = until
                return tasks
            instant, _, woken = self._sleepers.pop(0)
            self.now = max(self.now, instant)
            woken.set_result(None)

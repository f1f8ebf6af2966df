"""An event loop in a thread of its own, for a main thread that blocks on a keyboard."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """Runs from the moment it is made until `stop`. The thread never keeps a process alive that wants to end."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="keel-loop", daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Start this work in the loop; safe from any thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stop(self, within_s: float) -> bool:
        """Cancel what still runs and end the thread. Returns False when it is stuck and was left behind."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.get_loop().run_forever()

"""Getting one call across to one address: in time, again after a pause where that helps, never while it rests."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from agents.model import allowance
from agents.model.abilities import Lacks
from agents.model.bill import Bill, Order, billed
from agents.model.breaker import Breaker
from agents.model.failure import ModelFailed
from agents.model.faults import Fault, fault_of
from agents.model.retries import pause_seconds

PATIENCE_SECONDS: Final = 15.0  # for one call, of the 25 s that a turn may take in all
_LEAST_TELLING: Final = 0.5  # of the patience: a call that was given less says nothing about the server
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a test holds still: a monotonic clock in seconds, waiting, and chance in [0, 1)."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    patience_seconds: float = PATIENCE_SECONDS


class Crossing:
    """The way to one address, shared by everybody who goes it."""

    def __init__(self, host: str, around: Surroundings) -> None:
        self._around = around
        self._breaker = Breaker(host, around.clock, around.chance)

    @asynccontextmanager
    async def call(self, order: Order) -> AsyncIterator["Call"]:
        """One call, paid for and within its time. Raises ModelFailed where it may not be made."""
        if (usage := allowance.current()) is not None and not usage.seconds_left:
            raise ModelFailed("timeout")
        is_trial = self._breaker.enter()
        try:
            async with billed(order, self._around.clock) as bill:
                yield Call(bill, self._breaker, self._around, is_trial=is_trial)
        finally:
            self._breaker.leave(was_trial=is_trial)


class Call:
    """One call under way."""

    def __init__(self, bill: Bill, breaker: Breaker, around: Surroundings, *, is_trial: bool) -> None:
        self.bill = bill
        self._breaker, self._around, self._is_trial = breaker, around, is_trial
        usage = allowance.current()
        self._given = min(around.patience_seconds, usage.seconds_left if usage else around.patience_seconds)
        self._until = around.clock() + self._given

    async def begun(
        self,
        send: Callable[[Lacks], Awaitable[Result]],
        lacks: Lacks,
        learned: Callable[[Fault, Lacks], Lacks],
    ) -> tuple[Result, Lacks]:
        """The first thing that comes back, and what the server was found to lack. Raises ModelFailed."""
        attempts = 1
        while True:
            self.bill.sent()
            try:
                async with asyncio.timeout(self._seconds_left):
                    return await send(lacks), lacks
            except Exception as error:  # whatever the client library raises, a caller sees one exception
                fault = fault_of(error)
            if fault.is_unsent:
                self.bill.returned()
            more = learned(fault, lacks)
            if more == lacks:
                await self._paused(fault, attempts)
                attempts += 1
            lacks = more

    async def next(self, coming: Awaitable[Result]) -> Result:
        """What comes next, once something has come. Raises ModelFailed."""
        try:
            async with asyncio.timeout(self._seconds_left):
                return await coming
        except Exception as error:  # as above
            raise self.lost(fault_of(error)) from None

    def arrived(self) -> None:
        """The whole answer is here."""
        self._breaker.answered()

    def lost(self, fault: Fault) -> ModelFailed:
        """The call is given up; what its caller is told."""
        if fault.kind != "timeout" or self._given >= _LEAST_TELLING * self._around.patience_seconds:
            self._breaker.failed(fault)
        return ModelFailed(fault.kind)

    async def _paused(self, fault: Fault, attempts: int) -> None:
        """Wait before the next attempt. Raises ModelFailed when there is none."""
        pause = None if self._is_trial else pause_seconds(fault, attempts, self._around.chance())
        if pause is None or pause >= self._seconds_left:
            raise self.lost(fault)
        await self._around.sleep(pause)

    @property
    def _seconds_left(self) -> float:
        return max(0.0, self._until - self._around.clock())

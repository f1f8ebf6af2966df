"""What one call costs: counted for the turn, reserved before and settled after, however the call ends."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from agents import trail
from agents.model import allowance
from agents.model.allowance import MOST_CALLS, Spent, Usage
from agents.model.asking import Kind, Purpose
from agents.model.failure import ModelFailed

log = logging.getLogger(__name__)

CANCELLED: Final = "cancelled"  # how a call ends whose answer nobody waits for any more
_settling: set[asyncio.Future[None]] = set()  # held, because the loop holds tasks only weakly


@dataclass(frozen=True, slots=True)
class Order:
    """What is about to be asked. `tokens_in` is an estimate; `tokens` is the most that the call may take."""

    kind: Kind
    purpose: Purpose
    prompt: tuple[str, str]
    tokens_in: int
    tokens: int


@dataclass(slots=True)
class Bill:
    """What a call has cost so far."""

    order: Order
    tokens_in: int = 0
    tokens_out: int = 0
    _is_counted: bool = field(default=False, repr=False)

    def sent(self) -> None:
        """A request is on its way: from now on it may cost what was estimated."""
        self.tokens_in = self.order.tokens_in

    def returned(self) -> None:
        """No model has seen the request."""
        self.tokens_in = 0

    def estimated_out(self, tokens: int) -> None:
        """This much was answered, as far as we can tell."""
        if not self._is_counted:
            self.tokens_out = tokens

    def counted(self, tokens: tuple[int, int] | None) -> None:
        """The server's own count, where it gives one."""
        if tokens is not None:
            self._is_counted = True
            self.tokens_in, self.tokens_out = tokens

    def told(self, began: float, ended: float, outcome: str) -> trail.Asked:
        """The call as the trail of its turn keeps it."""
        order = self.order
        return trail.Asked(order.kind, order.purpose, began, ended, self.tokens_in, self.tokens_out, outcome)


@asynccontextmanager
async def billed(order: Order, clock: Callable[[], float]) -> AsyncIterator[Bill]:
    """One call. Raises ModelFailed("over_budget") before anything is sent when it may not be made."""
    usage = allowance.current()
    reservation = await _reserved(order, usage)
    bill, began, finish = Bill(order), clock(), CANCELLED
    try:
        yield bill
        finish = "ok"
    except ModelFailed as failed:
        finish = failed.kind
        raise
    except Exception as error:  # an answer that nobody foresaw is still no answer
        finish = "invalid"
        log.warning("an answer of the model cannot be read (%s)", type(error).__name__)
        raise ModelFailed("invalid") from None
    finally:
        ended = clock()
        allowance.note_tokens(tokens_in=bill.tokens_in, tokens_out=bill.tokens_out)
        trail.note_asked(bill.told(began, ended, finish))
        if usage is not None and usage.meter is not None and reservation is not None:
            spent = Spent(bill.tokens_in, bill.tokens_out, round((ended - began) * 1000), finish)
            await _surely(usage.meter.settle(reservation, spent))


async def _reserved(order: Order, usage: Usage | None) -> UUID | None:
    """A reservation, where somebody keeps a ledger; the call is counted as soon as it may be made."""
    if usage is None:
        return None
    if usage.calls >= MOST_CALLS:
        raise ModelFailed("over_budget")
    allowance.note_call()  # before the ledger is asked, so that two at once cannot both be the last
    if usage.meter is None:
        return None
    try:
        reservation = await usage.meter.reserve(order.kind, order.purpose, order.prompt, order.tokens)
    except BaseException as error:
        usage.calls -= 1
        if not isinstance(error, Exception):
            raise
        log.warning("no call to the model: the ledger cannot be reached (%s)", type(error).__name__)
        raise ModelFailed("over_budget") from None
    if reservation is None:
        usage.calls -= 1
        raise ModelFailed("over_budget")
    return reservation


async def _surely(settling: Awaitable[None]) -> None:
    """Settle even when whoever waits is cancelled meanwhile, and never fail: the answer is there all the same."""
    task = asyncio.ensure_future(_quietly(settling))
    _settling.add(task)
    task.add_done_callback(_settling.discard)
    await asyncio.shield(task)


async def _quietly(settling: Awaitable[None]) -> None:
    try:
        await settling
    except Exception as error:  # a reservation that is not settled expires by itself
        log.warning("a call to the model could not be settled (%s)", type(error).__name__)

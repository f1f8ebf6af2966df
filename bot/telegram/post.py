"""The post: what waits in the outbox goes out, each person's messages in order, and nothing is lost on the way.

A message is marked sent only when Telegram said so. Whatever happens before that, the row stays pending and is tried
again; a long message goes on with the part that failed. What may have arrived is tried again a few times only.
"""

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from agents.domain.turn import Message
from bot.render.pictures import painted, told
from bot.render.telegram import Writer, parts_of
from bot.telegram.courier import NEVER_SILENT, Courier
from bot.telegram.gate import REPLY, SAFETY
from bot.telegram.lanes import Lanes
from bot.telegram.mouth import Fate, Manner, Mouth, Sent
from storage import deliveries
from storage.db import Database
from storage.deliveries import Address, Delivery
from storage.fences import LeaseLost
from storage.keyring import KeyRing
from storage.people import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
AT_ONCE = 100  # people being written to side by side
LEASE = timedelta(minutes=2)  # longer than any single try with its waiting
UNSURE_S = 5.0  # before a message that may have arrived is sent again (telegram.md F-15)
LOCKED_S = 60.0  # while Telegram refuses the token
LONGEST_S = 60.0  # between two tries while Telegram is out of reach
STRAIGHT_TRIES = 4
MOST_TRIES: dict[Fate, int] = {"timed_out": 2, "strange": 3, "unsure": 6}  # each may have arrived (8.2, F-15)
MOST_SAFETY_TRIES = 12  # of a safety text: twice is better than never, but not for ever
_FINAL: tuple[Fate, ...] = ("blocked", "refused", "locked_out")


class Post:
    """Empties the outbox of Telegram's accounts. `holder` names this process in leases.

    `term` opens the fence under which a message may be claimed; it raises LeaseLost while another process sends.
    """

    def __init__(
        self, database: Database, ring: KeyRing, clock: Callable[[], datetime], mouth: Mouth, holder: str,
        *, term: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:  # fmt: skip
        self._database, self._ring, self._clock = database, ring, clock
        self._mouth, self._holder, self._term = mouth, holder, term
        self._courier = Courier(mouth)
        self._urgency: dict[Address, int] = {}
        self._lanes: Lanes[Address] = Lanes(self._serve, AT_ONCE, lambda to: self._urgency.get(to, REPLY))
        self._doubts: Counter[tuple[UUID, Fate]] = Counter()
        self._shut_until: datetime | None = None

    async def recover(self) -> None:
        """When this process begins to send: what an ended one was sending is free again, our own is not."""
        now = self._clock()
        await self._database.run_write(lambda session: deliveries.recover(session, self._holder, now))

    async def drain(self) -> None:
        """Wake everybody for whom something waits, the most urgent first; nobody while our token is refused."""
        now = self._clock()
        if self._shut_until is not None and not await self._opens(now):
            return
        for to, priority in (
            await self._database.run_read(lambda s: deliveries.waiting(s, "telegram", now, AT_ONCE))
        ).items():
            self._wake(to, priority)

    def wake(self, person: Person) -> None:
        """There is something for this person."""
        self._wake(Address(person.user_id, person.account_id), REPLY)

    async def straight(self, chat_id: int, message: Message) -> bool:
        """Say what cannot be in the outbox, such as that nothing can be written down (TG-61).

        False when it did not get through within a few tries.
        """
        return (await self.told(chat_id, message)).fate == "sent"

    async def told(self, chat_id: int, message: Message, *, longest_s: float = math.inf) -> Sent:
        """As `straight`: what became of the last of a few tries. A wait of more than `longest_s` is not waited out."""
        manner = Manner(priority=SAFETY if message.level in NEVER_SILENT else REPLY)
        result = Sent("sent")
        for part in parts_of(message):
            for attempt in range(1, STRAIGHT_TRIES + 1):
                result, _ = await self._courier.say(chat_id, part, manner)
                if result.fate == "sent":
                    break
                is_last = attempt >= MOST_TRIES.get(result.fate, STRAIGHT_TRIES) or result.wait_s > longest_s
                if result.fate in _FINAL or is_last:
                    return result
                await asyncio.sleep(result.wait_s or _pause_s(attempt))
        return result

    async def settle(self, within_s: float) -> None:
        """Let what is being sent get out, but wait no longer than this."""
        await self._lanes.settle(within_s)

    async def close(self, within_s: float) -> None:
        """Send nothing more."""
        await self._lanes.close(within_s)

    def _wake(self, to: Address, priority: int) -> None:
        self._urgency[to] = min(priority, self._urgency.get(to, priority))
        self._lanes.wake(to)

    async def _opens(self, now: datetime) -> bool:
        if self._shut_until is not None and now < self._shut_until:
            return False
        is_open = await self._mouth.is_accepted()
        self._shut_until = None if is_open else now + timedelta(seconds=LOCKED_S)
        return is_open

    async def _serve(self, to: Address) -> bool:
        """The next message of one person. True when there may be another."""
        if self._shut_until is not None:
            return False
        now = self._clock()
        try:
            with self._term():
                delivery = await self._database.run_write(
                    lambda s: deliveries.claim(s, self._ring, to, self._holder, now, now + LEASE)
                )
        except LeaseLost:  # who sends by now does it
            return False
        if delivery is None:
            self._urgency.pop(to, None)
            return False
        result, writer = await self._courier.deliver(await _with_pictures(delivery))
        if result.fate != "sent":
            log.info("a %s message is %s: %s", delivery.category, result.fate, result.reason)
        return await self._note(delivery, result, writer)

    async def _note(self, delivery: Delivery, result: Sent, writer: Writer) -> bool:
        """Write down what became of it; True when this person's next message may go at once."""
        now = self._clock()
        if result.fate == "locked_out":
            log.error("Telegram does not accept our token any more: nothing is sent until it does")
            self._shut_until = now + timedelta(seconds=LOCKED_S)
            await self._database.run_write(lambda s: deliveries.release(s, delivery, result.reason))
            return False
        wait_s = self._wait_s(delivery, result)
        if wait_s is not None:
            until, is_doubtful = now + timedelta(seconds=wait_s), result.fate in MOST_TRIES
            await self._database.run_write(
                lambda s: deliveries.defer(s, delivery, until, result.reason, maybe_twice=is_doubtful)
            )
            return False
        self._forget(delivery)

        def settle(session: "Session") -> int | None:
            if result.fate == "sent":
                deliveries.sent(session, delivery, result.message_id, now, writer)
            elif result.fate == "blocked":
                deliveries.block(session, delivery.address, now)
            else:
                deliveries.fail(session, delivery, result.reason)
            return deliveries.priority_of(session, delivery.address)

        if result.fate not in ("sent", "blocked"):
            log.error("a %s message can never be sent: %s", delivery.category, result.reason)
        priority = await self._database.run_write(settle)
        if priority is None:
            self._urgency.pop(delivery.address, None)
            return False
        self._urgency[delivery.address] = priority
        return True

    def _wait_s(self, delivery: Delivery, result: Sent) -> float | None:
        """Seconds until the next try; None when this was the last."""
        if result.fate == "wait":
            return result.wait_s
        if result.fate == "unreachable":
            return _pause_s(delivery.attempts)
        if result.fate not in MOST_TRIES:
            return None
        self._doubts[delivery.id, result.fate] += 1
        tries = self._doubts[delivery.id, result.fate]
        most = MOST_SAFETY_TRIES if delivery.category == "safety" else MOST_TRIES[result.fate]
        return None if tries >= most else max(UNSURE_S, _pause_s(tries))

    def _forget(self, delivery: Delivery) -> None:
        self._courier.forget(delivery)
        for fate in MOST_TRIES:
            self._doubts.pop((delivery.id, fate), None)


async def _with_pictures(delivery: Delivery) -> Delivery:
    """The delivery as its channel takes it, and what it replaces too; words alone for who wishes those."""
    if delivery.is_plain:
        return replace(delivery, message=told(delivery.message))
    before = delivery.replaces
    if before is not None:
        before = replace(before, message=await painted(before.message))
    return replace(delivery, message=await painted(delivery.message), replaces=before)


def _pause_s(attempts: int) -> float:
    """1, 2, 4 … 60 seconds (telegram.md 8.2)."""
    return min(LONGEST_S, 2.0 ** min(attempts - 1, 6))

"""The post: what waits in the outbox goes out, each person's messages in order, and nothing is lost on the way.

A message is marked sent only when Telegram said so. Whatever happens before that, the row stays pending and is tried
again; a long message goes on with the part that failed.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from uuid import UUID

from agents.domain.turn import Message
from bot.render.telegram import Part, parts_of
from bot.telegram.lanes import Lanes
from bot.telegram.mouth import Mouth, Sent
from storage import deliveries
from storage.db import Database
from storage.deliveries import Address, Delivery
from storage.fences import LeaseLost
from storage.keyring import KeyRing
from storage.people import Person

log = logging.getLogger(__name__)
AT_ONCE = 100  # people being written to side by side
LEASE = timedelta(minutes=2)  # longer than any single try with its waiting
UNSURE_S = 5.0  # before a message that may have arrived is sent again (telegram.md F-15)
LOCKED_S = 60.0  # while Telegram refuses the token
LONGEST_S = 60.0  # between two tries while Telegram is out of reach
STRAIGHT_TRIES = 4


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
        self._lanes: Lanes[Address] = Lanes(self._serve, AT_ONCE)
        self._parts_sent: dict[UUID, int] = {}

    async def recover(self) -> None:
        """When this process begins to send: what an ended one was sending is free again, our own is not."""
        now = self._clock()
        await self._database.run_write(lambda session: deliveries.recover(session, self._holder, now))

    async def drain(self) -> None:
        """Wake everybody for whom something waits, the most urgent first."""
        now = self._clock()
        for to in await self._database.run_read(lambda s: deliveries.waiting(s, "telegram", now, AT_ONCE)):
            self._lanes.wake(to)

    def wake(self, person: Person) -> None:
        """There is something for this person."""
        self._lanes.wake(Address(person.user_id, person.account_id))

    async def straight(self, chat_id: int, message: Message) -> bool:
        """Say what cannot be in the outbox: that an account was deleted, that nothing can be written down (TG-61).

        False when it did not get through within a few tries.
        """
        for part in parts_of(message):
            for attempt in range(1, STRAIGHT_TRIES + 1):
                result = await self._send(chat_id, part)
                if result.fate == "sent":
                    break
                if result.fate in ("blocked", "refused", "locked_out") or attempt == STRAIGHT_TRIES:
                    return False
                await asyncio.sleep(result.wait_s or _pause_s(attempt))
        return True

    async def settle(self, within_s: float) -> None:
        """Let what is being sent get out, but wait no longer than this."""
        await self._lanes.settle(within_s)

    async def close(self, within_s: float) -> None:
        """Send nothing more."""
        await self._lanes.close(within_s)

    async def _serve(self, to: Address) -> bool:
        """The next message of one person. True when there may be another."""
        now = self._clock()
        try:
            with self._term():
                delivery = await self._database.run_write(
                    lambda s: deliveries.claim(s, self._ring, to, self._holder, now, now + LEASE)
                )
        except LeaseLost:  # who sends by now does it
            return False
        if delivery is None:
            return False
        result = await self._deliver(delivery)
        if result.fate != "sent":
            log.info("a %s message is %s: %s", delivery.category, result.fate, result.reason)
        return await self._note(delivery, result)

    async def _deliver(self, delivery: Delivery) -> Sent:
        """Send what is left of a message; the last result."""
        parts = parts_of(delivery.message)
        result = Sent("refused", reason="there is nothing to show")
        for number in range(self._parts_sent.get(delivery.id, 0), len(parts)):
            result = await self._send(int(delivery.external_id), parts[number])
            if result.fate != "sent":
                break
            self._parts_sent[delivery.id] = number + 1
        return result

    async def _send(self, chat_id: int, part: Part) -> Sent:
        """One part; if Telegram cannot read its markup, once more without any (telegram.md TG-42, F-5)."""
        result = await self._mouth.send(chat_id, part)
        if result.fate != "unformatted":
            return result
        log.error("Telegram refused the markup of a message; it goes out plain: %s", result.reason)
        result = await self._mouth.send(chat_id, Part(part.text, None, part.buttons))
        return result if result.fate != "unformatted" else Sent("refused", reason=result.reason)

    async def _note(self, delivery: Delivery, result: Sent) -> bool:
        """Write down what became of it; True when this person's next message may go at once."""
        now = self._clock()
        wait_s = _wait_s(result, delivery.attempts)
        if wait_s is not None:
            until, unsure = now + timedelta(seconds=wait_s), result.fate == "unsure"
            await self._database.run_write(
                lambda s: deliveries.defer(s, delivery, until, result.reason, maybe_twice=unsure)
            )
            return False
        self._parts_sent.pop(delivery.id, None)
        if result.fate == "sent":
            await self._database.run_write(lambda s: deliveries.sent(s, delivery, result.message_id, now))
        elif result.fate == "blocked":
            await self._database.run_write(lambda s: deliveries.block(s, delivery.address, now))
        else:
            log.error("a %s message can never be sent: %s", delivery.category, result.reason)
            await self._database.run_write(lambda s: deliveries.fail(s, delivery, result.reason))
        return True


def _wait_s(result: Sent, attempts: int) -> float | None:
    """Seconds until the next try; None when this was the last."""
    if result.fate == "wait":
        return result.wait_s
    if result.fate == "locked_out":
        return LOCKED_S
    if result.fate == "unsure":
        return max(UNSURE_S, _pause_s(attempts))
    return _pause_s(attempts) if result.fate == "unreachable" else None


def _pause_s(attempts: int) -> float:
    """1, 2, 4 … 60 seconds (telegram.md 8.2)."""
    return min(LONGEST_S, 2.0 ** min(attempts - 1, 6))

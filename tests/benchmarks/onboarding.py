"""People who are past the beginning: the script's opening, then the first answer to every question until the lock."""

from datetime import datetime

from agents.domain.crockford import decode
from bot.spoken import Spoken
from bot.turn import Turns
from storage.people import Contact
from tests.benchmarks import script


async def meet(turns: Turns, contact: Contact, at: datetime) -> None:
    """One person, from the first hello to a locked profile, with every answer sent. Raises NotOnboardedError."""
    for line in script.OPENING:
        outcome = await turns.take(contact, Spoken(text=line), at)
    for _ in range(script.MOST_QUESTIONS):
        messages = outcome.messages
        if any(receipt.action == "locked" for message in messages for receipt in message.receipts):
            return await _delivered(turns, contact, at)
        buttons = [button.data for message in messages for row in message.buttons for button in row]
        spoken = Spoken(tap=buttons[0]) if buttons else Spoken(text="yes")
        outcome = await turns.take(contact, spoken, at)
    raise script.NotOnboardedError(f"the coach still says: {messages}")


async def _delivered(turns: Turns, contact: Contact, at: datetime) -> None:
    person = await turns.person(contact)
    if person is not None:
        ids = [message.outbox_id for message in await turns.unsent(person, at)]
        await turns.sent(person, [decode(number) for number in ids if number], at)

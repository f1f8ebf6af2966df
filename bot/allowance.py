"""One person's daily share of the model, as one turn meets it: every call is reserved before and settled after."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from agents.model.allowance import Spent
from agents.model.asking import Kind, Purpose
from agents.model.endpoint import HEARS
from bot.settings import Settings
from storage import allowances
from storage.allowances import Call, Caps, Outcome, ShareSpent
from storage.db import Database
from storage.fences import lifted
from storage.keyring import KeyRing
from storage.keyscope import entered

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
T = TypeVar("T")
KEPT: Final = timedelta(minutes=2)  # a turn takes 25 s at most: who has not settled by then has crashed
_SHORT, _LONG, _MOST = 40, 60, 2**31 - 1  # what the columns hold: characters, characters, a count


@dataclass(frozen=True, slots=True)
class Tariff:
    """What may be spent on the model. A price of a million tokens is that of one in millionths."""

    models: Mapping[Kind, str]
    caps: Mapping[Kind, Caps]
    price_in: float = 0.0
    price_out: float = 0.0

    def cost_micros(self, tokens_in: int, tokens_out: int) -> int:
        """What a call cost, in millionths of the operator's currency."""
        return round(tokens_in * self.price_in + tokens_out * self.price_out)


def tariff_of(settings: Settings) -> Tariff:
    """What the operator allows."""
    s = settings
    caps: dict[Kind, Caps] = {
        "text": Caps(s.text_tokens_a_day, s.text_tokens_a_day_for_all),
        "vision": Caps(s.vision_tokens_a_day, s.vision_tokens_a_day_for_all),
        "transcription": Caps(s.transcription_tokens_a_day, s.transcription_tokens_a_day_for_all),
    }
    models: dict[Kind, str] = {"text": s.model, "vision": s.model, "transcription": HEARS}
    return Tariff(models, caps, s.price_of_million_tokens_in, s.price_of_million_tokens_out)


class PersonMeter:
    """The `Meter` of one turn, and the port `Allowance`. Whatever breaks here, the turn goes on without a call.

    The day is the UTC day of the turn's `now`, so a moved clock moves it too.
    """

    def __init__(self, database: Database, ring: KeyRing, user_id: UUID, tariff: Tariff, now: datetime) -> None:
        self._database, self._ring, self._user_id = database, ring, user_id
        self._tariff, self._now = tariff, now.astimezone(UTC)
        self._refused: Call | None = None
        self.was_told = False

    @property
    def is_spent(self) -> bool:
        """Whether a call of this turn was not made because the day's share is used up."""
        return self._refused is not None

    @property
    def renews_at(self) -> datetime:
        """When the next day's share begins."""
        return datetime.combine(self._now.date() + timedelta(days=1), time(), UTC)

    async def reserve(self, kind: Kind, purpose: Purpose, prompt: tuple[str, str], tokens: int) -> UUID | None:
        """As `Meter.reserve`: None means that no call may be made; then no other of its kind in this turn either."""
        if self._refused is not None and self._refused.kind == kind:
            return None
        try:
            call, caps = self._call(kind, purpose, prompt, tokens), self._tariff.caps[kind]
            try:
                return await self._write(lambda session: allowances.reserve(session, call, caps))
            except ShareSpent as spent:
                self._refused, self.was_told = call, spent.was_told
        except Exception as error:  # an edge: without a ledger nothing may be spent, and nothing else breaks
            log.warning("no share of the model could be reserved (%s)", type(error).__name__)
        return None

    async def settle(self, reservation: UUID, spent: Spent) -> None:
        """As `Meter.settle`. What was spent counts even where the turn itself has lost its lease."""
        tokens_in, tokens_out = _count(spent.tokens_in), _count(spent.tokens_out)
        cost = self._tariff.cost_micros(tokens_in, tokens_out)
        outcome = Outcome(tokens_in, tokens_out, cost, _count(spent.latency_ms), spent.finish[:_SHORT])
        try:
            with lifted():
                await self._write(lambda session: allowances.settle(session, self._user_id, reservation, outcome))
        except Exception as error:  # an edge: the reservation expires by itself
            log.warning("a call to the model could not be settled (%s)", type(error).__name__)

    async def told(self) -> None:
        """The person has read that the share is used up: once a day is enough."""
        refused = self._refused
        if refused is None or self.was_told:
            return
        try:
            await self._write(lambda session: allowances.note_told(session, refused))
        except Exception as error:  # an edge: then they read it once more
            log.warning("it could not be noted that a share of the model is used up (%s)", type(error).__name__)

    def _call(self, kind: Kind, purpose: Purpose, prompt: tuple[str, str], tokens: int) -> Call:
        prompt_id, sha256 = prompt
        return Call(
            user_id=self._user_id,
            day=self._now.date(),
            kind=kind,
            purpose=purpose,
            model=self._tariff.models[kind][:_LONG],
            prompt_id=prompt_id[:_LONG],
            prompt_sha256=bytes.fromhex(sha256),
            tokens=_count(tokens),
            expires_at=self._database.clock() + KEPT,
        )

    async def _write(self, work: "Callable[[Session], T]") -> T:
        def as_this_person(session: "Session") -> T:
            with entered(self._ring.scope(session, self._user_id)):
                return work(session)

        return await self._database.run_write(as_this_person)


def _count(number: int) -> int:
    """What a server counted, as a column can hold it: a server may say anything."""
    return min(max(number, 0), _MOST)

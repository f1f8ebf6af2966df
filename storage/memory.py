"""One person's rows for one turn: recall in one hop, commit in one transaction (the port `Memory` of the agents)."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from agents.domain.changes import AccountErased, Change, EventNoted
from agents.domain.charts import History
from agents.domain.context import Context, FiringView, PlannedMealView, ReminderView, Task, VersionView, WorkoutView
from agents.domain.planned_days import PlannedDays
from agents.domain.product import Product
from agents.domain.remembering import Remembered
from agents.domain.sent import LastSent
from agents.domain.training.record import TrainingRecord
from agents.domain.turn import ClaimUnproven, Draft, MemoryUnavailable, Message, Receipt, TurnRecord
from agents.domain.undoing import taking_back
from storage import (
    inbox,
    last_sent,
    last_words,
    meal_swaps,
    messages,
    outbox,
    people,
    planned,
    products,
    profile_versions,
    recall,
    remembered,
    reminders,
    series,
    tasks,
    training_record,
)
from storage.db import Database, acting
from storage.errors import StorageError
from storage.keyring import KeyRing
from storage.keyscope import KeyScope, entered
from storage.people import Person
from storage.revision import Revision
from storage.turn_writes import Writing, write

log = logging.getLogger(__name__)
T = TypeVar("T")


class TurnMemory:
    """Bound to one person and one accepted update."""

    def __init__(self, database: Database, ring: KeyRing, person: Person, origin: inbox.Origin) -> None:
        self._database, self._ring = database, ring
        self._person, self._origin = person, origin
        self._revision: Revision | None = None

    async def recall(self, now: datetime) -> Context:
        """Everything a turn knows."""
        return await self._read(lambda session: recall.recall(session, self._person, now))

    async def commit(self, record: TurnRecord) -> tuple[Message, ...]:
        """Write the whole turn, or nothing."""
        context = record.context
        if context is None:
            raise MemoryUnavailable("a turn without a context cannot be written")

        def work(session: Session) -> tuple[Message, ...]:
            with entered(self._ring.scope(session, self._person.user_id)):
                if any(isinstance(change, AccountErased) for change in record.changes):
                    return self._erase(session, record)
                said = self._write(session, context, record)
                session.flush()
                return said

        try:
            return await self._database.run_write(work)
        except (StorageError, SQLAlchemyError) as error:
            log.exception("a turn could not be written")
            raise MemoryUnavailable(f"the turn could not be written: {type(error).__name__}") from error

    async def commit_quietly(self, context: Context, changes: tuple[Change, ...]) -> None:
        """Write changes that no message asked for and none reports: a plan going on."""

        def work(session: Session) -> None:
            with entered(self._ring.scope(session, self._person.user_id)):
                writing = Writing(session, self._ring, context, "none", context.profile.timezone)
                with acting(session, "app"):
                    for change in changes:
                        write(writing, change)

        try:
            await self._database.run_write(work)
        except (StorageError, SQLAlchemyError) as error:
            raise MemoryUnavailable(f"the plan could not be continued: {type(error).__name__}") from error

    async def take_back(self, message_id: int, now: datetime) -> bool:
        """Undo what the person's message of this number led to, because it reads differently now (telegram.md TG-22).

        The undoing is a part of this turn: what is read from here on reads as if it were done, and `commit` does it
        with everything else. False when there was nothing to undo.
        """
        before = await self._read(lambda s: messages.earlier(s, self._person.user_id, message_id))
        changes = taking_back(before.receipts) if before is not None else ()
        if not changes:
            return False
        revision = Revision(await self.recall(now), self._ring, changes)
        with entered(await self._scope()):
            is_needed = await revision.is_needed(self._database)
        self._revision = revision if is_needed else None
        return is_needed

    def _write(self, session: Session, context: Context, record: TurnRecord) -> tuple[Message, ...]:
        """The person's own rows behind the wall of row-level security, the installation's own after it."""
        writing = Writing(session, self._ring, context, record.level, context.profile.timezone)
        with acting(session, "app"):
            said = self._write_own(writing, record)
        people.seen(session, self._person, context.now)
        write(writing, EventNoted("chat_message_sent"))
        result = {"v": 1, "outbox": [message.outbox_id for message in said]}
        inbox.done(session, self._origin, self._person.user_id, result, context.now)
        return said

    def _write_own(self, writing: Writing, record: TurnRecord) -> tuple[Message, ...]:
        session, context, person = writing.session, writing.context, self._person
        if self._revision is not None:
            self._revision.undo(writing)
        proven: dict[int, tuple[Receipt, ...]] = {}
        for change in record.changes:
            proven[id(change)] = tuple(proof.receipt() for proof in write(writing, change))
        inbound_id = messages.add_inbound(session, person.user_id, person.conversation_id, record, self._origin)
        summary = record.summary or None
        messages.touch(session, person.user_id, person.conversation_id, context.now, summary)
        said = []
        for number, draft in enumerate(record.drafts):
            receipts = _receipts(draft, proven)
            place = (person.conversation_id, self._origin.channel, inbound_id)
            message_id = messages.add_outbound(session, person.user_id, place, draft, receipts, context.now)
            local_now = context.now.astimezone(ZoneInfo(writing.zone))
            said.append(self._enqueue(session, draft, receipts, message_id, number, local_now))
        return tuple(said)

    def _enqueue(
        self, session: Session, draft: Draft, receipts: tuple[Receipt, ...], message_id: UUID, number: int,
        now: datetime,
    ) -> Message:  # fmt: skip
        message = _message(draft, receipts, now)
        key = f"{self._origin.bot_id}-{self._origin.update_id}-{number}"
        envelope = outbox.Envelope(self._person.user_id, self._person.account_id, key, outbox.category_of(draft), now)
        row_id = outbox.add(session, envelope, message, message_id)
        return outbox.message_of(row_id, outbox.body_of(message))

    def _erase(self, session: Session, record: TurnRecord) -> tuple[Message, ...]:
        """Nothing of the person stays but where the last words go, until they are said."""
        now, chat = record.inbound.at, people.external_id(session, self._person.account_id)
        said = tuple(_message(draft, (), now) for draft in record.drafts)
        people.erase(session, self._ring, self._person.user_id)
        last_words.leave(session, self._origin, chat, said, "erased", self._database.clock())
        return said

    async def meals(self, start: date, end: date) -> tuple[PlannedMealView, ...]:
        """Planned meals with their foods."""
        return await self._read(lambda s: planned.meals(s, self._person.user_id, start, end, items=True))

    async def planned_days(self) -> PlannedDays | None:
        """What the active meal plan was made for."""
        return await self._read(lambda s: planned.days(s, self._person.user_id))

    async def meals_before(self, meal_id: UUID) -> tuple[PlannedMealView, ...]:
        """What an undo would bring back."""
        return await self._read(lambda s: meal_swaps.before(s, self._person.user_id, meal_id))

    async def workouts(self, start: date, end: date) -> tuple[WorkoutView, ...]:
        """Planned sessions with their exercises."""
        return await self._read(lambda s: planned.workouts(s, self._person.user_id, start, end, lines=True))

    async def tasks(self, start: date, end: date) -> tuple[Task, ...]:
        """Tasks due in these days."""
        return await self._read(lambda s: tasks.between(s, self._person.user_id, start, end))

    async def product(self, number: str) -> Product | None:
        """The packaged food of this number."""
        return await self._read(lambda s: products.by_number(s, self._person.user_id, number))

    async def task(self, task_id: UUID) -> Task | None:
        """One task of this person."""
        return await self._read(lambda s: tasks.one(s, self._person.user_id, task_id))

    async def reminders(self) -> tuple[ReminderView, ...]:
        """Active reminders, next first."""
        return await self._read(lambda s: reminders.active(s, self._person.user_id))

    async def firing(self, firing_id: UUID) -> FiringView | None:
        """One firing of this person."""
        return await self._read(lambda s: reminders.firing(s, self._person.user_id, firing_id))

    async def shown(self, message_id: int) -> Message | None:
        """A message of ours as the person sees it."""
        return await self._read(lambda s: outbox.sent_as(s, self._person.user_id, message_id))

    async def live(self, topic: str) -> int | None:
        """The message that is kept up to date about this."""
        return await self._read(lambda s: outbox.live_number(s, self._person.user_id, topic))

    async def training_record(self, today: date) -> TrainingRecord:
        """Logged sets and training plans up to this local day."""
        return await self._read(lambda s: training_record.read(s, self._person.user_id, today))

    async def history(self, first: date, last: date) -> History:
        """What pictures are made from."""
        return await self._read(lambda s: series.history(s, self._person.user_id, first, last))

    async def profile_history(self) -> tuple[VersionView, ...]:
        """Versions of the profile, newest first."""
        return await self._read(lambda s: profile_versions.history(s, self._person.user_id))

    async def remembered(self) -> tuple[Remembered, ...]:
        """What the person wants to be kept in mind, oldest first."""
        return await self._read(lambda s: remembered.active(s, self._person.user_id, recall.zone_of(s, self._person)))

    async def last_sent(self) -> LastSent | None:
        """What went to a model last."""
        return await self._read(lambda s: last_sent.read(s, self._person.user_id, self._person.conversation_id))

    async def _read(self, fn: Callable[[Session], T]) -> T:
        try:
            with entered(await self._scope()):
                if self._revision is not None:
                    return await self._revision.read(self._database, fn)
                return await self._database.run_read(fn, role="app")
        except (StorageError, SQLAlchemyError) as error:
            log.exception("a person could not be read")
            raise MemoryUnavailable(f"the person could not be read: {type(error).__name__}") from error

    async def _scope(self) -> KeyScope:
        user_id = self._person.user_id
        known = self._ring.known(user_id)
        if known is not None:
            return known
        return await self._database.run_read(lambda session: self._ring.scope(session, user_id))


def _receipts(draft: Draft, proven: dict[int, tuple[Receipt, ...]]) -> tuple[Receipt, ...]:
    """The receipts behind a draft's claims. Raises ClaimUnproven for a claim without one (promise P1)."""
    found: list[Receipt] = []
    for claim in draft.claims:
        receipts = proven.get(id(claim), ())
        if not receipts:
            raise ClaimUnproven(f"{type(claim).__name__} was claimed but changed no row")
        found += receipts
    return tuple(dict.fromkeys(found))


def _message(draft: Draft, receipts: tuple[Receipt, ...], at: datetime) -> Message:
    return Message(
        agent=draft.agent,
        kind=draft.kind,
        text=draft.text,
        at=at,
        buttons=draft.buttons,
        cards=draft.cards,
        level=draft.level,
        rules=draft.rules,
        receipts=receipts,
        edits=draft.edits,
        live=draft.live,
        expects=draft.expects,
    )

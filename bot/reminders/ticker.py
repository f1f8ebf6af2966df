"""One tick: claim what is due, judge it person by person, and enqueue. Firing, outbox row and next due time are one
transaction, so a process that dies in between leaves the reminder due.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from agents.ports import Speech
from bot.reminders.enqueuing import enqueuing
from storage import due, due_people, firings
from storage.db import Database
from storage.due import DueRow
from storage.errors import KeyMissing, StorageError, WrongKey
from storage.firings import Name
from storage.keyring import KeyRing

log = logging.getLogger(__name__)
RETRY_AFTER = timedelta(minutes=5)
BATCH = 100  # due rows in one transaction: on SQLite turns wait that long for the write lock
_ONE_PERSONS = (KeyMissing, WrongKey)  # what storage raises about one person, not about the database


class Ticker:
    """Looks for due reminders and puts them into the outbox. Any number of processes may tick on one database."""

    def __init__(self, database: Database, ring: KeyRing, speech: Speech) -> None:
        self._database, self._ring, self._speech = database, ring, speech

    async def tick(self, now: datetime) -> int:
        """Handle everything that is due. Returns how many reminders were looked at.

        Looking comes first and only reads: a tick with nothing to do never waits for a writer.
        """
        total = 0
        while await self._database.run_read(lambda session: due.is_any(session, now)):
            handled = await self._batch(now)
            total += handled
            if handled < BATCH:
                break
        return total

    async def next_instant(self) -> datetime | None:
        """When the next reminder is due."""
        return await self._database.run_read(due.next_instant)

    async def _batch(self, now: datetime) -> int:
        claimed: list[DueRow] = []

        def work(session: Session) -> None:
            claimed[:] = due.claim(session, now, BATCH)
            self._serve(session, claimed, now)

        try:
            await self._database.run_write(work)
        except Exception as error:  # an edge: somebody's reminders broke, and everybody else's must not wait for them
            if isinstance(error, StorageError) and not isinstance(error, _ONE_PERSONS):
                raise
            for user_id in dict.fromkeys(row.user_id for row in claimed):
                await self._alone(user_id, now)
        return len(claimed)

    async def _alone(self, user_id: UUID, now: datetime) -> None:
        """One person in a transaction of their own; what cannot be served is tried again a little later."""

        def work(session: Session) -> None:
            self._serve(session, due.claim_people(session, now, [user_id]), now)

        try:
            await self._database.run_write(work)
        except Exception as error:  # an edge: whatever broke for this person
            if isinstance(error, StorageError) and not isinstance(error, _ONE_PERSONS):
                raise
            log.exception("the reminders of one person could not be served")
            await self._database.run_write(lambda s: due.put_off(s, user_id, now, now + RETRY_AFTER))

    def _serve(self, session: Session, rows: Sequence[DueRow], now: datetime) -> None:
        if not rows:
            return
        by_person: dict[UUID, list[DueRow]] = defaultdict(list)
        for row in rows:
            by_person[row.user_id].append(row)
        kinds = {user_id: {row.kind for row in theirs} for user_id, theirs in by_person.items()}
        people = due_people.read(session, kinds, now)
        handled = _handled_before(session, rows)
        scopes = self._ring.scopes(session, by_person)
        with enqueuing(session, self._speech, now) as enqueue:
            for user_id, theirs in by_person.items():
                if user_id in scopes and user_id in people:
                    enqueue.serve(people[user_id], scopes[user_id], theirs, handled)
                else:
                    log.error("somebody who is to be reminded has no key, no account or no thread")
                    due.put_off(session, user_id, now, now + RETRY_AFTER)


def _handled_before(session: Session, rows: Sequence[DueRow]) -> set[Name]:
    """Occurrences that have their firing already, of the few rows that may stand for one."""
    found: set[Name] = set()
    for row in rows:
        if row.may_be_handled:
            found |= firings.names(session, row.user_id, row.id, row.first_day())
    return found

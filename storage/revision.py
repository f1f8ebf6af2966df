"""A revision: what a message had led to before it was changed is undone by the turn that reads its new words.

Both are one transaction: a process that dies, or a turn that fails, leaves the old words and what followed from them.
Until the turn is written its reads go behind the undoing: done, looked at, rolled back.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy.orm import Session

from agents.domain.changes import Change
from agents.domain.context import Context
from storage.db import Database, acting
from storage.keyring import KeyRing
from storage.turn_writes import Writing, write

T = TypeVar("T")


class Revision:
    """The changes that undo an earlier wording; `context` is what is known without them."""

    def __init__(self, context: Context, ring: KeyRing, changes: tuple[Change, ...]) -> None:
        self._context, self._ring, self._changes = context, ring, changes

    def undo(self, writing: Writing) -> bool:
        """Write the undoing. False when there was nothing (left) to undo."""
        proofs = [proof for change in self._changes for proof in write(writing, change)]
        writing.session.flush()
        return bool(proofs)

    async def is_needed(self, database: Database) -> bool:
        """Whether undoing would touch a row. Needs the person's key scope, as `read` does."""
        return await self._behind(database, lambda _session, is_real: is_real)

    async def read(self, database: Database, fn: Callable[[Session], T]) -> T:
        """What `fn` would see if everything were undone. Nothing of it is kept."""
        return await self._behind(database, lambda session, _is_real: fn(session))

    async def _behind(self, database: Database, fn: Callable[[Session, bool], T]) -> T:
        def work(session: Session) -> None:
            writing = Writing(session, self._ring, self._context, "none", self._context.profile.timezone)
            with acting(session, "app"):
                raise _Seen(fn(session, self.undo(writing)))

        try:
            await database.run_write(work)
        except _Seen as seen:
            return cast("T", seen.value)
        raise AssertionError("a look behind the undoing ends with what was seen")


class _Seen(Exception):
    """Carries what was seen out of a transaction that is not to be kept."""

    def __init__(self, value: object) -> None:
        super().__init__("seen")
        self.value = value

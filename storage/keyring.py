"""Each person's data key, unwrapped once and kept: opening a key scope must cost nothing in a turn."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from storage.crypto import MasterKey, new_data_key
from storage.errors import WrongKey
from storage.keyscope import KeyScope, make_scope
from storage.models.identity import UserKey

KEPT = 10_000  # scopes in memory; one is a few hundred bytes

_KEYS_OF_MANY = select(
    UserKey.user_id, UserKey.key_version, UserKey.wrapped_key, UserKey.master_key_id, UserKey.state
).where(UserKey.user_id.in_(bindparam("people", expanding=True)))
_KEYS = select(UserKey.key_version, UserKey.wrapped_key, UserKey.master_key_id, UserKey.state).where(
    UserKey.user_id == bindparam("user_id")
)


class KeyRing:
    """Scopes by person, the least recently used forgotten first."""

    def __init__(self, keys: MasterKey) -> None:
        self.keys = keys
        self._scopes: OrderedDict[UUID, KeyScope] = OrderedDict()

    def known(self, user_id: UUID) -> KeyScope | None:
        """The person's scope, if it was opened before in this process."""
        return self._scopes.get(user_id)

    def scope(self, session: Session, user_id: UUID) -> KeyScope:
        """The person's scope. Raises WrongKey when there is no key: the person was erased."""
        known = self._scopes.get(user_id)
        if known is not None:
            self._scopes.move_to_end(user_id)
            return known
        return self._unwrapped(user_id, session.execute(_KEYS, {"user_id": user_id}).all())

    def scopes(self, session: Session, people: Iterable[UUID]) -> dict[UUID, KeyScope]:
        """The scopes of many people with one statement; who has no key any more is left out."""
        wanted = list(dict.fromkeys(people))
        rows: dict[UUID, list[Any]] = {user_id: [] for user_id in wanted if user_id not in self._scopes}
        if rows:
            for row in session.connection().execute(_KEYS_OF_MANY, {"people": list(rows)}):
                rows[row.user_id].append(row)
        found = {}
        for user_id in wanted:
            if user_id not in rows:
                found[user_id] = self.scope(session, user_id)
            elif any(row.state == "active" for row in rows[user_id]):
                found[user_id] = self._unwrapped(user_id, rows[user_id])
        return found

    def _unwrapped(self, user_id: UUID, rows: Sequence[Any]) -> KeyScope:
        active = [row for row in rows if row.state == "active"]
        if not active:
            raise WrongKey("this person has no key: nothing of theirs can be read or written")
        retired = {
            row.key_version: self.keys.unwrap(row.wrapped_key, row.master_key_id)
            for row in rows
            if row.state == "retired"
        }
        data_key = self.keys.unwrap(active[0].wrapped_key, active[0].master_key_id)
        return self._keep(user_id, make_scope(user_id, data_key, active[0].key_version, retired=retired))

    def create(self, session: Session, user_id: UUID) -> KeyScope:
        """A first key for a new person, added to the session."""
        data_key = new_data_key()
        session.add(
            UserKey(user_id=user_id, key_version=1, wrapped_key=self.keys.wrap(data_key), master_key_id=self.keys.id)
        )
        return make_scope(user_id, data_key, 1)

    def forget(self, user_id: UUID) -> None:
        """Drop a scope from memory: the person was erased, or the transaction that made the key failed."""
        self._scopes.pop(user_id, None)

    def shred(self, session: Session, user_id: UUID) -> None:
        """Delete the person's keys: what is left of their ciphertext can never be read again."""
        session.execute(delete(UserKey).where(UserKey.user_id == user_id))
        self.forget(user_id)

    def _keep(self, user_id: UUID, scope: KeyScope) -> KeyScope:
        self._scopes[user_id] = scope
        if len(self._scopes) > KEPT:
            self._scopes.popitem(last=False)
        return scope

"""Whose key is in hand: the context the encrypted columns read (data-model 1.6).

A type decorator cannot see the row it serves, so the unit of work says once whose rows it handles. Context variables
reach the decorators under the async engine too; every task has its own scope.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from os import urandom
from typing import TYPE_CHECKING
from uuid import UUID

from storage.errors import KeyMissing, WrongKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = 1
_NONCE_BYTES = 12
_HEADER_BYTES = 2 + _NONCE_BYTES
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class KeyScope:
    """One person's keys, or the system's (`user_id` None). `version` writes; every version in `ciphers` reads."""

    user_id: UUID | None
    version: int
    ciphers: "Mapping[int, AESGCM]" = field(repr=False)
    owner: bytes  # the end of the associated data: ":<user_id>", empty for the system

    def seal(self, column: bytes, plain: bytes) -> bytes:
        """The stored form of a value of `column` ("keel:1:<table>.<column>"): 0x01, key version, nonce, ciphertext."""
        nonce = urandom(_NONCE_BYTES)
        sealed = self.ciphers[self.version].encrypt(nonce, plain, column + self.owner)
        return bytes((_FORMAT, self.version)) + nonce + sealed

    def unseal(self, column: bytes, stored: bytes) -> bytes:
        """The value behind its stored form. Raises WrongKey for another person's, column's or a damaged value."""
        if len(stored) < _HEADER_BYTES + _TAG_BYTES or stored[0] != _FORMAT:
            raise WrongKey(f"{_name(column)} holds something that was never encrypted by Keel")
        cipher = self.ciphers.get(stored[1])
        if cipher is None:
            version = f"key version {stored[1]}, which this key scope does not hold"
            raise WrongKey(f"{_name(column)} was written with {version}")
        try:
            return cipher.decrypt(stored[2:_HEADER_BYTES], stored[_HEADER_BYTES:], column + self.owner)
        except Exception as error:
            from cryptography.exceptions import InvalidTag

            if not isinstance(error, InvalidTag):
                raise
            raise WrongKey(f"{_name(column)} does not belong to this person and column, or was altered") from None


def _name(column: bytes) -> str:
    return column.decode().rpartition(":")[2]


_person: ContextVar[KeyScope | None] = ContextVar("keel_key_scope", default=None)
_system: ContextVar[KeyScope | None] = ContextVar("keel_system_scope", default=None)


@contextmanager
def key_scope(
    user_id: UUID, data_key: bytes, version: int = 1, *, retired: Mapping[int, bytes] | None = None
) -> Iterator[KeyScope]:
    """Work as this person: `data_key` (32 bytes) of `version` 1..255 writes, `retired` versions still read."""
    scope = make_scope(user_id, data_key, version, retired=retired)
    with entered(scope):
        yield scope


def make_scope(
    user_id: UUID | None, data_key: bytes, version: int = 1, *, retired: Mapping[int, bytes] | None = None
) -> KeyScope:
    """A scope to keep and enter often (`entered`): building the ciphers costs more than entering."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    keys = {**(retired or {}), version: data_key}
    if not all(1 <= number <= 255 and len(key) == 32 for number, key in keys.items()):
        raise ValueError("data keys have 32 bytes and versions 1 to 255")
    owner = b"" if user_id is None else b":" + str(user_id).encode()
    return KeyScope(user_id, version, {number: AESGCM(key) for number, key in keys.items()}, owner)


@contextmanager
def entered(scope: KeyScope) -> Iterator[KeyScope]:
    """Work under a scope made before: a person's, or the system's when it names nobody."""
    variable = _system if scope.user_id is None else _person
    token = variable.set(scope)
    try:
        yield scope
    finally:
        variable.reset(token)


@contextmanager
def system_scope(system_key: bytes, version: int = 1) -> Iterator[KeyScope]:
    """Work with the system's key (32 bytes) on columns that no single person owns."""
    with entered(make_scope(None, system_key, version)) as scope:
        yield scope


def current() -> KeyScope:
    """The person's scope. Raises KeyMissing outside one."""
    scope = _person.get()
    if scope is None:
        raise KeyMissing("an encrypted column was used outside a person's key scope")
    return scope


def current_user_id() -> UUID | None:
    """Whose scope is open, if any."""
    scope = _person.get()
    return None if scope is None else scope.user_id


def current_system() -> KeyScope:
    """The system's scope. Raises KeyMissing outside one."""
    scope = _system.get()
    if scope is None:
        raise KeyMissing("a system column was used outside the system key scope")
    return scope

"""Column types whose values never reach the disk in clear (data-model 1.6, the words `enc` and `sysenc`).

`Encrypted` takes the open person's key, `SystemEncrypted` the system's. The associated data names table, column and
person, so a value copied elsewhere does not decrypt. Equal values differ on disk: SQL cannot compare them.
"""

# ruff: noqa: ANN401, ARG002 - the signatures and value types are SQLAlchemy's

import json
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import ColumnClause, Dialect, LargeBinary, TypeDecorator
from sqlalchemy.sql.operators import OperatorType, eq, is_, is_not, ne
from sqlalchemy.sql.type_api import TypeEngine

from storage.keyscope import KeyScope, current, current_system
from storage.types import clean, clean_json

Kind = Literal["text", "json", "date", "bytes"]


class _Sealed(TypeDecorator[Any]):
    """The common half: encode, seal with the scope's key, and back."""

    impl = LargeBinary
    cache_ok = True

    class Comparator(TypeDecorator.Comparator[Any]):
        """Allows asking for NULL and nothing else: any other comparison would silently never match."""

        def operate(self, op: OperatorType, *other: Any, **kwargs: Any) -> Any:
            # The ORM looks columns up by comparing them with one another: that never reaches the database.
            is_harmless = len(other) == 1 and (other[0] is None or isinstance(other[0], ColumnClause))
            if op in (is_, is_not) or (op in (eq, ne) and is_harmless):
                return super().operate(op, *other, **kwargs)
            raise TypeError("an encrypted column cannot be compared or sorted in SQL; use its blind index")

    comparator_factory = Comparator

    def __init__(self, name: str, kind: Kind = "text") -> None:
        super().__init__()
        self.name, self.kind = name, kind
        self._column = f"keel:1:{name}".encode()

    def _scope(self) -> KeyScope:
        raise NotImplementedError

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else self._scope().seal(self._column, _encode(value, self.kind))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else _decode(self._scope().unseal(self._column, bytes(value)), self.kind)

    def coerce_compared_value(self, op: OperatorType | None, value: Any) -> TypeEngine[Any]:
        return cast("TypeEngine[Any]", self)


class Encrypted(_Sealed):
    """A person's column: `Encrypted("messages.text")`. Raises KeyMissing without, WrongKey with another's scope."""

    cache_ok = True

    def _scope(self) -> KeyScope:
        return current()


class SystemEncrypted(_Sealed):
    """A column no single person owns: `SystemEncrypted("inbox.payload", "json")`."""

    cache_ok = True

    def _scope(self) -> KeyScope:
        return current_system()


def _encode(value: Any, kind: Kind) -> bytes:
    if kind == "text":
        return clean(value).encode()
    if kind == "json":
        text = json.dumps(clean_json(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode()
    if kind == "date":
        return cast("date", value).isoformat().encode()
    return bytes(value)


def _decode(plain: bytes, kind: Kind) -> Any:
    if kind == "text":
        return plain.decode()
    if kind == "json":
        return json.loads(plain)
    if kind == "date":
        return date.fromisoformat(plain.decode())
    return plain

"""The words of data-model 1.1 as column types: what a value looks like in Python and on each engine.

Everything that PostgreSQL would refuse and SQLite would swallow is refused or cleaned here, so both behave alike.
"""

# ruff: noqa: ANN401, ARG002, D102 - the method names, signatures and value types are SQLAlchemy's

import unicodedata
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import JSON, VARCHAR, DateTime, Dialect, Enum, LargeBinary, Numeric, Text, TypeDecorator, Uuid
from sqlalchemy.types import TypeEngine

HASH_BYTES = 32
ENUM_CHARACTERS = 32
JsonObject = dict[str, Any]
JsonList = list[Any]


class GUID(TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, 16 big-endian bytes on SQLite, so that order by id is order by time on both."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        if value is None or dialect.name == "postgresql":
            return value  # type: ignore[no-any-return]
        return UUID(bytes=value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values, returns aware UTC; on SQLite text with six decimals, which sorts as time."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone; this one has none")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.isoformat(" ", "microseconds")[:26]

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return value.astimezone(UTC)  # type: ignore[no-any-return]


class Dec(TypeDecorator[Decimal]):
    """A decimal of `precision` digits, `scale` of them after the point: rounded half-even, overflow refused."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision, self.scale = precision, scale
        self._step = Decimal(1).scaleb(-scale)
        self._limit = Decimal(10) ** (precision - scale)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(self.precision, self.scale))
        return dialect.type_descriptor(Numeric(self.precision, self.scale, asdecimal=False))  # 15 digits, ours have 12

    def process_bind_param(self, value: Decimal | float | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not exact.is_finite():
            raise ValueError("a number in the database is finite")
        rounded = exact.quantize(self._step, ROUND_HALF_EVEN) if abs(exact) < self._limit else exact
        if abs(rounded) >= self._limit:
            raise ValueError(f"the number has more than {self.precision - self.scale} digits before the point")
        return rounded

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        exact = value if isinstance(value, Decimal) else Decimal(repr(value))
        return exact.quantize(self._step, ROUND_HALF_EVEN)


class CleanText(TypeDecorator[str]):
    """Text in NFC without U+0000 and lone surrogates; longer than `length` characters is refused on both engines."""

    impl = VARCHAR
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__(length)
        self.length = length
        if length is None:
            self.impl = Text()  # type: ignore[assignment]

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        cleaned = clean(value)
        if self.length is not None and len(cleaned) > self.length:
            raise ValueError(f"the text has {len(cleaned)} characters, {self.length} fit")
        return cleaned


class Digest(TypeDecorator[bytes]):
    """32 bytes: a SHA-256, or an HMAC-SHA256 where the column is a blind index."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is not None and len(value) != HASH_BYTES:
            raise ValueError(f"a digest has {HASH_BYTES} bytes")
        return value


class Json(TypeDecorator[JsonObject | JsonList]):
    """A JSON object or list with clean strings: JSONB on PostgreSQL, text on SQLite. To change it, assign anew."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON(none_as_null=True))
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def process_bind_param(self, value: JsonObject | JsonList | None, dialect: Dialect) -> Any:
        return None if value is None else clean_json(value)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self.impl_instance.coerce_compared_value(op, value)


def choice(name: str, values: Any) -> Enum:
    """The type of an enum column: VARCHAR(32) and a CHECK called ck_<table>_<name>. `values` is a Literal."""
    return Enum(
        *get_args(values),
        name=name,
        native_enum=False,
        create_constraint=True,
        length=ENUM_CHARACTERS,
        validate_strings=True,
    )


def clean(text: str) -> str:
    """NFC, without U+0000 and lone surrogates (PostgreSQL refuses both)."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    kept = "".join(char for char in text if char != "\x00" and not "\ud800" <= char <= "\udfff")
    return unicodedata.normalize("NFC", kept)


def clean_json(value: Any) -> Any:
    """The same value with every string in it cleaned, keys too. Raises ValueError for a number that is not finite."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): clean_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in value]
    if isinstance(value, float) and not -float("inf") < value < float("inf"):
        raise ValueError("a number in JSON is finite")
    return value

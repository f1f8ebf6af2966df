"""A database of very many people, each a copy of one real person, loaded with the driver's own bulk commands.

The one person goes through the real onboarding first. Every copy has ids, keys and sealed values of its own, so that
what reads it does the whole work: the rows of a copy decrypt with that copy's key and no other.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect

from storage.crypto import MasterKey, new_data_key
from storage.encrypted import Encrypted, _encode
from storage.keyscope import KeyScope, entered, make_scope
from storage.models import Base
from storage.types import GUID, Digest

Row = dict[str, Any]
Vary = Mapping[tuple[str, str], Callable[[int, Row], Any]]  # (table, column): number of the copy, template row -> value
_DIALECT = DefaultDialect()
_FIRST = bytes.fromhex("019a00000000")  # the instant in every copy's own id; their order is that of their numbers


def person_id(number: int) -> UUID:
    """Whose copy it is."""
    return UUID(bytes=_copy_id(_FIRST, 0, number))


def _copy_id(head: bytes, index: int, number: int) -> bytes:
    return head + (0x7000 | index).to_bytes(2) + (1 << 63 | number).to_bytes(8)


@dataclass(frozen=True, slots=True)
class Table:
    """What the one person has in a table, as raw SQLite values by column."""

    table: sa.Table
    rows: tuple[Row, ...]


class Template:
    """The one person: their rows in these tables, opened with their key."""

    def __init__(self, database: Path, keys: MasterKey, tables: Mapping[str, str]) -> None:
        """`tables` names what is copied, with a condition on its rows or nothing."""
        self.keys = keys
        self._conditions = tables
        self.data_key = new_data_key()
        self._connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self._connection.row_factory = sqlite3.Row
        (self._owner,) = self._connection.execute("SELECT id FROM users ORDER BY id LIMIT 1").fetchone()
        self.tables = [self._read(table) for table in Base.metadata.sorted_tables if table.name in tables]
        self._connection.close()

    def _read(self, table: sa.Table) -> Table:
        owner = "id" if table.name == "users" else "user_id"
        found = self._connection.execute(
            f"SELECT * FROM {table.name} WHERE {owner} = ?{self._conditions[table.name]}", (self._owner,)
        ).fetchall()
        with entered(self._scope):
            return Table(table, tuple(self._opened(table, dict(row)) for row in found))

    def _opened(self, table: sa.Table, row: Row) -> Row:
        """Sealed columns in clear, as the bytes that are sealed."""
        for column in table.columns:
            kind = column.type
            if isinstance(kind, Encrypted) and row[column.name] is not None:
                row[column.name] = _encode(kind.process_result_value(row[column.name], _DIALECT), kind.kind)
        return row

    @cached_property
    def _scope(self) -> KeyScope:
        wrapped, master = self._connection.execute(
            "SELECT wrapped_key, master_key_id FROM user_keys WHERE user_id = ?", (self._owner,)
        ).fetchone()
        return make_scope(UUID(bytes=self._owner), self.keys.unwrap(wrapped, master))

    @cached_property
    def indexes(self) -> dict[bytes, int]:
        """A small number for every id of the one person, in their order."""
        ids = {
            row[column.name]
            for one in self.tables
            for row in one.rows
            for column in one.table.columns
            if isinstance(column.type, GUID) and row[column.name] is not None
        }
        return {id_: number for number, id_ in enumerate(sorted(ids), start=1)}


class Copies:
    """Any number of copies of the template, table by table."""

    def __init__(self, template: Template, vary: Vary | None = None) -> None:
        self._template, self._vary = template, vary or {}
        self._wrapped = template.keys.wrap(template.data_key)
        self._ciphers = make_scope(None, template.data_key).ciphers

    def rows(self, one: Table, numbers: range) -> Iterator[tuple[Any, ...]]:
        """The rows of these copies in a table, in the order of its columns."""
        makers = [self._makers(one.table, row) for row in one.rows]
        for number in numbers:
            scope = KeyScope(person_id(number), 1, self._ciphers, b":" + str(person_id(number)).encode())
            for making in makers:
                yield tuple([make(number, scope) for make in making])

    def _makers(self, table: sa.Table, row: Row) -> Sequence[Callable[[int, KeyScope], Any]]:
        return [self._maker(table, column, row) for column in table.columns]

    def _maker(self, table: sa.Table, column: "sa.Column[Any]", row: Row) -> Callable[[int, KeyScope], Any]:
        value, kind = row[column.name], column.type
        vary = self._vary.get((table.name, column.name))
        if vary is not None:
            return lambda number, _: vary(number, row)
        if column.name == "user_id" or (table.name, column.name) == ("users", "id"):
            return lambda _, scope: scope.user_id.bytes  # type: ignore[union-attr]
        if (table.name, column.name) == ("user_keys", "wrapped_key"):
            return lambda _, __: self._wrapped
        if value is None:
            return lambda _, __: None
        if isinstance(kind, GUID):
            head, index = value[:6], self._template.indexes[value]
            return lambda number, _: _copy_id(head, index, number)
        if isinstance(kind, Digest):
            return lambda number, _: sha256(b"%d" % number).digest()
        if isinstance(kind, Encrypted):
            name = f"keel:1:{kind.name}".encode()
            return lambda _, scope: scope.seal(name, value)
        return lambda _, __: value


def load(url: str, copies: Copies, template: Template, numbers: Callable[[str], range]) -> None:
    """Write the copies of these numbers, table by table. The database is migrated and holds none of them."""
    write = _into_sqlite if url.startswith("sqlite") else _into_postgres
    write(url, copies, template, numbers)


def _into_sqlite(url: str, copies: Copies, template: Template, numbers: Callable[[str], range]) -> None:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    for one in template.tables:
        columns = ", ".join(f'"{column.name}"' for column in one.table.columns)
        marks = ", ".join("?" for _ in one.table.columns)
        connection.execute("BEGIN")
        connection.executemany(
            f"INSERT INTO {one.table.name} ({columns}) VALUES ({marks})",
            copies.rows(one, numbers(one.table.name)),
        )
        connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _into_postgres(url: str, copies: Copies, template: Template, numbers: Callable[[str], range]) -> None:
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute("SET session_replication_role = replica")  # the copies are whole: no key needs to be looked up
        for one in template.tables:
            columns = ", ".join(f'"{column.name}"' for column in one.table.columns)
            guids = [isinstance(column.type, GUID) for column in one.table.columns]
            with cursor.copy(f"COPY {one.table.name} ({columns}) FROM STDIN") as copy:  # type: ignore[arg-type]
                for row in copies.rows(one, numbers(one.table.name)):
                    copy.write_row([_plain(value, guid) for value, guid in zip(row, guids, strict=True)])
    with psycopg.connect(url, autocommit=True) as connection:
        for one in template.tables:
            connection.execute(f"VACUUM ANALYZE {one.table.name}")  # type: ignore[arg-type]


def _plain(value: Any, is_guid: bool) -> Any:
    return str(UUID(bytes=value)) if is_guid and value is not None else value

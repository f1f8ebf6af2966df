"""Statements made ready once: their text, how values go in, how columns come out; then only bound, run and read.

SQLAlchemy looks all of that up for every execution, which takes several times as long as SQLite takes to answer. What
is prepared here runs on the driver's own cursor, inside the transaction and on the connection of the session.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Column, Connection, Dialect, Executable
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from storage.engines import translate
from storage.errors import StorageError

Parameters = Mapping[str, Any]
_Process = Callable[[Any], Any] | None
_Key = tuple[str, tuple[str, ...]]
_ready: WeakKeyDictionary[Executable, dict[_Key, "Prepared | None"]] = WeakKeyDictionary()


class Cursor(Protocol):
    """What is used of a driver's cursor."""

    rowcount: int
    description: Sequence[Sequence[Any]] | None

    def execute(self, text: str, values: Any, /) -> Any:  # noqa: ANN401 - a tuple or a mapping, as the driver likes
        """Run one statement."""
        ...

    def fetchall(self) -> Sequence[Sequence[Any]]:
        """All rows as the driver gives them."""
        ...

    def close(self) -> None:
        """Let go of the rows."""
        ...


class Prepared:
    """One statement, given these parameters, for one kind of server."""

    def __init__(self, compiled: SQLCompiler, given: Sequence[str], columns: Sequence[Any]) -> None:
        dialect, binds = compiled.dialect, compiled.binds
        self.text = str(compiled)
        self._is_positional = compiled.positional
        names = compiled.positiontup if compiled.positiontup is not None else list(binds)
        self._bound = [(name, _into(binds[name].type, dialect)) for name in names]
        self._fixed = {name: bind.effective_value for name, bind in binds.items() if name not in given}
        made = [(column.key, _made(column, which)) for column, which in _prefetched(compiled)]
        self._defaults = [(name, make) for name, make in made if make is not None]
        self._dialect, self._types = dialect, [column.type for column in columns]
        self._heads = SimpleResultMetaData([column.key for column in columns]) if columns else None
        self._out: list[tuple[int, Callable[[Any], Any]]] | None = None

    def rows(self, line: "Line", parameters: Parameters) -> IteratorResult[Any]:
        """Run it and read every row."""
        if self._heads is None:
            raise TypeError("this statement returns no rows")
        cursor = self._run(line, parameters)
        rows = cursor.fetchall()
        if not rows:
            return IteratorResult(self._heads, iter(()))
        if self._out is None:
            self._out = self._readers(cursor.description or ())
        return IteratorResult(self._heads, iter([self._read(row, self._out) for row in rows]))

    def change(self, line: "Line", parameters: Parameters) -> int:
        """Run it; how many rows it touched."""
        return self._run(line, parameters).rowcount

    def _run(self, line: "Line", parameters: Parameters) -> Cursor:
        """Raises StorageError or SQLAlchemyError, as the long way does."""
        try:
            values = self._values(line, parameters)
            for heard in line.heard:
                heard(line.connection, line.cursor, self.text, values, None, False)  # noqa: FBT003 - the event's shape
            line.cursor.execute(self.text, values)
        except StorageError:
            raise
        except Exception as error:
            raise self._plainly(line.connection, error) from error
        return line.cursor

    def _values(self, line: "Line", parameters: Parameters) -> Any:  # noqa: ANN401 - as the driver likes
        values = {**self._fixed, **parameters}
        if self._defaults:
            moment = _Moment(line.connection, values)
            for name, make in self._defaults:
                values[name] = make(moment)
        if self._is_positional:
            return tuple([values[name] if process is None else process(values[name]) for name, process in self._bound])
        return {name: values[name] if process is None else process(values[name]) for name, process in self._bound}

    def _readers(self, description: Sequence[Sequence[Any]]) -> list[tuple[int, Callable[[Any], Any]]]:
        """How columns are read may depend on what the driver says they are."""
        found = []
        for place, (type_, told) in enumerate(zip(self._types, description, strict=True)):
            process = type_.dialect_impl(self._dialect).result_processor(self._dialect, told[1])
            if process is not None:
                found.append((place, process))
        return found

    @staticmethod
    def _read(row: Sequence[Any], out: Sequence[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
        cells = list(row)
        for place, process in out:
            if cells[place] is not None:  # nothing is nothing to every type
                cells[place] = process(cells[place])
        return tuple(cells)

    def _plainly(self, connection: Connection, error: Exception) -> Exception:
        """Our error, or SQLAlchemy's; a line that broke is not used again."""
        driver = self._dialect.loaded_dbapi.Error
        if not isinstance(error, driver):
            return StatementError(str(error), self.text, None, error, hide_parameters=True)
        is_gone = self._dialect.is_disconnect(error, connection.connection, None)
        if is_gone:
            connection.invalidate(error)
        return translate(error) or DBAPIError.instance(
            self.text, None, error, driver, hide_parameters=True, connection_invalidated=is_gone, dialect=self._dialect
        )


class Line:
    """The connection of an open transaction as prepared statements use it: one cursor, read to its end every time."""

    __slots__ = ("connection", "cursor", "heard", "kind")

    def __init__(self, connection: Connection) -> None:
        self.connection, self.kind = connection, connection.dialect.name
        self.cursor = cast("Cursor", connection.connection.cursor())
        self.heard = tuple(connection.dispatch.before_cursor_execute)  # who listens to statements hears these too


def prepared(statement: Executable, line: Line, parameters: Parameters) -> Prepared | None:
    """The statement made ready, or None where its text depends on the values (lists in an IN).

    Statements are told apart by identity: give one that is made once, not a new one every time.
    """
    known = _ready.get(statement)
    if known is None:
        known = _ready[statement] = {}
    key = line.kind, tuple(parameters)
    if key not in known:
        known[key] = _prepare(statement, line.connection.dialect, key[1])
    return known[key]


def _prepare(statement: Any, dialect: Dialect, given: tuple[str, ...]) -> Prepared | None:  # noqa: ANN401 - any statement
    compiled = statement.compile(dialect=dialect, column_keys=list(given))
    if compiled.post_compile_params or compiled.literal_execute_params or compiled.escaped_bind_names:
        return None
    if compiled.effective_returning and not statement.exported_columns:
        return None  # what SQLAlchemy asks back for itself has to be read by itself
    if any(_made(column, which) is None for column, which in _prefetched(compiled)):
        return None
    columns = list(statement.exported_columns) if hasattr(statement, "exported_columns") else []
    return Prepared(compiled, given, columns)


def _into(type_: TypeEngine[Any], dialect: Dialect) -> _Process:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _prefetched(compiled: SQLCompiler) -> list[tuple[Column[Any], str]]:
    """The columns that bring a value themselves where nothing was given, in the order of the table."""
    inserted = [(column, "default") for column in compiled.insert_prefetch]
    return [*inserted, *((column, "onupdate") for column in compiled.update_prefetch)]


def _made(column: Column[Any], which: str) -> "Callable[[_Moment], Any] | None":
    """What makes the value; None for what the server has to work out."""
    default = getattr(column, which)
    if default.is_scalar:
        value = default.arg
        return lambda _moment: value
    return cast("Callable[[_Moment], Any]", default.arg) if default.is_callable else None


class _Moment:
    """What a default of ours asks of SQLAlchemy's execution context."""

    def __init__(self, connection: Connection, values: dict[str, Any]) -> None:
        self._connection, self._values = connection, values

    @property
    def execution_options(self) -> Mapping[str, Any]:
        return self._connection.get_execution_options()

    def get_current_parameters(self) -> dict[str, Any]:
        return self._values

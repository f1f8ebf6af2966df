"""Reads the column tables of docs/data-model.md: the words of section 1.1 in, plain facts about 94 tables out.

The document's syntax is fixed so that it can be checked against the models; this reader is the other half of that
promise. It knows nothing of SQLAlchemy.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-model.md"
TENANT_CLASSES = ("T", "T+", "1")

_TYPE = (
    r"enum\([^)]*\)|dec\(\d+,\d+\)|str\(\d+\)|(?:sys)?enc(?: json| date| bytes)?"
    r"|uuid|ts|date|time|small|int|big|bool|text|json|hash|bytes"
)
_HEADING = re.compile(r"^### [\d.]+ (\w+) \[(T\+|T|1|D|Cu|C|S)\] — (.*)$")
_INLINE_TABLE = re.compile(r"^\| (\w+) \[(T\+|T|1|D|Cu|C|S)\]([^|]*)\|(.*)$")
_INLINE_COLUMN = re.compile(rf"^((?:`\w+`(?:, )?)+) ({_TYPE})( null)?(.*)$", re.DOTALL)
_KEY = re.compile(r"\b(UQ|IX) \(([^)]*)\)(?: WHERE `([^`]*)`)?")
_CHECK = re.compile(r"\bCK (?:(\w+) )?`([^`]*)`")
_RANGE = re.compile(r"\[(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)\]")
_POINTER = re.compile(r"(soft )?→ (\w+)( cascade| set null)?")
_COMPOSITE = re.compile(r"FK \(([^)]*)\) → (\w+) \(([^)]*)\)")
_PRIMARY = re.compile(r"PK \(([^)]*)\)")
_DEFAULT = re.compile(r"^,? ?= (\{\}|\[[\d,]*\]|\d\d:\d\d|-?\d+(?:\.\d+)?|\w+)")


@dataclass(slots=True)
class Column:
    """One column: `type` is the word of section 1.1 without its arguments."""

    name: str
    type: str
    is_nullable: bool = False
    default: str | None = None
    args: tuple[int, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A unique key or an index, with its condition where it is partial."""

    columns: tuple[str, ...]
    is_unique: bool
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """A foreign key."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]
    on_delete: str | None = None


@dataclass(slots=True)
class Table:
    """One table of the document."""

    name: str
    table_class: str
    purpose: str = ""
    section: str = ""
    primary_key: tuple[str, ...] = ()
    columns: dict[str, Column] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)
    checks: dict[str, str] = field(default_factory=dict)
    raw_pointers: list[tuple[str, str, str | None]] = field(default_factory=list)

    @property
    def is_tenant(self) -> bool:
        """Whether the rows belong to one person."""
        return self.table_class in TENANT_CLASSES


def read(document: Path = DOCUMENT) -> dict[str, Table]:
    """Every table of the document by name."""
    tables: dict[str, Table] = {}
    current: Table | None = None
    for line in document.read_text(encoding="utf-8").splitlines():
        if line.startswith("## 9 "):
            break
        if line.startswith("#"):
            current = None
        if heading := _HEADING.match(line):
            current = tables[heading[1]] = _new_table(heading[1], heading[2], heading[3])
        elif (inline := _INLINE_TABLE.match(line)) is not None:
            tables[inline[1]] = _inline_table(inline[1], inline[2], inline[3], inline[4])
        elif current is not None:
            _body_line(current, line)
    for table in tables.values():
        _resolve_pointers(table, tables)
    return tables


def _body_line(table: Table, line: str) -> None:
    if line.startswith("- "):
        _add_keys(table, line)
        for name, rule in _CHECK.findall(line):
            table.checks[name] = rule
    elif line.startswith("| "):
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if len(cells) >= 3 and re.fullmatch(_TYPE, cells[1]) and cells[2] in {"yes", "no"}:
            notes = cells[3].strip() if len(cells) > 3 else ""
            _add_columns(table, cells[0].split(", "), cells[1], notes, is_nullable=cells[2] == "yes")


def _new_table(name: str, table_class: str, about: str) -> Table:
    table = Table(name, table_class, about.split(". ", maxsplit=1)[0])
    word = {"uuid": Column("id", "uuid"), "user": Column("user_id", "uuid")}
    primary = _PRIMARY.search(about)
    if table_class in TENANT_CLASSES:
        table.columns["user_id"] = word["user"]
        table.pointers.append(Pointer(("user_id",), "users", ("id",), "cascade"))
    if table_class == "Cu":
        table.columns["user_id"] = Column("user_id", "uuid", is_nullable=True)
        table.pointers.append(Pointer(("user_id",), "users", ("id",), "cascade"))
    if table_class in {"D", "Cu"} or (table_class in {"T", "T+"} and primary is None):
        table.columns["id"] = word["uuid"]
    if table_class == "C":
        table.columns["code"] = Column("code", "str", args=(10 if name == "activity_mets" else 50,))
        table.columns["sort_order"] = Column("sort_order", "int", default="0")
    table.columns["created_at"] = Column("created_at", "ts")
    if table_class != "T+":
        table.columns["updated_at"] = Column("updated_at", "ts")
    table.primary_key = _primary_key(table_class, primary)
    return table


def _primary_key(table_class: str, stated: re.Match[str] | None) -> tuple[str, ...]:
    if stated is not None:
        return tuple(stated[1].split(", "))
    keys = {"T": ("user_id", "id"), "T+": ("user_id", "id"), "1": ("user_id",), "C": ("code",)}
    return keys.get(table_class, ("id",))


def _inline_table(name: str, table_class: str, about: str, rest: str) -> Table:
    table = _new_table(name, table_class, about.strip())
    cells = [cell.strip() for cell in rest.strip().strip("|").split(" | ")]
    for chunk in _chunks(cells[0]):
        match = _INLINE_COLUMN.match(chunk)
        if match is None:
            raise ValueError(f"{name}: cannot read {chunk!r}")
        names = re.findall(r"`(\w+)`", match[1])
        _add_columns(table, names, match[2], match[4].strip(), is_nullable=bool(match[3]))
    _add_keys(table, cells[1] if len(cells) > 1 else "")
    return table


def _chunks(text: str) -> list[str]:
    """The columns of an inline cell: they start with a back-ticked name; what does not continues the note before."""
    chunks: list[str] = []
    for part in re.split(r";\s*(?![^`]*`(?:[^`]*`[^`]*`)*[^`]*$)", text):
        if chunks and not re.match(rf"^(?:`\w+`(?:, )?)+ (?:{_TYPE})(?![\w(])", part):
            chunks[-1] += "; " + part
        else:
            chunks.append(part.strip())
    return chunks


def _add_columns(table: Table, names: list[str], word: str, notes: str, *, is_nullable: bool) -> None:
    bare = re.sub(r"`[^`]*`", "", notes)
    defaults = _defaults(notes, len(names))
    limits = _RANGE.search(bare)
    for name, default in zip(names, defaults, strict=True):
        table.columns[name] = _column(name, word, default, is_nullable=is_nullable)
        if limits is not None:
            table.checks[f"{name}_range"] = f"{name} BETWEEN {limits[1]} AND {limits[2]}"
    for given, rule in _CHECK.findall(notes):
        owner = next(name for name in names if re.search(rf"\b{name}\b", rule))
        table.checks[given or f"{owner}_rule"] = rule
    for columns, target, target_columns in _COMPOSITE.findall(notes):
        pointer = Pointer(tuple(columns.split(", ")), target, tuple(target_columns.split(", ")))
        table.pointers.append(pointer)
    for soft, target, action in _POINTER.findall(_COMPOSITE.sub("", bare)):
        if not soft:
            table.raw_pointers.extend((name, target, action.strip() or None) for name in names)


def _defaults(notes: str, count: int) -> list[str | None]:
    found: list[str] = []
    rest = notes
    while match := _DEFAULT.match(rest):
        found.append(match[1])
        rest = rest[match.end() :]
    if not found:
        return [None] * count
    return [*found, *([found[-1]] * (count - len(found)))]


def _column(name: str, word: str, default: str | None, *, is_nullable: bool) -> Column:
    kind, _, inside = word.partition("(")
    parts = [part.strip() for part in inside.rstrip(")").split(",")] if inside else []
    column = Column(name, kind, is_nullable, default)
    if kind == "enum":
        column.values = tuple(parts)
    else:
        column.args = tuple(int(part) for part in parts)
    return column


def _add_keys(table: Table, text: str) -> None:
    for kind, columns, where in _KEY.findall(text):
        table.keys.append(Key(tuple(columns.split(", ")), kind == "UQ", where or None))


def _resolve_pointers(table: Table, tables: dict[str, Table]) -> None:
    """Pointers between tenant tables carry user_id, others are single columns; then the implied indexes of 1.3."""
    for name, target, action in table.raw_pointers:
        if target not in tables:
            continue
        other = tables[target]
        if other.is_tenant and table.is_tenant:
            pointer = Pointer(("user_id", name), target, ("user_id", "id"), action)
        else:
            pointer = Pointer((name,), target, ("code" if other.table_class == "C" else "id",), action)
        table.pointers.append(pointer)
    for pointer in table.pointers:
        is_implied = len(pointer.columns) == 1 or pointer.on_delete == "cascade"
        if is_implied and not _is_served(table, pointer.columns):
            table.keys.append(Key(pointer.columns, is_unique=False))


def _is_served(table: Table, columns: tuple[str, ...]) -> bool:
    """Whether a key already starts with these columns, for every row that points somewhere."""
    whole = [table.primary_key, *(key.columns for key in table.keys if key.where is None)]
    filled = [key.columns for key in table.keys if key.where == f"{columns[-1]} IS NOT NULL"]
    return any(key[: len(columns)] == columns for key in [*whole, *filled])

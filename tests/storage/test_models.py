import subprocess
import sys
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storage.encrypted import Encrypted, SystemEncrypted
from storage.engines import sync_url
from storage.keyscope import key_scope, system_scope
from storage.models import Base
from storage.models.base import share_conditions
from storage.types import GUID, CleanText, Dec, Digest, Json, UtcDateTime
from tests.support import data_model
from tests.support.cases import for_each
from tests.support.rows import MARKER, fill

TABLES = Base.metadata.tables
share_conditions(Base.metadata)
SPEC = data_model.read()


def test_the_document_and_the_models_name_the_same_ninety_four_tables():
    assert len(SPEC) == 94
    assert sorted(SPEC) == sorted(TABLES)


@for_each("name", sorted(SPEC))
def test_a_table_is_what_the_document_says(name):
    spec, table = SPEC[name], TABLES[name]
    assert table.info["table_class"] == spec.table_class
    assert tuple(column.name for column in table.primary_key) == spec.primary_key
    assert {column.name: _word(column) for column in table.columns} == {
        column.name: (column.type, column.args, column.values, column.is_nullable) for column in spec.columns.values()
    }
    assert {column.name: _default(column) for column in table.columns if column.name not in _MADE_BY_CODE} == {
        column.name: column.default for column in spec.columns.values() if column.name not in _MADE_BY_CODE
    }
    assert _pointers(table) == sorted((p.columns, p.table, p.target, p.on_delete or "") for p in spec.pointers)
    assert _keys(table) == sorted((key.columns, key.is_unique, key.where or "") for key in spec.keys)
    assert _checks(table) == {f"ck_{name}_{key}": _number_free(rule) for key, rule in spec.checks.items()}


_MADE_BY_CODE = {"id", "created_at", "updated_at"}
_PLAIN = {
    GUID: "uuid",
    UtcDateTime: "ts",
    sa.Date: "date",
    sa.Time: "time",
    sa.SmallInteger: "small",
    sa.Integer: "int",
    sa.BigInteger: "big",
    sa.Boolean: "bool",
    Json: "json",
    Digest: "hash",
    sa.LargeBinary: "bytes",
}


def _word(column):
    kind = column.type
    args, values = (), ()
    if isinstance(kind, Encrypted | SystemEncrypted):
        assert kind.name == f"{column.table.name}.{column.name}"
        word = ("enc" if isinstance(kind, Encrypted) else "sysenc") + ("" if kind.kind == "text" else f" {kind.kind}")
    elif isinstance(kind, sa.Enum):
        word, values = "enum", tuple(kind.enums)
        assert kind.name == column.name
    elif isinstance(kind, Dec):
        word, args = "dec", (kind.precision, kind.scale)
    elif isinstance(kind, CleanText):
        word, args = ("str", (kind.length,)) if kind.length else ("text", ())
    else:
        word = _PLAIN[type(kind)]
    return word, args, values, column.nullable


def _default(column):
    if column.default is None:
        return None
    value = column.default.arg(None) if column.default.is_callable else column.default.arg
    if isinstance(value, bool):
        return str(value).lower()
    if hasattr(value, "strftime"):
        return value.strftime("%H:%M")
    return str(value).replace(", ", ",")


def _pointers(table):
    return sorted(
        (
            tuple(column.name for column in key.columns),
            key.referred_table.name,
            tuple(element.column.name for element in key.elements),
            (key.ondelete or "").lower(),
        )
        for key in table.foreign_key_constraints
    )


def _keys(table):
    found = [(_columns(key), True, "") for key in table.constraints if isinstance(key, sa.UniqueConstraint)]
    for index in table.indexes:
        where, same = (str(index.dialect_options[engine]["where"]) for engine in ("sqlite", "postgresql"))
        assert where == same
        found.append((_columns(index), bool(index.unique), "" if where == "None" else where))
    return sorted(found)


def _columns(key):
    return tuple(column.name for column in key.columns)


def _checks(table):
    enums = {f"ck_{table.name}_{c.name}" for c in table.columns if isinstance(c.type, sa.Enum)}
    named = {_name(check): check for check in table.constraints if isinstance(check, sa.CheckConstraint)}
    assert enums <= set(named)
    return {name: _number_free(str(check.sqltext)) for name, check in named.items() if name not in enums}


def _name(constraint):
    preparer = sa.create_engine("sqlite://").dialect.identifier_preparer
    formatted = preparer.format_index if isinstance(constraint, sa.Index) else preparer.format_constraint
    return str(formatted(constraint))


def _number_free(rule):
    """The rule with 0.30 and 0.3 written alike."""
    return " ".join(
        word.rstrip("0").rstrip(".") if word.replace(".", "").isdigit() and "." in word else word
        for word in rule.split()
    )


def test_constraint_names_follow_the_convention_and_fit_postgresql():
    for table in TABLES.values():
        for constraint in (*table.constraints, *table.indexes):
            name = _name(constraint)
            assert len(name) <= 63, name
            assert name.split("_")[0] in {"pk", "uq", "ix", "fk", "ck"}, name
            assert name[3:].startswith(table.name), name
    names = [_name(c) for t in TABLES.values() for c in (*t.constraints, *t.indexes)]
    assert len(names) == len(set(names))


def test_there_are_no_relationships_so_nothing_can_load_lazily():
    assert [mapper for mapper in Base.registry.mappers if mapper.relationships] == []


def test_every_tenant_table_leads_with_the_person():
    for table in TABLES.values():
        if table.info["table_class"] in {"T", "T+", "1"}:
            assert next(iter(table.primary_key)).name == "user_id", table.name
            for key in table.constraints:
                if isinstance(key, sa.UniqueConstraint):
                    assert "user_id" in key.columns, table.name


@pytest.fixture(params=["sqlite", "postgres"])
def connection(request, clock, ids):
    """A migrated database over the plain driver, foreign keys on."""
    engine = sa.create_engine(
        sync_url(request.getfixturevalue(f"{request.param}_url")), execution_options={"clock": clock, "ids": ids}
    )
    if request.param == "sqlite":
        sa.event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys=ON"))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_no_encrypted_column_shows_its_words_on_disk(connection, ids, person, data_key):
    with key_scope(person, data_key), system_scope(data_key):
        fill(connection, person, ids)
    sealed = [c for t in TABLES.values() for c in t.columns if isinstance(c.type, Encrypted | SystemEncrypted)]
    assert len(sealed) == sum("enc" in column.type for spec in SPEC.values() for column in spec.columns.values())
    for column in sealed:
        raw = connection.execute(sa.select(sa.type_coerce(column, sa.LargeBinary))).scalar_one()
        assert bytes(raw)[:2] == b"\x01\x01", str(column)
        assert MARKER.encode() not in bytes(raw), str(column)
        assert b"2026-11-21" not in bytes(raw), str(column)


def test_every_filled_row_reads_back_as_it_was_written(connection, ids, person, data_key):
    with key_scope(person, data_key), system_scope(data_key):
        written = fill(connection, person, ids)
        for name, row in written.items():
            read = connection.execute(sa.select(TABLES[name])).mappings().one()
            keys = {column.key: column for column in TABLES[name].columns}
            assert {key: read[column.name] for key, column in keys.items() if key in row} == row, name


def test_erasing_a_person_leaves_no_row_anywhere(connection, ids, person, data_key):
    other = ids()
    with key_scope(person, data_key), system_scope(data_key):
        fill(connection, person, ids)
    with key_scope(other, data_key):
        connection.execute(TABLES["users"].insert().values(id=other))
        connection.execute(TABLES["pantry_items"].insert().values(user_id=other, name="rice"))
    connection.execute(TABLES["users"].delete().where(TABLES["users"].c.id == person))
    for table in TABLES.values():
        for column in table.columns:
            if column.name.endswith("user_id") or (table.name, column.name) == ("users", "id"):
                left = sa.select(sa.func.count()).select_from(table).where(column == person)
                assert connection.execute(left).scalar_one() == 0, f"{table.name}.{column.name}"
    assert connection.execute(sa.select(TABLES["pantry_items"].c.name)).scalars().all() == ["rice"]


def test_a_row_cannot_point_to_another_persons_row(connection, ids, person):
    other = ids()
    habit = ids()
    for user_id in (person, other):
        connection.execute(TABLES["users"].insert().values(id=user_id))
    with key_scope(person, bytes(32)):
        connection.execute(TABLES["habits"].insert().values(user_id=person, id=habit, habit_type="walk", title="Walk"))
    log = {"habit_id": habit, "local_date": date(2026, 11, 21), "status": True}
    connection.execute(TABLES["habit_logs"].insert().values(user_id=person, **log))
    with pytest.raises(IntegrityError):
        connection.execute(TABLES["habit_logs"].insert().values(user_id=other, **log))


def test_a_new_row_is_stamped_once_and_an_update_moves_only_the_second_stamp(connection, clock, person):
    users = TABLES["users"]
    connection.execute(users.insert().values(id=person))
    made, changed = connection.execute(sa.select(users.c.created_at, users.c.updated_at)).one()
    assert made == changed
    connection.execute(users.update().values(locale="de"))
    again = connection.execute(sa.select(users.c.created_at, users.c.updated_at)).one()
    assert again.created_at == made
    assert again.updated_at > made


def test_importing_the_models_brings_in_no_driver_and_no_migrations():
    heavy = {"alembic", "aiosqlite", "psycopg", "greenlet", "cryptography", "sqlalchemy.dialects.postgresql"}
    code = f"import sys, storage.models; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")

import sqlite3

import pytest
import sqlalchemy as sa

from storage import schema
from storage.db import Database
from storage.engines import translate
from storage.errors import DatabaseBusy, DatabaseFull, DatabaseReadOnly, DatabaseUnusable


def _driver_error(work):
    try:
        work()
    except sqlite3.Error as error:
        return error
    raise AssertionError("no error")


def test_driver_errors_become_ours(sqlite_path):
    read_only = sqlite3.connect(f"file:{sqlite_path}?mode=ro", uri=True)
    full = sqlite3.connect(sqlite_path, isolation_level=None)
    full.execute("PRAGMA max_page_count = 1")
    found = [
        _driver_error(lambda: read_only.execute("DELETE FROM users")),
        _driver_error(lambda: full.execute("CREATE TABLE big AS SELECT randomblob(10000000) AS x")),
        _driver_error(lambda: sqlite3.connect("/no/such/folder/keel.db").execute("SELECT 1")),
    ]
    assert [type(translate(error)) for error in found] == [DatabaseReadOnly, DatabaseFull, DatabaseUnusable]
    for connection in (read_only, full):
        connection.close()


async def test_a_database_locked_by_another_process_is_named(sqlite_path, clock, ids, keys):
    holder = sqlite3.connect(sqlite_path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    error = _driver_error(lambda: sqlite3.connect(sqlite_path, timeout=0).execute("DELETE FROM users"))
    assert type(translate(error)) is DatabaseBusy
    holder.close()


async def test_a_lost_server_is_named(clock, ids, keys, tmp_path):
    db = Database.open(f"postgresql://keel@/keel?host={tmp_path}", clock=clock, ids=ids, keys=keys)
    with pytest.raises(DatabaseUnusable, match="cannot be reached"):
        await db.run_read(lambda session: session.execute(sa.text("SELECT 1")))
    await db.close()


def test_what_is_no_driver_error_is_left_alone():
    assert translate(ValueError("x")) is None
    assert translate(None) is None


async def test_opening_what_was_never_made_makes_nothing(clock, ids, keys, tmp_path):
    db = Database.open(f"sqlite:///{tmp_path / 'keel.db'}", clock=clock, ids=ids, keys=keys)
    with pytest.raises(DatabaseUnusable, match="cannot be opened"):
        await db.run_read(lambda session: session.execute(sa.text("SELECT 1")))
    with pytest.raises(DatabaseUnusable, match="cannot be opened"):
        async with db.write() as session:
            await session.execute(sa.text("SELECT 1"))
    await db.close()
    assert list(tmp_path.iterdir()) == []


async def test_a_path_with_signs_of_an_address_is_a_path(clock, ids, keys, tmp_path):
    path = tmp_path / "a b#c d é" / "keel.db"
    schema.upgrade(f"sqlite:///{path}")
    db = Database.open(f"sqlite:///{path}", clock=clock, ids=ids, keys=keys)
    assert await db.run_read(lambda session: session.execute(sa.text("SELECT count(*) FROM meal_times")).scalar()) == 11
    await db.close()
    assert path.exists()

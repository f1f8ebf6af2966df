import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from storage import schema
from storage.engines import sync_url
from storage.errors import (
    DatabaseBusy,
    DatabaseReadOnly,
    DatabaseUnusable,
    SchemaForeign,
    SchemaNewer,
    StorageError,
)
from tests.support.postgres import database_url as address_of


@pytest.fixture
def execute():
    def run(url, statement):
        engine = sa.create_engine(sync_url(url))
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    return run


def test_an_empty_database_becomes_current(empty_url):
    assert schema.read_state(empty_url) == "empty"
    assert schema.prepare(empty_url) == "empty"
    assert schema.read_state(empty_url) == "current"
    assert schema.prepare(empty_url) == "current"


def test_a_file_that_does_not_exist_is_empty_and_stays_unmade(tmp_path):
    assert schema.read_state(f"sqlite:///{tmp_path / 'no' / 'keel.db'}") == "empty"
    assert list(tmp_path.iterdir()) == []


def test_an_older_database_becomes_current(empty_url):
    schema.upgrade(empty_url, "005")
    assert schema.read_state(empty_url) == "older"
    assert schema.prepare(empty_url) == "older"
    assert schema.read_state(empty_url) == "current"


def test_a_newer_database_is_left_alone(database_url, execute):
    execute(database_url, "UPDATE alembic_version SET version_num = '999'")
    assert schema.read_state(database_url) == "newer"
    with pytest.raises(SchemaNewer, match="newer Keel"):
        schema.prepare(database_url)


def test_somebody_elses_tables_are_left_alone(empty_url, execute):
    execute(empty_url, "CREATE TABLE guests (name TEXT)")
    assert schema.read_state(empty_url) == "foreign"
    with pytest.raises(SchemaForeign, match="not Keel's"):
        schema.prepare(empty_url)


def test_somebody_elses_migrations_are_left_alone(database_url, execute):
    execute(database_url, "UPDATE alembic_version SET version_num = 'a1b2c3'")
    assert schema.read_state(database_url) == "foreign"


def test_a_new_file_is_private_vacuums_in_steps_and_writes_ahead(tmp_path):
    path = tmp_path / "deep" / "keel.db"
    schema.upgrade(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_file_that_is_no_database_is_named_kindly(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("dear diary, " * 100)
    for attempt in (schema.read_state, schema.upgrade):
        with pytest.raises(DatabaseUnusable, match="not a Keel database"):
            attempt(f"sqlite:///{path}")
    assert path.read_text() == "dear diary, " * 100


def test_a_damaged_database_is_named_kindly(sqlite_path):
    with sqlite_path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 40)
    with pytest.raises(DatabaseUnusable, match="damaged"):
        schema.upgrade(f"sqlite:///{sqlite_path}", "006")


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(DatabaseUnusable, match="not a file"):
        schema.upgrade(f"sqlite:///{tmp_path}")


def test_a_place_that_cannot_hold_a_file_is_named_kindly(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnusable, match="no database can be made"):
        schema.upgrade(f"sqlite:///{tmp_path / 'file' / 'keel.db'}")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("mysql://localhost/keel", "must start with"),
        ("keel.db", "is not one"),
        ("", "is not one"),
    ],
)
def test_addresses_that_cannot_work_are_explained(url, words):
    with pytest.raises(DatabaseUnusable, match=words):
        schema.read_state(url)


def test_a_locked_database_is_waited_for_and_then_named(tmp_path):
    path = tmp_path / "keel.db"
    schema.upgrade(f"sqlite:///{path}", "006")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy, match="another process"):
        schema.upgrade(f"sqlite:///{path}", patience_ms=50)
    holder.execute("ROLLBACK")
    holder.close()
    schema.upgrade(f"sqlite:///{path}", patience_ms=50)


def test_a_start_waits_for_whoever_makes_the_tables_just_now(tmp_path):
    path = tmp_path / "keel.db"
    schema.upgrade(f"sqlite:///{path}", "006")
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy):
        schema.prepare(f"sqlite:///{path}", patience_s=0.05)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(schema.prepare, f"sqlite:///{path}", patience_s=60)
        assert not waiting.done()
        holder.execute("ROLLBACK")
        assert waiting.result() == "older"
    holder.close()


def test_a_lock_on_the_server_is_waited_for_and_then_named(empty_postgres_url):
    engine = sa.create_engine(sync_url(empty_postgres_url))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({0x6B65656C})")
        with pytest.raises(DatabaseBusy, match="another process"):
            schema.upgrade(empty_postgres_url, patience_ms=50)
    engine.dispose()


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the root user")
def test_a_read_only_file_is_named_kindly(tmp_path):
    path = tmp_path / "keel.db"
    schema.upgrade(f"sqlite:///{path}", "006")
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    with pytest.raises(DatabaseReadOnly):
        schema.upgrade(f"sqlite:///{path}")


def test_a_server_without_this_database_is_named_kindly(postgres_server):
    with pytest.raises(DatabaseUnusable, match="does not exist"):
        schema.read_state(address_of("keel_no_such_database"))


def test_a_server_that_is_not_there_is_named_kindly(tmp_path):
    with pytest.raises(DatabaseUnusable, match="cannot be reached"):
        schema.read_state(f"postgresql://keel@/keel?host={tmp_path}")


def test_a_failed_migration_leaves_nothing_behind(empty_url, execute):
    schema.upgrade(empty_url, "002")
    execute(empty_url, "CREATE TABLE planned_workouts (id INTEGER)")  # in the way of revision 003
    with pytest.raises(sa.exc.DatabaseError):
        schema.upgrade(empty_url)
    assert schema.read_state(empty_url) == "older"
    execute(empty_url, "DROP TABLE planned_workouts")
    schema.upgrade(empty_url)
    assert schema.read_state(empty_url) == "current"


def test_reading_the_state_does_not_import_the_migrations(sqlite_url):
    code = f"import sys; from storage import schema; schema.prepare({sqlite_url!r}); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_every_error_is_one_plain_sentence(tmp_path):
    with pytest.raises(StorageError) as caught:
        schema.upgrade(f"sqlite:///{tmp_path}")
    assert "\n" not in str(caught.value)


def test_row_security_is_left_out_where_the_login_has_no_part_in_its_roles(empty_postgres_url, execute):
    name = f"plain_{sa.make_url(empty_postgres_url).database}"
    execute(empty_postgres_url, f"CREATE ROLE {name} LOGIN")
    execute(empty_postgres_url, f"GRANT ALL ON SCHEMA public TO {name}")
    plain = sa.make_url(empty_postgres_url).set(username=name).render_as_string()
    try:
        schema.upgrade(plain)
        assert schema.read_state(plain) == "current"
        assert schema.secure(plain) is False
        schema.downgrade(plain, "005")
        schema.upgrade(plain)
        execute(empty_postgres_url, f"GRANT keel_app, keel_system TO {name}")
        execute(empty_postgres_url, f"ALTER SCHEMA public OWNER TO {name}")
        assert schema.secure(plain) is True
        assert schema.secure(plain) is True
    finally:
        execute(empty_postgres_url, f"DROP OWNED BY {name} CASCADE")
        execute(empty_postgres_url, f"DROP ROLE {name}")


def test_row_security_is_postgresqls_alone(sqlite_url):
    assert schema.secure(sqlite_url) is False

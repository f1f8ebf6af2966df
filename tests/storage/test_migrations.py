import random
import shutil
import threading
from datetime import UTC, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError, IntegrityError

from storage import schema
from storage.engines import sync_url
from storage.ids import IdFactory
from storage.keyscope import key_scope, system_scope
from storage.models import Base
from storage.models.base import share_conditions
from storage.models.calendar import calendar_events
from storage.reference import code_tables
from tests.support import postgres
from tests.support.rows import DAY, fill

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
PERSON = UUID(int=7)
TABLES = Base.metadata.tables


@pytest.fixture
def connect():
    """Opens plain connections that end with the test."""
    engines = []

    def opened(url, **options):
        engines.append(sa.create_engine(sync_url(url), **options))
        return engines[-1].connect()

    yield opened
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled_database(request, sqlite_template, tmp_path_factory):
    """A migrated database with one row in every table, shared by the tests that take their changes back."""
    if request.param == "sqlite":
        path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("filled") / "keel.db")
        engine = sa.create_engine(f"sqlite:///{path}")
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        sa.event.listen(engine, "connect", lambda raw, _record: setattr(raw, "isolation_level", None))
        with engine.connect() as connection:
            yield _fill(connection)
    else:
        with postgres.fresh_database(request.getfixturevalue("postgres_template")) as url:
            engine = sa.create_engine(sync_url(url))
            with engine.connect() as connection:
                yield _fill(connection)
            engine.dispose()
    engine.dispose()


def _fill(connection):
    with key_scope(PERSON, bytes(32)), system_scope(bytes(32)):
        fill(connection, PERSON, IdFactory(lambda: NOW, random.Random(5)))
    return connection


@pytest.fixture
def filled(filled_database):
    with filled_database.begin_nested() as savepoint:
        yield filled_database
        savepoint.rollback()


def test_the_history_is_one_line_that_ends_at_our_head(sqlite_path):
    engine = sa.create_engine(f"sqlite:///{sqlite_path}")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(schema.config(connection))
    engine.dispose()
    assert scripts.get_heads() == [schema.HEAD]
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == schema.REVISIONS
    assert all(not script.branch_labels and not script.dependencies for script in scripts.walk_revisions())


def test_models_and_migrations_agree(database_url, connect):
    share_conditions(Base.metadata)
    with connect(database_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        inspector = sa.inspect(connection)
        for table in TABLES.values():
            checks = {check["name"] for check in inspector.get_check_constraints(table.name)}
            assert checks == {_name(c) for c in table.constraints if isinstance(c, sa.CheckConstraint)}, table.name
            keys = {
                (key["name"], (key["options"] or {}).get("ondelete")) for key in inspector.get_foreign_keys(table.name)
            }
            assert keys == {(_name(key), key.ondelete) for key in table.foreign_key_constraints}, table.name
            assert inspector.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"


def _name(constraint):
    return str(sa.create_engine("sqlite://").dialect.identifier_preparer.format_constraint(constraint))


def test_on_sqlite_the_migrations_build_exactly_the_tables_of_the_models(sqlite_path, tmp_path):
    """Checks and partial indexes are text on SQLite, so they can be compared word for word."""
    made = sa.create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    Base.metadata.create_all(made)
    migrated = sa.create_engine(f"sqlite:///{sqlite_path}")
    assert _statements(migrated) == _statements(made)
    for engine in (made, migrated):
        engine.dispose()


def _statements(engine):
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    with engine.connect() as connection:
        found = {}
        for name, sql in connection.exec_driver_sql(query):
            found[name] = sorted(line.strip().rstrip(", ") for line in sql.replace(f"{name}.", "").splitlines())
        return {name: lines for name, lines in found.items() if name != "alembic_version"}


def test_every_revision_goes_up_and_down_and_up_again(empty_url, connect):
    before = _shape(empty_url, connect)
    for revision in schema.REVISIONS:
        shape = _shape(empty_url, connect)
        schema.upgrade(empty_url, revision, now=NOW)
        reached = _shape(empty_url, connect)
        schema.downgrade(
            empty_url, schema.REVISIONS[schema.REVISIONS.index(revision) - 1] if revision != "001" else "base"
        )
        assert _shape(empty_url, connect) == shape
        schema.upgrade(empty_url, revision, now=NOW)
        assert _shape(empty_url, connect) == reached
    assert schema.read_state(empty_url) == "current"
    schema.downgrade(empty_url, "base")
    assert _shape(empty_url, connect) == before
    assert schema.read_state(empty_url) == "empty"


def _shape(url, connect):
    """Tables with their columns, indexes, views, triggers and policies."""
    with connect(url) as connection:
        inspector = sa.inspect(connection)
        names = [name for name in inspector.get_table_names() if name != "alembic_version"]
        shape = {name: (len(inspector.get_columns(name)), len(inspector.get_indexes(name))) for name in names}
        if connection.dialect.name == "sqlite":
            extra = "SELECT type || name FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY 1"
        else:
            extra = (
                "SELECT viewname FROM pg_views WHERE schemaname = 'public' UNION ALL SELECT tgname FROM pg_trigger"
                " WHERE NOT tgisinternal UNION ALL SELECT policyname FROM pg_policies UNION ALL SELECT proname FROM"
                " pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
            )
        loaded = "SELECT count(*) FROM ref_allergens" if "ref_allergens" in names else "SELECT 0"
        things = connection.exec_driver_sql(extra).scalars().all()
        return shape, things, connection.exec_driver_sql(loaded).scalar_one()


def test_a_database_with_rows_goes_down_to_the_logs_and_up_again(database_url, connect):
    with connect(database_url) as connection:
        _fill(connection).commit()
    schema.downgrade(database_url, "004")
    schema.upgrade(database_url)
    assert schema.read_state(database_url) == "current"


def test_two_migrations_at_once_wait_for_one_another(empty_url):
    failures = []

    def migrate():
        try:
            schema.upgrade(empty_url, now=NOW)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert schema.read_state(empty_url) == "current"


def test_the_reference_tables_are_loaded_and_loading_again_changes_nothing(database_url, connect):
    with connect(database_url) as connection:
        for name in code_tables.TABLES:
            stored = connection.execute(sa.select(TABLES[name]).order_by(TABLES[name].c.sort_order)).mappings().all()
            kept = [{key: row[key] for key in code_tables.rows(name)[0]} for row in stored]
            assert kept == list(code_tables.rows(name)), name
        assert code_tables.load(connection, now=datetime(2027, 1, 1, tzinfo=UTC)) == 0


def test_a_changed_reference_row_is_put_right_and_stamped(database_url, connect):
    later = datetime(2027, 1, 1, tzinfo=UTC)
    diets = TABLES["ref_diet_types"]
    with connect(database_url) as connection:
        connection.exec_driver_sql("UPDATE ref_diet_types SET display_name = 'Old' WHERE code = 'keto'")
        assert code_tables.load(connection, now=later) == 1
        row = connection.execute(sa.select(diets).where(diets.c.code == "keto")).one()
        assert (row.display_name, row.created_at, row.updated_at) == ("Keto", NOW, later)


FROZEN = {
    "profile_versions": "changed_fields",
    "plans": "kind",
    "audit_log": "table_name",
    "plan_changes": "change_kind",
    "screening_answers": "question_code",
}


@pytest.mark.parametrize(("table", "column"), FROZEN.items())
def test_frozen_rows_refuse_to_change(filled, table, column):
    with pytest.raises(IntegrityError, match=f"{table} is frozen"), filled.begin_nested():
        filled.exec_driver_sql(f"UPDATE {table} SET {column} = {column}")


def test_what_may_move_on_frozen_tables_still_moves(filled):
    filled.exec_driver_sql("UPDATE plans SET status = 'rejected'")
    versions = TABLES["profile_versions"]
    filled.execute(versions.update().values(valid_until=versions.c.valid_from))
    filled.exec_driver_sql("UPDATE audit_log SET actor_user_id = NULL")
    assert filled.exec_driver_sql("DELETE FROM screening_answers").rowcount == 1


def test_re_encryption_may_change_frozen_rows_on_postgresql(filled):
    if filled.dialect.name == "postgresql":
        filled.exec_driver_sql("SELECT set_config('app.rekey', 'on', true)")
        assert filled.exec_driver_sql("UPDATE plan_changes SET patch = patch").rowcount == 1


def test_the_calendar_shows_every_dated_thing_of_a_person(filled):
    filled.execute(TABLES["profile_facts"].update().values(on_date=DAY, updated_at=NOW))
    mine = sa.and_(calendar_events.c.user_id == PERSON, calendar_events.c.date == DAY)
    events = filled.execute(sa.select(calendar_events).where(mine).order_by(calendar_events.c.kind)).all()
    assert [(event.kind, event.ref_table) for event in events] == [
        ("event", "profile_facts"),
        ("meal", "planned_meals"),
        ("override", "day_overrides"),
        ("task", "tasks"),
        ("workout", "planned_workouts"),
    ]
    stored = {e.ref_table: filled.execute(sa.select(TABLES[e.ref_table].c.id)).scalar_one() for e in events}
    assert {event.ref_table: event.ref_id for event in events} == stored


def test_swapped_meals_and_past_proposals_leave_the_calendar(filled):
    filled.execute(TABLES["planned_meals"].update().values(status="swapped", updated_at=NOW))
    filled.execute(TABLES["day_overrides"].update().values(status="expired", updated_at=NOW))
    kinds = filled.exec_driver_sql("SELECT kind FROM calendar_events ORDER BY kind").scalars().all()
    assert kinds == ["task", "workout"]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("profiles", "is_locked = true"),
        ("profiles", "age_years = 12"),
        ("nutrition_targets", "kcal_floor = 1499"),
        ("nutrition_targets", "kcal_target = 5001, kcal_max = 5002"),
        ("nutrition_targets", "fat_g = 80"),
        ("dietary_restrictions", "strictness = 'prefer_not', kind = 'allergy'"),
        ("day_overrides", "kcal_adj = -200"),
        ("user_settings", "daily_unsolicited_cap = 4"),
        ("workout_schedules", "monday_workout = false"),
        ("adherence_records", "planned_workout_id = NULL"),
        ("tasks", "status = 'completed'"),
        ("outbox", "state = 'sent'"),
        ("users", "status = 'unknown'"),
    ],
)
def test_rules_of_the_tables_hold_on_both_engines(filled, table, change):
    with pytest.raises(DatabaseError, match=r"(?i)check"), filled.begin_nested():
        filled.exec_driver_sql(f"UPDATE {table} SET {change}")

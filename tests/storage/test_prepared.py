"""Prepared statements do what the same statements do the long way, on both engines."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import bindparam, column, select, table, update
from sqlalchemy.event import listen, remove
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from storage import people, plain
from storage.db import Database
from storage.errors import DatabaseAway, KeyMissing, WrongKey
from storage.keyring import KeyRing
from storage.keyscope import entered, make_scope
from storage.models.identity import User
from storage.models.measurements import HealthMetric
from storage.models.profile import Profile
from storage.people import Contact
from storage.prepared import prepared

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
_METRICS = select(*HealthMetric.__table__.columns).where(HealthMetric.user_id == bindparam("u")).order_by("measured_at")
_SOME = select(HealthMetric.value).where(
    HealthMetric.user_id == bindparam("u"), HealthMetric.metric_code.in_(bindparam("codes", expanding=True))
)
_CODED = select(HealthMetric.value).where(
    HealthMetric.user_id == bindparam("u"), HealthMetric.metric_code == bindparam("code")
)
_NAME = select(User.display_name, User.created_at, User.updated_at).where(User.id == bindparam("u"))
_USERS = plain.table(User)
_RENAME = update(_USERS).where(_USERS.c.id == bindparam("u")).values(display_name=bindparam("name"))
_NO_TABLE = select(column("nothing")).select_from(table("nowhere"))


@pytest.fixture
def ring(keys):
    return KeyRing(keys)


@pytest.fixture
async def person(db, ring):
    """Somebody who is known here."""
    contact = Contact("console", "ada")
    return (await db.run_write(lambda session: people.create(session, ring, contact, NOW))).user_id


@pytest.fixture
async def scope(db, ring, person):
    return await db.run_read(lambda session: ring.scope(session, person))


@pytest.fixture
def other_scope(ids):
    return make_scope(ids(), bytes(range(96, 128)))


def weigh(session: Session, user_id, kilograms: str, at: datetime = NOW, **more):
    return plain.add(
        session, HealthMetric, user_id=user_id, metric_code="weight_kg", value=Decimal(kilograms), unit="kg",
        measured_at=at, local_date=at.date(), source="manual", **more,
    )  # fmt: skip


async def test_rows_read_ready_made_are_the_rows_read_the_long_way(db, scope, person):
    def work(session):
        weigh(session, person, "73.6")
        weigh(session, person, "73.45", NOW + timedelta(days=1))
        short = plain.rows(session, _METRICS, {"u": person}).all()
        long = session.connection().execute(_METRICS, {"u": person}).all()
        return [row._asdict() for row in short], [row._asdict() for row in long]

    with entered(scope):
        short, long = await db.run_write(work)
    assert len(short) == 2
    assert short == long
    assert short[0]["value"] == Decimal("73.6")
    assert short[1]["measured_at"] == NOW + timedelta(days=1)


async def test_a_row_added_ready_made_has_its_id_and_stamps_from_the_database_it_is_in(db, scope, person):
    with entered(scope):
        row_id = await db.run_write(lambda session: weigh(session, person, "73.6"))
        (row,) = await db.run_read(lambda session: plain.rows(session, _METRICS, {"u": person}).all())
    assert row.id == row_id
    assert row.created_at == row.updated_at
    assert row.created_at.tzinfo is UTC


async def test_a_change_made_ready_moves_the_stamp_counts_its_rows_and_seals(db, scope, person, ids):
    def work(session):
        before = plain.rows(session, _NAME, {"u": person}).one()
        touched = plain.change(session, _RENAME, {"u": person, "name": "Ada"})
        nobody = plain.change(session, _RENAME, {"u": ids(), "name": "Ada"})
        stored = session.connection().exec_driver_sql("SELECT display_name FROM users").scalar()
        return before, touched, nobody, stored, plain.rows(session, _NAME, {"u": person}).one()

    with entered(scope):
        before, touched, nobody, stored, after = await db.run_write(work)
    assert (touched, nobody) == (1, 0)
    assert after.display_name == "Ada"
    assert after.updated_at > before.updated_at
    assert after.created_at == before.created_at
    assert b"Ada" not in bytes(stored)


async def test_a_list_of_values_goes_the_long_way_and_comes_back_the_same(db, scope, person):
    def work(session):
        weigh(session, person, "73.6")
        line = plain.line_of(session)
        values = {"u": person, "codes": ["weight_kg", "water_ml"]}
        assert prepared(_SOME, line, values) is None
        assert prepared(_CODED, line, {"u": person, "code": "weight_kg"}) is not None
        return plain.rows(session, _SOME, values).scalars().all()

    with entered(scope):
        assert await db.run_write(work) == [Decimal("73.6")]


async def test_nothing_found_is_nothing_on_the_short_way_too(db, scope, person):
    with entered(scope):
        rows = await db.run_read(lambda session: plain.rows(session, _METRICS, {"u": person}).first())
        value = await db.run_read(lambda s: plain.rows(s, _CODED, {"u": person, "code": "water_ml"}).scalar())
    assert rows is None
    assert value is None


async def test_what_the_database_refuses_is_told_as_on_the_long_way(db, scope, person):
    def twice(session):
        row_id = weigh(session, person, "73.6")
        weigh(session, person, "74", NOW + timedelta(days=1), id=row_id)

    with entered(scope):
        with pytest.raises(IntegrityError) as refused:
            await db.run_write(twice)
        assert "73.6" not in str(refused.value)
        assert await db.run_read(lambda session: plain.rows(session, _METRICS, {"u": person}).all()) == []


async def test_a_wrong_statement_is_an_error_of_sqlalchemy(db):
    with pytest.raises(DBAPIError, match="nowhere"):
        await db.run_read(lambda session: plain.rows(session, _NO_TABLE, {}))


async def test_a_value_that_cannot_go_in_is_refused_before_it_is_sent_and_not_repeated_in_the_error(db, scope, person):
    with entered(scope), pytest.raises(StatementError) as refused:
        await db.run_write(lambda session: weigh(session, person, "1" + "0" * 30))
    assert "0000000000" not in str(refused.value)


async def test_a_missing_or_wrong_key_stays_what_it_is(db, scope, person, other_scope):
    with entered(scope):
        await db.run_write(lambda session: plain.change(session, _RENAME, {"u": person, "name": "Ada"}))
    with pytest.raises(KeyMissing):
        await db.run_write(lambda session: plain.change(session, _RENAME, {"u": person, "name": "Eve"}))
    with pytest.raises(KeyMissing):
        await db.run_read(lambda session: plain.rows(session, _NAME, {"u": person}))
    with entered(other_scope), pytest.raises(WrongKey):
        await db.run_read(lambda session: plain.rows(session, _NAME, {"u": person}))


async def test_who_listens_to_statements_hears_these_too(db, scope, person):
    heard: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        heard.append(statement)

    listen(db._writer, "before_cursor_execute", note)
    try:
        with entered(scope):
            await db.run_write(lambda session: weigh(session, person, "73.6"))
    finally:
        remove(db._writer, "before_cursor_execute", note)
    assert any("INSERT INTO health_metrics" in statement for statement in heard)


async def test_the_long_and_the_short_way_share_one_transaction(db, scope, person):
    def half(session):
        weigh(session, person, "73.6")
        session.get_one(Profile, person).energy_level = 7
        session.flush()
        raise LookupError

    with entered(scope):
        with pytest.raises(LookupError):
            await db.run_write(half)
        assert await db.run_read(lambda session: plain.rows(session, _METRICS, {"u": person}).all()) == []
        assert await db.run_read(lambda session: session.get_one(Profile, person).energy_level) is None


async def test_a_line_lasts_as_long_as_its_transaction(db):
    def work(session):
        line = plain.line_of(session)
        session.flush()
        with session.begin_nested():
            assert plain.line_of(session) is line
        assert plain.line_of(session) is line
        return session

    session = await db.run_write(work)
    assert plain.LINE not in session.info


async def test_a_line_that_broke_says_so_and_is_not_used_again(postgres_url, clock, ids, keys):
    db = Database.open(postgres_url, clock=clock, ids=ids, keys=keys)

    def broken(session):
        plain.rows(session, _NAME, {"u": ids()})
        pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with psycopg.connect(postgres_url, autocommit=True) as operator:
            operator.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        plain.rows(session, _NAME, {"u": ids()})

    with pytest.raises(DatabaseAway):
        await db.run_read(broken)
    assert await db.run_read(lambda session: plain.rows(session, _NAME, {"u": ids()}).first()) is None
    await db.close()

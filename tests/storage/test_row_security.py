import pytest
import sqlalchemy as sa

from storage.db import Database
from storage.errors import KeyMissing
from storage.keyscope import key_scope, system_scope
from storage.migrations.row_security import CATALOGUE, CUSTOMISABLE, TENANT
from storage.models import Base
from tests.support.rows import fill

TABLES = Base.metadata.tables


@pytest.fixture
async def db(postgres_url, clock, ids, keys):
    """PostgreSQL only: SQLite has no such wall."""
    database = Database.open(postgres_url, clock=clock, ids=ids, keys=keys)
    yield database
    await database.close()


async def test_a_person_sees_nobody_elses_rows_through_the_app_role(db, ids, keys, data_key):
    ann, ben = ids(), ids()
    for person in (ann, ben):
        with key_scope(person, data_key), system_scope(keys.system_key):
            await db.run_write(lambda session, who=person: _fill_once(session, who, ids))

    def look(session):
        counts = {}
        for name in (*TENANT, *CUSTOMISABLE, "users"):
            owner = TABLES[name].c.id if name == "users" else TABLES[name].c.user_id
            seen = session.execute(sa.select(owner)).scalars().all()
            counts[name] = (seen.count(ann), seen.count(ben))
        return counts

    with key_scope(ann, data_key):
        assert set((await db.run_read(look, role="app")).values()) == {(1, 0)}
        async with db.read(role="app") as session:
            assert set((await session.run_sync(look)).values()) == {(1, 0)}
        assert set((await db.run_read(look)).values()) == {(1, 1)}


def _fill_once(session, person, ids):
    fill(session.connection(), person, ids)


async def test_the_app_role_may_do_no_more_than_a_person_may(db, ids, keys, data_key):
    ann, ben = ids(), ids()
    for person in (ann, ben):
        with key_scope(person, data_key), system_scope(keys.system_key):
            await db.run_write(lambda session, who=person: _fill_once(session, who, ids))
    shared_food = (
        "INSERT INTO foods (id, name, name_key, diet_flags, source, is_verified, created_at, updated_at)"
        f" VALUES ('{ids()}', 'x', 'x', '{{}}', 'user', false, now(), now())"
    )
    forbidden = [
        "SELECT * FROM user_keys",
        "SELECT * FROM channel_accounts",
        "SELECT * FROM inbox",
        "SELECT * FROM erasure_ledger",
        "SELECT * FROM usage_totals",
        "DELETE FROM users",
        "DELETE FROM audit_log",
        "DELETE FROM plans",
        "UPDATE meal_times SET display_name = 'x'",
        "CREATE TABLE mine (id int)",
        shared_food,
        f"UPDATE pantry_items SET user_id = '{ben}'",
    ]
    with key_scope(ann, data_key):
        for statement in forbidden:
            with pytest.raises(sa.exc.DBAPIError, match=r"permission denied|row-level security"):
                await db.run_write(lambda session, sql=statement: session.execute(sa.text(sql)), role="app")

        def change_what_is_not_mine(session):
            changed = [
                f"UPDATE pantry_items SET name = 'x' WHERE user_id = '{ben}'",
                f"DELETE FROM foods WHERE user_id = '{ben}'",
            ]
            return [session.execute(sa.text(sql)).rowcount for sql in changed]

        assert await db.run_write(change_what_is_not_mine, role="app") == [0, 0]
        for name in CATALOGUE:
            await db.run_read(lambda session, table=name: session.execute(TABLES[table].select()).all(), role="app")


async def test_the_role_ends_with_its_transaction(db, ids, data_key):
    def who(session):
        return session.execute(sa.text("SELECT current_user, current_setting('app.user_id', true)")).one()

    person = ids()
    with key_scope(person, data_key):
        assert tuple(await db.run_read(who, role="app")) == ("keel_app", str(person))
    assert tuple(await db.run_read(who)) == ("keel_system", "")
    with pytest.raises(KeyMissing):
        await db.run_read(who, role="app")


async def test_household_members_see_their_list_and_outsiders_do_not(db, ids, keys, data_key):
    ann, ben, eve, home, groceries = (ids() for _ in range(5))

    def found(session):
        for person in (ann, ben, eve):
            session.execute(TABLES["users"].insert().values(id=person))
        session.execute(TABLES["households"].insert().values(id=home, owner_user_id=ann))
        for person in (ann, ben):
            values = {"household_id": home, "user_id": person, "role": "member", "status": "active"}
            session.execute(TABLES["household_members"].insert().values(values))
        shopping = {"user_id": ann, "id": groceries, "household_id": home, "title": "Saturday"}
        session.execute(TABLES["grocery_lists"].insert().values(shopping))
        item = {"user_id": ann, "grocery_list_id": groceries, "name": "rice"}
        session.execute(TABLES["grocery_items"].insert().values(item))

    await db.run_write(found)

    def tick(session):
        return session.execute(TABLES["grocery_items"].update().values(is_checked=True)).rowcount

    for person, rows in ((ben, 1), (eve, 0), (ann, 1)):
        with key_scope(person, data_key):
            assert await db.run_write(tick, role="app") == rows

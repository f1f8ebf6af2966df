import asyncio
import contextvars
import sqlite3
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from storage.audit import Actor
from storage.db import Database
from storage.engines import translate
from storage.errors import (
    DatabaseBusy,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnusable,
    KeyMissing,
    WrongKey,
)
from storage.keyscope import key_scope, system_scope
from storage.migrations.row_security import CATALOGUE, CUSTOMISABLE, TENANT
from storage.models import (
    AuditEntry,
    Base,
    Conversation,
    Goal,
    Habit,
    HabitLog,
    Household,
    Invite,
    Meal,
    MealItem,
    Message,
    Plan,
    Profile,
    User,
    UserSettings,
)

from tests.support.rows import DAY, NOW, fill

TABLES = Base.metadata.tables


@pytest.fixture
def scope(person, data_key):
    """The person's key scope is open."""
    with key_scope(person, data_key):
        yield person


async def _join(db, user_id, **columns):
    await db.run_write(lambda session: session.add(User(id=user_id, **columns)))


async def test_what_was_written_is_read_back(db, scope):
    await _join(db, scope, display_name="Ann", timezone="Europe/Berlin")
    user = await db.run_read(lambda session: session.get_one(User, scope))
    assert (user.display_name, user.timezone, user.meta, user.row_version) == ("Ann", "Europe/Berlin", {}, 1)
    assert user.created_at == user.updated_at
    assert user.created_at > NOW - timedelta(hours=5)


async def test_async_sessions_read_and_write_under_the_key_scope(db, scope):
    async with db.write() as session:
        session.add(User(id=scope, display_name="Ann"))
    async with db.read() as session:
        assert (await session.get_one(User, scope)).display_name == "Ann"


async def test_an_error_takes_everything_back(db, scope):
    def fail(session):
        session.add(User(id=scope))
        session.flush()
        raise LookupError("no")

    with pytest.raises(LookupError):
        await db.run_write(fail)
    with pytest.raises(LookupError):
        async with db.write() as session:
            session.add(User(id=scope))
            await session.flush()
            raise LookupError("no")
    assert await db.run_read(lambda session: session.get(User, scope)) is None


async def test_a_cancelled_write_has_ended_when_the_caller_hears_of_it(db, scope):
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(session):
        session.add(User(id=scope))
        session.flush()
        loop.call_soon_threadsafe(started.set)
        session.execute(sa.select(sa.func.count()).select_from(User)).one()

    task = asyncio.create_task(db.run_write(slow))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(db.run_write(lambda session: session.add(Household())), 5)


async def test_a_cancelled_block_takes_everything_back(db, scope):
    entered = asyncio.Event()

    async def write():
        async with db.write() as session:
            session.add(User(id=scope))
            await session.flush()
            entered.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(write())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await db.run_read(lambda session: session.get(User, scope)) is None


async def test_writes_of_many_tasks_follow_one_another(db, scope):
    await _join(db, scope)
    await db.run_write(lambda session: session.add(Invite(code_hmac=bytes(32), max_uses=100)))

    def redeem(session):
        invite = session.scalars(sa.select(Invite).with_for_update()).one()
        invite.used_count += 1

    async def redeem_async():
        async with db.write() as session:
            invite = (await session.scalars(sa.select(Invite).with_for_update())).one()
            invite.used_count += 1

    await asyncio.gather(*(db.run_write(redeem) for _ in range(10)), *(redeem_async() for _ in range(10)))
    assert await db.run_read(lambda session: session.scalars(sa.select(Invite.used_count)).one()) == 20


async def test_reading_never_writes_on_sqlite(db, scope):
    if not db.is_postgres:
        with pytest.raises(DatabaseReadOnly):
            await db.run_read(lambda session: session.execute(sa.delete(User)))
        with pytest.raises(DatabaseReadOnly):
            async with db.read() as session:
                await session.execute(sa.delete(User))


async def test_sqlite_runs_with_the_pragmas_of_the_data_model(sqlite_url, clock, ids, keys):
    db = Database.open(sqlite_url, clock=clock, ids=ids, keys=keys)
    names = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous", "secure_delete", "auto_vacuum")

    def pragmas(session):
        return tuple(session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in names)

    expected = ("wal", 1, 10000, 2, 1, 2)
    assert await db.run_write(pragmas) == expected
    assert await db.run_read(pragmas) == expected
    async with db.write() as session:
        assert await session.run_sync(pragmas) == expected
    await db.close()


async def test_parents_are_saved_before_and_deleted_after_their_children(db, scope):
    conversation, meal, habit = db.ids(), db.ids(), db.ids()
    rows = [
        Message(
            user_id=scope, conversation_id=conversation, direction="inbound", sender="user", channel="web", occurred_at=NOW
        ),
        MealItem(
            user_id=scope,
            meal_id=meal,
            position=0,
            food_name="Oats",
            quantity=Decimal(1),
            unit="bowl",
            grams=Decimal(80),
            portion_source="asked",
        ),
        HabitLog(user_id=scope, habit_id=habit, local_date=DAY, status=True),
        Habit(user_id=scope, id=habit, habit_type="walk", title="Walk"),
        Meal(user_id=scope, id=meal, logged_at=NOW, local_date=DAY, meal_type="lunch", entry="text"),
        Conversation(user_id=scope, id=conversation, kind="coach"),
        UserSettings(user_id=scope),
        User(id=scope),
    ]
    await db.run_write(lambda session: session.add_all(rows))

    def delete_in_the_wrong_order(session):
        for kind in (Habit, HabitLog, Meal, MealItem, Conversation, Message):
            for row in session.scalars(sa.select(kind)):
                session.delete(row)

    await db.run_write(delete_in_the_wrong_order)
    assert await db.run_read(lambda session: session.scalars(sa.select(HabitLog)).all()) == []


async def test_an_update_from_an_older_version_fails(db, scope):
    await _join(db, scope)
    await db.run_write(lambda session: session.add(Profile(user_id=scope)))

    def change(session):
        profile = session.get_one(Profile, scope)
        session.connection().execute(sa.update(Profile).values(row_version=9).where(Profile.user_id == scope))
        profile.meals_per_day = 3

    with pytest.raises(StaleDataError):
        await db.run_write(change)


async def test_constraint_errors_stay_what_they_are(db, scope):
    with pytest.raises(IntegrityError):
        await db.run_write(lambda session: session.add(UserSettings(user_id=scope)))


async def test_errors_carry_no_words_of_the_person(db, scope):
    await _join(db, scope)
    twice = {"user_id": scope, "kind": "coach", "summary": "something private"}
    with pytest.raises(IntegrityError) as caught:
        await db.run_write(lambda session: session.add_all([Conversation(**twice), Conversation(**twice)]))
    assert str(scope) not in str(caught.value).split("DETAIL")[0]
    assert "private" not in str(caught.value)


async def test_encrypted_columns_need_the_scope_and_the_right_one(db, scope, ids, data_key):
    await _join(db, scope, display_name="Ann")
    other = ids()
    with key_scope(other, data_key):
        with pytest.raises(WrongKey, match=r"users\.display_name"):
            await db.run_read(lambda session: session.get(User, scope))
        with pytest.raises(WrongKey, match="belongs to another person"):
            await db.run_write(lambda session: session.add(User(id=ids(), display_name="Ben")))


async def test_without_a_scope_the_error_says_so(db, person):
    with pytest.raises(KeyMissing, match="key scope"):
        await _join(db, person, display_name="Ann")


async def test_the_systems_columns_need_no_scope(db):
    await db.run_write(lambda session: session.add(Household(name="Our home")))
    async with db.read() as session:
        assert (await session.scalars(sa.select(Household.name))).all() == ["Our home"]


def _audit(session):
    return session.execute(
        sa.select(
            AuditEntry.table_name,
            AuditEntry.operation,
            AuditEntry.old_values,
            AuditEntry.new_values,
            AuditEntry.changed_by,
            AuditEntry.actor_user_id,
        ).order_by(AuditEntry.id)
    ).all()


async def test_changes_of_audited_tables_are_logged_with_changed_columns_only(db, scope):
    goal = db.ids()
    await _join(db, scope, locale="en")
    await db.run_write(
        lambda session: session.add(Goal(user_id=scope, id=goal, goal_type="primary", goal_category="fat_loss"))
    )

    def change(session):
        session.get_one(Goal, (scope, goal)).target_weight_kg = Decimal("72.5")

    await db.run_write(change, actor=Actor("coach", None, "request-1"))
    await db.run_write(lambda session: session.delete(session.get_one(Goal, (scope, goal))))
    log = [tuple(row) for row in await db.run_read(_audit)]
    assert log[:3] == [
        ("users", "insert", None, {"locale": "en"}, "user", scope),
        ("goals", "insert", None, {"goal_type": "primary", "goal_category": "fat_loss"}, "user", scope),
        ("goals", "update", None, {"target_weight_kg": "72.5"}, "coach", None),
    ]
    table, operation, old, new, by, _ = log[3]
    assert (table, operation, new, by) == ("goals", "delete", None, "user")
    assert old["target_weight_kg"] == "72.50"
    assert old["goal_category"] == "fat_loss"


async def test_old_values_are_kept_and_encrypted_words_sealed_again(db, scope):
    await _join(db, scope, display_name="Ann")

    def rename(session):
        session.get_one(User, scope).display_name = "Anna"

    await db.run_write(rename)
    last = (await db.run_read(_audit))[-1]
    assert (last.old_values, last.new_values) == ({"display_name": "Ann"}, {"display_name": "Anna"})
    raw = await db.run_read(
        lambda session: session.connection().exec_driver_sql("SELECT new_values FROM audit_log").scalars().all()
    )
    assert all(b"Ann" not in bytes(value) for value in raw)


async def test_only_the_status_of_a_plan_is_logged_and_stamps_of_every_message_are_not(db, scope):
    plan = Plan(
        user_id=scope,
        kind="sleep",
        version=1,
        bundle_id=db.ids(),
        name="Sleep",
        starts_on=DAY,
        content={},
        safety={},
        made_for="onboarding",
        origin="engine",
        generated_at=NOW,
    )
    await _join(db, scope, locale="en")
    await db.run_write(lambda session: session.add(plan))

    def move(session):
        stored = session.get_one(Plan, (scope, plan.id))
        stored.status, stored.decision_note = "rejected", "not now"
        session.get_one(User, scope).last_seen_at = NOW

    await db.run_write(move)
    log = [tuple(row)[:4] for row in await db.run_read(_audit)]
    assert log[1:] == [("plans", "update", {"status": "proposed"}, {"status": "rejected"})]


async def test_without_the_owners_key_the_fact_of_a_change_is_still_logged(db, scope, data_key):
    await _join(db, scope)

    async def as_system():
        def suspend(session):
            session.execute(sa.select(User.id)).all()
            user = session.scalars(sa.select(User).options(sa.orm.load_only(User.status))).one()
            user.status = "suspended"

        await db.run_write(suspend)

    await asyncio.create_task(as_system(), context=contextvars.Context())
    last = (await db.run_read(_audit))[-1]
    assert tuple(last)[:5] == ("users", "update", None, None, "system")


async def test_a_person_sees_nobody_elses_rows_through_the_app_role(postgres_url, clock, ids, keys, data_key):
    db = Database.open(postgres_url, clock=clock, ids=ids, keys=keys)
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
    await db.close()


def _fill_once(session, person, ids):
    fill(session.connection(), person, ids)


async def test_the_app_role_may_do_no_more_than_a_person_may(postgres_url, clock, ids, keys, data_key):
    db = Database.open(postgres_url, clock=clock, ids=ids, keys=keys)
    ann, ben = ids(), ids()
    for person in (ann, ben):
        with key_scope(person, data_key), system_scope(keys.system_key):
            await db.run_write(lambda session, who=person: _fill_once(session, who, ids))
    forbidden = [
        "SELECT * FROM user_keys",
        "SELECT * FROM channel_accounts",
        "SELECT * FROM inbox",
        "SELECT * FROM erasure_ledger",
        "DELETE FROM users",
        "DELETE FROM audit_log",
        "DELETE FROM plans",
        "UPDATE meal_times SET display_name = 'x'",
        "CREATE TABLE mine (id int)",
        f"INSERT INTO foods (id, name, name_key, diet_flags, source, is_verified, created_at, updated_at)"
        f" VALUES ('{ids()}', 'x', 'x', '{{}}', 'user', false, now(), now())",
        f"UPDATE pantry_items SET user_id = '{ben}'",
    ]
    with key_scope(ann, data_key):
        for statement in forbidden:
            with pytest.raises(sa.exc.DBAPIError, match="permission denied|row-level security"):
                await db.run_write(lambda session, sql=statement: session.execute(sa.text(sql)), role="app")

        def change_what_is_not_mine(session):
            changed = [f"UPDATE pantry_items SET name = 'x' WHERE user_id = '{ben}'", f"DELETE FROM foods WHERE user_id = '{ben}'"]
            return [session.execute(sa.text(sql)).rowcount for sql in changed]

        assert await db.run_write(change_what_is_not_mine, role="app") == [0, 0]
        for name in CATALOGUE:
            await db.run_read(lambda session, table=name: session.execute(TABLES[table].select()).all(), role="app")
    await db.close()


async def test_the_role_ends_with_its_transaction(postgres_url, clock, ids, keys, data_key):
    db = Database.open(postgres_url, clock=clock, ids=ids, keys=keys)

    def who(session):
        return session.execute(sa.text("SELECT current_user, current_setting('app.user_id', true)")).one()

    person = ids()
    with key_scope(person, data_key):
        assert tuple(await db.run_read(who, role="app")) == ("keel_app", str(person))
    assert tuple(await db.run_read(who)) == ("keel_system", "")
    with pytest.raises(KeyMissing):
        await db.run_read(who, role="app")
    await db.close()


async def test_household_members_see_their_list_and_outsiders_do_not(postgres_url, clock, ids, keys, data_key):
    db = Database.open(postgres_url, clock=clock, ids=ids, keys=keys)
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
    await db.close()


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

import asyncio
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from storage.db import Database, acting
from storage.errors import (
    DatabaseReadOnly,
    KeyMissing,
    WrongKey,
)
from storage.keyscope import key_scope
from storage.models import (
    Base,
    Conversation,
    Habit,
    HabitLog,
    Household,
    Invite,
    Meal,
    MealItem,
    Message,
    Profile,
    User,
    UserSettings,
)
from tests.support.rows import DAY, NOW

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
        await _fail_in_a_block(db, scope)
    assert await db.run_read(lambda session: session.get(User, scope)) is None


async def _fail_in_a_block(db, user_id):
    async with db.write() as session:
        session.add(User(id=user_id))
        await session.flush()
        raise LookupError("no")


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
            user_id=scope,
            conversation_id=conversation,
            direction="inbound",
            sender="user",
            channel="web",
            occurred_at=NOW,
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


async def test_a_read_sees_one_snapshot_whatever_is_written_meanwhile(db, person):
    looked, written = threading.Event(), threading.Event()

    def look_twice(session):
        before = len(session.execute(sa.select(User.id)).all())
        looked.set()
        assert written.wait(30)
        return before, len(session.execute(sa.select(User.id)).all())

    reading = asyncio.create_task(db.run_read(look_twice))
    await asyncio.to_thread(looked.wait, 30)
    await _join(db, person)
    written.set()
    assert await reading == (0, 0)
    assert await db.run_read(lambda session: len(session.execute(sa.select(User.id)).all())) == 1


async def test_part_of_a_transaction_acts_as_the_person_and_the_rest_as_before(db, scope):
    await _join(db, scope)

    def roles(session):
        def now():
            return session.scalar(sa.text("SELECT current_user")) if db.is_postgres else "keel_system"

        before = now()
        with acting(session, "app"):
            inside = now() if db.is_postgres else "keel_app"
            session.get_one(User, scope).locale = "de"
            with acting(session, "app"):
                assert (now() if db.is_postgres else "keel_app") == "keel_app"
        return before, inside, now()

    assert await db.run_write(roles) == ("keel_system", "keel_app", "keel_system")
    assert await db.run_read(lambda session: session.get_one(User, scope).locale) == "de"

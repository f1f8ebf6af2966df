"""A database belongs to the keys that it was begun with; the mark of them says nothing about them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from storage import key_marks, people
from storage.crypto import MasterKey
from storage.engines import sync_url
from storage.keyring import KeyRing
from storage.people import Contact
from tests.storage.conftest import START

OTHER = MasterKey(b"o" * 32, b"i" * 32)


def test_the_first_keys_are_marked_and_no_others_fit_after_them(database_url, keys):
    assert not key_marks.read(database_url).is_taken
    assert key_marks.leave(database_url, keys).fit(keys)
    assert key_marks.leave(database_url, keys) == key_marks.read(database_url)
    assert not key_marks.leave(database_url, OTHER).fit(OTHER)
    assert key_marks.read(database_url).fit(keys)


def test_of_several_who_come_at_once_one_key_wins(database_url):
    several = [MasterKey.generate() for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda one: key_marks.leave(database_url, one), several))
    assert [marks.fit(one) for marks, one in zip(found, several, strict=True)].count(True) == 1
    assert len(set(found)) == 1


def test_a_rotated_master_keeps_its_mark_and_the_mark_is_no_secret(keys):
    assert keys.rotated(b"n" * 32).mark == keys.mark != OTHER.mark
    assert keys.mark not in keys.index.hex() + keys.master.hex()
    assert keys.system_key.hex()[:32] != keys.mark


async def test_a_database_from_before_the_marks_knows_its_masters(db, database_url, keys):
    """Also behind the wall of row-level security, which hides people's keys from the owner of their table."""
    await db.run_write(lambda s: people.create(s, KeyRing(keys), Contact("console", "me"), START))
    marks = key_marks.read(database_url)
    assert marks.is_taken
    assert marks.fit(keys)
    assert not marks.fit(replace(keys, master=b"m" * 32))
    assert key_marks.leave(database_url, OTHER).mark is None


async def test_an_owner_who_is_no_superuser_sees_them_too(postgres_url, keys, ids, clock):
    from storage.db import Database

    name = f"owner_{sa.make_url(postgres_url).database}"
    engine = sa.create_engine(sync_url(postgres_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN IN ROLE keel_app, keel_system")
        connection.exec_driver_sql(f"ALTER TABLE user_keys OWNER TO {name}")
        connection.exec_driver_sql(f"ALTER TABLE leases OWNER TO {name}")
        plain = sa.make_url(postgres_url).set(username=name).render_as_string()
        database = Database.open(plain, clock=clock, ids=ids, keys=keys)
        try:
            await database.run_write(lambda s: people.create(s, KeyRing(keys), Contact("console", "me"), START))
            assert key_marks.read(plain).masters == {keys.id}
            assert key_marks.leave(plain, keys).mark == keys.mark
        finally:
            await database.close()
            connection.exec_driver_sql("ALTER TABLE user_keys OWNER TO CURRENT_USER")
            connection.exec_driver_sql("ALTER TABLE leases OWNER TO CURRENT_USER")
            connection.exec_driver_sql(f"DROP OWNED BY {name}")
            connection.exec_driver_sql(f"DROP ROLE {name}")
    engine.dispose()


@pytest.mark.parametrize("mark", [None, "0" * 32])
def test_marks_without_a_master_judge_by_the_mark(mark, keys):
    assert key_marks.Marks(mark, frozenset()).fit(keys) == (mark is None)

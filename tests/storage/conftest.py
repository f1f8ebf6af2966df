"""Databases for the storage tests: a migrated file or database is made once and copied for each test."""

import random
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from storage import schema
from storage.crypto import MasterKey
from storage.db import Database
from storage.ids import IdFactory
from tests.support import postgres

START = datetime(2026, 11, 21, 8, tzinfo=UTC)


class TickingClock:
    """A clock that advances a millisecond per look."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def ids(clock: TickingClock) -> IdFactory:
    return IdFactory(clock, random.Random(7))


@pytest.fixture
def keys() -> MasterKey:
    return MasterKey(bytes(range(32)), bytes(range(32, 64)))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "keel.db"
    schema.upgrade(f"sqlite:///{path}", now=START)
    return path


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file of this test's own."""
    return Path(shutil.copy(sqlite_template, tmp_path / "keel.db"))


@pytest.fixture
def sqlite_url(sqlite_path: Path) -> str:
    return f"sqlite:///{sqlite_path}"


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """A server to make databases on; fails where none can be had, skips only when that was said on purpose."""
    if postgres.is_switched_off():
        pytest.skip(f"{postgres.OFF_VARIABLE}=1")
    return postgres.server_url()


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    with postgres.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    with postgres.fresh_database() as url:
        schema.upgrade(url, now=START)
        yield url.partition("?")[0].rpartition("/")[2]


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    with postgres.fresh_database(postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each engine in turn, migrated."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Each engine in turn, without a schema."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
async def db(database_url: str, clock: TickingClock, ids: IdFactory, keys: MasterKey) -> AsyncIterator[Database]:
    """Each engine in turn, opened."""
    database = Database.open(database_url, clock=clock, ids=ids, keys=keys)
    yield database
    await database.close()


@pytest.fixture
def data_key() -> bytes:
    return bytes(range(64, 96))


@pytest.fixture
def person(ids: IdFactory) -> UUID:
    """An id for a person who does not exist yet."""
    return ids()

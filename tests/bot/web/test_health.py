"""Health and readiness: what a load balancer hears."""

import pytest
from sqlalchemy import text

from bot.app import bootstrap
from bot.settings import Settings
from bot.web.health import health
from bot.web.readiness import readiness
from storage.errors import DatabaseBusy


@pytest.fixture
async def app(tmp_path):
    made = bootstrap(Settings(database=f"sqlite:///{tmp_path / 'keel.sqlite3'}"))
    yield made
    await made.close()


async def test_a_living_process_is_healthy_and_its_database_makes_it_ready(app, serve):
    async with serve(health(lambda: readiness(app.database))) as client:
        async with client.get("/healthz") as response:
            assert (response.status, await response.json()) == (200, {"status": "ok"})
        async with client.get("/readyz") as response:
            body = {"status": "ready", "checks": {"database": True, "schema": True}}
            assert (response.status, await response.json()) == (200, body)


async def test_an_older_schema_is_alive_and_not_ready(app, serve):
    await app.database.run_write(
        lambda session: session.execute(text("UPDATE alembic_version SET version_num = '001'"))
    )
    async with serve(health(lambda: readiness(app.database))) as client, client.get("/readyz") as response:
        assert (response.status, (await response.json())["checks"]) == (503, {"database": True, "schema": False})


async def test_a_database_out_of_reach_is_named_and_nothing_else(serve):
    class Away:
        async def run_read(self, _fn):
            raise DatabaseBusy("sqlite:////home/somebody/secret")

    async with serve(health(lambda: readiness(Away()))) as client, client.get("/readyz") as response:
        assert response.status == 503
        assert await response.json() == {"status": "not ready", "checks": {"database": False, "schema": False}}

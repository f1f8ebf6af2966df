"""What the doctor says about the database, its key and the room for it; it makes and changes nothing."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from bot.app import bootstrap
from bot.doctor import store
from bot.keys import FOREIGN
from bot.settings import Settings, load_settings
from storage import people, schema
from storage.people import Contact

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, database=f"sqlite:///{tmp_path / 'keel.db'}", data_dir=tmp_path)


@pytest.fixture
async def lived_in(settings: Settings) -> Settings:
    await bootstrap(settings).close()
    return settings


def states(settings: Settings) -> dict[str, tuple[str, str]]:
    return {check.name: (check.state, check.finding) for check in store.checks(settings)}


def test_before_the_first_start_all_is_well_and_nothing_is_made(settings, tmp_path):
    assert {state for state, _ in states(settings).values()} == {"ok"}
    assert list(tmp_path.iterdir()) == []


async def test_a_running_installation_is_healthy(lived_in):
    found = states(lived_in)
    assert {state for state, _ in found.values()} == {"ok"}
    assert set(found) == {"database", "schema", "key", "disk", "file mode"}


async def test_a_key_of_another_database_is_an_error(lived_in, tmp_path):
    app = bootstrap(lived_in)
    await app.database.run_write(lambda s: people.create(s, app.ring, Contact("console", "me"), app.clock()))
    await app.close()
    assert states(lived_in)["key"][0] == "ok"
    (tmp_path / "keel.db.key").unlink()
    assert "missing" in states(lived_in)["key"][1]
    other = load_settings({}, database=f"sqlite:///{tmp_path / 'other.db'}", data_dir=tmp_path)
    await bootstrap(other).close()
    shutil.copy(tmp_path / "other.db.key", tmp_path / "keel.db.key")
    assert states(lived_in)["key"] == ("error", FOREIGN)


async def test_a_file_that_others_may_read_is_an_error(lived_in, tmp_path):
    (tmp_path / "keel.db").chmod(0o644)
    assert states(lived_in)["file mode"] == ("error", "keel.db is readable by others (0644)")


@pytest.mark.parametrize(("free", "state"), [(50_000_000, "error"), (500_000_000, "warning"), (5_000_000_000, "ok")])
def test_the_room_that_is_left_is_judged(settings, monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12 - free, free))
    assert states(settings)["disk"][0] == state


def test_an_older_schema_is_a_warning_and_stays_older(settings):
    schema.upgrade(settings.database_url, "005")
    assert states(settings)["schema"][0] == "warning"
    assert schema.read_state(settings.database_url) == "older"


def test_what_is_no_database_is_an_error(settings, tmp_path):
    (tmp_path / "keel.db").write_bytes(b"this is no database at all, not even nearly one" * 50)
    found = states(settings)
    assert found["database"][0] == "error"
    assert "schema" not in found

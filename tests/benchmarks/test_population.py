"""The copies a benchmark reads are whole people: each opens with its own key, and with no other."""

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.app import bootstrap
from bot.settings import load_settings
from bot.simulate.clock import SimulatedClock
from storage import people, recall, reminders
from storage.crypto import MasterKey
from storage.errors import WrongKey
from storage.keyscope import entered
from tests.benchmarks import reminder_load
from tests.benchmarks.keel import START
from tests.benchmarks.population import person_id


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Three copies: the database and its key."""
    keys = MasterKey.generate()
    key = (keys.master + keys.index).hex()
    url = f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'keel.sqlite3'}"
    worker = threading.Thread(target=reminder_load.load, args=(url, key, 3))  # it runs a loop of its own
    worker.start()
    worker.join()
    return url, key


async def test_a_copy_reads_like_the_one_it_was_made_from(loaded: tuple[str, str], tmp_path: Path) -> None:
    url, key = loaded
    app = bootstrap(load_settings({}, database=url, master_key=key, data_dir=tmp_path), clock=SimulatedClock(START))

    def read(session: Session, number: int) -> tuple[Any, list[str]]:
        user_id = person_id(number)
        with entered(app.ring.scope(session, user_id)):
            person = people.reach(session, user_id)[0]
            views = reminders.active(session, user_id)
            return recall.recall(session, person, app.clock()), [view.title for view in views]

    def steal(session: Session) -> object:
        with entered(app.ring.scope(session, person_id(0))):
            return reminders.active(session, person_id(1))

    try:
        found = [await app.database.run_read(lambda session, n=number: read(session, n)) for number in range(3)]  # type: ignore[misc]
        assert [context.user_id for context, _ in found] == [person_id(number) for number in range(3)]
        assert [context.profile.timezone for context, _ in found] == [reminder_load.zone_of(n) for n in range(3)]
        assert all({"stretch", "call mum"} <= set(titles) for _, titles in found)
        assert found[0][0].profile.target_weight_kg == found[1][0].profile.target_weight_kg
        with pytest.raises(WrongKey):
            await app.database.run_read(steal)
    finally:
        await app.close()

"""One Bot API server, one PostgreSQL database and five processes for all tests of this folder: starting takes long."""

import pytest

from tests.replicas.fleet import Fleet, database
from tests.support import postgres
from tests.support.telegram.server import TelegramServer

ROLES = {"ear": "web", "anne": "worker", "bert": "worker", "carl": "deliver", "dora": "deliver"}


@pytest.fixture(scope="session")
def server():
    """Telegram."""
    with TelegramServer() as running:
        yield running


@pytest.fixture(scope="session")
def fleet(server, tmp_path_factory):
    """Two workers, two that deliver, one that asks for updates."""
    if postgres.is_switched_off():
        pytest.skip(f"{postgres.OFF_VARIABLE}=1")
    with database() as url:
        running = Fleet(server, url, tmp_path_factory.mktemp("fleet"), ROLES)
        try:
            yield running.start()
        finally:
            running.close()

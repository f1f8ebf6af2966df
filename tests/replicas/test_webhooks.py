"""Processes that only receive, behind a webhook, beside those that answer and send: one may go, another is called."""

import socket

import pytest

from tests.replicas.fleet import Fleet, Replica, database
from tests.support import postgres
from tests.support.telegram.server import TelegramServer

PUBLIC, SECRET = "https://keel.example.org", "hook-secret_0123456789"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def telegram():
    with TelegramServer() as running:
        yield running


@pytest.fixture(scope="module")
def ports():
    return {"eve": free_port(), "fay": free_port()}


@pytest.fixture(scope="module")
def hooked(telegram, ports, tmp_path_factory):
    """Two that are called, one that answers, one that sends."""
    if postgres.is_switched_off():
        pytest.skip(f"{postgres.OFF_VARIABLE}=1")
    folder = tmp_path_factory.mktemp("hooked")
    with database() as url:
        fleet = Fleet(telegram, url, folder, {"anne": "worker", "carl": "deliver"})
        for name, port in ports.items():
            hook = {"KEEL_TELEGRAM_WEBHOOK_URL": PUBLIC, "KEEL_TELEGRAM_WEBHOOK_SECRET": SECRET}
            fleet.replicas[name] = Replica(telegram, url, "web", folder, KEEL_WEB_PORT=str(port), **hook)
        telegram.courier.fronts[PUBLIC] = f"http://127.0.0.1:{ports['eve']}"
        try:
            fleet["anne"].start()
            fleet["anne"].ready()  # the tables are made once
            yield fleet.start()
        finally:
            fleet.close()


def test_what_one_receives_another_answers_and_a_third_sends(hooked, telegram):
    telegram.say(5, "/start")
    assert telegram.answers(5, 1)[0].text.startswith("Hello, I am Keel")
    telegram.tap(5, "onb:consent:yes")
    telegram.answers(5, 2)
    assert len(telegram.answered) == 1
    assert telegram.made("getUpdates") == []


def test_one_that_is_called_may_go_and_nothing_is_lost(hooked, telegram, ports):
    hooked["eve"].kill()
    people = range(20, 26)
    for person in people:
        telegram.say(person, "/start")
    telegram.wait(lambda: any(delivery.status == 0 for delivery in telegram.deliveries), "a call that nobody answers")
    telegram.courier.fronts[PUBLIC] = f"http://127.0.0.1:{ports['fay']}"
    for letter in list(telegram.updates.queue):
        letter.not_before = 0.0  # Telegram's next try comes now
    assert {len(telegram.answers(person, 1)) for person in people} == {1}
    assert hooked.rows("SELECT count(*) FROM inbox WHERE state = 'received'") == [(0,)]

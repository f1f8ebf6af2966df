"""A polling bot shows its metrics at the address that a setting names, and listens nowhere without one."""

import socket
import urllib.request

import pytest

from bot.app import bootstrap
from bot.settings import Settings, SettingsError
from bot.telegram.gauges import measured_for
from tests.support.metrics import values
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer

MARKERS = ("quixotic", "Markername", "605090807")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def test_the_figures_of_a_running_bot_know_nobody_and_its_log_neither(tmp_path):
    port = free_port()
    with (
        TelegramServer() as server,
        KeelRun(server, tmp_path / "keel.sqlite3", KEEL_METRICS_ADDRESS=f"127.0.0.1:{port}") as keel,
    ):
        keel.listening()
        server.say(int(MARKERS[2]), "hello from quixotic Markername")
        server.answers(int(MARKERS[2]), 1)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as response:
            page = response.read()
        assert keel.stop() == 0
        log = keel.errors
    found = values(page)
    assert found['keel_turns_total{outcome="done"}'] == 1
    assert found["keel_loop_lag_seconds_count"] >= 0
    for marker in (*MARKERS, server.token):
        assert marker not in page.decode()
        assert marker not in log


@pytest.fixture
async def app(template, tmp_path):
    made = bootstrap(Settings(database=f"sqlite:///{tmp_path / 'keel.sqlite3'}", data_dir=tmp_path))
    yield made
    await made.close()


async def test_without_an_address_and_without_a_web_server_nothing_listens(app):
    assert measured_for(app, None) == (None, None)


async def test_an_address_in_use_is_one_sentence(template, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        made = bootstrap(
            Settings(database=f"sqlite:///{tmp_path / 'keel.sqlite3'}", data_dir=tmp_path, metrics_address=where)
        )
        with pytest.raises(SettingsError, match=f"KEEL_METRICS_ADDRESS: {where} cannot be used"):
            measured_for(made, None)
        await made.close()

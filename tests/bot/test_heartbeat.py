"""A process is alive as long as it touches its file."""

import os

from bot import heartbeat
from bot.doctor.check import is_healthy
from bot.doctor.command import alive
from bot.settings import load_settings


def test_the_age_counts_from_the_last_beat(tmp_path):
    path = tmp_path / "alive"
    assert heartbeat.age_s(path, 1000.0) is None
    heartbeat.beat(path)
    os.utime(path, (900.0, 900.0))
    assert heartbeat.age_s(path, 1000.0) == 100.0
    assert heartbeat.age_s(path, 800.0) == 0.0  # a clock that was set back is no sign of death


def test_health_is_a_fresh_beat_and_a_database_that_answers(tmp_path):
    settings = load_settings({}, database=f"sqlite:///{tmp_path / 'keel.db'}", data_dir=tmp_path)
    assert not is_healthy(alive(settings))
    heartbeat.beat(settings.heartbeat)
    assert is_healthy(alive(settings))
    os.utime(settings.heartbeat, (1.0, 1.0))
    assert not is_healthy(alive(settings))
    heartbeat.beat(settings.heartbeat)
    (tmp_path / "keel.db").write_bytes(b"no database" * 100)
    assert not is_healthy(alive(settings))

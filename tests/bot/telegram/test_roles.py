"""What a process may be: refused in one line when it cannot be that."""

import os

import pytest

from bot.settings import load_settings
from bot.telegram import run
from storage.errors import DatabaseAway
from storage.sole import Sole
from tests.support import keel

TOKEN = {"KEEL_TELEGRAM_TOKEN": "4242:a_token_nobody_asks_telegram_about"}


def refused(arguments, **env):
    """The one line in which `keel run` says why not."""
    done = keel.run("run", *arguments, env={**TOKEN, **env})
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1), said
    return said


@pytest.mark.parametrize("role", ["web", "worker", "deliver"])
def test_on_sqlite_one_process_does_everything(tmp_path, role):
    file = tmp_path / "keel.sqlite3"
    assert "need PostgreSQL" in refused(["--database", f"sqlite:///{file}"], KEEL_ROLE=role)
    assert not file.exists()


def test_several_processes_need_one_key():
    said = refused(["--role", "worker", "--database", "postgresql://nobody@127.0.0.1:1/none"])
    assert "KEEL_MASTER_KEY_FILE" in said


def test_an_unknown_role_is_named_with_those_that_there_are():
    said = refused(["--role", "boss"])
    assert "KEEL_ROLE" in said
    assert all(role in said for role in ("all", "web", "worker", "deliver"))


def test_a_second_bot_on_the_same_file_is_told_which_process_is_in_its_way(tmp_path):
    url = f"sqlite:///{tmp_path / 'keel.sqlite3'}"
    first = Sole(url)
    assert f"process {os.getpid()}" in refused(["--database", url])
    first.release()


class Enough(Exception):
    """The operator has seen enough."""


def test_a_database_server_that_is_away_is_waited_for_and_named(monkeypatch):
    monkeypatch.setattr(run, "AGAIN_S", 0.0)
    settings, said = load_settings({}, database="postgresql://nobody@127.0.0.1:1/none"), []

    def announce(sentence):
        said.append(sentence)
        if len(said) == 2:
            raise Enough

    with pytest.raises(Enough):
        run._built(settings, announce)
    assert said == ["the database server cannot be reached; trying again"] * 2
    monkeypatch.setattr(run, "PATIENCE_S", 0.0)
    with pytest.raises(DatabaseAway):
        run._built(settings, announce)

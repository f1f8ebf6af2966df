"""A forked `keel` is like a started one: the same words, the same exit codes, the same way to end it."""

import signal
import subprocess

import pytest

from tests.support.keel import run
from tests.support.surroundings import environment
from tests.support.telegram.server import TelegramServer
from tests.support.warm import WarmProcess


def warm(*arguments, stdin=b"", **env):
    done = run(*arguments, stdin=stdin, env=env)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (("triage", "--json"), "I have chest pain\nhello 🙂\n".encode(), 0),
        (("chat", "--json", "--now", "yesterday"), b"", 2),
        (("dance",), b"", 2),
    ],
)
def test_a_warm_process_says_and_ends_as_a_cold_one_does(arguments, stdin, code):
    cold = run(*arguments, stdin=stdin, is_cold=True)
    assert cold.returncode == code
    assert warm(*arguments, stdin=stdin) == (cold.returncode, cold.stdout, cold.stderr)


def test_its_surroundings_are_its_own():
    code, said, errors = warm("chat", "--json", OPENAI_BASE_URL="localhost:8000")
    assert (code, said) == (2, b"")
    assert b"OPENAI_BASE_URL" in errors


def test_it_runs_until_it_is_killed_and_tells_by_what():
    process = WarmProcess(["triage"], environment())
    with process.stdin, process.stdout, process.stderr:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.01)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        process.send_signal(signal.SIGKILL)


def test_without_anything_to_hear_it_ends_at_once():
    process = WarmProcess(["triage"], environment(), subprocess.DEVNULL)
    assert process.stdin is None
    assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == 0


def test_it_is_killed_when_it_does_not_end_in_time(tmp_path):
    with TelegramServer() as server:
        env = {"KEEL_TELEGRAM_TOKEN": server.token, "KEEL_TELEGRAM_API_BASE": server.address}
        process = WarmProcess(["run", "--database", f"sqlite:///{tmp_path / 'k.db'}"], environment(env))
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=0.2)
        assert process.wait(60) == -signal.SIGKILL


def test_no_two_forks_draw_the_same_numbers(tmp_path):
    """Chance is dealt anew in each of them: keys of two databases differ."""
    keys = set()
    for name in ("one.db", "two.db"):
        assert run("migrate", "--database", f"sqlite:///{tmp_path / name}").returncode == 0
        assert run("chat", "--json", "--database", f"sqlite:///{tmp_path / name}", stdin=b"hello\n").returncode == 0
        keys.add((tmp_path / f"{name}.key").read_bytes())
    assert len(keys) == 2

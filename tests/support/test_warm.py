"""A forked `keel` is like a started one: the same words, the same exit codes, the same way to end it."""

import signal
import subprocess

import pytest

from tests.support.keel import run
from tests.support.surroundings import environment
from tests.support.warm import WarmProcess


def warm(*arguments, stdin=b"", **env):
    process = WarmProcess(list(arguments), environment(env))
    with process.stdin, process.stdout, process.stderr:
        process.stdin.write(stdin)
        process.stdin.close()
        return process.wait(60), process.stdout.read(), process.stderr.read()


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

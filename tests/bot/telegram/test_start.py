"""Starting: what is refused in one line, and what is never imported elsewhere."""

import os
import subprocess
import sys

import pytest

from tests.support import keel
from tests.support.surroundings import ROOT, environment

LIBRARIES = ("aiogram", "telegram", "aiohttp")


def test_without_a_token_it_says_where_to_put_one():
    done = keel.run("run")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().count("\n") == 1
    assert "KEEL_TELEGRAM_TOKEN_FILE" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "said"), [(["chat", "--json"], b'"hello"\n/start\n'), (["triage", "--json"], b"hello\n")]
)
def test_the_terminal_needs_neither_telegram_library(tmp_path, arguments, said):
    options = ["--database", f"sqlite:///{tmp_path / 'k.sqlite3'}"] if arguments[0] == "chat" else []
    code = (
        "import sys\nfrom bot.__main__ import main\n"
        f"sys.argv = ['keel', *{[*arguments, *options]!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"sys.stderr.write(' '.join(name for name in {LIBRARIES!r} if name in sys.modules))\n"
    )
    env = {**environment(), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code], input=said, capture_output=True, cwd=ROOT, env=env, timeout=60, check=True
    )
    assert done.stdout.count(b"\n") >= 1
    assert done.stderr == b""

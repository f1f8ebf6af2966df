"""An operator's invitation, opened on a phone, against the running bot."""

import re
import subprocess
import sys

from tests.support.surroundings import ROOT, environment
from tests.support.telegram.methods import BOT


def test_a_link_from_the_command_line_works_while_the_bot_runs(server, keel):
    env = environment({"KEEL_TELEGRAM_TOKEN": server.token, "KEEL_TELEGRAM_API_BASE": server.address})
    command = [sys.executable, "-m", "bot", "admin", "invite", "--database", f"sqlite:///{keel.database}"]
    made = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, check=True)
    name, key = re.match(r"https://t\.me/(\w+)\?start=(inv_[\w-]+)\n", made.stdout).groups()
    assert name == BOT["username"]
    for person, words in ((450, "Your invitation is accepted"), (451, "This invitation has been used up")):
        server.start(person, key)
        first, second = server.answers(person, 2)[:2]
        assert first.text.startswith(words)
        assert second.text.startswith("Hello, I am Keel")
    assert keel.rows("SELECT used_count, max_uses FROM invites") == [(1, 1)]

"""`make demo` from beginning to end, as somebody would run it."""

import subprocess
import sys

from tests.support.surroundings import ROOT, environment
from tests.support.telegram.story import WIDTH, width


def test_the_demo_tells_a_whole_conversation_and_ends_by_itself():
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo"], capture_output=True, cwd=ROOT, env=environment(), timeout=400, check=False
    )
    told, wrong = done.stdout.decode(), done.stderr.decode()
    assert (done.returncode, wrong) == (0, ""), told[-2000:]
    said = " ".join(told.replace("│", " ").split())
    for words in (
        "Hello, I am Keel", "taps I agree", "allergies: peanut", "taps Lock it in", "kcal", "stretch for five minutes",
        "taps Done", "Please call 112 or 911 now", "I am silent until you write", "0 refused; Keel ended with 0",
    ):  # fmt: skip
        assert words in said, words
    assert max(width(line) for line in told.split("\n")) <= WIDTH
    assert said.index("taps Lock it in") < said.index("stretch for five") < said.index("Please call 112")

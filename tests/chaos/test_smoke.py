"""A few of the stories of `make chaos` with every run of the tests: each fault and each way to die is among them."""

import subprocess
import sys

from tests.support.surroundings import ROOT, environment

STORIES = 16
PATIENCE_S = 580


def test_no_promise_is_broken_in_a_few_stories_with_every_kind_of_fault():
    command = [sys.executable, "-m", "tests.chaos", "--few", str(STORIES), "--jobs", "2"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert f"{STORIES} (sqlite {STORIES})" in done.stdout

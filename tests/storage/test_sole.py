"""One running bot on a SQLite file."""

import os
import signal
import subprocess
import sys

import pytest

from storage.errors import DatabaseBusy
from storage.sole import Sole
from tests.support.surroundings import ROOT

HOLD = "import sys; from storage.sole import Sole; Sole(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_a_second_one_is_told_which_process_is_in_its_way(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'keel.sqlite3'}"
    first = Sole(url)
    with pytest.raises(DatabaseBusy, match=f"process {os.getpid()}"):
        Sole(url)
    Sole(f"sqlite:///{tmp_path / 'other.sqlite3'}").release()
    first.release()
    Sole(url).release()


def test_a_killed_process_blocks_nobody(tmp_path):
    url = f"sqlite:///{tmp_path / 'keel.sqlite3'}"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(DatabaseBusy, match=f"process {process.pid}"):
            Sole(url)
        process.send_signal(signal.SIGKILL)
        process.wait()
    Sole(url).release()

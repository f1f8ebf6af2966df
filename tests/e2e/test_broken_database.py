"""A database that cannot be used: one clear sentence, exit code 2 at a start, an honest sentence in a chat."""

import ctypes
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.backstage import recorded
from tests.e2e.conftest import copied
from tests.e2e.ledger import Ledger
from tests.support.console import Console
from tests.support.keel import run

Starter = Callable[..., Console]
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2  # linux/prctl.h, linux/capability.h


def corrupt(path: Path) -> Path:
    raw = bytearray(path.read_bytes())
    raw[4096 : 60 * 4096] = b"\x5a" * (59 * 4096)
    path.write_bytes(raw)
    return path


def newer(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '999'")
    return path


def foreign(path: Path) -> Path:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    return path


def text_file(path: Path) -> Path:
    path.write_text("Dear diary, this is not a database.\n" * 200)
    return path


def without_key(path: Path) -> Path:
    path.with_name(path.name + ".key").unlink()
    return path


def with_garbled_key(path: Path) -> Path:
    path.with_name(path.name + ".key").write_text("garbage")
    return path


def another_key(path: Path) -> Path:
    """The key of somebody else's database."""
    other = path.parent / "other.db"
    run("chat", "--json", "--database", f"sqlite:///{other}", stdin=b"hello\n")
    shutil.copy(other.with_name("other.db.key"), path.with_name(path.name + ".key"))
    return path


def a_folder(path: Path) -> Path:
    path.unlink()
    path.mkdir()
    return path


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "corrupt": (corrupt, "damaged"),
    "newer": (newer, "newer Keel"),
    "foreign": (foreign, "tables that are not Keel's"),
    "text": (text_file, "not a Keel database"),
    "no key": (without_key, "key file"),
    "garbled key": (with_garbled_key, "key"),
    "another key": (another_key, "key"),
    "folder": (a_folder, "not a file"),
}


@recorded("locked")
def starts(path: Path) -> dict[str, subprocess.CompletedProcess[bytes]]:
    """Every case once."""
    done = {}
    for name, (spoil, _) in CASES.items():
        folder = path.parent / name.replace(" ", "_")
        folder.mkdir()
        spoilt = spoil(copied(path, folder))
        done[name] = run("chat", "--json", "--database", f"sqlite:///{spoilt}", stdin=b"hello\n")
    return done


@pytest.mark.parametrize("name", CASES)
def test_a_start_with_an_unusable_database_is_one_sentence_and_exit_code_two(
    starts: dict[str, subprocess.CompletedProcess[bytes]], name: str
) -> None:
    done = starts[name]
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert done.stdout == b""
    assert CASES[name][1] in said
    assert said.startswith("keel: ")
    assert len(said.strip().splitlines()) == 1


def heed_permissions() -> None:
    """Root may write everywhere; without these two capabilities its processes heed permissions like anybody's."""
    if os.getuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    sealed = tmp_path / "sealed"
    sealed.mkdir(mode=0o555)
    with Console(sealed / "keel.db", preexec=heed_permissions) as console:
        console.process.wait(console.patience)
    assert console.process.returncode == 2
    assert "permissions" in console.errors
    assert not any(sealed.iterdir())


def test_a_file_that_may_not_be_written_to_is_named(own: Path) -> None:
    for name in (own.name, f"{own.name}.key"):
        own.with_name(name).chmod(0o444)
    with Console(own, preexec=heed_permissions) as console:
        console.process.wait(console.patience)
    assert console.process.returncode == 2
    assert len(console.errors.strip().splitlines()) == 1


def test_a_full_disk_at_the_first_start_is_named(tmp_path: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    with Console(tmp_path / "keel.db", preexec=small) as console:
        console.process.wait(console.patience)
    assert console.process.returncode == 2
    assert "disk" in console.errors
    assert len(console.errors.strip().splitlines()) == 1


def test_a_disk_that_fills_up_in_the_middle_is_said_honestly_and_nothing_is_lost(own: Path, talk: Starter) -> None:
    ledger = Ledger(own)
    console = talk(own)
    console.say("drank 250 ml")
    rows = ledger.count("health_metrics")
    _, hard = resource.prlimit(console.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(console.process.pid, resource.RLIMIT_FSIZE, (0, hard))
    full = console.say("drank 300 ml")
    flagged = console.say("I have crushing chest pain and cannot breathe")
    resource.prlimit(console.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert full.receipts == ()
    assert "Logged" not in full.text
    assert "nothing" in full.text.lower()
    assert flagged.levels[0] == "emergency"
    assert ledger.count("health_metrics") == rows
    assert console.say("drank 300 ml").receipts == (("health_metric", "created"),)
    assert console.close() == 0
    assert ledger.is_sound()

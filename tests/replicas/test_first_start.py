"""Several processes start at once on a database that is still empty: one makes the tables, one key wins."""

import pytest

from tests.replicas.fleet import MASTER_KEY, database
from tests.support import postgres
from tests.support.keel import started

SEVERAL = 4
LONG_S = 300


@pytest.fixture
def empty(request, tmp_path):
    """The address of an empty database of either engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'keel.sqlite3'}"
        return
    if postgres.is_switched_off():
        pytest.skip(f"{postgres.OFF_VARIABLE}=1")
    with database() as url:
        yield url


def at_once(url, tmp_path, **env):
    """The same conversation without a word, in several processes, each with a folder of its own; codes and errors."""
    folders = [{"KEEL_DATA_DIR": str(tmp_path / f"{number}")} for number in range(SEVERAL)]
    running = [started("chat", "--json", "--database", url, env={**env, **folder}) for folder in folders]
    said = [process.communicate(b"", LONG_S)[1].decode() for process in running]
    return [process.returncode for process in running], said


@pytest.mark.parametrize("empty", ["sqlite", "postgres"], indirect=True)
def test_the_tables_are_made_once_and_everybody_waits_for_them(empty, tmp_path):
    codes, said = at_once(empty, tmp_path, KEEL_MASTER_KEY=MASTER_KEY)
    assert (codes, said) == ([0] * SEVERAL, [""] * SEVERAL)


@pytest.mark.parametrize("empty", ["postgres"], indirect=True)
def test_of_processes_with_keys_of_their_own_only_one_starts_and_the_others_say_why(empty, tmp_path):
    codes, said = at_once(empty, tmp_path)
    assert sorted(codes) == [0, 2, 2, 2]
    assert ["same KEEL_MASTER_KEY" in words and words.count("\n") == 1 for words in said].count(True) == SEVERAL - 1
    keys = [path.parent.name for path in tmp_path.rglob("keel.key")]
    assert keys == [str(codes.index(0))], "a key that opens nothing is not left behind"
    again, _ = at_once(empty, tmp_path)
    assert again == codes

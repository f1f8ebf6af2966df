"""How a parallel run is shared: folders with processes of their own stay whole, and long ones begin."""

from types import SimpleNamespace

from tests.support.shares import TOGETHER, order, share_of
from tests.support.surroundings import ROOT


def test_a_folder_whose_tests_share_processes_stays_together_and_other_files_each_for_themselves():
    assert share_of("tests/e2e/test_story.py::test_it[a::b]") == share_of("tests/e2e/test_kill.py::test_that")
    assert share_of("tests/bot/telegram/web/test_a.py::test_it") == "tests/bot/telegram/"
    assert share_of("tests/agents/test_row.py::TestRow::test_it[x]") == "tests/agents/test_row.py"


def test_what_takes_long_begins_and_everything_else_keeps_its_order():
    ids = ["tests/a.py::1", "tests/storage/b.py::two", "tests/c.py::three", "tests/e2e/d.py::four", "tests/a.py::six"]
    items = [SimpleNamespace(nodeid=nodeid) for nodeid in ids]
    order(items)
    assert [item.nodeid for item in items] == [ids[3], ids[1], ids[0], ids[2], ids[4]]


def test_every_folder_that_stays_together_is_there():
    assert [folder for folder in TOGETHER if not (ROOT / folder).is_dir()] == []

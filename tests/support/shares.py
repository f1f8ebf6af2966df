"""How a parallel run shares the tests among its workers: what shares processes stays together, what takes long begins.

Two halves of such a folder on two workers would start its processes and play its stories twice.
"""

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    import pytest

TOGETHER = ("tests/e2e/", "tests/chaos/", "tests/replicas/", "tests/bot/telegram/", "tests/storage/")  # longest first


def share_of(nodeid: str) -> str:
    """The name of what this test stays with: a folder whose tests share something dear, else its file."""
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


def order(items: "list[pytest.Item]") -> None:
    """Sort in place: what takes long first, so that no worker is left with it at the end."""
    ranks = {folder: rank for rank, folder in enumerate(TOGETHER)}
    items.sort(key=lambda item: ranks.get(share_of(item.nodeid), len(ranks)))


class Shares(LoadScopeScheduling):
    """Hands out one share after the other, in the order of the tests."""

    def __init__(self, config: "pytest.Config", log: object) -> None:
        config.option.loadscopereorder = False  # by number of tests, which says little about time
        super().__init__(config, log)  # type: ignore[arg-type]  # handed on as it comes

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)

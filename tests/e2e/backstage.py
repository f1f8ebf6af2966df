"""Long stories are played backstage, beside the tests that run in front: each is a fixture that waits for its end.

A story is a function from a database of its own to what was said; `recorded` makes it a module's fixture. All stories
that a run asks for begin with its first test, two at a time, those that only wait for locks in a room of their own.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

Beginning = Literal["empty", "unlocked", "locked"]
Tell = Callable[[Path], Any]


@dataclass(frozen=True)
class Story:
    """How a story begins, and whether it mostly waits."""

    tell: Tell
    beginning: Beginning
    waits: bool


STORIES: list[Story] = []


def recorded(beginning: Beginning, *, waits: bool = False) -> Callable[[Tell], Any]:
    """Makes a fixture of a story; the fixture has its name and gives what it returns."""

    def mark(tell: Tell) -> Any:
        STORIES.append(Story(tell, beginning, waits))

        @pytest.fixture(scope="module", name=tell.__name__)
        def told(backstage: "Backstage") -> Any:
            return backstage.result(tell)

        return told

    return mark


class Backstage:
    """The stories of this run."""

    def __init__(self, futures: dict[Tell, Future[Any]]) -> None:
        self._futures = futures

    def result(self, tell: Tell) -> Any:
        """What a story led to; its fault is raised here."""
        return self._futures[tell].result()


@contextmanager
def played(wanted: set[str], place: Callable[[Story], Path]) -> Iterator[Backstage]:
    """Begin the stories with these names, each at a place of its own."""
    stories = [story for story in STORIES if story.tell.__name__ in wanted]
    with ThreadPoolExecutor(2) as busy, ThreadPoolExecutor(4) as waiting:
        futures = {}
        for story in sorted(stories, key=lambda story: not story.waits):
            pool = waiting if story.waits else busy
            futures[story.tell] = pool.submit(story.tell, place(story))
        yield Backstage(futures)
        for future in futures.values():
            future.cancel()

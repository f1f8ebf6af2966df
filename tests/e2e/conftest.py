"""Databases for the conversations: one person goes through onboarding once, the others start from a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.backstage import Backstage, Story, played
from tests.e2e.ledger import Ledger
from tests.support.console import Console, onboard, take_first_buttons

FACTS = (
    "36, 82 kg, 1.80 m, male, I want to lose fat, bad knee, vegetarian, nut allergy, I live in Berlin, "
    "morning brief at 7:15"
)
LOCKED_AT = "2026-11-23T06:55:00+01:00"  # the tests go on five minutes later
ASKED_TO_LOCK = "onb:confirm:lock"


def copied(source: Path, folder: Path) -> Path:
    """The database with its key, as files of one's own."""
    target = folder / source.name
    for suffix in ("", ".key", "-wal"):
        if source.with_name(source.name + suffix).exists():
            shutil.copy(source.with_name(source.name + suffix), folder / (source.name + suffix))
    return target


@pytest.fixture(scope="session")
def before_the_lock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person who was asked everything and has only to lock."""
    path = tmp_path_factory.mktemp("unlocked") / "keel.db"
    with Console(path, now="2026-11-23T06:50:00+01:00") as console:
        onboard(console, FACTS, until=ASKED_TO_LOCK)
        assert console.close() == 0
    return path


@pytest.fixture(scope="session")
def locked(before_the_lock: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person in Berlin with a locked profile and the first plans, on Monday 23 November 2026."""
    path = copied(before_the_lock, tmp_path_factory.mktemp("locked"))
    with Console(path, now=LOCKED_AT) as console:
        take_first_buttons(console, console.say("hello"))
        assert console.close() == 0
    return path


@pytest.fixture
def unlocked_copy(before_the_lock: Path, tmp_path: Path) -> Path:
    """A database of this test's own, one tap before the lock."""
    return copied(before_the_lock, tmp_path)


@pytest.fixture
def own(locked: Path, tmp_path: Path) -> Path:
    """A database of this test's own, with a locked profile."""
    return copied(locked, tmp_path)


@pytest.fixture(scope="module")
def shared(locked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that the tests of one module share, with a locked profile."""
    return copied(locked, tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="session", autouse=True)
def backstage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backstage]:
    """Begins every recorded story that a test of this run asks for."""

    def place(story: Story) -> Path:
        folder = tmp_path_factory.mktemp(story.tell.__name__)
        if story.beginning == "empty":
            return folder / "keel.db"
        name = "locked" if story.beginning == "locked" else "before_the_lock"
        return copied(request.getfixturevalue(name), folder)

    wanted = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    with played(wanted, place) as stories:
        yield stories


@pytest.fixture(scope="module")
def newcomers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """One process over an empty database, for everybody of a module who writes for the first time."""
    with Console(tmp_path_factory.mktemp("newcomers") / "keel.db", user="newcomer-by-name") as console:
        yield console


@pytest.fixture
def stranger(newcomers: Console) -> Console:
    """Somebody who never wrote before: whoever was there in this process was erased."""
    if newcomers.transcript and Ledger(newcomers.database).count("users"):
        newcomers.say("/delete")
        newcomers.tap("delete:yes")
    return newcomers


@pytest.fixture
def talk() -> Iterator[Callable[..., Console]]:
    """Starts processes and ends them whatever happens."""
    running: list[Console] = []

    def start(*args: object, **options: object) -> Console:
        running.append(Console(*args, **options))  # type: ignore[arg-type]  # handed on as they come
        return running[-1]

    yield start
    for console in running:
        console.kill()

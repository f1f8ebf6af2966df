"""One troupe plays one story after the other: its own nursery, its own clock, its own copies of the evening before."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from tests.chaos import cast, hurry
from tests.chaos.board import Board
from tests.chaos.databases import Database, SqliteFile, postgres_copy
from tests.chaos.evidence import Evidence, gather
from tests.chaos.nursery import Nursery
from tests.chaos.promises import broken, repeats
from tests.chaos.stage import Played, Stage
from tests.chaos.story import Story, story
from tests.support import postgres

POSTGRES_EVERY = 40  # one story in so many is played on PostgreSQL


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one seed. `details` is for a reader of one story."""

    seed: int
    engine: str
    themes: tuple[str, ...]
    faults: tuple[str, ...]
    lives: int = 0
    died_of: tuple[str, ...] = ()
    updates: int = 0
    repeats: int = 0
    refused: int = 0
    seconds: float = 0.0
    furthest: dict[str, int] = field(default_factory=dict)
    details: str = ""


def engine_of(seed: int) -> str:
    """Which database a seed is played on."""
    is_theirs = seed % POSTGRES_EVERY == POSTGRES_EVERY - 1 and not postgres.is_switched_off()
    return "postgres" if is_theirs else "sqlite"


class Troupe:
    """Make it before any thread runs in this process; close it at the end."""

    def __init__(self, template: Path) -> None:
        self._board = Board()
        hurry.look_at(self._board)
        self._folder = Path(tempfile.mkdtemp(prefix="troupe-", dir=template.parent))
        self._template = template
        self._nursery = Nursery(self._board)
        self._stage = Stage(self._nursery, self._board)
        self._on_postgres: str | None = None

    def play(self, seed: int, engine: str, *, is_verbose: bool = False) -> Result:
        """One story, judged."""
        told, began = story(seed, engine), time.perf_counter()
        with self._place(told) as folder, self._database(told, folder) as database:
            played = self._stage.play(told, database, folder)
            database.mend()
            evidence = gather(played)
        return Result(
            seed, engine, told.themes, tuple(broken(evidence)), played.lives, tuple(played.died_of),
            len(played.pushed), sum(1 for _ in repeats(evidence)),
            sum(update.state == "failed" for update in evidence.updates), time.perf_counter() - began,
            played.furthest, _details(told, played, evidence) if is_verbose else "",
        )  # fmt: skip

    def close(self) -> None:
        """The house is empty."""
        self._nursery.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def _place(self, told: Story) -> Iterator[Path]:
        folder = self._folder / str(told.seed)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _database(self, told: Story, folder: Path) -> Iterator[Database]:
        if told.engine == "sqlite":
            yield SqliteFile(self._template, folder, self._board)
            return
        with postgres_copy(self._postgres_template()) as database:
            yield database

    def _postgres_template(self) -> str:
        """The evening before, once more on a server."""
        if self._on_postgres is None:
            name = f"keel_evening_before_{uuid4().hex[:8]}"
            postgres._execute(postgres.server_url(), f"CREATE DATABASE {name}")
            cast.rehearse(self._nursery, self._board, postgres.database_url(name), self._folder)
            self._on_postgres = name
        return self._on_postgres


def _details(told: Story, played: Played, evidence: Evidence) -> str:
    lines = [f"{told.engine}, begins {told.starts_at:%a %H:%M:%S}, jumps {told.last_skip_s:.0f} s before the last life"]
    lines += [f"  {fall.death.kind} {fall.death.step}, then {fall.skip_s:.0f} s" for fall in told.falls]
    lines += [f"  {act.at_ms:5d} ms {act.what} {act.who or ''} {act.text} {act.values or ''}" for act in told.acts]
    lines += ["updates:", *(f"  {update}" for update in evidence.updates)]
    lines += ["outbox:", *(f"  {row}" for row in evidence.rows)]
    lines += ["occurrences:", *(f"  {one}" for one in evidence.occurrences)]
    for who, screens in evidence.screens.items():
        lines += [f"screen of {who}:", *(f"  {one.message_id} {one.at:.1f} {one.text[:100]}" for one in screens)]
    return "\n".join([*lines, "log:", played.log])

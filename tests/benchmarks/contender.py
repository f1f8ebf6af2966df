"""What is measured and what it is measured against answer the same calls."""

from pathlib import Path
from typing import Protocol


class Contender(Protocol):
    """A coach that takes turns on a file of its own. `failed` counts turns that were not answered properly."""

    failed: int

    async def open(self, folder: Path, people: int) -> None:
        """Get ready to talk with so many people. Not measured."""
        ...

    async def prepare(self, person: int, number: int) -> None:
        """What happens before this line of this person's life but is no part of the turn. Not measured."""
        ...

    async def turn(self, person: int, number: int, line: str) -> None:
        """From the words to the committed answer. Measured."""
        ...

    def size_bytes(self) -> int:
        """What lies on the disk now."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...


def file_bytes(database: Path) -> int:
    """A SQLite file together with its write-ahead log."""
    parts = (database, database.with_name(database.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())

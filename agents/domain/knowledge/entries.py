"""The entries: what may be asked, a short answer in our own words, and where it comes from."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal


@dataclass(frozen=True, slots=True)
class Entry:
    """`ask` are ways to put the question, `words` further words of its topic. "weight" is not for everybody (E8)."""

    id: str
    ask: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    source: str
    about: Literal["", "weight"]


@cache
def entries() -> tuple[Entry, ...]:
    """All entries, in the order of the table."""
    table = json.loads((resources.files(__package__) / "entries.json").read_text(encoding="utf-8"))
    return tuple(
        Entry(row["id"], tuple(row["ask"]), tuple(row["words"].split()), row["text"], row["source"], row["about"])
        for row in table["entries"]
    )


@cache
def _by_id() -> dict[str, Entry]:
    return {entry.id: entry for entry in entries()}


def entry_of(entry_id: str) -> Entry | None:
    """The entry with this id."""
    return _by_id().get(entry_id)

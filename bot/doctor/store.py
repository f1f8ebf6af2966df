"""The database, its schema, its keys and the room for it."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.check import Check, error, ok, warning
from bot.keys import key_file, known_key
from bot.settings import Settings
from storage import schema
from storage.engines import sqlite_path, sync_url
from storage.errors import KeyFileError, StorageError

LITTLE_ROOM, NO_ROOM = 1_000_000_000, 100_000_000  # bytes
OTHERS = 0o077


def checks(settings: Settings) -> Iterator[Check]:
    """Nothing is created, and nothing is migrated: a doctor only looks."""
    url = settings.database_url
    try:
        state = schema.read_state(url)
    except StorageError as problem:
        yield error("database", str(problem), "start the database, or mend KEEL_DATABASE")
        return
    yield _reached(url, state)
    yield _schema(state)
    if state == "current":
        yield _key(settings, url)
    yield from _place(settings, url)


def _reached(url: str, state: schema.State) -> Check:
    address = sync_url(url)
    if address.get_backend_name() != "sqlite":
        return ok("database", f"PostgreSQL at {address.host or 'a local socket'} answers")
    words = "a local SQLite file, made at the first start" if state == "empty" else "a local SQLite file, readable"
    return ok("database", words)


def _schema(state: schema.State) -> Check:
    if state == "current":
        return ok("schema", f"revision {schema.HEAD}, the newest")
    if state == "empty":
        return ok("schema", "none yet; the first start makes it")
    if state == "older":
        return warning("schema", "older than this Keel", "keel migrate (a start does it too); make a backup first")
    if state == "newer":
        return error("schema", "written by a newer Keel", "update Keel")
    return error("schema", "tables that are not Keel's", "point KEEL_DATABASE at a database of Keel's own")


def _key(settings: Settings, url: str) -> Check:
    try:
        found = known_key(settings, url)
    except KeyFileError as problem:
        return error("key", str(problem), "put the right key back; without it nobody's data can be read")
    if found is None:
        return ok("key", "none yet; the first start makes it")
    where = "from the settings" if settings.master_key is not None else f"in {key_file(settings, url).name}"
    return ok("key", f"{where}, and it opens this database")


def _place(settings: Settings, url: str) -> Iterator[Check]:
    address = sync_url(url)
    is_file = address.get_backend_name() == "sqlite"
    folder = sqlite_path(address).parent if is_file else settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:.1f} GB free"
    if free < NO_ROOM:
        yield error("disk", words, "make room: a full disk loses no message, but takes none either")
    elif free < LITTLE_ROOM:
        yield warning("disk", words, "make room")
    else:
        yield ok("disk", words)
    if is_file and sqlite_path(address).exists():
        yield _mode(sqlite_path(address))


def _mode(path: Path) -> Check:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS:
        return error("file mode", f"{path.name} is readable by others ({mode:04o})", f"chmod 600 {path.name}")
    return ok("file mode", f"{path.name} is its owner's alone")

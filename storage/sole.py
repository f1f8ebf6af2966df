"""One running bot on a SQLite file: a lock that the system itself lets go when its process ends, however it ends."""

import os
from contextlib import suppress

from storage.engines import sqlite_path, sync_url
from storage.errors import DatabaseBusy


class Sole:
    """Hold it as long as the bot runs. A killed process leaves the file and no lock."""

    def __init__(self, url: str) -> None:
        """Take the lock beside the database file. Raises DatabaseBusy, which names the process that has it."""
        path = sqlite_path(sync_url(url))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A file of its own: closing any handle on the database would drop SQLite's own locks in this process.
        self._file = os.open(path.with_name(path.name + ".run"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _lock(self._file):
            who = os.pread(self._file, 20, 0).decode(errors="replace").strip()
            os.close(self._file)
            raise DatabaseBusy(
                f"another `keel run` (process {who or 'unknown'}) is working on this database; stop that one first"
            )
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next process in."""
        with suppress(OSError):
            os.close(self._file)


def _lock(file: int) -> bool:
    try:
        import fcntl
    except ImportError:  # not on this system: the bot's token still keeps two listeners apart
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

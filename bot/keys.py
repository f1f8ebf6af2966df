"""Which master key this process uses: the operator's, or the local key file beside the database."""

from pathlib import Path

from bot.settings import Settings
from storage import key_marks
from storage.crypto import MasterKey, load_key_file, load_or_create_key_file
from storage.engines import is_sqlite, sqlite_path, sync_url
from storage.errors import KeyFileError
from storage.key_marks import Marks

FOREIGN = "this key belongs to another database: nothing in this one can be read with it"
OTHERS = (
    "this database was begun with another key, and with this one nothing in it can be read: "
    "give every process on it the same KEEL_MASTER_KEY"
)


def master_key(settings: Settings, url: str) -> MasterKey:
    """The key for this database, made at the first start, and marked there as the only one.

    Raises KeyFileError for a lost or foreign one: two processes, each with a key of its own, would write what the other
    cannot read.
    """
    known = known_key(settings, url)
    path = key_file(settings, url)
    keys = known or load_or_create_key_file(path)
    if not key_marks.leave(url, keys).fit(keys):
        if known is None and not is_sqlite(url):  # made a moment ago and good for nothing: another process was faster
            path.unlink(missing_ok=True)
        raise KeyFileError(_foreign(url))
    return keys


def known_key(settings: Settings, url: str) -> MasterKey | None:
    """As `master_key`, but makes nothing: None where there is no key yet and nothing that needs one."""
    marks = key_marks.read(url)
    found = _found(settings, url, marks)
    if found is not None and not marks.fit(found):
        raise KeyFileError(_foreign(url))
    return found


def _foreign(url: str) -> str:
    return FOREIGN if is_sqlite(url) else OTHERS


def key_file(settings: Settings, url: str) -> Path:
    """Where the local key lies: beside a SQLite file, else in the data folder."""
    address = sync_url(url)
    if address.get_backend_name() == "sqlite":
        path = sqlite_path(address)
        return path.with_name(path.name + ".key")
    return settings.key_file


def _found(settings: Settings, url: str, marks: Marks) -> MasterKey | None:
    if settings.master_key is not None:
        return MasterKey.parse(settings.master_key.get_secret_value())
    path = key_file(settings, url)
    if path.exists():
        return load_key_file(path)
    if marks.is_taken and not is_sqlite(url):
        raise KeyFileError(OTHERS)
    if marks.is_taken:
        raise KeyFileError(
            f"the key file {path.name} is missing: without it nothing in the database can be read. "
            "Put it back, or set KEEL_MASTER_KEY"
        )
    return None

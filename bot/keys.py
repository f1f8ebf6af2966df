"""Which master key this process uses: the operator's, or the local key file beside the database."""

from pathlib import Path

from bot.settings import Settings
from storage.crypto import MasterKey, load_key_file, load_or_create_key_file
from storage.engines import sqlite_path, sync_url
from storage.errors import KeyFileError
from storage.keyring import master_keys_in

FOREIGN = "this key belongs to another database: nothing in this one can be read with it"


def master_key(settings: Settings, url: str) -> MasterKey:
    """The key for this database, made at the first start. Raises KeyFileError for a lost or foreign one."""
    return known_key(settings, url) or load_or_create_key_file(key_file(settings, url))


def known_key(settings: Settings, url: str) -> MasterKey | None:
    """As `master_key`, but makes nothing: None where there is no key yet and nothing that needs one."""
    known = master_keys_in(url)
    found = _found(settings, url, is_lived_in=bool(known))
    if found is not None and known and found.id not in known:
        raise KeyFileError(FOREIGN)
    return found


def key_file(settings: Settings, url: str) -> Path:
    """Where the local key lies: beside a SQLite file, else in the data folder."""
    address = sync_url(url)
    if address.get_backend_name() == "sqlite":
        path = sqlite_path(address)
        return path.with_name(path.name + ".key")
    return settings.key_file


def _found(settings: Settings, url: str, *, is_lived_in: bool) -> MasterKey | None:
    if settings.master_key is not None:
        return MasterKey.parse(settings.master_key.get_secret_value())
    path = key_file(settings, url)
    if path.exists():
        return load_key_file(path)
    if is_lived_in:
        raise KeyFileError(
            f"the key file {path.name} is missing: without it nothing in the database can be read. "
            "Put it back, or set KEEL_MASTER_KEY"
        )
    return None

"""What can go wrong with the database, one class per thing a person or operator can do about it.

Every message is one plain sentence without personal data, fit to be shown on a terminal.
"""


class StorageError(Exception):
    """Base of everything storage raises on purpose."""


class DatabaseUnusable(StorageError):
    """The database cannot be opened: not a database, damaged, unreachable, or the place cannot hold one."""


class DatabaseAway(DatabaseUnusable):
    """The database server cannot be reached, or is just starting: waiting may help."""


class DatabaseBusy(StorageError):
    """Another process holds the lock, or a transaction collided: trying again later may work."""


class DatabaseReadOnly(StorageError):
    """The database or its folder may not be written to."""


class DatabaseFull(StorageError):
    """No room is left on the disk; nothing of the transaction was written."""


class SchemaNewer(StorageError):
    """The database was written by a newer Keel: this one must not touch it."""


class SchemaForeign(StorageError):
    """The database holds tables that are not Keel's."""


class KeyMissing(StorageError):
    """An encrypted column was used outside a key scope."""


class WrongKey(StorageError):
    """A stored value does not decrypt: another person's key, another column, or it was tampered with."""


class KeyFileError(StorageError):
    """The key file is missing something, is readable by others, or is not a key file."""

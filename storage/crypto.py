"""The installation's secrets: the master key that wraps each person's data key, and the index secret (data-model 1.6).

Two 32-byte secrets, never in the database. Rotating the master key re-wraps `user_keys` and nothing else: blind
indexes and the system key hang on the index secret, which stays. A small installation keeps both in a key file:
losing it means losing every encrypted word in the database, so it belongs into a backup of its own.
"""

import base64
import hashlib
import hmac
import os
import stat
from dataclasses import dataclass, field, replace
from functools import lru_cache
from os import urandom
from pathlib import Path
from uuid import UUID

from storage.errors import KeyFileError, WrongKey

SECRET_BYTES = 32
_HEADING = "# Keel keys. Without this file the database cannot be read; keep a copy elsewhere, show it to nobody."


@dataclass(frozen=True, slots=True)
class MasterKey:
    """Both secrets. `retired` masters still unwrap what they wrapped, until every row is wrapped anew."""

    master: bytes = field(repr=False)
    index: bytes = field(repr=False)
    retired: tuple[bytes, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if any(len(secret) != SECRET_BYTES for secret in (self.master, self.index, *self.retired)):
            raise KeyFileError("a master key and an index secret have exactly 32 bytes each")

    @classmethod
    def generate(cls) -> "MasterKey":
        """Two fresh secrets from the operating system."""
        return cls(urandom(SECRET_BYTES), urandom(SECRET_BYTES))

    @classmethod
    def from_bytes(cls, secret: bytes) -> "MasterKey":
        """From 64 bytes (master, then index), or from 32: then the index secret is derived from them once.

        Who rotates a 32-byte key must keep the old index secret: `rotated` does.
        """
        if len(secret) == 2 * SECRET_BYTES:
            return cls(secret[:SECRET_BYTES], secret[SECRET_BYTES:])
        if len(secret) == SECRET_BYTES:
            return cls(secret, derive(secret, "index-secret"))
        raise KeyFileError(f"a master key has 32 or 64 bytes, this one has {len(secret)}")

    @classmethod
    def parse(cls, text: str) -> "MasterKey":
        """From hexadecimal or base64 text, as an environment variable holds it."""
        return cls.from_bytes(_decode(text.strip()))

    @property
    def id(self) -> str:
        """Which master key this is: 32 hexadecimal characters that reveal nothing."""
        return _master_id(self.master)

    @property
    def mark(self) -> str:
        """Tells one index secret from another, and reveals nothing: 32 hexadecimal characters."""
        return derive(self.index, "mark").hex()[:32]

    @property
    def system_key(self) -> bytes:
        """The key of the columns no single person owns (32 bytes)."""
        return derive(self.index, "system")

    def rotated(self, new_master: bytes) -> "MasterKey":
        """With a new master; the old one still unwraps."""
        return replace(self, master=new_master, retired=(self.master, *self.retired))

    def wrap(self, data_key: bytes) -> bytes:
        """A data key wrapped by the master (AES key wrap, RFC 3394)."""
        from cryptography.hazmat.primitives.keywrap import aes_key_wrap

        return aes_key_wrap(self.master, data_key)

    def unwrap(self, wrapped: bytes, master_key_id: str | None = None) -> bytes:
        """The data key. `master_key_id` picks among this and the retired masters. Raises WrongKey."""
        from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

        masters = (self.master, *self.retired)
        fitting = [key for key in masters if master_key_id in (None, _master_id(key))]
        for key in fitting:
            try:
                return aes_key_unwrap(key, wrapped)
            except InvalidUnwrap:
                continue
        raise WrongKey("this person's data key was wrapped by a master key that is not at hand")

    def blind_index(self, purpose: str, value: str | bytes) -> bytes:
        """32 bytes that find a value without holding it. `purpose` keeps equal values of two columns apart."""
        return _hmac(derive(self.index, f"index:{purpose}"), value)

    def person_index(self, user_id: UUID, purpose: str, value: str | bytes) -> bytes:
        """As `blind_index`, under the person's own sub-key: equal values of two persons differ."""
        return _hmac(derive(self.index, f"person:{purpose}:{user_id}"), value)


def new_data_key() -> bytes:
    """A fresh data key for one person (32 bytes)."""
    return urandom(SECRET_BYTES)


@lru_cache(maxsize=4096)
def derive(secret: bytes, info: str) -> bytes:
    """A 32-byte key for one use, HKDF-SHA256 (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=None, info=f"keel:1:{info}".encode()).derive(secret)


def _hmac(key: bytes, value: str | bytes) -> bytes:
    return hmac.digest(key, value.encode() if isinstance(value, str) else value, "sha256")


def _master_id(master: bytes) -> str:
    return hashlib.sha256(b"keel:1:master-id:" + master).hexdigest()[:32]


def _decode(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        pass
    try:
        return base64.b64decode(text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise KeyFileError("a master key is written in hexadecimal or base64") from None


def load_or_create_key_file(path: Path) -> MasterKey:
    """The keys in this file; makes the file (mode 0600) when there is none. Raises KeyFileError."""
    if not path.exists():
        _create(path, MasterKey.generate())
    return load_key_file(path)


def load_key_file(path: Path) -> MasterKey:
    """The keys in this file. Raises KeyFileError with a sentence for the operator."""
    try:
        mode = path.stat().st_mode
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"the key file {path} cannot be read") from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(f"the key file {path} is open to others; make it private with: chmod 600 {path}")
    return _parse(lines, path)


def write_key_file(path: Path, keys: MasterKey) -> None:
    """Replaces the file's keys in one step, for example after a rotation."""
    os.replace(_write_beside(path, keys), path)  # noqa: PTH105 - the atomic step is the point
    _sync_folder(path.parent)


def _create(path: Path, keys: MasterKey) -> None:
    """Two processes may start at once: the link of exactly one succeeds, the other reads the winner's keys."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _write_beside(path, keys)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _write_beside(path: Path, keys: MasterKey) -> Path:
    draft = path.with_name(f"{path.name}.{os.urandom(8).hex()}.new")
    lines = [_HEADING, f"master {keys.master.hex()}", f"index {keys.index.hex()}"]
    lines += [f"retired {secret.hex()}" for secret in keys.retired]
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyFileError(f"the key file {path} cannot be written") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parse(lines: list[str], path: Path) -> MasterKey:
    found: dict[str, list[bytes]] = {"master": [], "index": [], "retired": []}
    try:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                label, value = line.split()
                found[label].append(bytes.fromhex(value))
        (master,), (index,) = found["master"], found["index"]
    except (ValueError, KeyError):
        raise KeyFileError(f"{path} is not a key file of Keel") from None
    return MasterKey(master, index, tuple(found["retired"]))

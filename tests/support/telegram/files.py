"""Files that people and the bot sent: kept under a file_id, fetched by a path (telegram.md TG-4)."""

from dataclasses import dataclass
from typing import Any

from tests.support.telegram.images import size_of
from tests.support.telegram.parameters import Upload
from tests.support.telegram.refusal import Refusal, bad

MAX_UPLOAD, MAX_PHOTO, MAX_DOWNLOAD = 50_000_000, 10_000_000, 20_000_000


@dataclass
class StoredFile:
    """One file. `size` is what Telegram says of it, which a test may choose apart from the content."""

    file_id: str
    sort: str  # photo, document, voice ...
    name: str
    mime_type: str
    content: bytes
    size: int
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """Where it can be fetched."""
        return f"{self.sort}s/{self.file_id}"

    def described(self) -> dict[str, Any]:
        """What every description of a file begins with."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id[-12:]}", "file_size": self.size}

    def field(self) -> Any:
        """The part of a message that shows this file."""
        base = self.described()
        if self.sort == "photo":
            return [{**base, "width": self.width, "height": self.height}]
        return {**base, "mime_type": self.mime_type, **({"file_name": self.name} if self.name else {})}


class FileStore:
    """All files of one bot."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def add(
        self, sort: str, content: bytes, name: str = "", mime_type: str = "", size: int | None = None
    ) -> StoredFile:
        """A new file, with an id that looks like one of Telegram's."""
        file_id = f"AgAC{sort[:2]}AAx{len(self._files):06d}-_Keel0123456789"
        stored = StoredFile(file_id, sort, name, mime_type, content, len(content) if size is None else size)
        self._files[file_id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """The file, if there is one."""
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file behind a path."""
        return next((stored for stored in self._files.values() if stored.path == path), None)

    def taken(self, sort: str, given: Any, files: dict[str, Upload]) -> StoredFile:
        """What a bot sends: an upload, attach://part, or an id that is known. Raises Refusal."""
        if isinstance(given, str) and given.startswith("attach://"):
            given = files[given.removeprefix("attach://")]
        if isinstance(given, Upload):
            return self._uploaded(sort, given)
        stored = self.get(given)
        if stored is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if stored.sort != sort:
            raise bad(f"can't use file of type {stored.sort.capitalize()} as {sort.capitalize()}")
        return stored

    def _uploaded(self, sort: str, upload: Upload) -> StoredFile:
        if not upload.content:
            raise bad("file must be non-empty")
        if len(upload.content) > MAX_UPLOAD:
            raise Refusal(413, "Request Entity Too Large")
        if sort != "photo":
            return self.add(sort, upload.content, upload.name, upload.mime_type)
        if len(upload.content) > MAX_PHOTO:
            raise bad("file is too big")
        width, height = size_of(upload.content)
        stored = self.add(sort, upload.content, upload.name, upload.mime_type)
        stored.width, stored.height = width, height
        return stored

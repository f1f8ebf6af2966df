"""An update becomes ours with aiogram's help: what was said, by whom, when; files by their declared size and type only.

Imported when the first update is answered: the library takes seconds and a lot of memory (libraries.md L-20).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from agents.domain.turn import Attachment, AttachmentKind
from bot.attachments import LIMIT_BYTES
from bot.spoken import Spoken
from bot.telegram.envelope import Raw
from bot.telegram.heard import Heard, Sender
from bot.telegram.wording import readable

_GONE = ("kicked", "left")
Problem = Literal["too_large", "empty", "archive", ""]
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_ARCHIVE_TYPES = re.compile(
    r"application/(x-)?(zip|gzip|bzip2|xz|zstd|tar|gtar|rar|vnd\.rar|7z-compressed|lzip|compress)\b.*"
)
_ARCHIVE_NAMES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".rar", ".7z", ".lz")


def read(raw: Raw) -> Heard:
    """One update as it came. Raises ValueError for one that the library cannot read."""
    update = Update.model_validate(dict(raw))
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    if update.message is not None:
        return _message(update.update_id, "message", update.message)
    if update.edited_message is not None:
        return _edited(update.update_id, update.edited_message)
    return Heard(update.update_id, "unknown")


def _message(update_id: int, kind: str, message: Message) -> Heard:
    sender = _sender(message.chat, message.from_user)
    return Heard(update_id, kind if sender.is_private else "group", sender, _spoken(message), sent_at=message.date)


def _edited(update_id: int, message: Message) -> Heard:
    """New words in the place of others; they count at the time of those."""
    heard = _message(update_id, "edited_message", message)
    if heard.spoken is None or not heard.spoken.text:
        return replace(heard, spoken=None)
    return replace(heard, spoken=replace(heard.spoken, is_edit=True))


def _tap(update_id: int, query: CallbackQuery) -> Heard:
    """A tapped button; it carries no date of its own. Whether the button is ours is for the desk to judge."""
    message = query.message
    if message is None or message.chat.type != "private" or not query.data:
        return Heard(update_id, "callback_query")
    spoken = Spoken(tap=query.data, tapped=message.message_id)
    return Heard(update_id, "callback_query", _sender(message.chat, query.from_user), spoken)


def _membership(update_id: int, change: ChatMemberUpdated) -> Heard:
    if change.chat.type != "private":
        return Heard(update_id, "group", _sender(change.chat, change.from_user))
    state = "blocked" if change.new_chat_member.status in _GONE else "active"
    sender = _sender(change.chat, change.from_user)
    return Heard(update_id, "my_chat_member", sender, membership=state)  # type: ignore[arg-type]  # one of the two


def _sender(chat: Chat, user: User | None) -> Sender:
    name = (user.first_name if user else chat.first_name) or None
    language = user.language_code if user else None
    known = language if language and len(language) <= 16 and _LANGUAGE.fullmatch(language) else None
    return Sender(chat.id, chat.type == "private", readable(name)[:120].strip() or None if name else None, known)


def _spoken(message: Message) -> Spoken:
    return Spoken(
        text=readable(message.text or message.caption or ""),
        attachment=_attachment(message),
        is_forwarded=message.forward_origin is not None,
        message_id=message.message_id,
    )


def _attachment(message: Message) -> Attachment | None:
    """What was attached, by what Telegram says about it; nothing is downloaded."""
    if message.location is not None and message.venue is None:  # a venue is somewhere to go, not where somebody is
        place = message.location
        return Attachment("location", latitude=place.latitude, longitude=place.longitude)
    if message.photo:
        return _file("photo", max(message.photo, key=lambda size: size.width * size.height), "image/jpeg")
    for name, kind in _FILES.items():
        file = getattr(message, name, None)
        if file is not None:
            return _file("photo" if kind == "document" and _is_picture(file) else kind, file)
    return None if message.text else Attachment(_OTHERS.get(message.content_type, "other"))


def _is_picture(file: Any) -> bool:  # noqa: ANN401 - one of six types of aiogram
    """Whether a picture was sent "as a file"; what it really is shows when it is opened."""
    return (getattr(file, "mime_type", None) or "").lower() in ("image/jpeg", "image/png", "image/webp")


_OTHERS: Mapping[str, AttachmentKind] = {"sticker": "sticker", "contact": "contact"}
_FILES: Mapping[str, AttachmentKind] = {
    "voice": "voice", "audio": "voice", "video_note": "voice",
    "video": "document", "animation": "document", "document": "document",
}  # fmt: skip


def _file(kind: AttachmentKind, file: Any, mime_type: str = "") -> Attachment:  # noqa: ANN401 - one of six types of aiogram
    mime = (getattr(file, "mime_type", None) or mime_type).lower()
    name = (getattr(file, "file_name", None) or "").lower()
    return Attachment(
        kind, file.file_size or 0, _problem(file.file_size, mime, name), mime[:120], source=file.file_id,
        seconds=_seconds(file),
    )  # fmt: skip


def _seconds(file: Any) -> int:  # noqa: ANN401 - one of six types of aiogram
    """How long a recording says it is. Newer models of the library may hand out a span of time."""
    length = getattr(file, "duration", None) or 0
    return int(length.total_seconds() if isinstance(length, timedelta) else length)


def _problem(size_bytes: int | None, mime: str, name: str) -> Problem:
    """Why a file cannot be read, by its declared size, type and name; a size that is not declared is no problem."""
    if size_bytes is not None and size_bytes > LIMIT_BYTES:
        return "too_large"
    if size_bytes == 0:
        return "empty"
    return "archive" if _ARCHIVE_TYPES.fullmatch(mime) or name.endswith(_ARCHIVE_NAMES) else ""

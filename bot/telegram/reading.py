"""aiogram's updates become ours: what was said, by whom, when; files by their declared size and type only."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from agents.domain.turn import Attachment
from bot.attachments import LIMIT_BYTES
from bot.telegram.heard import Heard, Sender
from bot.turn import Spoken

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "stopped_message_generation")  # TG-86
# What people send; everything else a message can be was written by nobody: somebody joined, something was pinned.
_SAID = frozenset(
    {
        "text", "photo", "live_photo", "video", "animation", "audio", "voice", "video_note", "document", "paid_media",
        "sticker", "story", "checklist", "contact", "dice", "game", "poll", "venue", "location", "rich_message",
        "unknown",
    }
)  # fmt: skip
_GONE = ("kicked", "left")
Problem = Literal["too_large", "empty", "archive", ""]
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_ARCHIVE_TYPES = re.compile(
    r"application/(x-)?(zip|gzip|bzip2|xz|zstd|tar|gtar|rar|vnd\.rar|7z-compressed|lzip|compress)\b.*"
)
_ARCHIVE_NAMES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".rar", ".7z", ".lz")


def read(update: Update) -> Heard:
    """One update, whatever it is."""
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    if update.message is not None:
        return _message(update.update_id, "message", update.message)
    if update.edited_message is not None:
        return _edited(update.update_id, update.edited_message)
    return Heard(update.update_id, _kind(update))


def unreadable(update_id: int) -> Heard:
    """An update the library cannot read: kept as ignored, so that it is not asked for again and again."""
    return Heard(update_id, "unreadable")


def _kind(update: Update) -> str:
    return next((kind for kind in KINDS if getattr(update, kind, None) is not None), "unknown")


def _message(update_id: int, kind: str, message: Message) -> Heard:
    sender = _sender(message.chat, message.from_user)
    is_human = message.from_user is None or not message.from_user.is_bot
    return Heard(
        update_id,
        kind if sender.is_private else "group",
        sender if is_human else None,
        _spoken(message) if is_human and message.content_type in _SAID else None,
        sent_at=message.date,
        album=message.media_group_id,
    )


def _edited(update_id: int, message: Message) -> Heard:
    """New words are new words; an edit without any (a moving map position) says nothing."""
    if not (message.text or message.caption):
        return Heard(update_id, "edited_message")
    heard = _message(update_id, "edited_message", message)
    return heard if heard.sender and heard.sender.is_private else Heard(update_id, "edited_message")


def _tap(update_id: int, query: CallbackQuery) -> Heard:
    """A tapped button of ours; it carries no date of its own."""
    chat = query.message.chat if query.message is not None else None
    if chat is None or chat.type != "private" or not query.data:
        return Heard(update_id, "callback_query", callback_id=query.id)
    return Heard(
        update_id, "callback_query", _sender(chat, query.from_user), Spoken(tap=query.data), callback_id=query.id
    )


def _membership(update_id: int, change: ChatMemberUpdated) -> Heard:
    if change.chat.type != "private":
        return Heard(update_id, "my_chat_member")
    state = "blocked" if change.new_chat_member.status in _GONE else "active"
    sender = _sender(change.chat, change.from_user)
    return Heard(update_id, "my_chat_member", sender, membership=state)  # type: ignore[arg-type]  # one of the two


def _sender(chat: Chat, user: User | None) -> Sender:
    name = (user.first_name if user else chat.first_name) or None
    language = user.language_code if user else None
    known = language if language and len(language) <= 16 and _LANGUAGE.fullmatch(language) else None
    return Sender(chat.id, chat.type == "private", name[:120] if name else None, known)


def _spoken(message: Message) -> Spoken:
    return Spoken(
        text=message.text or message.caption or "",
        attachment=_attachment(message),
        is_forwarded=message.forward_origin is not None,
    )


def _attachment(message: Message) -> Attachment | None:
    """What was attached, by what Telegram says about it; nothing is downloaded."""
    if message.location is not None or message.venue is not None:
        place = message.location or message.venue.location  # type: ignore[union-attr]  # one of them is there
        return Attachment("location", latitude=place.latitude, longitude=place.longitude)
    if message.photo:
        return _file("photo", max(message.photo, key=lambda size: size.width * size.height), "image/jpeg")
    for name, kind in _FILES.items():
        file = getattr(message, name, None)
        if file is not None:
            return _file(kind, file)
    return None


_FILES: Mapping[str, Any] = {
    "voice": "voice", "audio": "voice", "video_note": "voice",
    "video": "document", "animation": "document", "document": "document",
}  # fmt: skip


def _file(kind: Any, file: Any, mime_type: str = "") -> Attachment:  # noqa: ANN401 - one of six types of aiogram
    mime = (getattr(file, "mime_type", None) or mime_type).lower()
    name = (getattr(file, "file_name", None) or "").lower()
    return Attachment(kind, file.file_size or 0, _problem(file.file_size, mime, name), mime[:120])


def _problem(size_bytes: int | None, mime: str, name: str) -> Problem:
    """Why a file cannot be read, by its declared size, type and name; a size that is not declared is no problem."""
    if size_bytes is not None and size_bytes > LIMIT_BYTES:
        return "too_large"
    if size_bytes == 0:
        return "empty"
    return "archive" if _ARCHIVE_TYPES.fullmatch(mime) or name.endswith(_ARCHIVE_NAMES) else ""

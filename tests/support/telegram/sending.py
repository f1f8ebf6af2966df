"""Methods that put a message on a person's screen."""

from typing import Any

from tests.support.telegram.content import Words, caption_of, text_of
from tests.support.telegram.files import StoredFile
from tests.support.telegram.keyboards import check_markup, inline_rows
from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import bad
from tests.support.telegram.rich import buttons_of, check_rich, walk
from tests.support.telegram.rich_view import lines, received
from tests.support.telegram.world import BOT, Room, Sent, World

_ELSEWHERE = ("business_connection_id", "direct_messages_topic_id", "suggested_post_parameters",
              "ephemeral_message_parameters", "message_thread_id")  # fmt: skip


class Sending:
    """sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendRichMessage."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def send_message(self, arguments: Arguments) -> Any:
        """A text."""
        room = self._opened(arguments)
        words = text_of(arguments)
        return self._place(room, arguments, words, words.fields()).body

    async def send_photo(self, arguments: Arguments) -> Any:
        """A picture with a caption."""
        return self._file("photo", arguments)

    async def send_document(self, arguments: Arguments) -> Any:
        """A file with a caption."""
        return self._file("document", arguments)

    async def send_rich_message(self, arguments: Arguments) -> Any:
        """Headings, tables, lists and buttons."""
        room = self._opened(arguments)
        words, fields = rich_words(self._world, room, arguments)
        sent = self._place(room, arguments, words, fields, kind="rich")
        show_rich(sent, arguments["rich_message"]["blocks"])
        return sent.body

    async def send_media_group(self, arguments: Arguments) -> Any:
        """An album: everything is checked before anything is placed."""
        room = self._opened(arguments)
        media = arguments["media"]
        if not 2 <= len(media) <= 10:
            raise bad("wrong number of media: an album has 2 to 10")
        sorts = {one["type"] for one in media}
        if sorts - {"photo", "document"}:
            raise bad(f"{', '.join(sorted(sorts))} in an album are outside this emulator")
        if len(sorts) > 1:
            raise bad("document can't be mixed with other media types")
        taken = [
            (caption_of(one), self._world.files.taken(one["type"], one["media"], arguments.files)) for one in media
        ]
        group = f"album{self._world.next_message}"
        return [self._media(room, arguments, words, file, media_group_id=group).body for words, file in taken]

    def _file(self, sort: str, arguments: Arguments) -> Any:
        room = self._opened(arguments)
        words = caption_of(arguments)
        return self._media(room, arguments, words, self._world.files.taken(sort, arguments[sort], arguments.files)).body

    def _media(self, room: Room, arguments: Arguments, words: Words, file: StoredFile, **fields: Any) -> Sent:
        shown = {file.sort: file.field(), **words.fields("caption_"), **fields}
        sent = self._place(room, arguments, words, shown, kind=file.sort)
        sent.file = file
        return sent

    def _opened(self, arguments: Arguments) -> Room:
        """The chat, and everything about the call that does not depend on what is sent."""
        if strange := [name for name in _ELSEWHERE if arguments.get(name) is not None]:
            raise bad(f"{strange[0]} leads to a place that is not there")
        if arguments.get("allow_paid_broadcast"):
            raise bad("the bot has no Stars for paid broadcasts")
        room = self._world.entered(arguments["chat_id"])
        is_private = room.chat_id > 0
        if arguments.get("message_effect_id") and not is_private:
            raise bad("message effects can be used in private chats only")
        check_markup(arguments.get("reply_markup") or {}, is_private=is_private)
        reply = arguments.get("reply_parameters")
        if reply and not reply.get("allow_sending_without_reply") and not self._answered(room, reply):
            raise bad("message to be replied not found")
        return room

    def _answered(self, room: Room, reply: dict[str, Any]) -> Sent | None:
        found = room.messages.get(reply["message_id"])
        return found if found and not found.is_deleted else None

    def _place(
        self, room: Room, arguments: Arguments, words: Words, fields: dict[str, Any], kind: str = "text"
    ) -> Sent:
        """On the screen it is, and what was being written fades."""
        markup = arguments.get("reply_markup")
        with self._world.lock:
            body = {
                "message_id": self._world.number(), "from": BOT, "date": int(self._world.clock.wall()),
                "chat": self._world.chat_of(room.chat_id), **fields, **self._options(room, arguments),
            }  # fmt: skip
            sent = Sent(
                body["message_id"], words.text, words.styled, inline_rows(markup), words.parse_mode,
                self._world.clock.now(), room.chat_id, kind, body=body, markup=markup,
                is_silent=bool(arguments.get("disable_notification")),
                is_protected=bool(arguments.get("protect_content")),
            )  # fmt: skip
            room.messages[sent.message_id] = sent
            room.draft = None
            _change_letters(room, markup or {})
        return sent

    def _options(self, room: Room, arguments: Arguments) -> dict[str, Any]:
        found: dict[str, Any] = {}
        markup, reply = arguments.get("reply_markup") or {}, arguments.get("reply_parameters")
        if "inline_keyboard" in markup:
            found["reply_markup"] = markup
        if reply and (original := self._answered(room, reply)):
            found["reply_to_message"] = {k: v for k, v in original.body.items() if k != "reply_to_message"}
        if arguments.get("message_effect_id"):
            found["effect_id"] = arguments["message_effect_id"]
        if arguments.get("protect_content"):
            found["has_protected_content"] = True
        return found


def rich_words(world: World, room: Room, arguments: Arguments) -> tuple[Words, dict[str, Any]]:
    """The words of a rich message and the field that shows it. Raises Refusal."""
    rich = arguments["rich_message"]
    check_rich(rich, is_draft=False, is_private=room.chat_id > 0)
    pictures = [block["photo"]["media"] for block in walk(rich["blocks"]) if block["type"] == "photo"]
    photos = {media: world.files.taken("photo", media, arguments.files).field() for media in pictures}
    shown = {"blocks": received(rich["blocks"], photos), **({"is_rtl": True} if rich.get("is_rtl") else {})}
    return Words("\n".join(lines(rich["blocks"])), [], None), {"rich_message": shown}


def show_rich(sent: Sent, blocks: list[dict[str, Any]]) -> None:
    """Buttons among the blocks come before those under the message."""
    sent.lines = lines(blocks)
    sent.buttons = [*buttons_of(blocks), *inline_rows(sent.markup)]


def _change_letters(room: Room, markup: dict[str, Any]) -> None:
    """What stands in place of the letters."""
    if "keyboard" in markup or "force_reply" in markup:
        room.reply_keyboard = markup
    elif "remove_keyboard" in markup:
        room.reply_keyboard = None

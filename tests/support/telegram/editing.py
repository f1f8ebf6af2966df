"""Methods that change what is on a person's screen already."""

from typing import Any

from tests.support.telegram.content import Words, caption_of, text_of
from tests.support.telegram.keyboards import check_markup, inline_rows
from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import Refusal, bad
from tests.support.telegram.schema import schema
from tests.support.telegram.sending import rich_words, show_rich
from tests.support.telegram.world import Room, Sent, World

DELETABLE_SECONDS = 48 * 3600
_SHOWN = ("text", "entities", "caption", "caption_entities", "rich_message", "reply_markup")
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


class Editing:
    """editMessage*, deleteMessage(s), setMessageReaction, (un)pinChatMessage."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def edit_message_text(self, arguments: Arguments) -> Any:
        """New words, or new blocks; without reply_markup the buttons go."""
        room, sent = self._edited(arguments)
        if sent.kind not in ("text", "rich"):
            raise bad("there is no text in the message to edit")
        if ("rich_message" in arguments.values) == ("text" in arguments.values):
            raise bad("exactly one of text and rich_message must be given")
        if "text" in arguments.values:
            words = text_of(arguments)
            return self._change(sent, arguments, words, words.fields(), kind="text")
        words, fields = rich_words(self._world, room, arguments)
        body = self._change(sent, arguments, words, fields, kind="rich")
        show_rich(sent, arguments["rich_message"]["blocks"])
        return body

    async def edit_message_caption(self, arguments: Arguments) -> Any:
        """New words under a picture or file."""
        _, sent = self._edited(arguments)
        if sent.kind not in ("photo", "document"):
            raise bad("there is no caption in the message to edit")
        words = caption_of(arguments)
        return self._change(sent, arguments, words, words.fields("caption_"), kind=sent.kind)

    async def edit_message_reply_markup(self, arguments: Arguments) -> Any:
        """New buttons, or none."""
        _, sent = self._edited(arguments)
        kept = {name: sent.body[name] for name in _SHOWN if name in sent.body and name != "reply_markup"}
        words = Words(sent.text, sent.body.get("entities", sent.body.get("caption_entities", [])), sent.parse_mode)
        body = self._change(sent, arguments, words, kept, kind=sent.kind)
        if "rich_message" in sent.body:
            show_rich(sent, sent.body["rich_message"]["blocks"])
        return body

    async def delete_message(self, arguments: Arguments) -> Any:
        """Gone from the screen; only within two days."""
        room = self._world.entered(arguments["chat_id"])
        self._delete(room, arguments["message_id"])
        return True

    async def delete_messages(self, arguments: Arguments) -> Any:
        """Several at once; those that are not there are skipped."""
        room = self._world.entered(arguments["chat_id"])
        if not 1 <= len(arguments["message_ids"]) <= 100:
            raise bad("wrong number of messages to delete")
        for message_id in arguments["message_ids"]:
            if message_id in room.messages:
                self._delete(room, message_id)
        return True

    async def set_message_reaction(self, arguments: Arguments) -> Any:
        """One emoji, or none."""
        room = self._world.entered(arguments["chat_id"])
        reactions = arguments.get("reaction") or []
        if arguments["message_id"] not in room.messages or room.messages[arguments["message_id"]].is_deleted:
            raise bad("message to react not found")
        if len(reactions) > 1:
            raise bad("REACTIONS_TOO_MANY")
        if any(one["type"] != "emoji" or one["emoji"] not in schema()["reactions"] for one in reactions):
            raise bad("REACTION_INVALID")
        room.reactions[arguments["message_id"]] = reactions
        return True

    async def pin_chat_message(self, arguments: Arguments) -> Any:
        """At the top of the chat."""
        room = self._world.entered(arguments["chat_id"])
        if arguments["message_id"] not in room.messages:
            raise bad("message to pin not found")
        room.pinned.append(arguments["message_id"])
        return True

    async def unpin_chat_message(self, arguments: Arguments) -> Any:
        """No longer at the top: the one named, or the newest."""
        room = self._world.entered(arguments["chat_id"])
        wanted = arguments.get("message_id", room.pinned[-1] if room.pinned else 0)
        if wanted not in room.pinned:
            raise bad("message to unpin not found")
        room.pinned.remove(wanted)
        return True

    async def unpin_all_chat_messages(self, arguments: Arguments) -> Any:
        """Nothing at the top."""
        self._world.entered(arguments["chat_id"]).pinned.clear()
        return True

    def _edited(self, arguments: Arguments) -> tuple[Room, Sent]:
        if "inline_message_id" in arguments.values or "business_connection_id" in arguments.values:
            raise bad("MESSAGE_ID_INVALID")
        if "chat_id" not in arguments.values or "message_id" not in arguments.values:
            raise bad("message identifier is not specified")
        room = self._world.entered(arguments["chat_id"])
        sent = room.messages.get(arguments["message_id"])
        if sent is None or sent.is_deleted:
            raise bad("message to edit not found")
        if not sent.by_bot or (sent.markup is not None and "inline_keyboard" not in sent.markup):
            raise bad("message can't be edited")
        check_markup(arguments.get("reply_markup") or {}, is_private=room.chat_id > 0)
        return room, sent

    def _change(self, sent: Sent, arguments: Arguments, words: Words, fields: dict[str, Any], kind: str) -> Any:
        markup = arguments.get("reply_markup")
        buttons = {"reply_markup": markup} if (markup or {}).get("inline_keyboard") else {}
        kept = {name: value for name, value in sent.body.items() if name not in _SHOWN}
        fresh = {**kept, **fields, **buttons}
        if {**fresh, "edit_date": None} == {**sent.body, "edit_date": None}:
            raise bad(_SAME)
        with self._world.lock:
            sent.history.append(sent.text)
            sent.body = {**fresh, "edit_date": int(self._world.clock.wall())}
            sent.text, sent.entities, sent.parse_mode = words.text, words.styled, words.parse_mode
            sent.kind, sent.markup, sent.buttons = kind, markup, inline_rows(markup)
            sent.lines, sent.edited_at = [], self._world.clock.now()
        return sent.body

    def _delete(self, room: Room, message_id: int) -> None:
        sent = room.messages.get(message_id)
        if sent is None or sent.is_deleted:
            raise bad("message to delete not found")
        if self._world.clock.wall() - sent.body["date"] > DELETABLE_SECONDS:
            raise Refusal(400, "Bad Request: message can't be deleted for everyone")
        with self._world.lock:
            sent.is_deleted = True
            if message_id in room.pinned:
                room.pinned.remove(message_id)

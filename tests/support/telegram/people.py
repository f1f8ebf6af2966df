"""What people do: they write, tap, send things, block and come back (telegram.md TG-94).

Each builder gives the update id. An update of a kind that the bot did not ask for never arrives; its id is 0. `push`
puts any update into the queue.
"""

import re
from collections.abc import Callable
from typing import Any

from tests.support.telegram.entities import cleaned, found_in, pairs
from tests.support.telegram.facts import Facts
from tests.support.telegram.images import png
from tests.support.telegram.story import Event
from tests.support.telegram.updates import Updates
from tests.support.telegram.world import BOT, Door, Room, Sent, World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}$")


class People:
    """Everything that comes from the other side of the chat."""

    world: World
    updates: Updates
    facts: Facts
    wait: Callable[..., Any]

    # Words

    def say(self, chat_id: int, text: str, **message: Any) -> int:
        """A text message, with what Telegram marks in it by itself."""
        text = cleaned(text).strip()
        found = {"entities": found_in(text)} if "entities" not in message and found_in(text) else {}
        return self.updates.arrive("message", self.message(chat_id, text=text, **found, **message))

    def start(self, chat_id: int, payload: str = "") -> int:
        """Opens the bot by a link, with or without a payload."""
        assert _PAYLOAD.match(payload), "Telegram opens no such link"
        return self.say(chat_id, f"/start {payload}".strip())

    def edit(self, chat_id: int, text: str, message_id: int | None = None) -> int:
        """Changes the last message of this person, or a given one."""
        room = self.world.room(chat_id)
        own = [sent for sent in room.messages.values() if not sent.by_bot]
        sent = own[-1] if message_id is None else room.messages[message_id]
        with self.world.lock:
            sent.history.append(sent.text)
            sent.text, sent.edited_at = text, self.world.clock.now()
            plain = {name: value for name, value in sent.body.items() if name != "entities"}
            found = {"entities": found_in(text)} if found_in(text) else {}
            sent.body = {**plain, "text": text, **found, "edit_date": int(self.world.clock.wall())}
        self._happened(room, text, note="edited")
        return self.updates.arrive("edited_message", sent.body)

    def forward(self, chat_id: int, text: str, author: str = "Somebody", **message: Any) -> int:
        """Words of somebody else."""
        origin = {"type": "hidden_user", "sender_user_name": author, "date": int(self.world.clock.wall()) - 60}
        return self.say(chat_id, text, forward_origin=origin, **message)

    # Buttons

    def tap(self, chat_id: int, wanted: str, *, message_id: int | None = None) -> int:
        """A tap on a button that is there: its data, the beginning of it, or its label. Waits until it is there."""
        room = self.world.room(chat_id)
        found = self.wait(lambda: self._button(room, wanted, message_id), f"button {wanted!r} for {chat_id}")
        sent, key = found
        assert "callback_data" in key, f"the button {key} sends nothing"
        self._note(room, f"taps {key['text']}")
        return self._tapped(chat_id, key["callback_data"], sent.body, chat_id)

    def forge(self, chat_id: int, data: str, *, message_id: int | None = None, by: int | None = None) -> int:
        """Data that stands on no button, or no longer, or is somebody else's: on a given message or a lost one."""
        room = self.world.room(chat_id)
        lost = {"message_id": message_id or 1, "date": 0, "chat": self.world.chat_of(chat_id)}
        sent = room.messages.get(message_id or 0)
        return self._tapped(chat_id, data, sent.body if sent else lost, by or chat_id)

    def press(self, chat_id: int, label: str) -> int:
        """A key that stands in place of the letters: sends its label."""
        room = self.world.room(chat_id)
        rows = (room.reply_keyboard or {}).get("keyboard", [])
        key = next((key for row in rows for key in row if key["text"] == label), None)
        assert key is not None, f"no key {label!r} among {rows}"
        assert not set(key) & {"request_location", "request_contact"}, (
            "this key shares something: use location, contact"
        )
        return self.say(chat_id, label)

    # Things

    def photo(
        self, chat_id: int, content: bytes | None = None, *, size: int | None = None, side: int = 64, **message: Any
    ) -> int:
        """A picture in two sizes."""
        large = self.world.files.add("photo", content or png(side, side), size=size)
        small = self.world.files.add("photo", png(8, 8))
        sizes = [{**small.described(), "width": 8, "height": 8}, {**large.described(), "width": side, "height": side}]
        return self._arrive(chat_id, photo=sizes, **message)

    def document(
        self, chat_id: int, name: str = "notes.txt", content: bytes = b"notes", *, mime_type: str = "text/plain",
        size: int | None = None, **message: Any,
    ) -> int:  # fmt: skip
        """A file; name, type and declared size may say what they like."""
        stored = self.world.files.add("document", content, name, mime_type, size)
        return self._arrive(chat_id, document=stored.field(), **message)

    def voice(self, chat_id: int, content: bytes = b"OggS", *, seconds: int = 3, size: int | None = None) -> int:
        """A voice message."""
        stored = self.world.files.add("voice", content, mime_type="audio/ogg", size=size)
        return self._arrive(chat_id, voice={**stored.field(), "duration": seconds})

    def sticker(self, chat_id: int, emoji: str = "👍") -> int:
        """A sticker."""
        stored = self.world.files.add("sticker", b"RIFF")
        kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._arrive(chat_id, sticker={**stored.described(), **kind, "emoji": emoji})

    def location(self, chat_id: int, latitude: float = 48.137, longitude: float = 11.575) -> int:
        """Where they are."""
        return self._arrive(chat_id, location={"latitude": latitude, "longitude": longitude})

    def contact(self, chat_id: int, phone: str = "+491701234567", *, user_id: int | None = None) -> int:
        """A telephone number, their own or another's."""
        whose = {"user_id": chat_id if user_id is None else user_id}
        return self._arrive(chat_id, contact={"phone_number": phone, "first_name": "Ann", **whose})

    def album(self, chat_id: int, pictures: int = 3, caption: str = "") -> list[int]:
        """Pictures that belong together; the caption is on the first."""
        group = f"group{self.world.next_message}"
        first: dict[str, Any] = {"caption": caption} if caption else {}
        return [self.photo(chat_id, media_group_id=group, **(first if n == 0 else {})) for n in range(pictures)]

    # Coming and going

    def introduce(self, chat_id: int, **user: Any) -> None:
        """What Telegram tells about a person: `language_code`, `first_name`, `username`. None takes a field away."""
        self.world.room(chat_id).person = user

    def membership(self, chat_id: int, status: str) -> int:
        """The person blocks the bot ("kicked") or lets it in again ("member"); a group likewise."""
        room = self.world.room(chat_id)
        was = "member" if room.door == "open" else "kicked"
        shut: Door = "blocked" if chat_id > 0 else "kicked"
        room.door = "open" if status in ("member", "administrator") else shut
        self._note(room, "lets the bot in" if room.door == "open" else "blocks the bot")
        change = {
            "chat": self.world.chat_of(chat_id), "from": self.world.user_of(abs(chat_id)),
            "date": int(self.world.clock.wall()),
        }  # fmt: skip
        members = {"old_chat_member": _member(was), "new_chat_member": _member(status)}
        return self.updates.arrive("my_chat_member", {**change, **members})

    def vanish(self, chat_id: int) -> None:
        """The account is deleted; nobody tells the bot."""
        self.world.room(chat_id).door = "deactivated"

    def migrate(self, chat_id: int) -> int:
        """The group becomes a supergroup with another id, which is given back."""
        assert chat_id < 0, "only groups migrate"
        fresh = -(10**12) + chat_id
        self.updates.arrive("message", self.message(chat_id, migrate_to_chat_id=fresh))
        self.updates.arrive("message", self.message(fresh, migrate_from_chat_id=chat_id))
        self.world.room(chat_id).migrated_to = fresh
        return fresh

    def react(self, chat_id: int, message_id: int, emoji: str = "👍") -> int:
        """An emoji on a message."""
        assert message_id in self.world.room(chat_id).messages, "no such message"
        body = {
            "chat": self.world.chat_of(chat_id), "message_id": message_id, "user": self.world.user_of(chat_id),
            "date": int(self.world.clock.wall()), "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}],
        }  # fmt: skip
        return self.updates.arrive("message_reaction", body)

    def stop_generation(self, chat_id: int, draft_id: int | None = None) -> int:
        """Taps Stop on the preview that is there; a given id may be of none that is known."""
        draft = self.world.draft_in(chat_id)
        if draft_id is None:
            assert draft is not None, "nothing is being written"
            assert draft.can_stop, "this preview has no Stop button"
            draft_id = draft.draft_id
            if not draft.keeps_on_stop:
                self.world.room(chat_id).draft = None
        self._note(self.world.room(chat_id), "taps Stop")
        return self.updates.arrive(
            "stopped_message_generation", {"chat": self.world.chat_of(chat_id), "draft_id": draft_id}
        )

    # Raw

    def message(self, chat_id: int, **fields: Any) -> dict[str, Any]:
        """A message of a person, today's date unless told otherwise; it is on the screen from now on.

        Who blocked the bot cannot write to it, so they let it in first.
        """
        room, clock = self.world.room(chat_id), self.world.clock
        if room.door == "blocked":
            self.membership(chat_id, "member")
        with self.world.lock:
            body = {
                "message_id": self.world.number(), "date": int(clock.wall()), "from": self.world.user_of(abs(chat_id)),
                "chat": self.world.chat_of(chat_id), **fields,
            }  # fmt: skip
            text = str(fields.get("text") or fields.get("caption") or "")
            sent = Sent(
                body["message_id"], text, pairs(text, fields.get("entities", [])), [], None, clock.now(), chat_id,
                "text" if "text" in fields else "other", by_bot=False, body=body,
            )  # fmt: skip
            room.messages[sent.message_id] = sent
        things = [name for name in ("photo", "document", "voice", "sticker", "location", "contact") if name in fields]
        self._happened(room, " ".join([*(f"[{name}]" for name in things), text]).strip())
        return body

    def push(self, update_id: int | None = None, **update: Any) -> int:
        """Any update, with the next number or a given one, whether the bot asked for its kind or not."""
        return self.updates.push(update, update_id)

    def repeat(self, update_id: int) -> None:
        """Deliver an update a second time, although it was confirmed."""
        self.updates.repeat(update_id)

    def hold(self, update_id: int) -> None:
        """Keep an update back; `repeat` delivers it later, out of order."""
        self.updates.hold(update_id)

    def _arrive(self, chat_id: int, **fields: Any) -> int:
        return self.updates.arrive("message", self.message(chat_id, **fields))

    def _button(self, room: Room, wanted: str, message_id: int | None) -> tuple[Sent, dict[str, Any]] | None:
        """The newest message first, and what fits exactly before what only begins so."""
        with self.world.lock:
            shown = [sent for sent in reversed(list(room.messages.values())) if sent.by_bot and not sent.is_deleted]
        for sent in shown:
            keys = [key for row in sent.buttons for key in row if message_id in (None, sent.message_id)]
            exact = [key for key in keys if wanted in (key.get("callback_data"), key["text"])]
            near = [key for key in keys if key.get("callback_data", "").startswith(wanted)]
            if exact or near:
                return sent, (exact or near)[0]
        return None

    def _tapped(self, chat_id: int, data: str, message: dict[str, Any], by: int) -> int:
        with self.world.lock:
            callback_id = f"tap{self.updates.next_update}"
            self.facts.open_taps[callback_id] = (self.world.clock.now(), chat_id)
            query = {
                "id": callback_id, "from": self.world.user_of(by), "chat_instance": str(7 * 10**9 + chat_id),
                "data": data, "message": message,
            }  # fmt: skip
            return self.updates.arrive("callback_query", query)

    def _happened(self, room: Room, text: str, note: str = "") -> None:
        room.story.append(Event(self.world.clock.wall(), "person", tuple(text.split("\n")), note=note))

    def _note(self, room: Room, text: str) -> None:
        room.story.append(Event(self.world.clock.wall(), "note", (text,)))


def _member(status: str) -> dict[str, Any]:
    return {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}

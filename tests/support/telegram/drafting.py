"""What passes: previews that are being written, and the sign that somebody is typing (telegram.md TG-30 to TG-34)."""

from typing import Any

from tests.support.telegram.content import text_of
from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import bad
from tests.support.telegram.rich import check_rich
from tests.support.telegram.rich_view import lines
from tests.support.telegram.schema import schema
from tests.support.telegram.world import DRAFT_SECONDS, Draft, Room, World


class Drafting:
    """sendMessageDraft, sendRichMessageDraft, sendChatAction."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.drafts: list[tuple[int, Draft]] = []  # every preview that was begun, with its chat
        self.stopped: set[tuple[int, int]] = set()

    async def send_message_draft(self, arguments: Arguments) -> Any:
        """A text so far; an empty one shows that it is being thought."""
        room = self._room(arguments)
        self._show(room, arguments, text_of(arguments, may_be_empty=True).text or "Thinking…")
        return True

    async def send_rich_message_draft(self, arguments: Arguments) -> Any:
        """Blocks so far."""
        room = self._room(arguments)
        check_rich(arguments["rich_message"], is_draft=True, is_private=True)
        self._show(room, arguments, "\n".join(lines(arguments["rich_message"]["blocks"])))
        return True

    async def send_chat_action(self, arguments: Arguments) -> Any:
        """Typing, for five seconds."""
        room = self._world.entered(arguments["chat_id"])
        if arguments["action"] not in schema()["actions"]:
            raise bad("wrong parameter action in request")
        with self._world.lock:
            room.actions.append((self._world.clock.now(), arguments["action"]))
        return True

    def _room(self, arguments: Arguments) -> Room:
        room = self._world.entered(arguments["chat_id"])
        if room.chat_id < 0:
            raise bad("drafts can be used in private chats only")
        if arguments["draft_id"] == 0:
            raise bad("draft_id must be non-zero")
        if "message_thread_id" in arguments.values:
            raise bad("message thread not found")
        return room

    def _show(self, room: Room, arguments: Arguments, text: str) -> None:
        """The same draft grows, another one takes its place."""
        now, draft_id = self._world.clock.now(), arguments["draft_id"]
        with self._world.lock:
            draft = room.draft
            if draft is None or draft.draft_id != draft_id or now - draft.at >= DRAFT_SECONDS:
                draft = Draft(draft_id, text, now, can_stop=False, keeps_on_stop=False)
                self.drafts.append((room.chat_id, draft))
            draft.history.append(text)
            draft.text, draft.at = text, now
            draft.can_stop = bool(arguments.get("can_stop"))
            draft.keeps_on_stop = bool(arguments.get("keep_on_stop"))
            room.draft = draft

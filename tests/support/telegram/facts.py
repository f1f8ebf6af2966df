"""Methods that ask or acknowledge: who the bot is, what a chat is, where a file lies, that a tap was heard."""

from typing import Any

from tests.support.telegram.entities import units
from tests.support.telegram.files import MAX_DOWNLOAD
from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import bad
from tests.support.telegram.world import BOT, World

TAP_SECONDS = 15.0
_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
)  # fmt: skip


class Facts:
    """getMe, getChat, getChatMember, getFile, answerCallbackQuery."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.open_taps: dict[str, tuple[float, int]] = {}  # when, and in which chat
        self.answered: list[str] = []
        self.toasts: list[tuple[int, str, bool]] = []  # chat, words, whether they must be dismissed

    async def get_me(self, _arguments: Arguments) -> Any:
        """The bot itself."""
        return BOT

    async def get_chat(self, arguments: Arguments) -> Any:
        """Everything about a chat."""
        room = self._world.rooms.get(arguments["chat_id"])
        if room is None:
            raise bad("chat not found")
        gifts = dict.fromkeys(_GIFTS, True)
        chat = self._world.chat_of(room.chat_id)
        pinned = {"pinned_message": room.messages[room.pinned[-1]].body} if room.pinned else {}
        return {**chat, "accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": gifts, **pinned}

    async def get_chat_member(self, arguments: Arguments) -> Any:
        """Whether somebody is there."""
        self._world.entered(arguments["chat_id"])
        is_bot = arguments["user_id"] == BOT["id"]
        return {"user": BOT if is_bot else self._world.user_of(arguments["user_id"]), "status": "member"}

    async def get_file(self, arguments: Arguments) -> Any:
        """Where to fetch a file of at most 20 MB."""
        stored = self._world.files.get(arguments["file_id"])
        if stored is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if max(stored.size, len(stored.content)) > MAX_DOWNLOAD:
            raise bad("file is too big")
        return {**stored.described(), "file_path": stored.path}

    async def answer_callback_query(self, arguments: Arguments) -> Any:
        """Once, within fifteen seconds."""
        callback_id, words = arguments["callback_query_id"], arguments.get("text") or ""
        if units(words) > 200:
            raise bad("MESSAGE_TOO_LONG")
        if arguments.get("url"):
            raise bad("URL_INVALID")
        with self._world.lock:
            at, chat_id = self.open_taps.pop(callback_id, (None, 0))
            if at is None or self._world.clock.now() - at > TAP_SECONDS:
                raise bad("query is too old and response timeout expired or query ID is invalid")
            self.answered.append(callback_id)
            if words:
                self.toasts.append((chat_id, words, bool(arguments.get("show_alert"))))
        return True

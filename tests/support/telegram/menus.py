"""How the bot presents itself: commands by scope and language, names, descriptions, the menu button (TG-3, TG-10)."""

import json
import re
from typing import Any

from tests.support.telegram.entities import units
from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import bad
from tests.support.telegram.world import BOT, World

_NAME = re.compile(r"[a-z0-9_]{1,32}$")
_LANGUAGE = re.compile(r"([a-z]{2})?$")
_WORDS = {"name": 64, "description": 512, "short_description": 120}
Command = dict[str, Any]


class Menus:
    """get/set/deleteMyCommands, get/setMyName, -Description, -ShortDescription, get/setChatMenuButton."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.commands: dict[tuple[str, str], list[Command]] = {}  # by scope (JSON) and language
        self.words: dict[tuple[str, str], str] = {}
        self.buttons: dict[int, dict[str, Any]] = {}

    def offered(self, chat_id: int, language: str = "en") -> list[Command]:
        """What this person finds in the menu: the narrowest scope first, within it their language first."""
        kind = "all_private_chats" if chat_id > 0 else "all_group_chats"
        scopes = ({"type": "chat", "chat_id": chat_id}, {"type": kind}, {"type": "default"})
        keys = ((_key(scope), code) for scope in scopes for code in (language, ""))
        return next((self.commands[key] for key in keys if key in self.commands), [])

    async def set_my_commands(self, arguments: Arguments) -> Any:
        """The list for one scope and language."""
        key = self._scope(arguments)
        commands = arguments["commands"]
        if not 1 <= len(commands) <= 100:
            raise bad("BOT_COMMANDS_TOO_MUCH" if commands else "list of commands must be non-empty")
        for command in commands:
            if not _NAME.match(command["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= units(command["description"].strip()) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        if len({command["command"] for command in commands}) < len(commands):
            raise bad("BOT_COMMAND_INVALID: named twice")
        with self._world.lock:
            self.commands[key] = commands
        return True

    async def get_my_commands(self, arguments: Arguments) -> Any:
        """Exactly what was set for this scope and language."""
        return self.commands.get(self._scope(arguments), [])

    async def delete_my_commands(self, arguments: Arguments) -> Any:
        """The next wider scope counts."""
        with self._world.lock:
            self.commands.pop(self._scope(arguments), None)
        return True

    async def set_my_name(self, arguments: Arguments) -> Any:
        """At most 64 units."""
        return self._set("name", arguments)

    async def get_my_name(self, arguments: Arguments) -> Any:
        """In a language, or in all."""
        return self._get("name", arguments, BOT["first_name"])

    async def set_my_description(self, arguments: Arguments) -> Any:
        """At most 512 units; shown before the first message."""
        return self._set("description", arguments)

    async def get_my_description(self, arguments: Arguments) -> Any:
        """In a language, or in all."""
        return self._get("description", arguments)

    async def set_my_short_description(self, arguments: Arguments) -> Any:
        """At most 120 units; shown on the bot's page."""
        return self._set("short_description", arguments)

    async def get_my_short_description(self, arguments: Arguments) -> Any:
        """In a language, or in all."""
        return self._get("short_description", arguments)

    async def set_chat_menu_button(self, arguments: Arguments) -> Any:
        """Commands, or a Mini App over HTTPS."""
        button = arguments.get("menu_button") or {"type": "default"}
        if button["type"] == "web_app" and not button["web_app"]["url"].startswith("https://"):
            raise bad("Web App URL is invalid: Only HTTPS links are allowed")
        self.buttons[arguments.get("chat_id", 0)] = button
        return True

    async def get_chat_menu_button(self, arguments: Arguments) -> Any:
        """Of this chat, or of all."""
        return self.buttons.get(arguments.get("chat_id", 0), self.buttons.get(0, {"type": "commands"}))

    def _scope(self, arguments: Arguments) -> tuple[str, str]:
        scope = arguments.get("scope") or {"type": "default"}
        if "chat_id" in scope:
            self._world.entered(scope["chat_id"])
        return _key(scope), _language(arguments)

    def _set(self, which: str, arguments: Arguments) -> bool:
        words = arguments.get(which) or ""
        if units(words) > _WORDS[which]:
            raise bad(f"{which} is too long")
        key = (which, _language(arguments))
        with self._world.lock:
            if words:
                self.words[key] = words
            else:
                self.words.pop(key, None)
        return True

    def _get(self, which: str, arguments: Arguments, otherwise: str = "") -> dict[str, str]:
        found = self.words.get((which, _language(arguments)), self.words.get((which, ""), otherwise))
        return {which: found}


def _key(scope: dict[str, Any]) -> str:
    return json.dumps(scope, sort_keys=True)


def _language(arguments: Arguments) -> str:
    code: str = arguments.get("language_code") or ""
    if not _LANGUAGE.match(code):
        raise bad("invalid language code specified")
    return code

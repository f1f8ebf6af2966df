"""Which parameters each Bot API method takes and how nested objects look: read from aiogram's models, kept as JSON.

aiogram's models are generated from Telegram's own documentation (Bot API 10.3). Importing them takes seconds, so what
is needed of them stands in schema.json; a test derives it again and compares. After an upgrade of aiogram,
`python -m tests.support.telegram.schema` writes it anew.

A kind is a word ("int", "float", "bool", "str", "file"), "#Name" for an object, or a list that begins with its sort:
["list", kind], ["any", kind, ...], ["is", value, ...]. Under a name in `types` stand the
fields of an object, or a kind.
"""

import datetime as dt
import json
import types
import typing
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from typing_extensions import TypeAliasType

PATH = Path(__file__).with_name("schema.json")
METHODS = (
    "answerCallbackQuery", "deleteMessage", "deleteMessages", "deleteMyCommands", "deleteWebhook", "editMessageCaption",
    "editMessageReplyMarkup", "editMessageText", "getChat", "getChatMember", "getChatMenuButton", "getFile", "getMe",
    "getMyCommands", "getMyDescription", "getMyName", "getMyShortDescription", "getUpdates", "getWebhookInfo",
    "pinChatMessage", "sendChatAction", "sendDocument", "sendMediaGroup", "sendMessage", "sendMessageDraft",
    "sendPhoto", "sendRichMessage", "sendRichMessageDraft", "setChatMenuButton", "setMessageReaction", "setMyCommands",
    "setMyDescription", "setMyName", "setMyShortDescription", "setWebhook", "unpinAllChatMessages", "unpinChatMessage",
)  # fmt: skip
_WORDS = {int: "int", float: "float", bool: "bool", str: "str", dt.datetime: "int", dt.timedelta: "int"}
Kind = Any


@cache
def schema() -> dict[str, Any]:
    """`methods` and `types` (name → field → {kind, required}), `actions` and `reactions`."""
    found: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return found


def from_aiogram() -> dict[str, Any]:
    """The same, derived from the installed libraries."""
    import aiogram.methods
    from telegram.constants import ChatAction, ReactionEmoji

    seen: dict[str, Any] = {}
    methods = {name: _fields(getattr(aiogram.methods, name[0].upper() + name[1:]), seen) for name in METHODS}
    return {
        "methods": methods,
        "types": dict(sorted(seen.items())),
        "actions": sorted(action.value for action in ChatAction),
        "reactions": sorted(emoji.value for emoji in ReactionEmoji),
    }


def _fields(model: Any, seen: dict[str, Any]) -> dict[str, Any]:
    """Fields that aiogram keeps for compatibility are no part of the API any more; Telegram would ignore them."""
    live = {name: field for name, field in model.model_fields.items() if not _is_deprecated(field)}
    return {
        field.alias or name: {"kind": _kind(field.annotation, seen), "required": field.is_required()}
        for name, field in live.items()
    }


def _is_deprecated(field: Any) -> bool:
    return bool(isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("deprecated"))


def _kind(annotation: Any, seen: dict[str, Any]) -> Kind:
    from aiogram.client.default import Default

    if isinstance(annotation, str):  # only an alias that is made of itself names itself
        return f"#{annotation}"
    if isinstance(annotation, TypeAliasType):
        return _alias(annotation, seen)
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _kind(typing.get_args(annotation)[0], seen)
    if origin in (typing.Union, types.UnionType):
        wanted = [one for one in typing.get_args(annotation) if one not in (type(None), Default)]
        kinds = list({json.dumps(kind): kind for one in wanted for kind in _members(one, seen)}.values())
        return kinds[0] if len(kinds) == 1 else ["any", *kinds]
    if origin is typing.Literal:
        return ["is", *(one.value if isinstance(one, Enum) else one for one in typing.get_args(annotation))]
    if origin is list:
        return ["list", _kind(typing.get_args(annotation)[0], seen)]
    return _plain(annotation, seen)


def _alias(alias: TypeAliasType, seen: dict[str, Any]) -> Kind:
    if alias.__name__ not in seen:
        seen[alias.__name__] = []
        seen[alias.__name__] = _kind(alias.__value__, seen)
    return f"#{alias.__name__}"


def _members(annotation: Any, seen: dict[str, Any]) -> list[Kind]:
    kind = _kind(annotation, seen)
    return kind[1:] if isinstance(kind, list) and kind[0] == "any" else [kind]


def _plain(annotation: Any, seen: dict[str, Any]) -> Kind:
    from aiogram.types import InputFile, TelegramObject

    if annotation in _WORDS:
        return _WORDS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "str"
    if isinstance(annotation, type) and issubclass(annotation, InputFile):
        return "file"
    if isinstance(annotation, type) and issubclass(annotation, TelegramObject):
        name = annotation.__name__
        if name not in seen:
            seen[name] = {}
            seen[name] = _fields(annotation, seen)
        return f"#{name}"
    raise TypeError(f"no kind for {annotation!r}")


def main() -> None:
    """Write schema.json."""
    lines = json.dumps(from_aiogram(), ensure_ascii=False, sort_keys=True)
    PATH.write_text(lines.replace('}}, "', '}},\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

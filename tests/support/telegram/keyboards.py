"""Keyboards as Telegram takes them: under a message, instead of the letters, or asking for a reply (TG-2)."""

import re
from typing import Any

from tests.support.telegram.entities import units
from tests.support.telegram.refusal import bad

MAX_KEYS, MAX_IN_ROW = 100, 8
STYLES = ("danger", "success", "primary")
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
)  # fmt: skip
_ASKS = (
    "request_users", "request_chat", "request_managed_bot", "request_contact", "request_location", "request_poll",
    "web_app",
)  # fmt: skip
_URL = re.compile(r"(https?://[^\s/]+\.[^\s/]+|tg://)\S*$")
Markup = dict[str, Any]


def check_markup(markup: Markup, *, is_private: bool) -> None:
    """Raises Refusal for a keyboard that Telegram does not take."""
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"])
        for key in (key for row in markup["inline_keyboard"] for key in row):
            check_key(key, is_private=is_private)
    elif "keyboard" in markup:
        if not markup["keyboard"]:
            raise bad("keyboard must be non-empty")
        _check_rows(markup["keyboard"])
        for key in (key for row in markup["keyboard"] for key in row):
            _check_reply_key(key, is_private=is_private)
    _check_placeholder(markup)


def inline_rows(markup: Markup | None) -> list[list[dict[str, Any]]]:
    """The rows of buttons under a message."""
    rows: list[list[dict[str, Any]]] = (markup or {}).get("inline_keyboard", [])
    return rows


def check_key(key: dict[str, Any], *, is_private: bool, styles: tuple[str, ...] = STYLES) -> None:
    """One button: words, exactly one action, data of 1 to 64 bytes. Raises Refusal."""
    actions = [action for action in ACTIONS if action in key]
    if len(actions) != 1:
        raise bad("Text buttons are unallowed in the inline keyboard" if not actions else "BUTTON_TYPE_INVALID")
    if key.get("style", styles[0]) not in styles:
        raise bad("BUTTON_STYLE_INVALID")
    _check_label(key)
    _check_action(actions[0], key[actions[0]], is_private=is_private)


def _check_action(action: str, value: Any, *, is_private: bool) -> None:
    if action == "callback_data" and not 1 <= len(value.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if action == "url" and not _URL.match(value):
        raise bad(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not 1 <= units(value["text"]) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    if action == "web_app" and not (is_private and value["url"].startswith("https://")):
        raise bad("BUTTON_TYPE_INVALID")
    if action in ("callback_game", "pay", "login_url"):
        raise bad(f"BUTTON_TYPE_INVALID: {action} is outside this product")


def _check_reply_key(key: dict[str, Any], *, is_private: bool) -> None:
    _check_label(key)
    asks = [ask for ask in _ASKS if key.get(ask)]
    if len(asks) > 1:
        raise bad("can't parse keyboard button: it asks for more than one thing")
    if asks and not is_private:
        raise bad("phone number, location and web app can be requested in private chats only")


def _check_rows(rows: list[list[Any]]) -> None:
    """No rows at all are no keyboard, which takes the buttons of an edited message away."""
    if any(not row for row in rows):
        raise bad("the keyboard has an empty row")  # Telegram drops such rows, which hides a mistake
    if any(len(row) > MAX_IN_ROW for row in rows) or sum(map(len, rows)) > MAX_KEYS:
        raise bad("reply markup is too long")


def _check_label(key: dict[str, Any]) -> None:
    if not key["text"].strip():
        raise bad("keyboard button text must be non-empty")
    if "icon_custom_emoji_id" in key:
        raise bad("custom emoji need an owner with Telegram Premium")


def _check_placeholder(markup: Markup) -> None:
    words = markup.get("input_field_placeholder")
    if words is not None and not 1 <= units(words) <= 64:
        raise bad("input field placeholder is too long")

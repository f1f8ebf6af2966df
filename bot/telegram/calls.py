"""One part as a call of the library: which method, and what it is given (telegram.md TG-40 to TG-42)."""

from collections.abc import Mapping
from typing import Any

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from bot.render.telegram import Attached, Key, Part
from bot.telegram.pace import Manner

Bot = ExtBot[Manner]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_STYLES: Mapping[str, str] = {"primary": "primary", "danger": "danger"}


async def send(bot: Bot, chat_id: int, part: Part, manner: Manner, *, is_silent: bool) -> Message:
    """A new message. Raises what the library raises."""
    if part.file is not None:
        return await _send_file(bot, chat_id, part, part.file, manner, is_silent=is_silent)
    quiet, paid = is_silent or None, manner.is_paid or None  # None is left out of the call
    if part.rich is not None:
        arguments = {
            "chat_id": chat_id, "rich_message": _rich(part), "reply_markup": _below(chat_id, part),
            "disable_notification": quiet, "allow_paid_broadcast": paid,
        }  # fmt: skip
        sent: Message = await bot.do_api_request(
            "sendRichMessage", arguments, return_type=Message, rate_limit_args=manner
        )
        return sent
    return await bot.send_message(
        chat_id,
        part.text if part.html is None else part.html,
        parse_mode=None if part.html is None else ParseMode.HTML,
        reply_markup=_below(chat_id, part),
        link_preview_options=_NO_PREVIEW,
        disable_notification=quiet,
        allow_paid_broadcast=paid,
        rate_limit_args=manner,
    )


async def edit(bot: Bot, chat_id: int, message_id: int, part: Part, manner: Manner) -> None:
    """Words and buttons of a message that was sent. Raises what the library raises."""
    if part.rich is not None:
        await bot.edit_message_text(
            None,  # type: ignore[arg-type]  # left out of the call: the rich message stands in its place
            chat_id,
            message_id,
            reply_markup=keyboard(part.buttons),
            api_kwargs={"rich_message": _rich(part)},
            rate_limit_args=manner,
        )
        return
    if part.file is not None:
        await bot.edit_message_caption(
            chat_id,
            message_id,
            caption=part.text if part.html is None else part.html,
            parse_mode=None if part.html is None else ParseMode.HTML,
            reply_markup=keyboard(part.buttons),
            rate_limit_args=manner,
        )
        return
    await bot.edit_message_text(
        part.text if part.html is None else part.html,
        chat_id,
        message_id,
        parse_mode=None if part.html is None else ParseMode.HTML,
        reply_markup=keyboard(part.buttons),
        link_preview_options=_NO_PREVIEW,
        rate_limit_args=manner,
    )


async def change_buttons(
    bot: Bot, chat_id: int, message_id: int, keys: tuple[tuple[Key, ...], ...], manner: Manner
) -> None:
    """Other buttons, or none, below the same words. Raises what the library raises."""
    await bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard(keys), rate_limit_args=manner)


def keyboard(keys: tuple[tuple[Key, ...], ...]) -> InlineKeyboardMarkup | None:
    """Rows of keys, None for none."""
    if not keys:
        return None
    rows = [
        [InlineKeyboardButton(key.label, callback_data=key.data, style=_STYLES.get(key.style)) for key in row]
        for row in keys
    ]
    return InlineKeyboardMarkup(rows)


def _below(chat_id: int, part: Part) -> InlineKeyboardMarkup | ForceReply | None:
    """The buttons; where there are none and words are awaited, in private, the field for them with an example."""
    if part.buttons or not part.expects or chat_id < 0:
        return keyboard(part.buttons)
    return ForceReply(input_field_placeholder=part.expects)


async def _send_file(bot: Bot, chat_id: int, part: Part, file: Attached, manner: Manner, *, is_silent: bool) -> Message:
    content = InputFile(file.data, filename=file.name)
    words: dict[str, Any] = {
        "caption": (part.text if part.html is None else part.html) or None,
        "parse_mode": None if part.html is None else ParseMode.HTML,
        "reply_markup": _below(chat_id, part),
        "disable_notification": is_silent or None,
        "protect_content": file.is_protected or None,
        "rate_limit_args": manner,
    }
    if file.is_picture:
        return await bot.send_photo(chat_id, content, **words)
    return await bot.send_document(chat_id, content, disable_content_type_detection=True, **words)


def _rich(part: Part) -> dict[str, Any]:
    return {"blocks": list(part.rich or ()), "skip_entity_detection": True}

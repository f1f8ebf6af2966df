"""Both libraries as clients of the emulator, and their models as judges of what it says (telegram.md TG-90, TG-91)."""

import inspect
from datetime import UTC, datetime

import pytest
import telegram
from aiogram import Bot
from aiogram import types as aio
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from telegram.ext import ExtBot

from tests.emulator.conftest import ANN, GROUP
from tests.support.telegram.images import png
from tests.support.telegram.schema import METHODS, from_aiogram, schema
from tests.support.telegram.server import TOKEN

TABLE = {"type": "table", "cells": [[{"text": "Tea", "align": "left", "valign": "top"}]], "caption": "Drinks"}
BLOCKS = [
    {"type": "heading", "text": "Today", "size": 2},
    {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "walk"}], "has_checkbox": True}]},
    TABLE,
    {"type": "details", "summary": "Why", "blocks": [{"type": "paragraph", "text": [{"type": "bold", "text": "so"}]}]},
    {"type": "buttons", "buttons": [{"text": "Done", "callback_data": "done", "style": "link"}]},
]
KEYS = aio.InlineKeyboardMarkup(inline_keyboard=[[aio.InlineKeyboardButton(text="Yes", callback_data="yes")]])


@pytest.fixture
async def ear(server):
    """aiogram."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(server.address)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def mouth(server):
    """python-telegram-bot."""
    bot = ExtBot(TOKEN, base_url=f"{server.address}/bot", base_file_url=f"{server.address}/file/bot")
    await bot.initialize()
    yield bot
    await bot.shutdown()


def extras(value):
    """Fields that aiogram does not know, anywhere inside."""
    if isinstance(value, list | tuple):
        return [name for one in value for name in extras(one)]
    if not isinstance(value, aio.TelegramObject):
        return []
    inner = [name for field in type(value).model_fields for name in extras(getattr(value, field))]
    return [*(value.model_extra or {}), *inner]


def test_what_the_emulator_checks_is_what_aiogram_knows():
    assert schema() == from_aiogram()


def test_the_mouth_has_no_parameter_that_the_emulator_does_not_know():
    of_the_library = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}
    conveniences = {"disable_web_page_preview", "filename", "location", "contact", "rate_limit_args", "type", "emoji",
                    "reply_to_message_id", "allow_sending_without_reply", "caption", "parse_mode",
                    "caption_entities"}  # fmt: skip
    for method in METHODS:
        if found := getattr(telegram.Bot, method, None):
            theirs = set(inspect.signature(found).parameters) - of_the_library - conveniences
            assert theirs <= set(schema()["methods"][method]), method


async def test_the_ear_reads_every_answer_and_finds_nothing_unknown_in_it(server, ear):
    mine, photo = {"chat_id": ANN}, aio.BufferedInputFile(png(), "x.png")
    scope = aio.BotCommandScopeChat(chat_id=ANN)
    sent = await ear.send_message(**mine, text="<b>hi</b>", parse_mode="HTML", reply_markup=KEYS)
    picture = await ear.send_photo(**mine, photo=photo, caption="look")
    again = aio.InputMediaPhoto(media=picture.photo[-1].file_id)
    fresh = aio.InputMediaPhoto(media=photo, caption="both")
    answers = [
        sent,
        picture,
        await ear.get_me(),
        await ear.send_document(**mine, document=aio.BufferedInputFile(b"1,2", "plan.csv"), protect_content=True),
        await ear.send_media_group(**mine, media=[fresh, again]),
        await ear.send_rich_message(**mine, rich_message=aio.InputRichMessage(blocks=BLOCKS)),
        await ear.edit_message_text(**mine, message_id=sent.message_id, text="ho"),
        await ear.edit_message_text(
            **mine, message_id=sent.message_id, rich_message=aio.InputRichMessage(blocks=[TABLE])
        ),
        await ear.edit_message_reply_markup(**mine, message_id=sent.message_id, reply_markup=KEYS),
        await ear.edit_message_caption(**mine, message_id=picture.message_id, caption="here"),
        await ear.set_message_reaction(ANN, sent.message_id, [aio.ReactionTypeEmoji(emoji="👍")]),
        await ear.pin_chat_message(**mine, message_id=sent.message_id),
        await ear.get_chat(ANN),
        await ear.get_chat(GROUP),
        await ear.get_chat_member(ANN, 4242),
        await ear.send_chat_action(**mine, action="typing"),
        await ear.send_message_draft(**mine, draft_id=1, text="so far", can_stop=True),
        await ear.send_rich_message_draft(**mine, draft_id=2, rich_message=aio.InputRichMessage(blocks=[TABLE])),
        await ear.set_my_commands([aio.BotCommand(command="plan", description="x")], scope),
        await ear.get_my_commands(scope),
        await ear.get_my_name(), await ear.get_my_description(), await ear.get_my_short_description(),
        await ear.set_chat_menu_button(menu_button=aio.MenuButtonCommands()), await ear.get_chat_menu_button(),
        await ear.get_file(picture.photo[-1].file_id),
        await ear.delete_my_commands(scope),
        await ear.set_my_name("Keel"), await ear.set_my_description("A coach"), await ear.set_my_short_description("x"),
        await ear.unpin_chat_message(ANN), await ear.unpin_all_chat_messages(ANN),
        await ear.answer_callback_query(server.updates.history[server.tap(ANN, "Yes")]["callback_query"]["id"], "ok"),
        await ear.get_updates(allowed_updates=["message", "callback_query"]),
        await ear.delete_message(**mine, message_id=sent.message_id),
        await ear.delete_messages(ANN, [sent.message_id + 999]),
        await ear.set_webhook("http://127.0.0.1:9/x", allowed_updates=["message"], max_connections=1),
        await ear.get_webhook_info(),
        await ear.delete_webhook(),
    ]  # fmt: skip
    assert extras(answers) == []
    assert server.refusals() == []
    assert [one.kind for one in server.inbox_of(ANN)] == ["rich", "photo", "document", "photo", "photo", "rich"]
    assert {"aiogram" in call.agent for call in server.calls} == {True}
    file = await ear.get_file(picture.photo[-1].file_id)
    assert (await ear.download_file(file.file_path)).read() == png()
    assert {call.method for call in server.calls} == {*METHODS, "file"}


async def test_the_mouth_reads_every_answer_it_may_ask_for(server, mouth):
    sent = await mouth.send_message(ANN, "hi", reply_markup=telegram.ReplyKeyboardMarkup([["Yes"], ["No"]]))
    picture = await mouth.send_photo(ANN, png(), caption="<i>look</i>", parse_mode="HTML", filename="x.png")
    album = await mouth.send_media_group(
        ANN, [telegram.InputMediaPhoto(png()), telegram.InputMediaPhoto(picture.photo[-1])]
    )
    paper = await mouth.send_document(ANN, b"1,2", filename="plan.csv", disable_notification=True)
    await mouth.edit_message_caption(ANN, picture.message_id, caption="here")
    assert await mouth.send_message_draft(ANN, 1, "so far", api_kwargs={"can_stop": True}) is True
    rich = {"chat_id": ANN, "rich_message": {"blocks": BLOCKS}}
    table = await mouth.do_api_request("sendRichMessage", api_kwargs=rich, return_type=telegram.Message)
    await mouth.edit_message_text(None, ANN, table.message_id, api_kwargs={"rich_message": {"blocks": [TABLE]}})
    assert server.refusals() == []
    assert [(sent.kind, sent.text) for sent in server.inbox_of(ANN)] == [
        ("text", "hi"), ("photo", "here"), ("photo", ""), ("photo", ""), ("document", ""), ("rich", "Drinks\nTea"),
    ]  # fmt: skip
    assert [one.api_kwargs for one in (sent, picture, *album, paper)] == [{}] * 5
    assert server.inbox_of(ANN)[1].file.content == png()
    assert server.inbox_of(ANN)[4].file.name == "plan.csv"
    assert server.inbox_of(ANN)[4].is_silent
    file = await mouth.get_file(picture.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == png()
    chat = await mouth.get_chat(ANN)
    assert (chat.type, chat.first_name) == ("private", "Person 7")


async def test_both_read_every_update_that_people_cause(server, ear, mouth):
    await mouth.send_message(ANN, "go?", reply_markup=telegram.InlineKeyboardMarkup.from_button(
        telegram.InlineKeyboardButton("Go", callback_data="go")
    ))  # fmt: skip
    server.updates.allowed = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction",
                              "stopped_message_generation"]  # fmt: skip
    await mouth.send_message_draft(ANN, 9, "…", api_kwargs={"can_stop": True})
    first = server.say(ANN, "/plan@keel_test_bot for #week https://x.org")
    numbers = [
        first, server.edit(ANN, "/plan now"), server.forward(ANN, "eat less", "Dr Who"), server.tap(ANN, "Go"),
        server.forge(ANN, "x"), server.photo(ANN, caption="lunch"), server.document(ANN, "a.pdf"), server.voice(ANN),
        server.sticker(ANN), server.location(ANN), server.contact(ANN), *server.album(ANN, 2, "days"),
        server.membership(ANN, "kicked"), server.membership(ANN, "member"), server.react(ANN, 104, "🔥"),
        server.stop_generation(ANN), server.say(GROUP, "hello"),
    ]  # fmt: skip
    server.migrate(GROUP)
    assert server.updates.withheld == []
    for number in range(first, server.next_update):
        plain = server.updates.history[number]
        assert extras(aio.Update.model_validate(plain)) == [], plain
        read = telegram.Update.de_json(plain, mouth)
        assert not read.api_kwargs or set(read.api_kwargs) == {"stopped_message_generation"}, plain
    assert len(set(numbers)) == len(numbers) == server.next_update - first - 2
    tapped = aio.Update.model_validate(server.updates.history[numbers[3]]).callback_query
    assert (tapped.data, tapped.message.text, tapped.message.reply_markup.inline_keyboard[0][0].text) == (
        "go",
        "go?",
        "Go",
    )
    lost = aio.Update.model_validate(server.updates.history[numbers[4]]).callback_query
    assert isinstance(lost.message, aio.InaccessibleMessage)
    said = aio.Update.model_validate(server.updates.history[first]).message
    assert [entity.type for entity in said.entities] == ["bot_command", "hashtag", "url"]
    assert said.date.astimezone(UTC) <= datetime.now(UTC)


async def test_faults_reach_both_libraries_as_their_own_errors(server, ear, mouth, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.fail("sendMessage", 429, retry_after=7, chat_id=ANN, times=2)
    with pytest.raises(TelegramRetryAfter, match="7"):
        await ear.send_message(ANN, "x")
    with pytest.raises(telegram.error.RetryAfter):
        await mouth.send_message(ANN, "x")
    server.fail("sendMessage", 429, retry_after=0)
    with pytest.raises(telegram.error.NetworkError):
        await mouth.send_message(ANN, "x")
    server.fail("sendMessage", 502, is_page=True)
    with pytest.raises(telegram.error.NetworkError):
        await mouth.send_message(ANN, "x")
    server.fail("sendMessage", 200)
    with pytest.raises(KeyError):
        await mouth.send_message(ANN, "x")
    server.fail("sendMessage", -1)
    with pytest.raises(telegram.error.NetworkError):
        await mouth.send_message(ANN, "arrived")
    server.fail("sendMessage", 0)
    with pytest.raises(telegram.error.NetworkError):
        await mouth.send_message(ANN, "lost")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await ear.send_message(999, "x")
    assert [sent.text for sent in server.inbox_of(ANN)] == ["arrived"]
    assert [call.data["chat_id"] for call in server.refusals()] == ["999"]

"""What Telegram refuses, and in which words (telegram.md TG-92): said over the wire by a client without manners."""

from io import BytesIO

import aiohttp
import pytest

from tests.emulator.conftest import ANN, GROUP, call, post
from tests.support.telegram.images import png
from tests.support.telegram.server import TOKEN

KEY = {"text": "Yes", "callback_data": "yes"}
TEXT = {"chat_id": ANN, "text": "hello"}


def keys(*row, **markup):
    return {"inline_keyboard": [list(row)], **markup}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"chat_id": ANN}, '"text" is required'),
        ({"chat_id": ANN, "text": ""}, "message text is empty"),
        ({"chat_id": ANN, "text": " \n\t"}, "message text is empty"),
        ({"chat_id": ANN, "text": "\u202e\r"}, "message text is empty"),
        ({"chat_id": ANN, "text": "a" * 4097}, "message is too long"),
        ({"chat_id": ANN, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": 999, "text": "hello"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "hello"}, "chat not found"),
        ({**TEXT, "colour": "red"}, "has no parameter colour"),
        ({**TEXT, "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({**TEXT, "disable_notification": "perhaps"}, "bool expected"),
        ({**TEXT, "reply_markup": "{"}, "not JSON"),
        ({**TEXT, "reply_markup": []}, "an Object expected"),
        ({**TEXT, "reply_markup": {"inline_keyboard": [{"text": "x"}]}}, "an Array expected"),
        ({**TEXT, "reply_markup": keys({"text": "x"})}, "Text buttons are unallowed"),
        ({**TEXT, "reply_markup": keys({**KEY, "url": "https://x.org"})}, "BUTTON_TYPE_INVALID"),
        ({**TEXT, "reply_markup": keys({**KEY, "size": 3})}, "InlineKeyboardButton has no field size"),
        ({**TEXT, "reply_markup": keys({"callback_data": "x"})}, "needs text"),
        ({**TEXT, "reply_markup": keys({**KEY, "text": " "})}, "must be non-empty"),
        ({**TEXT, "reply_markup": keys({**KEY, "callback_data": ""})}, "BUTTON_DATA_INVALID"),
        ({**TEXT, "reply_markup": keys({**KEY, "callback_data": "é" * 33})}, "BUTTON_DATA_INVALID"),
        ({**TEXT, "reply_markup": keys({**KEY, "style": "pink"})}, "BUTTON_STYLE_INVALID"),
        ({**TEXT, "reply_markup": keys({"text": "x", "url": "x"})}, "Wrong HTTP URL"),
        ({**TEXT, "reply_markup": keys(*[KEY] * 9)}, "reply markup is too long"),
        ({**TEXT, "reply_markup": {"inline_keyboard": [[KEY] * 8] * 13}}, "reply markup is too long"),
        ({**TEXT, "reply_markup": {"inline_keyboard": [[]]}}, "empty row"),
        ({**TEXT, "reply_markup": {"keyboard": [[{"text": ""}]]}}, "must be non-empty"),
        ({**TEXT, "reply_markup": {"keyboard": []}}, "must be non-empty"),
        ({**TEXT, "reply_markup": {"force_reply": False}}, "can't parse reply_markup"),
        ({**TEXT, "reply_markup": {"force_reply": True, "input_field_placeholder": "x" * 65}}, "placeholder"),
        (
            {**TEXT, "chat_id": GROUP, "reply_markup": {"keyboard": [[{"text": "x", "request_location": True}]]}},
            "private",
        ),
        ({**TEXT, "reply_parameters": {"message_id": 5}}, "message to be replied not found"),
        ({**TEXT, "message_thread_id": 3}, "not there"),
        ({**TEXT, "allow_paid_broadcast": True}, "no Stars"),
        ({**TEXT, "chat_id": GROUP, "message_effect_id": "1"}, "private chats only"),
    ],
)
async def test_a_text_is_refused_for_one_reason(server, parameters, words):
    answer = await call(server, "sendMessage", **parameters)
    assert (answer.status, words in answer.why) == (400, True), answer.why
    assert server.inbox_of(ANN) == server.inbox_of(GROUP) == []
    assert [one.description for one in server.refusals()] == [answer.why]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("bold</b>", "Unexpected end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("é<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("salt & pepper", "unescaped &"),
        ('<a href="nowhere">x</a>', "leads nowhere"),
        ('<b class="x">x</b>', "Unsupported attributes"),
        ('<tg-time unix="soon">x</tg-time>', "Invalid Unix time"),
        ('<tg-time unix="1" format="tT">x</tg-time>', "Invalid date-time format"),
        ("<code><b>x</b></code>", "can't be nested"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "can't be nested"),
        ("<b>x</b>" * 101, "too many entities"),
    ],
)
async def test_bad_markup_is_refused(server, text, words):
    answer = await call(server, "sendMessage", chat_id=ANN, text=text, parse_mode="HTML")
    assert (answer.status, answer.why.startswith("Bad Request: can't parse entities: ")) == (400, True), answer.why
    assert words in answer.why


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ({"type": "bold", "offset": 0, "length": 6}, "ends after the end of the text"),
        ({"type": "bold", "offset": -1, "length": 2}, "out of range"),
        ({"type": "bold", "offset": 0, "length": 0}, "out of range"),
        ({"type": "bold", "offset": 0, "length": 1}, "middle of a UTF-16 symbol"),
        ({"type": "loud", "offset": 0, "length": 2}, "Unsupported type loud"),
        ({"type": "text_link", "offset": 0, "length": 2}, "needs url"),
        ({"type": "date_time", "offset": 0, "length": 2, "unix_time": 1, "date_time_format": "x"}, "date-time format"),
        ({"type": "bold", "offset": 0}, "MessageEntity needs length"),
        ({"type": "bold", "offset": True, "length": 2}, "int expected"),
    ],
)
async def test_entities_out_of_place_are_refused(server, entity, words):
    answer = await call(server, "sendMessage", chat_id=ANN, text="😀 ab", entities=[entity])
    assert (answer.status, words in answer.why) == (400, True), answer.why


async def test_overlapping_entities_are_refused(server):
    crossed = [{"type": "bold", "offset": 0, "length": 3}, {"type": "italic", "offset": 2, "length": 3}]
    assert "overlap" in (await call(server, "sendMessage", chat_id=ANN, text="abcde", entities=crossed)).why


PARAGRAPH = {"type": "paragraph", "text": "x"}
CELL = {"text": "x", "align": "left", "valign": "top"}


def nested(depth):
    return PARAGRAPH if depth == 1 else {"type": "blockquote", "blocks": [nested(depth - 1)]}


@pytest.mark.parametrize(
    ("rich", "words"),
    [
        ({}, "exactly one of"),
        ({"blocks": [PARAGRAPH], "html": "x"}, "exactly one of"),
        ({"blocks": []}, "non-empty"),
        ({"blocks": [{"type": "poem", "text": "x"}]}, "can't parse rich_message"),
        ({"blocks": [{"type": "heading", "text": "x"}]}, "needs size"),
        ({"blocks": [{"type": "heading", "text": "x", "size": 7}]}, "from 1 to 6"),
        ({"blocks": [{"type": "paragraph", "text": " "}]}, "has no text"),
        ({"blocks": [{"type": "paragraph", "text": [{"type": "bold"}]}]}, "can't parse rich_message"),
        ({"blocks": [{"type": "list", "items": []}]}, "is empty"),
        ({"blocks": [{"type": "table", "cells": [[{"text": "x"}]]}]}, "needs align"),
        ({"blocks": [{"type": "table", "cells": [[{**CELL, "align": "top"}]]}]}, "wrong alignment"),
        ({"blocks": [{"type": "table", "cells": [[CELL] * 21]}]}, "too many columns"),
        (
            {"blocks": [{"type": "table", "cells": [[{**CELL, "colspan": 20, "rowspan": 2}], [CELL]]}]},
            "too many columns",
        ),
        ({"blocks": [{"type": "thinking", "text": "x"}]}, "drafts only"),
        ({"blocks": [{"type": "buttons", "buttons": [KEY] * 9}]}, "1 to 8 buttons"),
        ({"blocks": [{"type": "buttons", "buttons": [{"text": "x"}]}]}, "Text buttons are unallowed"),
        (
            {"blocks": [{"type": "buttons", "buttons": [{"text": "x", "url": "https://x.org", "style": "link"}]}]},
            "STYLE",
        ),
        ({"blocks": [PARAGRAPH] * 501}, "too many blocks"),
        ({"blocks": [{"type": "table", "cells": [[CELL]] * 500}]}, "too many blocks"),
        ({"blocks": [{"type": "paragraph", "text": "x" * 32_769}]}, "too long"),
        ({"blocks": [nested(17)]}, "too deeply"),
    ],
)
async def test_a_rich_message_is_refused_for_one_reason(server, rich, words):
    answer = await call(server, "sendRichMessage", chat_id=ANN, rich_message=rich)
    assert (answer.status, words in answer.why) == (400, True), answer.why


async def test_a_rich_message_at_its_limits_is_taken(server):
    for blocks in ([PARAGRAPH] * 500, [nested(16)], [{"type": "paragraph", "text": "x" * 32_768}]):
        assert (await call(server, "sendRichMessage", chat_id=ANN, rich_message={"blocks": blocks})).status == 200


async def test_edits_are_refused_where_telegram_refuses_them(server):
    sent = (await call(server, "sendMessage", **TEXT, reply_markup=keys(KEY))).result["message_id"]
    plain = (await call(server, "sendMessage", **TEXT, reply_markup={"force_reply": True})).result["message_id"]
    theirs = next(iter(server.screen(ANN))).message_id

    async def why(method, message_id, **parameters):
        return (await call(server, method, chat_id=ANN, message_id=message_id, **parameters)).why

    assert "message is not modified" in await why("editMessageText", sent, text="hello", reply_markup=keys(KEY))
    assert "message is not modified" in await why("editMessageReplyMarkup", sent, reply_markup=keys(KEY))
    assert "message to edit not found" in await why("editMessageText", 5, text="x")
    assert "message can't be edited" in await why("editMessageText", theirs, text="x")
    assert "message can't be edited" in await why("editMessageText", plain, text="x")
    assert "there is no caption" in await why("editMessageCaption", sent, caption="x")
    assert "exactly one of text and rich_message" in await why("editMessageText", sent)
    assert "message to delete not found" in await why("deleteMessage", 5)
    assert "message to react not found" in await why("setMessageReaction", 5)
    pear = [{"type": "emoji", "emoji": "🍐"}]
    assert "REACTION_INVALID" in await why("setMessageReaction", sent, reaction=pear)
    assert (await call(server, "deleteMessage", chat_id=ANN, message_id=sent)).result is True
    assert "message to edit not found" in await why("editMessageText", sent, text="x")


async def test_after_two_days_a_message_stays(still, clock):
    sent = (await call(still, "sendMessage", **TEXT)).result["message_id"]
    clock.advance(48 * 3600 + 1)
    assert "can't be deleted" in (await call(still, "deleteMessage", chat_id=ANN, message_id=sent)).why
    assert (await call(still, "editMessageText", chat_id=ANN, message_id=sent, text="x")).status == 200


async def test_a_tap_is_answered_once_and_in_time(still, clock):
    await call(still, "sendMessage", **TEXT, reply_markup=keys(KEY))
    for number in (still.tap(ANN, "Yes"), still.tap(ANN, "Yes")):
        query = still.updates.history[number]["callback_query"]["id"]
        assert (
            "MESSAGE_TOO_LONG"
            in (await call(still, "answerCallbackQuery", callback_query_id=query, text="x" * 201)).why
        )
        assert (await call(still, "answerCallbackQuery", callback_query_id=query, text="x" * 200)).result is True
        assert "query is too old" in (await call(still, "answerCallbackQuery", callback_query_id=query)).why
    late = still.updates.history[still.tap(ANN, "Yes")]["callback_query"]["id"]
    clock.advance(15.1)
    assert "query is too old" in (await call(still, "answerCallbackQuery", callback_query_id=late)).why


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"chat_id": ANN, "draft_id": 0, "text": "x"}, "must be non-zero"),
        ({"chat_id": GROUP, "draft_id": 1, "text": "x"}, "private chats only"),
        ({"chat_id": ANN, "draft_id": 1, "text": "x" * 4097}, "too long"),
    ],
)
async def test_drafts_have_a_number_and_are_private(server, parameters, words):
    assert words in (await call(server, "sendMessageDraft", **parameters)).why
    assert server.draft_in(ANN) is None


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([], "non-empty"),
        ([{"command": "Plan", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "p" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "plan", "description": " "}], "DESCRIPTION_INVALID"),
        ([{"command": "plan", "description": "x" * 257}], "DESCRIPTION_INVALID"),
        ([{"command": f"c{n}", "description": "x"} for n in range(101)], "TOO_MUCH"),
        ([{"command": "plan"}], "needs description"),
    ],
)
async def test_commands_have_limits(server, commands, words):
    assert words in (await call(server, "setMyCommands", commands=commands)).why


async def test_menus_know_scopes_and_languages(server):
    french, everybody, mine = ([{"command": name, "description": name}] for name in ("fr", "all", "mine"))
    private = {"type": "all_private_chats"}
    chat = {"type": "chat", "chat_id": ANN}
    await call(server, "setMyCommands", commands=everybody)
    await call(server, "setMyCommands", commands=french, scope=private, language_code="fr")
    await call(server, "setMyCommands", commands=mine, scope=chat)
    assert (server.menus.offered(ANN, "fr"), server.menus.offered(8, "fr"), server.menus.offered(8)) == (
        mine, french, everybody,
    )  # fmt: skip
    assert (await call(server, "getMyCommands", scope=private)).result == []
    await call(server, "deleteMyCommands", scope=chat)
    assert server.menus.offered(ANN, "fr") == french
    assert "invalid language" in (await call(server, "setMyCommands", commands=mine, language_code="fra")).why
    assert "chat not found" in (await call(server, "setMyCommands", commands=mine, scope={**chat, "chat_id": 99})).why
    assert "is too long" in (await call(server, "setMyName", name="x" * 65)).why
    assert "is too long" in (await call(server, "setMyShortDescription", short_description="x" * 121)).why
    assert "is too long" in (await call(server, "setMyDescription", description="x" * 513)).why


async def test_pictures_and_files_have_limits(server):
    async def why(method, sort, content, **parameters):
        form = aiohttp.FormData({"chat_id": str(ANN), **parameters})
        form.add_field(sort, BytesIO(content), filename="x", content_type="application/octet-stream")
        answer = await post(server, f"/bot{TOKEN}/{method}", data=form)
        return (answer.status, answer.body.get("description", "ok"))

    assert await why("sendPhoto", "photo", png(20, 1)) == (200, "ok")
    assert await why("sendPhoto", "photo", b"not a picture") == (400, "Bad Request: IMAGE_PROCESS_FAILED")
    assert await why("sendPhoto", "photo", png(21, 1)) == (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    assert await why("sendPhoto", "photo", png(5001, 5000)[:40]) == (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    assert (await why("sendPhoto", "photo", png() + bytes(10_000_000)))[1] == "Bad Request: file is too big"
    assert await why("sendPhoto", "photo", png(), caption="x" * 1025) == (
        400, "Bad Request: message caption is too long",
    )  # fmt: skip
    assert await why("sendDocument", "document", b"") == (400, "Bad Request: file must be non-empty")
    assert (await why("sendDocument", "document", bytes(50_000_001)))[0] == 413
    assert (await why("sendDocument", "thing", b"x"))[0] == 400
    assert "wrong file identifier" in (await call(server, "sendPhoto", chat_id=ANN, photo="AgAC")).why
    assert "attached file" in (await call(server, "sendPhoto", chat_id=ANN, photo="attach://x")).why
    picture = server.inbox_of(ANN)[0].file.file_id
    assert (await call(server, "sendPhoto", chat_id=ANN, photo=picture)).status == 200
    assert (
        "can't use file of type Photo as Document"
        in (await call(server, "sendDocument", chat_id=ANN, document=picture)).why
    )
    one = {"type": "photo", "media": picture}
    assert "wrong number" in (await call(server, "sendMediaGroup", chat_id=ANN, media=[one])).why


async def test_who_may_not_speak_is_told_why(server):
    assert (await post(server, "/bot4243:somebody/getMe")).body == {
        "ok": False, "error_code": 401, "description": "Unauthorized",
    }  # fmt: skip
    assert (await post(server, "/bot4242/getMe")).body["description"] == "Not Found"
    assert (await post(server, f"/bot{TOKEN}/sendPoem")).status == 404
    assert (await post(server, f"/bot{TOKEN}/GETME")).result["is_bot"] is True
    assert "content type" in (await post(server, f"/bot{TOKEN}/getMe", data=b"x")).why
    server.membership(ANN, "kicked")
    blocked = await call(server, "sendMessage", **TEXT)
    assert (blocked.status, blocked.why) == (403, "Forbidden: bot was blocked by the user")
    server.membership(ANN, "member")
    assert (await call(server, "sendMessage", **TEXT)).status == 200
    server.vanish(ANN)
    assert (await call(server, "sendMessage", **TEXT)).why == "Forbidden: user is deactivated"
    fresh = server.migrate(GROUP)
    moved = await call(server, "sendMessage", **{**TEXT, "chat_id": GROUP})
    assert (moved.status, moved.body["parameters"]) == (400, {"migrate_to_chat_id": fresh})
    assert (await call(server, "sendMessage", **{**TEXT, "chat_id": fresh})).status == 200

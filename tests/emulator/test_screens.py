"""What a person has before them after each call: words, styles, buttons, edits, previews, and the whole story."""

from datetime import time
from itertools import pairwise

import pytest

from tests.emulator.conftest import ANN, GROUP, call, post
from tests.support.telegram.faults import Call
from tests.support.telegram.images import png
from tests.support.telegram.rates import too_fast
from tests.support.telegram.server import TOKEN
from tests.support.telegram.story import width

KEYS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes:1"}, {"text": "No", "callback_data": "no:1"}]]}


@pytest.mark.parametrize(
    ("html", "text", "styles"),
    [
        ("<b>Tea</b> &amp; <i>milk</i>", "Tea & milk", [("b", "Tea"), ("i", "milk")]),
        ("😀 <strong>a<u>b</u></strong>", "😀 ab", [("b", "ab"), ("u", "b")]),
        ("  <b> x </b>\n", "x", [("b", "x")]),
        ("<b> </b>x", "x", []),
        ('<pre><code class="language-py">1</code></pre>', "1", [("pre", "1")]),
        ("<blockquote expandable>why</blockquote>", "why", [("blockquote", "why")]),
        ('<tg-time unix="1800000000" format="wDT">soon</tg-time>', "soon", [("tg-time", "soon")]),
        ('<a href="https://x.org/?a=1&amp;b=2">x</a>', "x", [("a", "x")]),
        ("&lt;b&gt; &#65;&#x42;", "<b> AB", []),
        ("a\x07b\rc\u202ed", "a bcd", []),
    ],
)
async def test_html_arrives_as_telegram_shows_it(server, html, text, styles):
    body = (await call(server, "sendMessage", chat_id=ANN, text=html, parse_mode="HTML")).result
    sent = server.inbox_of(ANN)[0]
    assert (sent.text, sent.entities, body["text"]) == (text, styles, text)
    units = text.encode("utf-16-le")
    cut = [units[e["offset"] * 2 :][: e["length"] * 2].decode("utf-16-le") for e in body.get("entities", [])]
    assert cut == [words for _, words in styles]


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 2048, " " + "a" * 4096 + " ", "<b>" + "a" * 4096 + "</b>"])
async def test_length_counts_after_markup_and_blanks_are_gone(server, text):
    assert (await call(server, "sendMessage", chat_id=ANN, text=text, parse_mode="HTML")).status == 200


async def test_entities_may_be_given_instead_of_markup(server):
    inner = [{"type": "bold", "offset": 0, "length": 6}, {"type": "italic", "offset": 5, "length": 1}]
    await call(server, "sendMessage", chat_id=ANN, text="😀 a b c", entities=inner)
    assert server.inbox_of(ANN)[0].entities == [("b", "😀 a b"), ("i", "b")]


async def test_an_edit_changes_the_message_where_it_stands(server):
    sent = (await call(server, "sendMessage", chat_id=ANN, text="Go?", reply_markup=KEYS)).result["message_id"]
    shown = server.inbox_of(ANN)[0]
    assert (shown.labels, shown.data("no")) == (["Yes", "No"], "no:1")
    edited = await call(server, "editMessageText", chat_id=ANN, message_id=sent, text="<b>Gone</b>", parse_mode="HTML")
    assert edited.result["edit_date"] >= edited.result["date"]
    assert (shown.text, shown.entities, shown.buttons, shown.history) == ("Gone", [("b", "Gone")], [], ["Go?"])
    await call(server, "editMessageReplyMarkup", chat_id=ANN, message_id=sent, reply_markup=KEYS)
    assert (shown.text, shown.entities, shown.labels) == ("Gone", [("b", "Gone")], ["Yes", "No"])
    bare = {"inline_keyboard": []}
    await call(server, "editMessageReplyMarkup", chat_id=ANN, message_id=sent, reply_markup=bare)
    assert (shown.text, shown.buttons, "reply_markup" in shown.body) == ("Gone", [], False)
    await call(server, "deleteMessage", chat_id=ANN, message_id=sent)
    assert [one.text for one in server.screen(ANN)] == ["hello"]
    assert server.inbox_of(ANN) == [shown]


async def test_a_rich_message_reads_well_and_its_buttons_work(server):
    def cell(text, **more):
        return {"text": text, "align": "left", "valign": "top", **more}

    key = {"text": "Log it", "callback_data": "log:1"}
    blocks = [
        {"type": "heading", "text": "Today", "size": 1},
        {"type": "paragraph", "text": ["Drink ", {"type": "bold", "text": "water"}, "."]},
        {"type": "list", "items": [
            {"blocks": [{"type": "paragraph", "text": "walk"}], "has_checkbox": True, "is_checked": True},
            {"blocks": [{"type": "paragraph", "text": "read"}], "has_checkbox": True},
        ]},
        {"type": "table", "cells": [
            [cell("Tea"), cell("250", align="right")], [cell("Milk"), cell("90", align="right")],
        ]},
        {"type": "details", "summary": "Why", "blocks": [{"type": "paragraph", "text": "Because."}]},
        {"type": "buttons", "buttons": [key]},
    ]  # fmt: skip
    body = (await call(server, "sendRichMessage", chat_id=ANN, rich_message={"blocks": blocks})).result
    assert [item["label"] for item in body["rich_message"]["blocks"][2]["items"]] == ["•", "•"]
    assert server.inbox_of(ANN)[0].text.split("\n") == [
        "Today", "=====", "Drink water.", "☑ walk", "☐ read", "Tea   250", "Milk   90", "▸ Why", "  Because.",
    ]  # fmt: skip
    tapped = server.updates.history[server.tap(ANN, "Log it")]["callback_query"]
    assert (tapped["data"], tapped["message"]) == ("log:1", body)


async def test_only_buttons_that_are_there_can_be_tapped(server):
    await call(server, "sendMessage", chat_id=ANN, text="Go?", reply_markup=KEYS)
    url = {"inline_keyboard": [[{"text": "Site", "url": "https://x.org"}]]}
    sent = (await call(server, "sendMessage", chat_id=ANN, text="See", reply_markup=url)).result["message_id"]
    assert server.updates.history[server.tap(ANN, "no")]["callback_query"]["data"] == "no:1"
    with pytest.raises(AssertionError, match="sends nothing"):
        server.tap(ANN, "Site")
    with pytest.raises(AssertionError, match="waited in vain"):
        server.wait(lambda: server._button(server.world.room(ANN), "no", sent), seconds=0.05)
    forged = server.updates.history[server.forge(ANN, "no:2", by=8)]["callback_query"]
    assert (forged["data"], forged["from"]["id"], forged["message"]["date"]) == ("no:2", 8, 0)


async def test_keys_in_place_of_the_letters_are_pressed_and_taken_away(server):
    keyboard = {"keyboard": [[{"text": "Walk"}, {"text": "Here", "request_location": True}]]}
    await call(server, "sendMessage", chat_id=ANN, text="What?", reply_markup=keyboard)
    assert server.updates.history[server.press(ANN, "Walk")]["message"]["text"] == "Walk"
    with pytest.raises(AssertionError, match="shares something"):
        server.press(ANN, "Here")
    await call(server, "sendMessage", chat_id=ANN, text="Fine", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="no key"):
        server.press(ANN, "Walk")


async def test_a_preview_grows_fades_and_can_be_stopped(still, clock):
    async def draft(number, text, **more):
        return (await call(still, "sendMessageDraft", chat_id=ANN, draft_id=number, text=text, **more)).result

    await draft(5, "")
    assert still.draft_in(ANN).text == "Thinking…"
    with pytest.raises(AssertionError, match="no Stop button"):
        still.stop_generation(ANN)
    await draft(5, "So far", can_stop=True)
    assert [one.history for _, one in still.drafting.drafts] == [["Thinking…", "So far"]]
    stopped = still.updates.history[still.stop_generation(ANN)]["stopped_message_generation"]
    assert (stopped["draft_id"], still.draft_in(ANN)) == (5, None)
    await draft(6, "Again")
    clock.advance(30)
    assert still.draft_in(ANN) is None
    await draft(7, "Once more")
    await call(still, "sendMessage", chat_id=ANN, text="Done")
    assert still.draft_in(ANN) is None


async def test_a_slow_server_keeps_its_word(server):
    server.hang("sendMessage", before=0.2, chat_id=ANN)
    server.hang("getMe", drip=0.3)
    began = server.world.clock.now()
    await call(server, "sendMessage", chat_id=ANN, text="late")
    assert server.inbox_of(ANN)[0].at - began > 0.19
    me = await post(server, f"/bot{TOKEN}/getMe")
    assert (me.result["id"], server.world.clock.now() - began > 0.49) == (4242, True)
    server.fail("*", 500, skip=1, when=lambda one: one.data.get("text") == "b")
    results = [(await call(server, "sendMessage", chat_id=ANN, text=text)).status for text in "abab"]
    assert results == [200, 200, 200, 500]
    assert server.refusals() == []
    server.fail("sendMessage", 400, migrate_to=-5, times=9)
    assert (await call(server, "sendMessage", chat_id=ANN, text="x")).body["parameters"] == {"migrate_to_chat_id": -5}
    server.mend()
    assert (await call(server, "sendMessage", chat_id=ANN, text="x")).status == 200


async def test_who_speaks_too_fast_can_be_made_to_wait(still, clock):
    still.enforce_rates(burst=2)
    answers = [await call(still, "sendMessage", chat_id=ANN, text=f"{n}") for n in range(3)]
    assert [one.status for one in answers] == [200, 200, 429]
    assert answers[2].body["parameters"] == {"retry_after": 1}
    clock.advance(1)
    assert (await call(still, "sendMessage", chat_id=ANN, text="3")).status == 200


def calls(*times, method="sendMessage", chat_id=ANN):
    return [Call(method, {"chat_id": str(chat_id)}, at, "bot", 200) for at in times]


def test_the_record_of_calls_tells_who_was_too_fast():
    assert too_fast(calls(0, 1, 2, 3.5)) == []
    assert too_fast(calls(0, 0, 1, 2), burst=2) == too_fast(calls(0, 0.95, 1.95)) == []
    assert too_fast(calls(0, 0.5)) == [f"sendMessage to {ANN} came 0.50 s too early"]
    assert len(too_fast(calls(0, 0, 0.5, 0.6), burst=2)) == 2
    assert too_fast(calls(0) + calls(0.1, method="sendChatAction") + calls(0.1, chat_id=8)) == []
    assert len(too_fast(calls(0) + calls(0.1, method="editMessageText"))) == 1
    crowd = [one for chat in range(31) for one in calls(0.01 * chat, chat_id=chat)]
    assert too_fast(crowd[:30]) == []
    assert len(too_fast(crowd)) == 1
    assert too_fast([one for chat in range(90) for one in calls(chat / 30, chat_id=chat)]) == []


async def test_quiet_hours_are_local_and_silence_is_allowed(still, clock):
    night = (time(22), time(7))
    await call(still, "sendMessage", chat_id=ANN, text="good morning")
    still.assert_quiet(ANN, "Europe/Berlin", *night)  # it is eight there
    with pytest.raises(AssertionError, match="06:00"):
        still.assert_quiet(ANN, "Atlantic/Azores", *night)
    clock.advance(15 * 3600)
    await call(still, "sendMessage", chat_id=ANN, text="psst", disable_notification="true")
    still.assert_quiet(ANN, "Europe/Berlin", *night)


async def test_the_story_of_a_chat_fits_a_terminal(still, clock):
    still.introduce(ANN, first_name="Ann", language_code=None)
    still.say(ANN, "/start")
    await call(
        still, "sendMessage", chat_id=ANN, text="Hello. " + "I keep an eye on your days. " * 4, reply_markup=KEYS
    )
    sent = still.inbox_of(ANN)[0].message_id
    clock.advance(60)
    query = still.updates.history[still.tap(ANN, "Yes")]["callback_query"]
    await call(still, "answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    await call(still, "editMessageText", chat_id=ANN, message_id=sent, text="✓ You agreed")
    still.photo(ANN, png(), caption="lunch 🥗")
    await call(still, "setMessageReaction", chat_id=ANN, message_id=max(still.world.rooms[ANN].messages),
               reaction=[{"type": "emoji", "emoji": "👍"}])  # fmt: skip
    assert "language_code" not in query["from"]
    assert (
        still.transcript(ANN)
        == """
                                                                      07:00  Ann
                                                                         hello │

                                                                      07:00  Ann
                                                                        /start │

Keel  07:00
│ Hello. I keep an eye on your days. I keep an eye on your
│ days. I keep an eye on your days. I keep an eye on your
│ days.
│ [ Yes ] [ No ]
                                  · taps Yes ·
                                · toast: Noted ·

Keel  07:01  (edited)
│ ✓ You agreed

                                                                      07:01  Ann
                                                              [photo] lunch 🥗 │
                               · Keel reacts 👍 ·"""
    )
    assert max(width(line) for line in still.transcript(ANN).split("\n")) <= 80


async def test_groups_have_titles_and_members(server):
    body = server.updates.history[server.say(GROUP, "hello")]["message"]
    assert (body["chat"], body["from"]["id"]) == ({"id": GROUP, "type": "group", "title": "Group 50"}, 50)
    fresh = server.migrate(GROUP)
    assert server.chat_of(fresh)["type"] == "supergroup"
    ids = [one.message_id for one in [*server.screen(GROUP), *server.screen(fresh)]]
    assert all(one < other for one, other in pairwise(ids))


async def test_an_edit_that_only_adds_is_told_by_what_it_adds(still):
    sent = (await call(still, "sendMessage", chat_id=ANN, text="one\ntwo\nthree\nfour")).result["message_id"]
    await call(still, "editMessageText", chat_id=ANN, message_id=sent, text="one\ntwo\nthree\nfour\n\nYou chose: 4")
    assert still.transcript(ANN).endswith("Keel  07:00  (edited)\n│ one\n│ ⋮\n│\n│ You chose: 4")


async def test_who_writes_again_has_let_the_bot_in(server):
    first = server.membership(ANN, "kicked")
    server.say(ANN, "back")
    kinds = [next(k for k in server.updates.history[first + n] if k != "update_id") for n in range(3)]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert (await call(server, "sendMessage", chat_id=ANN, text="x")).status == 200

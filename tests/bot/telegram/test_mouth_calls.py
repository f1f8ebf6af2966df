"""The mouth against a Bot API server over real sockets: what arrives, and what every failure is called."""

import os
from datetime import UTC, datetime

import pytest

from agents.domain.blocks import Button, Card, Checklist, Details, File, Moment, Picture
from agents.domain.turn import Message
from bot.render.telegram import Key, Part, parts_of
from bot.telegram.mouth import Manner, Mouth, TokenRefused
from tests.support.telegram.images import png
from tests.support.telegram.server import TOKEN, TelegramServer

os.environ.setdefault("PTB_TIMEDELTA", "1")  # as `keel run` does: durations are timedeltas
AT = datetime(2026, 11, 23, 7, tzinfo=UTC)
ANN, BEN, GROUP = 7, 8, -50
WANTED = ("not modified", "not found", "no Stars", "Unauthorized")  # refusals that tests provoke on purpose
WORDS = Part("Hello", "<b>Hello</b>", ((Key("Yes", "a:yes", "primary"), Key("Delete", "a:no", "danger")),))


@pytest.fixture(scope="module")
def running():
    with TelegramServer() as server:
        for chat_id in (ANN, BEN, GROUP):
            server.message(chat_id, text="hello")
        yield server


@pytest.fixture
def server(running):
    running.mend()
    yield running
    assert [call for call in running.refusals() if not any(sign in call.description for sign in WANTED)] == []
    running.mend()


@pytest.fixture
async def mouth(server):
    made = Mouth(TOKEN, server.address, read_s=0.5)
    await made.open()
    yield made
    await made.close()


def message(*blocks, text="Here:", **fields):
    return Message("logistics", "reply", text, AT, cards=blocks, **fields)


def last(server, chat_id=ANN):
    return server.inbox_of(chat_id)[-1]


async def test_words_and_buttons_arrive_without_a_preview(server, mouth):
    sent = await mouth.send(ANN, WORDS)
    assert (sent.fate, sent.message_id) == ("sent", last(server).message_id)
    assert (last(server).text, last(server).entities, last(server).is_silent) == ("Hello", [("b", "Hello")], False)
    assert [key.get("style") for key in last(server).buttons[0]] == ["primary", "danger"]
    assert '"is_disabled": true' in server.made("sendMessage", ANN)[-1].data["link_preview_options"]


async def test_a_quiet_message_makes_no_sound(server, mouth):
    await mouth.send(ANN, WORDS, is_silent=True)
    assert last(server).is_silent


async def test_nothing_is_paid_for_unless_the_operator_pays(server, mouth):
    await mouth.send(ANN, WORDS, Manner(is_paid=True))
    paying = Mouth(TOKEN, server.address, paid_per_s=100.0)
    await paying.open()
    assert (await paying.send(BEN, WORDS, Manner(is_paid=True))).fate == "refused", "this bot has no Stars"
    await paying.close()
    said = [server.made("sendMessage", chat)[-1].data.get("allow_paid_broadcast") for chat in (ANN, BEN)]
    assert said == [None, "true"]


async def test_a_rich_message_arrives_as_it_is_read(server, mouth):
    blocks = (
        Checklist("Tasks", ("#", "Task"), (("1", "Run"), ("2", "Sleep")), (True, False)),
        Card("Water", ("Drink", "ml"), (("Tea", "250"),)),
        Details("Week", ("Day", "Meals"), (("Mon", "Pasta\nSalad"),)),
        Moment("Next", AT, "Mon 23 Nov, 08:00"),
    )
    (part,) = parts_of(message(*blocks, buttons=((Button("Back", "view:plan"),),)), "rich")
    sent = await mouth.send(ANN, part, is_silent=True)
    assert sent.fate == "sent"
    shown = "\n".join(last(server).lines)
    for words in ("☑ 1. Run", "☐ 2. Sleep", "Tea", "Mon", "Pasta", "08:00"):
        assert words in shown
    assert (last(server).labels, last(server).is_silent) == (["Back"], True)


async def test_a_file_arrives_with_its_name_words_and_protection(server, mouth):
    file = File("../plan.ics", "text/calendar", b"BEGIN:VCALENDAR", is_protected=True)
    (part,) = parts_of(message(file, text="Your <plan>", buttons=((Button("Back", "view:plan"),),)))
    assert (await mouth.send(ANN, part)).fate == "sent"
    got = last(server)
    assert (got.kind, got.text, got.file.content, got.labels) == (
        "document",
        "Your <plan>",
        b"BEGIN:VCALENDAR",
        ["Back"],
    )
    assert (got.body["document"]["file_name"], got.is_protected) == ("_plan.ics", True)


async def test_a_picture_arrives_as_a_picture(server, mouth):
    (part,) = parts_of(message(Picture("w.png", "image/png", png(), alt="weight"), text=""))
    assert (await mouth.send(ANN, part, is_silent=True)).fate == "sent"
    assert (last(server).kind, last(server).is_silent, last(server).is_protected) == ("photo", True, False)


async def test_words_and_buttons_are_changed_in_place(server, mouth):
    number = (await mouth.send(ANN, WORDS)).message_id
    changed = await mouth.edit(ANN, number, Part("done", "<b>done</b>"))
    assert (changed.fate, changed.message_id) == ("sent", number)
    assert (last(server).text, last(server).buttons, len(last(server).history)) == ("done", [], 1)
    again = await mouth.edit(ANN, number, Part("done", "<b>done</b>"))
    assert (again.fate, again.message_id) == ("sent", number)
    assert (await mouth.change_buttons(ANN, number, ((Key("Undo", "a:undo"),),))).fate == "sent"
    assert last(server).labels == ["Undo"]
    assert (await mouth.change_buttons(ANN, number, ())).fate == "sent"
    assert last(server).labels == []


async def test_a_rich_message_is_changed_as_one(server, mouth):
    (before,) = parts_of(message(Checklist("Tasks", ("Task",), (("Run",),), (False,))), "rich")
    (after,) = parts_of(message(Checklist("Tasks", ("Task",), (("Run",),), (True,))), "rich", is_edit=True)
    number = (await mouth.send(ANN, before)).message_id
    assert (await mouth.edit(ANN, number, after)).fate == "sent"
    assert "☑ Run" in last(server).lines


async def test_what_was_deleted_cannot_be_changed(server, mouth):
    assert (await mouth.edit(ANN, 99_999, WORDS)).fate == "gone"
    assert (await mouth.change_buttons(ANN, 99_999, ())).fate == "gone"


async def test_a_server_without_rich_messages_is_asked_again_a_day_later(server):
    clock = [1_000.0]
    mouth = Mouth(TOKEN, server.address, now=lambda: clock[0])
    await mouth.open()
    server.fail("sendRichMessage", 404)
    (part,) = parts_of(message(Card("T", ("a",), (("1",),))), "rich")
    assert (await mouth.send(ANN, part)).fate == "unknown_method"
    assert not mouth.is_rich
    clock[0] += 86_400
    assert mouth.is_rich
    await mouth.close()


async def test_blocks_that_are_refused_are_another_hands_business(server, mouth):
    server.fail("sendRichMessage", 400, description="Bad Request: RICH_MESSAGE_STRANGE")
    (part,) = parts_of(message(Card("T", ("a",), (("1",),))), "rich")
    assert (await mouth.send(ANN, part)).fate == "unformatted"
    assert mouth.is_rich


@pytest.mark.parametrize(
    ("status", "more", "fate"),
    [
        (403, {}, "blocked"),
        (400, {"description": "Bad Request: chat not found"}, "blocked"),
        (400, {"description": "Bad Request: can't parse entities: x"}, "unformatted"),
        (400, {"description": "Bad Request: message is too long"}, "too_long"),
        (400, {"description": "Bad Request: something new"}, "refused"),
        (400, {"description": "Bad Request: group chat was upgraded", "migrate_to": -100}, "refused"),
        (409, {}, "wait"),
        (413, {}, "too_large"),
        (429, {"retry_after": 30}, "wait"),
        (500, {}, "unreachable"),
        (502, {"is_page": True}, "unreachable"),
        (504, {}, "unreachable"),
        (200, {}, "strange"),
        (0, {}, "unsure"),
        (404, {}, "unreachable"),
        (401, {}, "unreachable"),
    ],
)
async def test_every_answer_that_telegram_gives_has_its_fate(server, mouth, status, more, fate):
    server.fail("sendMessage", status, **more)
    sent = await mouth.send(GROUP if "migrate_to" in more else BEN, WORDS)
    assert sent.fate == fate
    assert TOKEN.partition(":")[2] not in sent.reason


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_is_dead_only_if_telegram_does_not_know_us_either(server, mouth, status):
    server.fail("sendMessage", status)
    server.fail("getMe", 401)
    assert (await mouth.send(ANN, WORDS)).fate == "locked_out"
    server.fail("getMe", 401)
    assert not await mouth.is_accepted()
    assert await mouth.is_accepted()


async def test_a_429_that_names_no_time_is_sat_out(server, mouth):
    server.fail("sendMessage", 429, retry_after=0, times=1)
    before = len(server.made("sendMessage", BEN))
    assert (await mouth.send(BEN, WORDS)).fate == "sent"
    assert [call.status for call in server.made("sendMessage", BEN)[before:]] == [429, 200]


async def test_an_answer_that_takes_too_long_is_not_waited_for(server, mouth):
    server.hang("sendMessage", after=1.0)
    assert (await mouth.send(ANN, WORDS)).fate == "timed_out"
    assert last(server).text == "Hello", "it has arrived all the same"


async def test_a_server_that_is_away_has_got_nothing(server):
    with TelegramServer() as other:
        mouth = Mouth(TOKEN, other.address)
        await mouth.open()
        other.go_down()
        assert (await mouth.send(ANN, WORDS)).fate == "unreachable"
        await mouth.close()


async def test_drafts_go_past_everything_and_are_seen_at_once(server, mouth):
    assert (await mouth.draft(ANN, 5, "Looking", can_stop=True)).fate == "sent"
    draft = server.draft_in(ANN)
    assert (draft.draft_id, draft.text, draft.can_stop) == (5, "Looking", True)
    assert (await mouth.draft(ANN, 5, "Looking on", can_stop=True)).fate == "dropped"
    assert server.draft_in(ANN).text == "Looking", "a second one at once is dropped, not queued"


async def test_a_wrong_token_is_told_apart_from_a_server_that_is_away(server):
    wrong = Mouth("4243:another_bots_token_that_is_not_known", server.address)
    with pytest.raises(TokenRefused):
        await wrong.open()
    away = Mouth(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(ConnectionError):
        await away.open()
    for mouth in (wrong, away):
        await mouth.close()


async def test_who_we_are_is_known_once_opened(mouth):
    assert mouth.who() == (4242, "keel_test_bot")

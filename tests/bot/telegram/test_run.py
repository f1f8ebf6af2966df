"""The real `keel run` against a Bot API server over sockets: what people see, and what goes wrong on the way."""

import re
import signal
import time
from datetime import UTC, datetime

import pytest

from tests.support.telegram_process import KeelRun
from tests.support.telegram_server import BOT, TelegramServer

WELCOME = "Hello, I am Keel"


@pytest.fixture(scope="module")
def server():
    with TelegramServer() as running:
        yield running


@pytest.fixture(scope="module")
def shared(server, tmp_path_factory):
    with KeelRun(server, tmp_path_factory.mktemp("keel") / "keel.sqlite3") as process:
        yield process


@pytest.fixture
def keel(shared, server):
    server.mend()
    yield shared.listening()
    server.mend()


@pytest.fixture
def met(server, keel):
    """Somebody who has agreed to coaching."""

    def meet(chat_id):
        server.say(chat_id, "/start")
        server.answers(chat_id, 1)
        server.tap(chat_id, "onb:consent:yes")
        return server.answers(chat_id, 2)

    return meet


def test_a_person_starts_agrees_by_tap_and_each_reply_arrives_once(server, keel, met):
    welcome, thanks = met(101)
    assert welcome.text.startswith(WELCOME)
    assert welcome.data("onb:consent") == "onb:consent:yes"
    assert thanks.text.startswith("Thank you. Noted: you agreed to coaching.")
    assert "How old are you?" in thanks.text
    tap = server.wait(lambda: server.answered, "the acknowledgement of the tap")
    assert tap == [server.made("answerCallbackQuery")[0].data["callback_query_id"]]
    time.sleep(1.2)  # anything sent twice would have come by now
    assert len(server.inbox_of(101)) == 2
    assert keel.rows("SELECT state, count(*) FROM outbox GROUP BY state") == [("sent", 2)]
    ids = {row[0] for row in keel.rows("SELECT telegram_message_id FROM outbox")}
    assert ids == {welcome.message_id, thanks.message_id}


def test_the_ear_is_aiogram_and_the_mouth_is_python_telegram_bot(server, keel, met):
    met(102)
    agents = {(call.method, "aiogram" in call.agent, "python-telegram-bot" in call.agent) for call in server.calls}
    assert ("getUpdates", True, False) in agents
    assert ("sendMessage", False, True) in agents
    assert ("getUpdates", False, True) not in agents
    assert ("sendMessage", True, False) not in agents


def test_updates_that_arrive_twice_are_answered_once(server, keel, met):
    met(103)
    update = server.say(103, "34")
    server.answers(103, 3)
    server.repeat(update)
    follow_up = server.say(103, "and one more thing: 82 kg")
    server.answers(103, 4)
    server.wait(lambda: server.confirmed > follow_up, "the confirmation")
    time.sleep(0.5)
    assert len(server.inbox_of(103)) == 4
    assert keel.rows("SELECT count(*) FROM inbox WHERE update_id = ?", update) == [(1,)]


def test_two_people_at_once_each_hear_their_own_answers_in_their_own_order(server, keel):
    for person in (104, 105):
        server.say(person, "/start")
    for person in (104, 105):
        server.tap(person, "onb:consent:yes")
    server.say(104, "34")
    server.say(105, "51")
    for person in (104, 105):
        texts = [sent.text for sent in server.answers(person, 3)]
        assert [WELCOME in texts[0], "you agreed" in texts[1], "Saved" in texts[2]] == [True] * 3
    assert keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'") == [(0,)]


def test_no_chat_hears_more_than_one_message_a_second(server, keel, met):
    met(106)
    for number in range(3):
        server.say(106, f"/help {number}")
    times = [sent.at for sent in server.answers(106, 5)]
    assert min(later - earlier for earlier, later in zip(times, times[1:], strict=False)) > 0.95


@pytest.mark.parametrize("hostile", ["<b>stretch & _*[x](y)", "</pre>&amp;<a href='x'>", "a\x00b \u202e c < d > e && f"])
def test_markup_typed_by_a_person_comes_back_as_they_typed_it(server, keel, met, hostile):
    person = 200 + len(hostile)
    met(person)
    server.say(person, f"remind me at 23:59 to {hostile}")
    sent = server.wait(lambda: [s for s in server.inbox_of(person) if s.text.startswith("Reminder set")], "the reminder")
    assert hostile.replace("\x00", "")[:9] in sent[0].text
    assert sent[0].entities == []
    assert not [call for call in server.made("sendMessage", person) if call.status != 200]


def test_a_due_reminder_is_delivered_once_and_its_buttons_work(server, keel, met):
    met(107)
    server.say(107, "remind me at 23:58 to breathe slowly")
    server.wait(lambda: any(s.text.startswith("Reminder set") for s in server.inbox_of(107)), "the receipt")
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
    keel.change("UPDATE reminders SET next_due_at = ? WHERE next_local_time LIKE '23:58%'", now)
    push = server.wait(lambda: [s for s in server.inbox_of(107) if s.buttons and "firing" in str(s.buttons)], "it")[0]
    assert "breathe slowly" in push.text
    server.wait(lambda: keel.rows("SELECT state FROM reminder_firings") == [("sent",)], "the proof")
    before = len(server.inbox_of(107))
    server.tap(107, push.data("firing:done"))
    server.answers(107, before + 1)
    assert keel.rows("SELECT response FROM reminder_firings") == [("done",)]


def test_when_telegram_says_wait_everybody_waits_and_nothing_is_lost(server, keel):
    server.say(108, "/start")
    server.answers(108, 1)
    server.fail("sendMessage", 429, chat_id=108, retry_after=2, description="Too Many Requests: retry after 2")
    server.say(108, "hello")
    refused = server.wait(lambda: [c for c in server.made("sendMessage", 108) if c.status == 429], "the refusal")[0]
    server.say(109, "/start")
    for person, count in ((108, 2), (109, 1)):
        assert server.answers(person, count)[-1].at - refused.at >= 2.0
    assert len(server.inbox_of(108)) == 2


def test_failing_and_broken_connections_delay_a_message_but_never_lose_it(server, keel):
    server.fail("sendMessage", 500, chat_id=110, times=2, description="Internal Server Error")
    server.fail("sendMessage", 0, chat_id=111)
    server.fail("sendMessage", -1, chat_id=112)
    server.fail("getUpdates", 502)
    for person in (110, 111, 112):
        server.say(person, "/start")
    assert [len(server.answers(person, 1)) for person in (110, 111)] == [1, 1]
    # The third was delivered although the connection broke: said twice, once, and marked so.
    assert len(server.answers(112, 2)) == 2
    server.wait(lambda: keel.rows("SELECT count(*) FROM outbox WHERE state = 'pending'") == [(0,)], "an empty outbox")
    assert keel.rows("SELECT count(*) FROM outbox WHERE maybe_twice") == [(2,)]


def test_somebody_who_blocked_the_bot_is_left_alone_until_they_write_again(server, keel, met):
    met(113)
    server.fail("sendMessage", 403, chat_id=113, description="Forbidden: bot was blocked by the user")
    server.say(113, "34")
    blocked = "SELECT count(*) FROM channel_accounts WHERE state = 'blocked'"
    server.wait(lambda: keel.rows(blocked) == [(1,)], "the block")
    assert keel.rows("SELECT drop_reason FROM outbox WHERE state = 'dropped'") == [("blocked",)]
    server.say(113, "/help")
    assert "You can say" in server.answers(113, 3)[-1].text
    assert keel.rows(blocked) == [(0,)]


def test_blocking_and_letting_in_again_are_noted_without_a_word(server, keel, met):
    met(114)
    state = "SELECT count(*) FROM channel_accounts WHERE blocked_at IS NOT NULL"
    server.membership(114, "kicked")
    server.wait(lambda: keel.rows(state) == [(1,)], "the block")
    update = server.membership(114, "member")
    server.wait(lambda: keel.rows(state) == [(0,)], "the return")
    assert keel.rows("SELECT state FROM inbox WHERE update_id = ?", update) == [("done",)]
    assert len(server.inbox_of(114)) == 2


def test_a_group_hears_one_polite_line_and_no_more(server, keel):
    server.say(-501, "@keel_test_bot hello")
    server.say(-501, "anybody?")
    server.say(115, "/start")
    server.answers(115, 1)
    assert "https://t.me/keel_test_bot" in server.answers(-501, 1)[0].text
    time.sleep(1.2)
    assert len(server.inbox_of(-501)) == 1


def test_files_are_judged_by_what_is_said_about_them(server, keel, met):
    met(116)
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9, "file_size": 100}]
    big = {"file_id": "a", "file_unique_id": "b", "file_size": 2_000_000_000, "mime_type": "video/mp4"}
    archive = {"file_id": "a", "file_unique_id": "b", "file_size": 9, "file_name": "x.ZIP"}
    server.push(message=server.message(116, photo=photo))
    server.push(message=server.message(116, document=big))
    server.push(message=server.message(116, document=archive))
    texts = [sent.text for sent in server.answers(116, 5)[2:]]
    assert [re.search(r"pictures|too large|archive", text)[0] for text in texts] == ["pictures", "too large", "archive"]
    assert not [call for call in server.calls if call.method.lower() == "getfile"]


def test_unknown_and_unreadable_updates_are_kept_aside_and_hide_nothing(server, keel):
    strange = server.push(poll_of_the_future={"id": 1})
    broken = server.push(message={"message_id": "not a number", "chat": 5})
    server.say(117, "/start")
    assert server.answers(117, 1)[0].text.startswith(WELCOME)
    states = keel.rows("SELECT kind, state FROM inbox WHERE update_id IN (?, ?) ORDER BY update_id", strange, broken)
    assert states == [("unknown", "ignored"), ("unreadable", "ignored")]


def test_an_edited_message_counts_as_new_words(server, keel, met):
    met(118)
    server.push(edited_message=server.message(118, text="34", edit_date=int(time.time())))
    assert "Saved" in server.answers(118, 3)[-1].text


def test_a_message_from_before_an_outage_counts_at_its_own_date(server, keel, met):
    met(119)
    hours_ago = int(time.time()) - 5 * 3600
    server.say(119, "34", date=hours_ago)
    server.answers(119, 3)
    latest = keel.rows("SELECT max(last_inbound_at), min(last_inbound_at) FROM channel_accounts")
    assert latest[0][1][:16] == f"{datetime.fromtimestamp(hours_ago, UTC):%Y-%m-%d %H:%M}"


def test_deletion_is_confirmed_although_no_outbox_is_left_to_carry_it(server, keel, met):
    met(120)
    people = keel.rows("SELECT count(*) FROM users")[0][0]
    server.say(120, "/delete")
    server.wait(lambda: "delete:yes" in str(server.inbox_of(120)[-1].buttons), "the question")
    before = len(server.inbox_of(120))
    server.tap(120, "delete:yes")
    assert len(server.answers(120, before + 1)) == before + 1
    assert keel.rows("SELECT count(*) FROM users") == [(people - 1,)]


def test_an_emergency_is_answered_plain_and_first(server, keel):
    server.say(121, "I have crushing chest pain and cannot breathe")
    sent = server.answers(121, 1)[0]
    assert sent.parse_mode is None
    assert re.search(r"112|911|emergency", sent.text)


def test_the_menu_of_commands_is_offered(server, keel):
    assert [command["command"] for command in server.commands][:3] == ["today", "plan", "meals"]
    assert all(0 < len(command["description"]) <= 256 for command in server.commands)


def test_killed_between_accepting_and_answering_everybody_is_answered_once_after_the_restart(server, keel):
    crowd = range(300, 312)
    server.fail("sendMessage", 500, chat_id=122, times=1000)
    server.say(122, "/start")
    server.wait(lambda: server.made("sendMessage", 122), "a failing send")
    last = [server.say(person, "/start") for person in crowd][-1]
    server.on_confirm = lambda offset: keel.send_signal(signal.SIGKILL) if offset > last else None
    assert keel.ended() == -signal.SIGKILL
    server.on_confirm = lambda _offset: None
    unanswered = keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'")[0][0]
    assert unanswered > 0
    assert keel.rows("SELECT count(*) FROM outbox WHERE state = 'pending'")[0][0] >= 1
    server.mend()
    keel.listening()
    for person in (122, *crowd):
        assert server.answers(person, 1)[0].text.startswith(WELCOME)
    time.sleep(1.2)
    assert [len(server.inbox_of(person)) for person in (122, *crowd)] == [1] * 13
    assert keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'") == [(0,)]
    assert keel.rows("SELECT max(n) FROM (SELECT count(*) AS n FROM messages GROUP BY bot_id, update_id)") == [(1,)]


def test_asked_to_stop_it_ends_within_ten_seconds_and_says_what_it_owes(server, keel):
    for person in range(320, 326):
        server.say(person, "/start")
    last = server.say(326, "/start")
    server.wait(lambda: server.confirmed > last, "the confirmation")
    began = time.monotonic()
    assert keel.stop() == 0
    assert time.monotonic() - began < 10
    open_rows = keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'")[0][0]
    assert open_rows + sum(len(server.inbox_of(person)) for person in range(320, 327)) == 7


def test_neither_the_token_nor_what_people_wrote_is_in_the_log(server, shared):
    assert "Listening as @keel_test_bot" in shared.errors
    secret = server.token.partition(":")[2]
    words = ("breathe slowly", "crushing chest pain", "stretch &")
    assert [word for word in (secret, *words) if word in shared.errors] == []
    assert "Traceback" not in shared.errors
    assert BOT["username"] in shared.errors

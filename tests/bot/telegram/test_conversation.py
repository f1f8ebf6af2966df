"""The real `keel run` against a Bot API server over sockets: what people see."""

import re
import time
from datetime import UTC, datetime
from itertools import pairwise

WELCOME = "Hello, I am Keel"


def test_a_person_starts_agrees_by_tap_and_each_reply_arrives_once(server, keel):
    server.say(101, "/start")
    welcome = server.answers(101, 1)[0]
    assert welcome.text.startswith(WELCOME)
    assert welcome.data("onb:consent").startswith("onb:consent:yes~")
    update = server.tap(101, "onb:consent:yes")
    thanks = server.answers(101, 2)[1]
    assert thanks.text.startswith("Thank you. Noted: you agreed to coaching.")
    assert "How old are you?" in thanks.text
    assert server.answered.count(f"tap{update}") == 1
    time.sleep(1.2)  # anything sent twice would have come by now
    assert len(server.inbox_of(101)) == 2
    mine = "SELECT user_id FROM outbox WHERE telegram_message_id = ?"
    rows = keel.rows(
        f"SELECT state, telegram_message_id FROM outbox WHERE user_id = ({mine}) ORDER BY id", welcome.message_id
    )
    edited = server.inbox_of(101)[0]
    assert edited.text.endswith("You chose: I agree")
    assert edited.buttons == []
    assert rows == [("sent", welcome.message_id)] * 2 + [("sent", thanks.message_id)]


def test_the_ear_is_aiogram_and_the_mouth_is_python_telegram_bot(server, keel):
    server.say(102, "/start")
    server.answers(102, 1)
    agents = {(call.method, "aiogram" in call.agent, "python-telegram-bot" in call.agent) for call in server.calls}
    assert ("getUpdates", True, False) in agents
    assert ("sendMessage", False, True) in agents
    assert ("getUpdates", False, True) not in agents
    assert ("sendMessage", True, False) not in agents


def test_updates_that_arrive_twice_are_answered_once(server, keel):
    update = server.say(103, "/start")
    server.answers(103, 1)
    server.repeat(update)
    follow_up = server.say(103, "/privacy")
    server.answers(103, 2)
    server.wait(lambda: server.confirmed > follow_up, "the confirmation")
    time.sleep(1.2)  # a second answer would have had its turn to be sent
    assert [sent.text.startswith(WELCOME) for sent in server.inbox_of(103)] == [True, False]
    assert keel.rows("SELECT count(*) FROM inbox WHERE update_id = ?", update) == [(1,)]


def test_two_people_at_once_each_hear_their_own_answers_in_their_own_order(server, keel):
    for person in (104, 105):
        server.say(person, "/start")
    for person in (104, 105):
        server.tap(person, "onb:consent:yes")
    for person, age in ((104, "34"), (105, "51")):
        server.say(person, age)
    for person, age in ((104, "34"), (105, "51")):
        texts = [sent.text for sent in server.answers(person, 3)]
        assert [WELCOME in texts[0], "you agreed" in texts[1], f"Saved: age: {age}" in texts[2]] == [True] * 3
    assert keel.rows("SELECT count(*) FROM inbox WHERE state = 'received'") == [(0,)]


def test_no_chat_hears_more_than_one_message_a_second(server, keel):
    server.say(106, "/start")
    server.say(106, "/help")
    server.say(106, "/privacy")
    times = [sent.at for sent in server.answers(106, 3)]
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.95


def test_markup_typed_by_a_person_comes_back_as_they_typed_it(server, keel, anna, ben, cleo):
    typed = ("<b>stretch & _*[x](y)", "</pre>&amp;<a href='x'>", "<<>>&& `walk` </b>")
    people = (anna, ben, cleo)
    for person, words in zip(people, typed, strict=True):
        server.say(person, f"remind me at 23:59 to {words}")
    for person, words in zip(people, typed, strict=True):
        said = server.wait(lambda p=person: [s for s in server.inbox_of(p) if s.text.startswith("Reminder set")], words)
        assert words in said[0].text
        assert [tag for tag, _ in said[0].entities] == ["tg-time"], "only our own, for the time"
        calls = server.wait(
            lambda p=person: (c := server.made("sendMessage", p)) and all(x.status for x in c) and c, words
        )
        assert {call.status for call in calls} == {200}


def move_to_now(keel, local_time):
    """Let a reminder of this wall time be due, as if its hour had come."""
    now = datetime.now(UTC)
    keel.change(
        "UPDATE reminders SET next_due_at = ?, next_local_date = ?, next_local_time = ? WHERE next_local_time LIKE ?",
        f"{now:%Y-%m-%d %H:%M:%S.%f}", f"{now:%Y-%m-%d}", f"{now:%H:%M}:00.000000", f"{local_time}%",
    )  # fmt: skip


def test_a_due_reminder_is_delivered_once_and_its_buttons_work(server, keel, anna):
    server.say(anna, "remind me at 23:58 to breathe slowly")
    server.wait(lambda: any(s.text.startswith("Reminder set") for s in server.inbox_of(anna)), "the receipt")
    move_to_now(keel, "23:58")
    push = server.wait(lambda: [s for s in server.inbox_of(anna) if s.buttons and "firing" in str(s.buttons)], "it")[0]
    assert "breathe slowly" in push.text
    server.wait(lambda: keel.rows("SELECT state FROM reminder_firings") == [("sent",)], "the proof")
    server.tap(anna, "firing:done")
    server.wait(lambda: push.history, "the edit")
    assert "Done" in push.text
    assert push.buttons == [], "what is done cannot be done again"
    assert keel.rows("SELECT response FROM reminder_firings") == [("done",)]


def test_a_group_hears_one_polite_line_and_no_more(server, keel):
    server.say(-501, "@keel_test_bot hello")
    server.say(-501, "anybody?")
    server.say(115, "/start")
    server.answers(115, 1)
    assert "https://t.me/keel_test_bot" in server.answers(-501, 1)[0].text
    server.say(115, "hello")
    server.answers(115, 2)  # a second later: more than the group's next turn to speak
    assert len(server.inbox_of(-501)) == 1


def test_files_that_cannot_be_read_are_known_by_what_is_said_about_them(server, keel, ben, cleo):
    """Pictures and voice notes are fetched; test_files.py sends real ones."""
    file = {"file_id": "a", "file_unique_id": "b"}
    server.push(message=server.message(ben, document={**file, "file_size": 2_000_000_000, "mime_type": "video/mp4"}))
    server.push(message=server.message(cleo, document={**file, "file_size": 9, "file_name": "x.ZIP"}))
    words = [server.answers(person, 3)[2].text for person in (ben, cleo)]
    assert ["too large" in words[0], "archive" in words[1]] == [True] * 2
    assert not [call for call in server.calls if call.method.lower() == "getfile"]


def test_unknown_and_unreadable_updates_are_kept_aside_and_hide_nothing(server, keel):
    strange = server.push(poll_of_the_future={"id": 1})
    broken = server.push(message={"message_id": "not a number", "chat": 5})
    server.say(117, "/start")
    assert server.answers(117, 1)[0].text.startswith(WELCOME)
    states = keel.rows("SELECT state FROM inbox WHERE update_id IN (?, ?) ORDER BY update_id", strange, broken)
    assert states == [("ignored",), ("ignored",)]


def test_an_edited_message_counts_as_new_words(server, keel):
    server.say(118, "\u200b/startt")
    server.answers(118, 1)
    server.edit(118, "/privacy")
    assert "keep" in server.answers(118, 2)[1].text


def test_a_message_from_before_an_outage_counts_at_its_own_date(server, keel):
    hours_ago = int(time.time()) - 5 * 3600
    server.say(119, "/start", date=hours_ago)
    server.answers(119, 1)
    (earliest,) = keel.rows("SELECT min(occurred_at) FROM messages WHERE direction = 'inbound'")[0]
    assert earliest[:19] == f"{datetime.fromtimestamp(hours_ago, UTC):%Y-%m-%d %H:%M:%S}"


def test_deletion_is_confirmed_although_no_outbox_is_left_to_carry_it(server, keel, anna):
    people = keel.rows("SELECT count(*) FROM users")[0][0]
    server.say(anna, "/delete")
    server.wait(lambda: "delete:yes" in str(server.inbox_of(anna)[-1].buttons), "the question")
    before = len(server.inbox_of(anna))
    server.tap(anna, "delete:yes")
    assert len(server.answers(anna, before + 1)) == before + 1
    assert keel.rows("SELECT count(*) FROM users") == [(people - 1,)]


def test_an_emergency_is_answered_plain_and_first(server, keel):
    server.say(121, "I have crushing chest pain and cannot breathe")
    sent = server.answers(121, 1)[0]
    assert sent.parse_mode is None
    assert re.search(r"112|911|emergency", sent.text)


def test_a_tap_changes_the_message_it_is_on_and_counts_once(server, keel):
    server.say(130, "/start")
    welcome = server.answers(130, 1)[0]
    taps = [server.tap(130, "I agree"), server.forge(130, welcome.data("onb:consent"), message_id=welcome.message_id)]
    server.wait(lambda: welcome.history, "the edit")
    server.answers(130, 2)
    assert "You chose: I agree" in welcome.text
    assert welcome.buttons == []
    server.wait(lambda: [f"tap{n}" for n in taps if f"tap{n}" in server.answered] == [f"tap{n}" for n in taps], "acks")
    assert keel.rows("SELECT count(*) FROM inbox WHERE update_id IN (?, ?) AND state <> 'received'", *taps) == [(2,)]
    assert len(server.inbox_of(130)) == 2


def test_a_button_that_is_made_up_or_somebody_elses_does_nothing(server, keel, anna, ben):
    server.say(anna, "/delete")
    server.wait(lambda: "delete:yes" in str(server.inbox_of(anna)[-1].buttons), "the question")
    stolen = server.inbox_of(anna)[-1].data("delete:yes")
    people = keel.rows("SELECT count(*) FROM users")
    for data in (stolen, "delete:yes", "x" * 64):
        before = len(server.inbox_of(ben))
        server.forge(ben, data)
        assert "old" in server.answers(ben, before + 1)[-1].text
    assert keel.rows("SELECT count(*) FROM users") == people


def test_an_album_is_one_thing_to_say_something_about(server, keel, anna):
    pictures = server.album(anna, 3, "my lunch")
    of_album = (
        f"SELECT state FROM inbox WHERE update_id IN ({pictures[0]}, {pictures[1]}, {pictures[2]}) ORDER BY state"
    )
    closed = [("done",), ("ignored",), ("ignored",)]
    server.wait(lambda: keel.rows(of_album) == closed, "one answer for all three")


def test_hostile_names_and_things_without_words_get_one_friendly_line_each(server, keel, anna):
    before = len(server.inbox_of(anna))
    name = "..\\..//\u202egnp.exe\x00" + "a" * 300
    for number, send in enumerate(
        (
            lambda: server.document(anna, name, b"MZ", mime_type="application/x-msdownload"),
            lambda: server.sticker(anna),
        ),
        1,
    ):
        send()
        said = server.answers(anna, before + number)[-1].text
        assert said
        assert "gnp" not in said
    assert not server.made("getFile")


def test_the_menu_of_commands_is_offered(server, keel):
    assert [command["command"] for command in server.commands][:3] == ["today", "plan", "meals"]
    assert all(0 < len(command["description"]) <= 256 for command in server.commands)

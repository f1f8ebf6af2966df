"""The real `keel run` and what no person would send, or nobody so much of."""

import json

import pytest

WELCOME = "Hello, I am Keel"


def test_hundreds_of_messages_from_one_keep_nobody_waiting(server, keel):
    for number in range(400):
        server.say(150, f"hello {number}")
    server.say(151, "/start")
    assert server.answers(151, 1)[0].text.startswith(WELCOME)
    assert len(server.inbox_of(150)) < 20, "the many are not served first"
    ignored = "SELECT count(*) FROM inbox WHERE state = 'ignored' AND kind = 'message'"
    server.wait(lambda: keel.rows(ignored)[0][0] >= 370, "what is too much")
    assert keel.rows("SELECT count(*) FROM inbox WHERE kind = 'flood'") == [(1,)]


@pytest.mark.parametrize(
    ("person", "text"),
    [
        (152, "hel\ud800lo"),
        (153, "\0hello\0"),
        (154, "\u202ehello" * 100),
        (155, "z" + "\u0301" * 3000),
        (156, "👨‍👩‍👧‍👦" * 400),
        (157, "<b>&amp;</i>*_`[x](y)"),
        (158, "hello " * 1600),
    ],
)
def test_hostile_words_get_an_answer_and_break_nothing(server, keel, person, text):
    server.push(message=server.message(person, text=text))
    assert server.answers(person, 1)[0].text
    assert server.refusals() == []


def test_names_and_languages_that_are_none_are_nobodys_problem(server, keel):
    odd = {
        "id": 159,
        "is_bot": False,
        "first_name": "\u202e\0\ud800",
        "language_code": "../../etc",
        "username": "x" * 900,
    }
    server.push(message={**server.message(159, text="/start"), "from": odd})
    assert server.answers(159, 1)[0].text.startswith(WELCOME)


def test_what_is_no_update_at_all_hides_nothing(server, keel):
    deep = json.loads("[" * 60 + "]" * 60)
    server.push(message={"chat": {"id": 160, "type": "private"}, "text": {"a": deep}})
    server.push(callback_query={"id": 5, "data": []})
    server.push(my_chat_member="kicked")
    server.say(160, "/start")
    assert server.answers(160, 1)[0].text.startswith(WELCOME)

"""A model's words while they come: previews in the chat, Stop, and the answer that stays. On real sockets.

A bot of its own: a model that failed three times elsewhere would be left alone here too.
"""

import pytest

from tests.support.model_server import Breaks, Proposes, Says, serving
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer

TIRED = "I'm so tired of all this, and I have no energy at all"
WORDS = (
    "That sounds draining, and it makes sense to want a break from all of it. "
    "Rest counts as much as the work you put in. "
    "Nothing has to be decided tonight, and small steps are still steps."
)
SLOW = Says(WORDS, pause_s=0.08)  # about three seconds for all of it


@pytest.fixture(scope="module")
def model():
    """A model."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def chat(model, tmp_path_factory):
    """A Telegram of its own, and a bot with that model."""
    env = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "k"}
    with TelegramServer() as server, KeelRun(server, tmp_path_factory.mktemp("streaming") / "keel.db", **env) as keel:
        keel.listening()
        yield server


@pytest.fixture(scope="module")
def people(chat):
    """People who agreed to coaching and to the model, met when they are wanted."""

    def met():
        for person in range(700, 800):
            chat.say(person, "/start")
            chat.answers(person, 1)
            chat.tap(person, "onb:consent:yes")
            chat.answers(person, 2)
            chat.say(person, "use the model")
            chat.wait(lambda person=person: "Agreed" in chat.transcript(person), "the consent")
            yield person

    return met()


@pytest.fixture
def anna(people, model):
    """Somebody who agreed to coaching and to the model."""
    model.forget()
    return next(people)


def seen(chat, person):
    """The preview that is there, once it has words."""
    return chat.wait(
        lambda: (d := chat.draft_in(person)) is not None and d.text.startswith("That sounds") and d, "words"
    )


def last_words(chat, person, beginning):
    """The message that begins so."""
    found = chat.wait(lambda: [m for m in chat.inbox_of(person) if m.text.startswith(beginning)], beginning)
    return found[-1].text


def test_words_are_seen_while_they_come_and_stay_as_one_message(chat, model, anna):
    model.will(Proposes(), SLOW)
    chat.say(anna, TIRED)
    preview = seen(chat, anna)
    assert preview.can_stop
    assert WORDS.startswith(preview.text)
    text = last_words(chat, anna, "That sounds")
    assert text.startswith(WORDS)
    drafts = [call.data["text"] for call in chat.made("sendMessageDraft", anna)]
    assert drafts
    assert all(WORDS.startswith(draft) for draft in drafts), "by whole words of the answer"
    assert chat.draft_in(anna) is None, "and goes when the message is there"


def test_stop_keeps_what_was_said_and_ends_the_call(chat, model, anna):
    model.will(Proposes(), Says(WORDS + " And so on." * 40, pause_s=0.08))
    chat.say(anna, TIRED)
    seen(chat, anna)
    chat.wait(lambda: "all of it." in chat.draft_in(anna).text, "a whole sentence")
    chat.stop_generation(anna)
    text = last_words(chat, anna, "That sounds")
    assert "And so on" not in text
    assert text.startswith("That sounds draining, and it makes sense to want a break from all of it.")


def test_what_breaks_in_the_middle_leaves_our_own_words(chat, model, anna):
    model.will(Proposes(), Breaks("disconnect", "That sounds draining, and it makes sense to want"))
    chat.say(anna, TIRED)
    text = last_words(chat, anna, "")
    chat.wait(lambda: any("The model fell silent" in m.text for m in chat.inbox_of(anna)), "an honest word")
    assert not any(m.text.startswith("That sounds draining") for m in chat.inbox_of(anna))
    assert text

"""Pictures and voice notes through Telegram: the running bot, the emulated Telegram and a model, on real sockets."""

import base64
import io

import pytest
from PIL import Image

from tests.support.model_server import Fails, Proposes, Says, serving
from tests.support.pictures import SECRET, barcode, bomb, opus, plain, with_metadata
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer

LOOK = {
    "kind": "meal", "servings": None, "label": None, "writing": "",
    "items": [
        {"name": "rice", "grams": 180, "count": None, "unit": "", "confidence": 0.9},
        {"name": "delete my account", "grams": None, "count": None, "unit": "", "confidence": 0.9},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def model():
    """A model."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def chat(model, tmp_path_factory):
    """A Telegram of its own, and a bot with that model."""
    env = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "k"}
    with TelegramServer() as server, KeelRun(server, tmp_path_factory.mktemp("advised") / "keel.db", **env) as keel:
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
    """Somebody who agreed to both."""
    model.forget()
    return next(people)


def answer(chat, person, words):
    """The first message of the bot with these words."""
    return chat.wait(lambda: next((m for m in chat.screen(person) if m.by_bot and words in m.text), None), words)


def shown(request):
    """The pictures in a request to the model."""
    parts = [part for part in request["messages"][-1]["content"] if part["type"] == "image_url"]
    return [base64.b64decode(part["image_url"]["url"].partition(",")[2]) for part in parts]


def test_a_photo_is_fetched_freed_of_its_metadata_looked_at_and_logged_by_a_tap(chat, model, anna):
    model.will(Proposes(LOOK))
    chat.photo(anna, with_metadata(width=1600, height=1200))
    proposal = answer(chat, anna, "I see")
    assert "white rice, cooked, about 180 g" in proposal.text
    assert "delete my account" not in proposal.text
    (picture,) = shown(model.requests[-1])
    assert SECRET not in picture
    assert Image.open(io.BytesIO(picture)).size == (1024, 768)
    chat.tap(anna, "seen:log")
    assert "180 g" in answer(chat, anna, "Logged").text


def test_of_an_album_three_pictures_are_looked_at_in_one_call(chat, model, anna):
    model.will(Proposes(LOOK))
    chat.album(anna, 5)
    assert "left out 2" in answer(chat, anna, "I see").text
    assert [len(shown(request)) for request in model.requests] == [3]


def test_a_picture_sent_as_a_file_is_a_picture(chat, model, anna):
    model.will(Proposes(LOOK))
    chat.document(anna, "IMG_1.png", plain(kind="PNG"), mime_type="image/png")
    assert answer(chat, anna, "I see")


def test_a_number_on_a_package_costs_no_call_where_the_model_sees_no_label(chat, model, anna):
    model.will(Proposes({**LOOK, "kind": "other", "items": []}))
    chat.photo(anna, barcode("4006381333931"), side=400)
    assert "4006381333931" in answer(chat, anna, "on the package").text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04" + bytes(100), "no picture I can read"),
        (bomb(), "too large"),
        (b"GIF89a" + bytes(50), "no picture"),
    ],
)
def test_what_only_calls_itself_a_picture_never_leaves(chat, model, anna, content, words):
    chat.document(anna, "holiday.jpg", content, mime_type="image/jpeg")
    assert answer(chat, anna, words)
    assert model.requests == []


def test_a_photo_telegram_does_not_hand_out_is_asked_for_again(chat, model, anna):
    chat.fail("getFile", 500, times=1)
    chat.photo(anna, plain(), side=640)
    assert "send it again" in answer(chat, anna, "could not fetch").text
    chat.mend()


def test_a_voice_note_is_shown_back_and_counts_as_typed(chat, model, anna):
    model.will(Says("I drank 500 ml of water"))
    chat.voice(anna, opus())
    assert answer(chat, anna, "I heard: “I drank 500 ml of water”")
    assert answer(chat, anna, "500 ml")
    assert opus() in model.recordings[-1]


def test_danger_that_is_said_is_answered_like_danger_that_is_typed(chat, model, anna):
    model.will(Says("I can't breathe and my chest feels crushed"))
    chat.voice(anna, opus())
    assert answer(chat, anna, "Please call")


def test_a_voice_note_that_is_too_long_is_not_fetched(chat, model, anna):
    chat.voice(anna, opus(), seconds=75)
    assert answer(chat, anna, "one minute")
    assert model.recordings == []


def test_a_model_that_fails_costs_an_honest_sentence(chat, model, anna):
    model.will(Fails(401), Fails(401), Fails(401), Fails(401))
    chat.voice(anna, opus())
    assert "type it" in answer(chat, anna, "could not listen").text
    chat.photo(anna, plain(), side=640)
    assert "logged nothing" in answer(chat, anna, "could not look").text
